"""Assistant.answer(): understand → search → write → check. Reads top to bottom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from assistant import phrases, provenance
from assistant.answers import Answer, Nearest, Outcome
from assistant.citations import Checked, check
from assistant.cues import Aside
from assistant.desk_records import Versions
from assistant.drafts import Draft
from assistant.errors import DocumentUnknown
from assistant.scoring import load_scorer
from assistant.turns import Turns
from assistant.understanding import Query, understand, understood
from assistant.units import Units
from assistant.worded import Written, suggested, worded
from assistant.writing import Writer
from index.records import Deadline, Document, DocumentInfo, Hit, LeftOut, Page, Programme
from index.searching import Index
from index.vocabulary import Vocabulary

if TYPE_CHECKING:
    from assistant.composing import Composing
    from index.encoding import Reranker

MAX_QUESTION_CHARS = 2000
_NEAREST = 3
_WARMING = 3
_NEAREST_CHARS = 600
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_WORD = re.compile(r"[^\W_]{2,}")


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
        refusal = _refusal(typed, question)
        if refusal is not None:
            return Written(_fixed(question, refusal, index, started))
        query = self.understand(index, question, after=after, day=day, without=without)
        if query.aside is not None:
            return Written(_fixed(question, _aside(query.aside, index.programme), index, started))
        understood_at = perf_counter()
        writer = self.writer(index)
        hits = writer.search(query, documents)
        searched_at = perf_counter()
        draft = writer.write(query, hits, is_restricted=bool(documents))
        checked = check(draft.claims, index.documents, index.document_pages)
        done = perf_counter()
        timings = {
            "understand": 1000 * (understood_at - started),
            "search": 1000 * (searched_at - understood_at),
            "write": 1000 * (done - searched_at),
            "total": 1000 * (done - started),
        }
        return Written(_answer(query, draft, checked, hits, index, timings), query, draft, tuple(hits))

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
        """Does now what the first question would wait for: the index is opened, a question of each kind answered."""
        with self._lease() as index:
            index.warm()
            examples = index.programme.examples[:_WARMING]
        for example in examples:
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


def _answer(
    query: Query, draft: Draft, checked: Checked, hits: Sequence[Hit], index: Index, timings: dict[str, float]
) -> Answer:
    is_asking_back = draft.outcome == "clarify"
    outcome: Outcome = draft.outcome if checked.statements or is_asking_back else "not_found"
    lead = draft.lead
    if outcome == "not_found" and (draft.claims or not lead):
        lead = phrases.not_found(index.programme.contact)
    return Answer(
        question=query.question,
        query=query.text,
        understood=understood(query, index.vocabulary),
        outcome=outcome,
        lead=lead,
        statements=checked.statements,
        citations=checked.citations,
        notices=draft.notices if checked.statements else (),
        choices=draft.choices,
        nearest=_nearest(hits, index) if outcome in ("not_found", "partial") else (),
        corpus_as_of=index.corpus_as_of,
        confidence=draft.confidence,
        generation=index.generation,
        written_by="quotation",
        timings_ms=timings,
    )


def _fixed(question: str, sentence: str, index: Index, started: float) -> Answer:
    """The answer to what is no question about the programme: one fixed sentence, nothing asserted."""
    return Answer(
        question=question,
        query="",
        understood=(),
        outcome="out_of_scope",
        lead=sentence,
        statements=(),
        citations=(),
        notices=(),
        choices=index.programme.examples[:3],
        nearest=(),
        corpus_as_of=index.corpus_as_of,
        confidence=1.0,
        generation=index.generation,
        written_by="quotation",
        timings_ms={"total": 1000 * (perf_counter() - started)},
    )


def _aside(aside: Aside, programme: Programme) -> str:
    sentences = {
        "greeting": phrases.greeting(programme),
        "thanks": phrases.thanks(),
        "abilities": phrases.abilities(programme),
        "advice": f"{phrases.ADVICE} {phrases.scope(programme)}",
        "intrusion": phrases.scope(programme),
        "opinion": f"{phrases.OPINION} {phrases.scope(programme)}",
        "other": phrases.scope(programme),
    }
    return sentences[aside]


def _nearest(hits: Sequence[Hit], index: Index) -> tuple[Nearest, ...]:
    return tuple(
        Nearest(hit.passage.id, index.documents[hit.passage.document_id], hit.passage.text[:_NEAREST_CHARS])
        for hit in hits[:_NEAREST]
    )


def clean(text: str) -> str:
    """The text without control and direction characters, in single spaces."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _refusal(typed: str, question: str) -> str | None:
    if not typed:
        return phrases.EMPTY
    if len(question) > MAX_QUESTION_CHARS:
        return phrases.TOO_LONG.format(limit=MAX_QUESTION_CHARS)
    return None if _WORD.search(typed) else phrases.UNREADABLE
