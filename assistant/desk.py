"""The desk: every question that screens and routes ask goes by here. A verified answer first, else the assistant;
the exchange is in the journal before anybody sees the answer."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.answers import Answer
from assistant.desk_records import Badge, Exchange
from assistant.journal_store import now

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.journal import Journal

KEEP_DAYS = 365


@dataclass(frozen=True, slots=True)
class Tended:
    """What the regular work did: exchanges erased for their age, verified answers that left service (their ids)."""

    erased: int
    returned: tuple[str, ...]


class Desk:
    """The assistant with its journal. Safe to share between threads."""

    def __init__(self, assistant: Assistant, journal: Journal, *, keep_days: int = KEEP_DAYS) -> None:
        self.assistant = assistant
        self.journal = journal
        self._keep_days = keep_days

    def ask(
        self,
        question: str,
        *,
        after: Sequence[str] = (),
        day: date | None = None,
        documents: frozenset[str] = frozenset(),
        without: Sequence[str] = (),
        conversation: str | None = None,
    ) -> Exchange:
        """The exchange that answers `question`, committed to the journal; the parameters are those of `answer`.

        Its `conversation` is the one given, else a new random one to be given back with the next question.

        Raises:
            JournalUnavailable: the exchange could not be kept, so nothing is answered.
        """
        answer = self.assistant.answer(question, after=after, day=day, documents=documents, without=without)
        badge: Badge | None = None
        exchange = self._exchange(answer, after, day, documents, without, conversation or new_id(), badge)
        self.journal.record(exchange)
        return exchange

    def tend(self) -> Tended:
        """Erases what is older than the settings allow."""
        erased = self.journal.erase_before(now().date() - timedelta(days=self._keep_days))
        return Tended(erased, ())

    def _exchange(
        self,
        answer: Answer,
        after: Sequence[str],
        day: date | None,
        documents: frozenset[str],
        without: Sequence[str],
        conversation: str,
        badge: Badge | None,
    ) -> Exchange:
        asked_on = day or self.assistant.today()
        shown = [*(one.document.id for one in answer.citations), *(one.document.id for one in answer.nearest)]
        return Exchange(
            id=new_id(),
            conversation=conversation,
            asked_at=now(),
            question=answer.question,
            after=tuple(after),
            without=tuple(without),
            documents=documents,
            day=asked_on,
            answer=answer,
            versions=self.assistant.versions(shown),
            due_on=self.assistant.next_due({one.passage_id for one in answer.citations}, asked_on),
            verified=badge,
        )


def new_id() -> str:
    """A random id, 32 hexadecimal digits."""
    return secrets.token_hex(16)
