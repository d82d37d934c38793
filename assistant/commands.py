"""What each command does: settings and options in, French text or one JSON document out, exit code back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from getpass import getpass
from pathlib import Path
from typing import Any

from assistant import printing
from assistant.command_line import FILTERS
from assistant.errors import AssistantError
from assistant.roles import ROLE_NAMES
from assistant.saving import write_file
from assistant.settings import Settings

_DONE, _NOT_FULFILLED = 0, 1


def ask(options: argparse.Namespace, settings: Settings) -> int:
    """One answer."""
    from assistant.answers import to_json
    from assistant.loading import load_assistant

    assistant = load_assistant(settings, notify=_say, searches=True)
    asked = {"after": options.after, "day": options.day}
    answer = assistant.reworded(options.question, **asked) or assistant.answer(options.question, **asked)
    _out(options, to_json(answer), lambda: printing.answer(answer))
    return _DONE


def build(options: argparse.Namespace, settings: Settings) -> int:
    """Builds the index; 1 when a document or the whole new index was refused."""
    from dataclasses import replace

    from assistant.build_record import begun, give_way, recorded
    from assistant.loading import build_index
    from index.errors import GateRefused

    if options.background:
        give_way()
    if options.corpus is not None:
        settings = replace(settings, corpus=options.corpus.resolve())
    given = {"force": options.force, "accept": options.accept, "seen": options.seen, "by": options.by}
    with printing.progress_bar(is_quiet=options.json or options.background) as progress:
        if options.dry_run:
            report = build_index(settings, dry_run=True, progress=progress, notify=_say, **given)
        else:
            begins = begun(settings.index, by=options.by, reason=options.accept, force=options.force)
            try:
                with recorded(settings.index, begins, progress) as recorder:
                    report = build_index(settings, progress=recorder.progress, notify=_say, **given)
                    recorder.end("done", report=report)
            except GateRefused as refusal:
                if options.json:
                    _out(options, {"gate": asdict(replace(refusal.verdict, results=()))}, None)
                raise
    _out(options, asdict(report), lambda: printing.build_report(report))
    return _NOT_FULFILLED if report.refused else _DONE


def status(options: argparse.Namespace, settings: Settings) -> int:
    """The index in use."""
    from assistant.examining import index_status
    from assistant.loading import load_assistant

    state = index_status(load_assistant(settings, notify=_say))
    _out(options, state, lambda: printing.status(state))
    return _DONE


def show(options: argparse.Namespace, settings: Settings) -> int:
    """The text of a document as read, and what was left out."""
    from assistant.loading import load_assistant

    document = load_assistant(settings, notify=_say).document(options.document)
    pages = [page for page in document.pages if options.page in (None, page.number)]
    if not pages:
        raise AssistantError(f"Le document « {options.document} » n'a pas de page {options.page}.")
    value = {
        "id": document.info.id,
        "title": document.info.title,
        "pages": [{"page": page.number, "text": page.text} for page in pages],
        "left_out": [asdict(part) for part in document.left_out],
        "warnings": list(document.warnings),
    }
    _out(options, value, lambda: printing.document(document.info.title, pages, document.left_out, document.warnings))
    return _DONE


def search(options: argparse.Namespace, settings: Settings) -> int:
    """The passages found, with their evidence."""
    from assistant.loading import load_assistant

    hits = load_assistant(settings, notify=_say, searches=True).search(options.query, limit=options.limit)
    value = [
        {
            "passage": hit.passage.id,
            "document": hit.passage.document_id,
            "page": hit.passage.page,
            "score": round(hit.score, 4),
            "evidence": [asdict(evidence) for evidence in hit.evidence],
            "tags": [asdict(tag) for tag in (*hit.passage.tags, *hit.passage.context_tags)],
            "text": hit.passage.text,
        }
        for hit in hits
    ]
    _out(options, value, lambda: printing.hits(hits))
    return _DONE


def deadlines(options: argparse.Namespace, settings: Settings) -> int:
    """The deadlines of the corpus, filtered; `--ics` writes them as a calendar."""
    from assistant.agenda import agenda
    from assistant.calendars import to_ics, to_json
    from assistant.loading import load_assistant

    assistant = load_assistant(settings, notify=_say)
    filters = {kind: getattr(options, kind) for kind in FILTERS}
    found = agenda(assistant.deadlines(), assistant.vocabulary, filters, first=options.first, last=options.last)
    documents = {info.id: info for info in assistant.documents()}
    if options.ics is not None:
        write_file(options.ics, to_ics(found, documents, assistant.vocabulary, assistant.programme))
        _say(f"Calendrier écrit dans {options.ics}.")
    day = options.day or assistant.today()
    entries = [to_json(deadline, documents[deadline.document_id], day) for deadline in found]
    _out(options, entries, lambda: printing.deadlines(entries, assistant.vocabulary))
    return _DONE


def evaluate(options: argparse.Namespace, settings: Settings) -> int:
    """Measures a question set; by quotation, or as a language model words the answers."""
    from dataclasses import replace

    from assistant.evaluating import evaluate as measure
    from assistant.evaluating import read_questions, report_lines, summary
    from assistant.loading import load_assistant
    from assistant.wording_figures import Worded, wording_figures

    questions = [golden for golden in read_questions(options.file) if options.half in (None, golden.half)]
    assistant = load_assistant(replace(settings, llm=options.llm), notify=_say)
    results = measure(questions, Worded(assistant) if options.llm else assistant)
    if options.report is not None:
        write_file(options.report, report_lines(results).encode())
    figures = summary(results)
    if options.llm:
        with assistant.reading() as index:
            figures["wording"] = wording_figures([result.answer for result in results], index)
    _out(options, figures, lambda: printing.evaluation(figures, results))
    return _DONE


def check(options: argparse.Namespace, settings: Settings) -> int:
    """Examines corpus and index; 1 when something must be mended."""
    from assistant.examining import examine

    findings = examine(settings, notify=_say)
    _out(options, [asdict(finding) for finding in findings], lambda: printing.findings(findings))
    return _NOT_FULFILLED if any(finding.is_serious for finding in findings) else _DONE


def digest(options: argparse.Namespace, settings: Settings) -> int:
    """What a generation changes for people."""
    from assistant.digest_text import as_markdown
    from assistant.upkeep import digest_of

    filters = {"profession": options.profession, "lane": options.lane}
    found = digest_of(settings.index, options.generation, since=options.since, filters=filters)
    _out(options, asdict(found), lambda: print(as_markdown(found), end=""))
    return _DONE


def history(options: argparse.Namespace, settings: Settings) -> int:
    """The generations that are kept, newest first."""
    from assistant.upkeep import choices
    from assistant.upkeep import history as made

    found = made(settings.index, choices(settings))
    _out(options, [asdict(one) for one in found], lambda: printing.history(found))
    return _DONE


def rollback(options: argparse.Namespace, settings: Settings) -> int:
    """Goes back to an earlier generation."""
    from assistant.upkeep import go_back

    name = go_back(settings, options.generation)
    _out(options, {"generation": name}, lambda: print(f"Génération en service : {name}."))
    return _DONE


def password(options: argparse.Namespace, settings: Settings) -> int:
    """Sets the password of a role: typed twice, or the first line of standard input."""
    from assistant.loading import load_access

    if sys.stdin.isatty():
        typed = getpass("Mot de passe : ")
        if getpass("Une seconde fois : ") != typed:
            raise AssistantError("Les deux mots de passe diffèrent : recommencez.")
    else:
        typed = sys.stdin.readline().rstrip("\n")
    load_access(settings).passwords.set(options.role, typed)
    print(f"Mot de passe du rôle « {ROLE_NAMES[options.role]} » enregistré. Il compte dès maintenant.")
    return _DONE


def forget(options: argparse.Namespace, settings: Settings) -> int:
    """Erases a conversation of the journal, or what is older than the settings allow."""
    from assistant.desk_commands import forget as erase

    done = erase(options, settings)
    _out(options, done, lambda: print(f"Échanges effacés du journal : {done['erased']}."))
    return _DONE


def verified(options: argparse.Namespace, settings: Settings) -> int:
    """The verified answers in service, listed and exported."""
    from assistant.desk_commands import verified as export

    done = export(options, settings)
    _out(options, done, lambda: printing.verified(done))
    return _DONE


def serve(options: argparse.Namespace, settings: Settings) -> int:
    """The web app; builds the index first when there is none."""
    from assistant.loading import build_index, sharing
    from assistant.serving import serve as run
    from index.errors import GenerationMissing, IndexingError
    from index.generations import current

    try:
        current(settings.index)
    except GenerationMissing:
        with sharing(settings) as shared:
            standing = shared.follow() if shared else None
        if standing is not None and standing.named:
            _say(standing.trouble)  # another machine's build is in use: the files are to come from there
        else:
            with printing.progress_bar(is_quiet=False) as progress:
                printing.build_report(build_index(settings, progress=progress, notify=_say))
    except IndexingError as error:
        _say(str(error))
    run(settings, options.host, options.port)
    return _DONE


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _out(options: argparse.Namespace, value: Any, show_text: Any) -> None:
    if options.json:
        print(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))
    else:
        show_text()


def _plain(value: object) -> str | list[Any]:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(type(value).__name__)
