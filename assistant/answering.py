"""Assistant.answer(): understand → search → write → check. Reads top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from assistant import provenance
from assistant.answers import Answer
from assistant.citations import check
from assistant.drafts import Written
from assistant.errors import DocumentUnknown
from assistant.finding import Finding
from assistant.framing import aside_sentence, clean, fixed, framed, refusal
from assistant.scoring import load_scorer
from assistant.turns import Turns
from assistant.understanding import Query, understand
from assistant.units import Units
from assistant.writing import Writer
from index.records import Deadline, Document, DocumentInfo, Hit, LeftOut, Page, Programme
from index.searching import Index
from index.vocabulary import Vocabulary

if TYPE_CHECKING:
    from assistant.composing import Composing
    from assistant.desk_records import Versions
    from index.encoding import Reranker

_WARMING = 3


Lease = Callable[[], AbstractContextManager[Index]]


class Assistant:
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
        self._composing = composing
        self.turns = turns or Turns()
        self._lease = lease
        self._documents_folder = corpus_folder / "documents"
        self._threshold = threshold
        self._reranker = reranker
        self._today = today
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
        with self.turns.turn(), self._lease() as index:
            return self._written(index, question, after, day or self._today(), documents, without).answer

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
        return replace(query, question=question)

    def writer(self, index: Index) -> Writer:
        """The writer without a model for this index; what it read of passages is kept between questions."""
        writer = self._last_writer
        if writer is None or writer.index is not index:
            units = Units(index.vocabulary, index.stems)
            writer = Writer(
                index, units, load_scorer("sentence"), load_scorer("confidence"), self._threshold, self._reranker
            )
            self._last_writer = writer
        return writer

    def warm(self) -> None:
        """Does now what the first question would wait for: the index is opened, a question of each kind answered.

        The collection of vectors is opened last, and nobody waits for it.
        """
        with self._lease() as index, index.warming():
            for example in index.programme.examples[:_WARMING]:
                self.answer(example)

    def today(self) -> date:
        """The day that questions are read on when they give none."""
        return self._today()

    def reading(self) -> AbstractContextManager[Index]:
        """The index in use, lent for a `with` block."""
        return self._lease()

    def search(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        """The passages that bear on a text, with their evidence."""
        with self._lease() as index:
            return index.search(text, limit=limit)

    @property
    def programme(self) -> Programme:
        """What the screens say about the programme."""
        with self._lease() as index:
            return index.programme

    @property
    def vocabulary(self) -> Vocabulary:
        """The programme's terms."""
        with self._lease() as index:
            return index.vocabulary

    @property
    def corpus_as_of(self) -> date | None:
        """The day up to which the documents were read."""
        with self._lease() as index:
            return index.corpus_as_of

    @property
    def generation(self) -> str:
        """The name of the generation in use."""
        with self._lease() as index:
            return index.generation

    def versions(self, documents: Iterable[str]) -> Versions:
        """What the index in use was made from, with the content hash of these documents (those that it holds)."""
        with self._lease() as index:
            return provenance.versions(index, documents)

    def next_due(self, passages: Iterable[str], day: date) -> date | None:
        """The first day, from `day` on, that a deadline in force of these passages falls on."""
        with self._lease() as index:
            return provenance.next_due(index, passages, day)

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Every document of the index, in the corpus's order."""
        with self._lease() as index:
            return tuple(index.documents.values())

    def deadlines(self) -> tuple[Deadline, ...]:
        """Every dated statement of the corpus."""
        with self._lease() as index:
            return index.deadlines

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """The document's text as read; the frame of every quotation.

        Raises:
            DocumentUnknown: no document has that id.
        """
        return self.document(document_id).pages

    def left_out(self, document_id: str) -> tuple[LeftOut, ...]:
        """What was left out of a document as furniture.

        Raises:
            DocumentUnknown: no document has that id.
        """
        return self.document(document_id).left_out

    def document(self, document_id: str) -> Document:
        """The document as read.

        Raises:
            DocumentUnknown: no document has that id.
        """
        with self._lease() as index:
            if document_id not in index.documents:
                raise DocumentUnknown(f"Aucun document ne porte l'identifiant « {document_id} ».")
            return index.document(document_id)

    def document_path(self, document_id: str) -> Path:
        """The document's file in the corpus.

        Raises:
            DocumentUnknown: no document has that id, or its file is not inside the corpus any more.
        """
        info = self.document(document_id).info
        folder = self._documents_folder.resolve()
        path = (folder / info.path).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            raise DocumentUnknown(f"Le fichier du document « {document_id} » n'est plus dans le corpus.")
        return path
