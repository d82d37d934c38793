"""The desk: every question that screens and routes ask goes by here, and is in the journal before its answer is seen.

A verified answer is served first, else the assistant answers.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any

from assistant import verified
from assistant.answers import Answer, to_json
from assistant.desk_records import Badge, Exchange
from assistant.errors import JournalUnavailable
from assistant.framing import MAX_QUESTION_CHARS
from assistant.journal_exchanges import new_id
from assistant.journal_store import now
from assistant.keeping import Keeping

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.journal import Journal
    from assistant.shared_generation import SharedGeneration
    from index.searching import Index

KEEP_DAYS = 365
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Tended:
    """What the regular work did: exchanges erased for their age, verified answers that left service (their ids)."""

    erased: int
    returned: tuple[str, ...]


class Desk:
    """The assistant with its journal. Safe to share between threads."""

    def __init__(
        self,
        assistant: Assistant,
        journal: Journal,
        *,
        keep_days: int = KEEP_DAYS,
        keeping: Keeping | None = None,
        shared: SharedGeneration | None = None,
    ) -> None:
        self.assistant = assistant
        self.journal = journal
        self.keeping = keeping or Keeping(journal)
        self.shared = shared
        self._keep_days = keep_days
        self._checking = threading.RLock()
        self._known_serial: str | None = None
        self._checked: tuple[str, date] | None = None
        self._shelf: tuple[tuple[str, str] | None, tuple[verified.Shelved, ...]] = (None, ())

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
        """The exchange that answers `question`, committed to the journal or waiting on disk for it.

        The parameters are those of `answer`. Its `conversation` is the one given, else a new random one to be given
        back with the next question.

        Raises:
            JournalUnavailable: the exchange could not be kept, so nothing is answered.
        """
        for _ in range(_ATTEMPTS):
            answer, badge = self.answer(question, after=after, day=day, documents=documents, without=without)
            exchange = self._exchange(answer, after, day, documents, without, conversation or new_id(), badge)
            if exchange.versions.generation == answer.generation:  # else the index changed in between
                break
        self.keeping.keep(exchange)
        return exchange

    def reword(self, asked: Exchange) -> Exchange | None:
        """The exchange with the answer that a language model worded, kept in the journal before it is seen.

        None when there is no model, nothing to word, or a person verified the answer.
        """
        if asked.verified is not None or self.assistant.language_model is None:
            return None
        after, documents, without = asked.after, asked.documents, asked.without
        answer = self.assistant.reworded(
            asked.question, after=after, day=asked.day, documents=documents, without=without
        )
        if answer is None:
            return None
        exchange = self._exchange(answer, after, asked.day, documents, without, asked.conversation, None)
        exchange = replace(exchange, rewords=asked.id)
        self.keeping.keep(exchange)
        return exchange

    def answer(
        self,
        question: str,
        *,
        after: Sequence[str] = (),
        day: date | None = None,
        documents: frozenset[str] = frozenset(),
        without: Sequence[str] = (),
    ) -> tuple[Answer, Badge | None]:
        """What `ask` would answer, with its badge when it is a verified answer; nothing is kept."""
        if not documents and not without and len(question) <= MAX_QUESTION_CHARS:
            served = self._verified(question, after, day)
            if served is not None:
                return served
        return self.assistant.answer(question, after=after, day=day, documents=documents, without=without), None

    def refresh(self) -> None:
        """Sends back what a new generation, or a new day, does not bear out; nothing to do costs next to nothing."""
        self._check(self.assistant.generation, self.assistant.today())

    def keep_up(self) -> None:
        """Serves the generation that the machines agreed on, and writes what waited for the journal; often called."""
        if self.shared is not None:
            with self.keeping.noticing():
                self.shared.follow()
        self.keeping.write_waiting()

    def tend(self) -> Tended:
        """Erases what is older than the settings allow, and sends back what the index no longer bears out."""
        from assistant.verifying import check_verified

        first = now().date() - timedelta(days=self._keep_days)
        erased = self.journal.erase_before(first) + self.keeping.erase_before(first)
        return Tended(erased, tuple(one.id for one in check_verified(self)))

    def _verified(self, question: str, after: Sequence[str], day: date | None) -> tuple[Answer, Badge] | None:
        """The verified answer to the question, when there is one that still holds."""
        serial = self._serial()
        if serial is None:
            return None
        started = perf_counter()
        asked_on = day or self.assistant.today()
        self._refresh_if_reachable()
        with self.assistant.reading() as index:
            query = self.assistant.understand(index, question, after=after, day=asked_on)
            found = verified.find(index, query, self._shelved(index, serial))
            if found is None or verified.what_changed(index, found, asked_on):
                return None
            answer = verified.serve(index, query, found, started=started)
        return None if answer is None else (answer, Badge(found.id, found.verified_at.date()))

    def _serial(self) -> str | None:
        """What changes whenever a verified answer does; while the journal is away, what it was last."""
        if self.keeping.is_reachable():
            with self.keeping.noticing():
                self._known_serial = self.journal.verified_serial()
        return self._known_serial

    def _refresh_if_reachable(self) -> None:
        """As `refresh`; while the journal is away what is served is checked all the same, one by one."""
        if self.keeping.is_reachable():
            with self.keeping.noticing():
                self.refresh()

    def _check(self, generation: str, day: date) -> None:
        """Takes out of service what a new generation, or a new day, does not bear out."""
        from assistant.verifying import check_verified

        with self._checking:
            if self._checked == (generation, day):
                return
            before, self._checked = self._checked, (generation, day)
            try:
                check_verified(self)
            except JournalUnavailable:
                self._checked = before
                raise

    def _shelved(self, index: Index, serial: str) -> tuple[verified.Shelved, ...]:
        """The verified answers in service, read anew when one changed or the index did."""
        state = (index.generation, serial)
        known, shelf = self._shelf
        if known != state:
            shelf = ()
            with self.keeping.noticing():
                answers = self.journal.verified_answers("in_service")
                shelf = tuple(verified.shelved(self.assistant, index, answer) for answer in answers)
                self._shelf = state, shelf
        return shelf

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


def exchange_json(exchange: Exchange) -> dict[str, Any]:
    """The answer as CONTRACT describes it, with the ids of the exchange and its conversation, and its badge."""
    badge = exchange.verified
    return {
        **to_json(exchange.answer),
        "exchange": exchange.id,
        "conversation": exchange.conversation,
        "verified": None if badge is None else {"id": badge.id, "on": badge.verified_on.isoformat()},
    }


def desk_in_memory(assistant: Assistant) -> Desk:
    """A desk whose journal lives and ends with it."""
    from assistant.journal import Journal

    return Desk(assistant, Journal.open("sqlite://"))
