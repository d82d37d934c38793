"""The commands over the journal: erasing what should be forgotten, exporting verified answers."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError, ExchangeUnknown
from assistant.saving import write_file
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.desk_records import VerifiedAnswer

_BY = "ligne de commande"


def forget(options: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """Erases a conversation, or everything older than the settings allow; how many exchanges that were.

    Raises:
        ExchangeUnknown: no exchange is of that conversation.
    """
    from assistant.journal import Journal
    from assistant.journal_store import now
    from assistant.keeping import erase_waiting
    from assistant.loading import WAITING

    if (options.conversation is None) == (not options.expired):
        raise AssistantError("Donnez soit le numéro d’une conversation, soit --expired.")
    folder = settings.index / WAITING
    journal = Journal.open(settings.journal)
    try:
        if options.expired:
            first = now().date() - timedelta(days=settings.journal_days)
            return {"erased": journal.erase_before(first) + erase_waiting(folder, before=first)}
        waited = erase_waiting(folder, conversation=options.conversation)
        with suppress(ExchangeUnknown) if waited else nullcontext():
            waited += journal.forget(options.conversation, by=_BY)
        return {"erased": waited}
    finally:
        journal.close()


def verified(options: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """The verified answers in service, written as documents and golden questions where the options say."""
    from assistant.exporting import golden_lines
    from assistant.journal import Journal

    journal = Journal.open(settings.journal)
    try:
        answers = journal.verified_answers("in_service")
    finally:
        journal.close()
    if options.questions is not None:
        write_file(options.questions, golden_lines(answers).encode(), makes_folder=True)
    entries = _write_documents(options.documents, answers, settings) if options.documents is not None else ""
    listed = [
        {
            "id": one.id,
            "question": one.question,
            "verified_on": one.verified_at.date().isoformat(),
            "author": one.author,
        }
        for one in answers
    ]
    return {"answers": listed, "manifest": entries}


def _write_documents(folder: Path, answers: tuple[VerifiedAnswer, ...], settings: Settings) -> str:
    """Writes each answer as Markdown under `folder`; their entries for the manifest."""
    from assistant.exporting import document_of, entry_of, file_of, titles_of
    from assistant.loading import load_assistant

    assistant = load_assistant(settings, notify=lambda sentence: print(sentence, file=sys.stderr))
    titles, programme = titles_of(assistant.documents()), assistant.programme
    for one in answers:
        write_file(folder / file_of(one), document_of(one, titles).encode(), makes_folder=True)
    return "\n".join(entry_of(one, programme) for one in answers)
