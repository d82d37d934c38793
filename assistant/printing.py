"""What the commands print for people: plain French text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assistant.phrases import published
from assistant.upkeep_phrases import accepted_because, counted
from index.records import Tag

if TYPE_CHECKING:  # what one command prints is not loaded for another
    from assistant.answers import Answer, Citation
    from assistant.evaluating import Result
    from assistant.upkeep import Made
    from index.build_report import BuildReport
    from index.records import Hit, LeftOut, Page
    from index.vocabulary import Vocabulary

_STATUS = {
    "upcoming": "à venir", "today": "aujourd'hui", "past": "passée", "replaced": "remplacée", "conflict": "contredite",
}  # fmt: skip


def answer(one: Answer) -> None:
    """An answer with its sources."""
    if one.understood:
        print("Compris :", " · ".join(u.label + (" (repris)" if u.inherited else "") for u in one.understood))
    print(one.text)
    for statement in one.statements:
        for derived in statement.derived:
            print(f"    {derived.value} : {derived.how}")
    if one.citations:
        print()
    for citation in one.citations:
        print(_source(citation))
    for notice in one.notices:
        print(f"! {notice}")
    if one.nearest:
        print("\nPassages les plus proches (ce ne sont pas des réponses) :")
    for near in one.nearest:
        print(f"- {near.document.title} : {' '.join(near.text.split())[:200]}")
    if one.choices:
        print("\nPréciser :", " · ".join(one.choices))


def _source(citation: Citation) -> str:
    info, page = citation.document, citation.span.page
    origin = (
        f"fiche d'après {info.evidence.publisher}, page {published(info.evidence)}"
        if info.summarised
        else published(info.source)
    )
    where = f", p. {page}" if page else ""
    replaced = f" — remplacée par [{citation.replaced_by}]" if citation.replaced_by else ""
    url = f"\n    {info.evidence.url}" if info.evidence.url else ""
    quote = " ".join(citation.span.quote.split())
    return f"[{citation.number}] {info.title}{where} ({origin}){replaced}\n    « {quote} »{url}"


def build_report(report: BuildReport) -> None:
    """What a build did."""
    if report.is_unchanged:
        print(f"L'index est à jour : {report.passages} passages, {report.deadlines} échéances. Rien n'a été encodé.")
    else:
        verb = "Changerait" if report.is_dry_run else "Index construit"
        counts = f"{report.passages} passages, {report.deadlines} échéances, {report.encoded} textes encodés"
        print(f"{verb} : {counts}, en {report.seconds:.1f} s.")
    for name, paths in (("ajouté", report.added), ("modifié", report.changed), ("retiré", report.removed)):
        for path in paths if len(paths) <= 20 else ():
            print(f"  {name} : {path}")
        if len(paths) > 20:
            print(f"  {name}s : {len(paths)} documents")
    for refusal in report.refused:
        print(f"  REFUSÉ : {refusal.path} : {refusal.reason}")
    for warning in report.warnings:
        print(f"  attention : {warning}")
    if report.gate and report.gate.summary:
        print(report.gate.summary)


def status(state: Mapping[str, Any]) -> None:
    """The index in use."""
    for name, value in state.items():
        if isinstance(value, list):
            for line in value:
                print(f"  attention : {line}")
        else:
            print(f"{name} : {value}")


def history(found: Sequence[Made]) -> None:
    """The generations, newest first, the one in use marked."""
    if not found:
        print("Aucune génération : lancez « assistant build ».")
    for one in found:
        counts = f"{one.documents} documents, {one.passages} passages, {one.deadlines} échéances"
        print(f"{'*' if one.is_current else ' '} {one.name}  {one.built_at}  {one.trouble or counts}")
        for choice in one.chosen:
            print(f"    mise en service le {choice.chosen_at:%Y-%m-%d %H:%M} UTC par {choice.chosen_by}")
        if one.refused:
            print(f"    {counted(one.refused, 'document refusé', 'documents refusés')}")
        if one.gate:
            print(f"    {one.gate.splitlines()[0]}")
        if one.accepted_because:
            print(f"    {accepted_because(one.accepted_because)}")


def document(title: str, pages: Sequence[Page], left_out: Sequence[LeftOut], warnings: Sequence[str]) -> None:
    """A document as read, page by page, then what was left out."""
    print(f"# {title}")
    for page in pages:
        if page.number is not None:
            print(f"\n--- page {page.number} ---")
        print(page.text)
    if left_out:
        print("\n--- laissé de côté ---")
    for part in left_out:
        print(f"[{part.reason}] {part.text}")
    for warning in warnings:
        print(f"attention : {warning}")


def hits(found: Sequence[Hit]) -> None:
    """The passages found, with their evidence."""
    if not found:
        print("Aucun passage trouvé.")
    for number, hit in enumerate(found, 1):
        evidence = ", ".join(f"{e.retriever} n° {e.rank} ({e.score:.3f})" for e in hit.evidence)
        tags = " ".join(tag.id for tag in (*hit.passage.tags, *hit.passage.context_tags))
        print(f"{number}. {hit.score:.3f}  {hit.passage.document_id}  [{evidence}]  {tags}")
        print(f"   {' '.join(hit.passage.text.split())[:300]}")


def deadlines(entries: Sequence[Mapping[str, Any]], vocabulary: Vocabulary) -> None:
    """The deadlines, one a line, in the order of days."""
    if not entries:
        print("Aucune échéance ne correspond à ces filtres.")
    for entry in entries:
        tags = " · ".join(vocabulary.label(Tag(kind, name)) for kind, names in entry["tags"].items() for name in names)
        quote = " ".join(entry["citation"]["quote"].split())
        print(f"{entry['text']:<28} {_STATUS[entry['status']]:<11} {tags}\n    « {quote[:220]} »")


def evaluation(figures: Mapping[str, Any], results: Sequence[Result]) -> None:
    """The table per type, the shares, and each wrong or withheld answer."""
    print(f"{'type':<16}{'justes':>8}{'fausses':>9}{'tues':>7}")
    for name, counts in [*figures["types"].items(), ("ensemble", figures["all"])]:
        print(f"{name:<16}{counts['right']:>8}{counts['wrong']:>9}{counts['withheld']:>7}")
    print(f"justes : {figures['share_right']:.1%}")
    print(f"justes parmi celles qui ont une réponse : {figures['share_right_answerable']:.1%}")
    print(f"fausses parmi les affirmées : {figures['share_wrong_among_asserted']:.1%}")
    print(f"tues parmi celles qui n'ont pas de réponse : {figures['share_withheld_unanswerable']:.1%}")
    print(f"durée : médiane {figures['p50_ms']} ms, 95e centile {figures['p95_ms']} ms")
    if "wording" in figures:
        _wording(figures["wording"])
    for result in results:
        if result.verdict != "right":
            print(f"  {result.verdict:<8} {result.golden.id} « {result.golden.question} » {result.why}")


def _wording(figures: Mapping[str, Any]) -> None:
    """What a language model did."""
    print(f"modèle interrogé {figures['asked']} fois, en échec {figures['failed']} fois ; réponses rédigées montrées :"
          f" {figures['worded']}")  # fmt: skip
    faults = ", ".join(f"{fault} {count}" for fault, count in figures["faults"].items())
    print(f"phrases du modèle : {figures['sentences']}, écartées {figures['share_dropped']:.1%} ({faults})")
    shown = figures["statements_shown"]
    print(f"phrases montrées entièrement prouvées : {figures['citation_recall']:.1%} de {shown} (ALCE, rappel) ; "
          f"citations utiles : {figures['citation_precision']:.1%} (précision)"
          if shown else "phrases montrées : aucune ; les citations tiennent")  # fmt: skip
    print(f"par citation : {figures['quotation_recall']:.1%} et {figures['quotation_precision']:.1%}")
    print(f"médianes : première preuve {figures['first_evidence_ms']} ms, premier mot {figures['first_token_ms']} ms, "
          f"réponse vérifiée {figures['checked_ms']} ms")  # fmt: skip


def findings(found: Sequence[Any]) -> None:
    """What `check` found."""
    if not found:
        print("Rien à signaler.")
    for finding in found:
        print(f"{'ERREUR' if finding.is_serious else 'attention'} : {finding.what} → {finding.remedy}")


@contextmanager
def progress_bar(*, is_quiet: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """A progress bar on standard error; none when quiet."""
    if is_quiet:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, Any] = {}

        def told(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield told


def verified(done: Mapping[str, Any]) -> None:
    """The verified answers in service, and the manifest entries of those that were written as documents."""
    for one in done["answers"]:
        print(f"{one['verified_on']}  {one['question']}  ({one['author']})")
    if not done["answers"]:
        print("Aucune réponse vérifiée en service.")
    if done["manifest"]:
        print(f"\nÀ ajouter à manifest.toml :\n\n{done['manifest']}")
