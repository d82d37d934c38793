"""What is wrong with corpus and index, and how to mend it; the state of the index in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answering import Assistant
from assistant.errors import AssistantError, LanguageModelFailed, LanguageModelMissing
from assistant.keeping import waiting_count
from assistant.loading import WAITING, load_assistant, sharing
from assistant.settings import Settings
from index.corpus import load_corpus
from index.errors import IndexingError
from index.records import Deadline
from index.searching import Index


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend; a serious one makes answers wrong or impossible."""

    what: str
    remedy: str
    is_serious: bool = False


def index_status(assistant: Assistant) -> dict[str, Any]:
    """The index in use: generation, counts, model, how recent, warnings."""
    with assistant.reading() as index:
        manifest = index.manifest
        return {
            "generation": index.generation,
            "documents": len(index.documents),
            "passages": len(index.passages),
            "deadlines": len(index.deadlines),
            "model": manifest["model"]["identity"],
            "corpus_as_of": index.corpus_as_of.isoformat() if index.corpus_as_of else None,
            "built_at": manifest.get("built_at"),
            "warnings": list(index.warnings),
        }


def examine(settings: Settings, *, notify: Callable[[str], None] | None = None) -> tuple[Finding, ...]:
    """What `check` says, the most serious first."""
    findings: list[Finding] = []
    try:
        corpus = load_corpus(settings.corpus, vocabulary_path=settings.vocabulary)
    except IndexingError as error:
        return (Finding(str(error), "corrigez le corpus, puis relancez « assistant check »", is_serious=True),)
    findings.extend(Finding(warning, "corrigez manifest.toml") for warning in corpus.warnings)
    findings.extend(
        Finding(f"{info.path} n'est pas nommé dans manifest.toml (autorité 7)", "ajoutez-lui une entrée [[document]]")
        for info in corpus.documents
        if not info.is_listed
    )
    try:
        findings.extend(_index_findings(load_assistant(settings, notify=notify)))
    except IndexingError as error:
        findings.append(Finding(str(error), "lancez « assistant build »", is_serious=True))
    findings.extend(_model_findings(settings))
    findings.extend(_journal_findings(settings))
    return tuple(sorted(findings, key=lambda finding: not finding.is_serious))


def _model_findings(settings: Settings) -> list[Finding]:
    """Whether the language model of the settings is installed and there; nothing is asked of it."""
    if not settings.llm:
        return []
    from assistant.providers import open_language_model

    try:
        open_language_model(settings).prepare()
    except LanguageModelMissing as error:
        return [Finding(error.problem, error.remedy)]
    except LanguageModelFailed as error:
        return [Finding(str(error).rstrip("."), "démarrez son serveur ou corrigez ASSISTANT_LLM_URL")]
    return []


def _journal_findings(settings: Settings) -> list[Finding]:
    """What the machines agreed on and is not so here, and the exchanges that are not in the journal."""
    findings: list[Finding] = []
    try:
        with sharing(settings) as shared:
            standing = shared.follow() if shared else None
    except AssistantError as error:
        return [Finding(str(error), "rétablissez la base de données du journal", is_serious=True)]
    if standing is not None and standing.trouble:
        findings.append(Finding(standing.trouble, "copiez les générations sur cette machine", is_serious=True))
    if waiting := waiting_count(settings.index / WAITING):
        findings.append(
            Finding(f"{waiting} échange(s) attendent le journal", "« assistant serve » les écrit quand il répond")
        )
    if refused := waiting_count(settings.index / WAITING, is_refused=True):
        remedy = f"voyez les fichiers .refused de « {settings.index / WAITING} » et le journal du serveur"
        findings.append(Finding(f"{refused} échange(s) n'ont pas pu entrer dans le journal", remedy))
    return findings


def _index_findings(assistant: Assistant) -> list[Finding]:
    with assistant.reading() as index:
        findings = [Finding(warning, "vérifiez ce document") for warning in index.warnings]
        by_id = {deadline.id: deadline for deadline in index.deadlines}
        for one in index.deadlines:
            against = [by_id[name] for name in one.conflicts_with if one.id < name]
            if against:
                findings.append(_conflict(one, against, index))
    return findings


def _conflict(deadline: Deadline, against: Sequence[Deadline], index: Index) -> Finding:
    tags = " · ".join(index.vocabulary.label(tag) for tag in deadline.tags)
    sides = [f"{one.mention.quote} (« {index.documents[one.document_id].title} »)" for one in (deadline, *against)]
    return Finding(
        f"échéance contredite, {tags} : {sides[0]}, contre {', '.join(sides[1:])}",
        "tranchez dans [[settled]] de manifest.toml, ou datez les documents",
    )
