"""Assistant.answer(): understand → search → write → check. Reads top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.answers import Answer
from assistant.citations import check
from assistant.drafts import Written
from assistant.finding import Finding
from assistant.fitted import load_scorer
from assistant.framing import aside_sentence, clean, fixed, framed, refusal
from assistant.index_in_use import IndexInUse, Lease
from assistant.known import is_known
from assistant.turns import Turns
from assistant.understanding import Query, understand
from assistant.units import Units
from assistant.writing import Writer
from index.searching import Index

if TYPE_CHECKING:
    from assistant.composing import Composing
    from index.encoding import Reranker

_WARMING = 3


class Assistant(IndexInUse):
    """Answers from the index in use. Safe to share between threads; a new generation serves the next question."""

    def __init__(
        self,
        lease: Lease,
        corpus_folder: Path,
        *,
        threshold: float,
        today: Callable[[], date],
        reranker: Reranker | None = None,
        turns: Turns | None = None,
        composing: Composing | None = None,
    ) -> None:
        super().__init__(lease, corpus_folder, today)
        self._composing = composing
        self.turns = turns or Turns()
        self._threshold = threshold
        self._reranker = reranker
        self._last_writer: Writer | None = None

    def answer(
        self,
        question: str,
        *,
        after: Sequence[str] = (),
        day: date | None = None,
        documents: frozenset[str] = frozenset(),
        without: Sequence[str] = (),
    ) -> Answer:
        """The checked answer to `question`, read after the earlier questions `after` (oldest first).

        `day` is today if not given; `documents` restricts the search to these ids; `without` holds ids of terms that
        the reader removed from what was understood.

        Raises:
            Busy: too many questions are being answered.
        """
        return self.written(question, after=after, day=day, documents=documents, without=without).answer

    def written(
        self,
        question: str,
        *,
        after: Sequence[str] = (),
        day: date | None = None,
        documents: frozenset[str] = frozenset(),
        without: Sequence[str] = (),
    ) -> Written:
        """The same answer with what it was made from; its hits are looked at while the index is open.

        Raises:
            Busy: too many questions are being answered.
        """
        with self.turns.turn(), self._lease() as index:
            return self._written(index, question, after, day or self._today(), documents, without)

    def reworded(
        self,
        question: str,
        *,
        after: Sequence[str] = (),
        day: date | None = None,
        documents: frozenset[str] = frozenset(),
        without: Sequence[str] = (),
    ) -> Answer | None:
        """The answer that replaces the one of `answer`: in the language model's words where they are proven.

        Else it is the same with a notice, or with what became of the model's reply. None when there is no model or
        nothing to word.
        """
        if self._composing is None:
            return None
        from assistant.worded import worded  # what proves a model's words is not loaded without one

        asked_on = day or self._today()
        with self._lease() as index:  # no turn is held while the model is waited for
            written = self._written(index, question, after, asked_on, documents, without)
            if after and written.answer.outcome in ("not_found", "clarify"):
                written = self._read_again(written, after, self._composing, index, asked_on, documents)
            if not written.answer.statements:
                return None
            return worded(written, self._composing, index, self.writer(index).units)

    @property
    def language_model(self) -> str | None:
        """The name of the language model that words answers, None when there is none."""
        return self._composing.model.name if self._composing is not None else None

    @property
    def keeps_questions(self) -> bool:
        """Whether no question leaves this machine: there is no language model, or it runs here."""
        return self._composing is None or self._composing.model.is_local

    def _read_again(
        self,
        written: Written,
        after: Sequence[str],
        composing: Composing,
        index: Index,
        day: date,
        documents: frozenset[str],
    ) -> Written:
        """What the question gives as the model reads it after the others, when that gives an answer."""
        question = written.answer.question
        from assistant.worded import suggested

        suggestion = suggested(clean(question), [clean(turn) for turn in after], composing, index)
        if suggestion is None:
            return written
        again = self._written(index, suggestion, (), day, documents, ())
        return replace(again, answer=replace(again.answer, question=question)) if again.answer.statements else written

    def _written(
        self,
        index: Index,
        question: str,
        after: Sequence[str],
        day: date,
        documents: frozenset[str],
        without: Sequence[str],
    ) -> Written:
        """The answer without a model, with what it was made from."""
        started = perf_counter()
        typed = clean(question)
        refused = refusal(typed, question)
        if refused is not None:
            return Written(fixed(question, refused, index, started))
        query = self.understand(index, question, after=after, day=day, without=without)
        if query.aside is not None:
            return Written(fixed(question, aside_sentence(query.aside, index.programme), index, started))
        understood_at = perf_counter()
        writer = self.writer(index)
        hits = Finding(lambda: writer.search(query, documents))
        draft = writer.write(query, hits, is_restricted=bool(documents))
        checked = check(draft.claims, index.documents, index.document_pages)
        answer = framed(query, draft, checked, hits, index)
        done = perf_counter()
        timings = {
            "understand": 1000 * (understood_at - started),
            "search": hits.took_ms,
            "write": 1000 * (done - understood_at) - hits.took_ms,
            "total": 1000 * (done - started),
        }
        return Written(replace(answer, timings_ms=timings), query, draft, hits)

    def understand(
        self,
        index: Index,
        question: str,
        *,
        after: Sequence[str] = (),
        day: date | None = None,
        without: Sequence[str] = (),
    ) -> Query:
        """The question as it is searched for and answered."""
        query = understand(
            clean(question),
            after=[clean(turn) for turn in after],
            day=day or self._today(),
            vocabulary=index.vocabulary,
            without=frozenset(without),
            knows=index.knows,
        )
        is_meant = query.aside == "other" and is_known(query, index)
        return replace(query, question=question, aside=None if is_meant else query.aside)

    def writer(self, index: Index) -> Writer:
        """The writer without a model for this index; what it read of passages is kept between questions."""
        writer = self._last_writer
        if writer is None or writer.index is not index:
            units = Units(index.vocabulary, index.stems)
            sentence, sure = (load_scorer(name, is_known=index.is_mostly_known) for name in ("sentence", "confidence"))
            writer = Writer(index, units, sentence, sure, self._threshold, self._reranker)
            self._last_writer = writer
        return writer

    def warm(self) -> None:
        """Does now what the first question would wait for: the index is opened, a question of each kind answered.

        The collection of vectors is opened last, and nobody waits for it.
        """
        with self._lease() as index, index.warming():
            for example in index.programme.examples[:_WARMING]:
                self.answer(example)
