"""Assistant.answer(): understand → search → write → check. Reads top to bottom."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

from assistant import phrases
from assistant.answers import Answer, Nearest, Outcome
from assistant.citations import Checked, check
from assistant.cues import Aside
from assistant.drafts import Draft
from assistant.errors import DocumentUnknown
from assistant.scoring import load_scorer
from assistant.understanding import Query, understand, understood
from assistant.units import Units
from assistant.writing import Writer
from index.records import Deadline, DocumentInfo, Hit, LeftOut, Page, Programme
from index.searching import Index
from index.vocabulary import Vocabulary

MAX_QUESTION_CHARS = 2000
_NEAREST = 3
_NEAREST_CHARS = 600
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_WORD = re.compile(r"[^\W_]{2,}")


class Assistant:
    """Answers from one opened index. Safe to share between threads; `loading` gives a new one for a new generation."""

    def __init__(self, index: Index, corpus_folder: Path, *, threshold: float, today: Callable[[], date]) -> None:
        self._index = index
        self._documents_folder = corpus_folder / "documents"
        self._today = today
        self._writer = Writer(
            index, Units(index.vocabulary, index.stems), load_scorer("sentence"), load_scorer("confidence"), threshold
        )

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

        `day` is today if not given; `documents` restricts the search to these ids; `without` holds ids of terms that the
        reader removed from what was understood.
        """
        started = perf_counter()
        typed = clean(question)
        if (refusal := _refusal(typed, question)) is not None:
            return self._fixed(question, refusal, started)
        query = understand(
            typed,
            after=[clean(turn) for turn in after],
            day=day or self._today(),
            vocabulary=self._index.vocabulary,
            without=frozenset(without),
        )
        query = replace(query, question=question)
        if query.aside is not None:
            return self._fixed(question, self._aside(query.aside), started)
        understood_at = perf_counter()
        hits = self._writer.search(query, documents)
        searched_at = perf_counter()
        draft = self._writer.write(query, hits)
        checked = check(draft.claims, self._index.documents, self._index.document_pages)
        done = perf_counter()
        timings = {
            "understand": 1000 * (understood_at - started),
            "search": 1000 * (searched_at - understood_at),
            "write": 1000 * (done - searched_at),
            "total": 1000 * (done - started),
        }
        return self._answer(query, draft, checked, hits, timings)

    def _answer(
        self, query: Query, draft: Draft, checked: Checked, hits: Sequence[Hit], timings: dict[str, float]
    ) -> Answer:
        outcome: Outcome = draft.outcome if checked.statements else "not_found"
        lead = draft.lead
        if outcome == "not_found":
            lead = draft.lead if not draft.claims and draft.lead else phrases.not_found(self.programme.contact)
        return Answer(
            question=query.question,
            query=query.text,
            understood=understood(query, self._index.vocabulary),
            outcome=outcome,
            lead=lead,
            statements=checked.statements,
            citations=checked.citations,
            notices=draft.notices if checked.statements else (),
            choices=draft.choices,
            nearest=self._nearest(hits) if outcome in ("not_found", "partial") else (),
            corpus_as_of=self._index.corpus_as_of,
            confidence=draft.confidence,
            generation=self._index.generation,
            written_by="quotation",
            timings_ms=timings,
        )

    def _fixed(self, question: str, sentence: str, started: float) -> Answer:
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
            choices=self.programme.examples[:3],
            nearest=(),
            corpus_as_of=self._index.corpus_as_of,
            confidence=1.0,
            generation=self._index.generation,
            written_by="quotation",
            timings_ms={"total": 1000 * (perf_counter() - started)},
        )

    def _aside(self, aside: Aside) -> str:
        programme = self.programme
        sentences = {
            "greeting": phrases.greeting(programme),
            "thanks": phrases.thanks(),
            "abilities": phrases.abilities(programme),
            "advice": f"{phrases.ADVICE} {phrases.scope(programme)}",
            "intrusion": phrases.scope(programme),
        }
        return sentences[aside]

    def _nearest(self, hits: Sequence[Hit]) -> tuple[Nearest, ...]:
        return tuple(
            Nearest(hit.passage.id, self._index.documents[hit.passage.document_id], hit.passage.text[:_NEAREST_CHARS])
            for hit in hits[:_NEAREST]
        )

    def search(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        """The passages that bear on a text, with their evidence."""
        return self._index.search(text, limit=limit)

    @property
    def index(self) -> Index:
        """The open index."""
        return self._index

    @property
    def writer(self) -> Writer:
        """The writer without a model, for measuring it."""
        return self._writer

    @property
    def programme(self) -> Programme:
        """What the screens say about the programme."""
        return self._index.programme

    @property
    def vocabulary(self) -> Vocabulary:
        """The programme's terms."""
        return self._index.vocabulary

    @property
    def corpus_as_of(self) -> date | None:
        """The day up to which the documents were read."""
        return self._index.corpus_as_of

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Every document of the index, in the corpus's order."""
        return tuple(self._index.documents.values())

    def deadlines(self) -> tuple[Deadline, ...]:
        """Every dated statement of the corpus."""
        return self._index.deadlines

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """The document's text as read; the frame of every quotation.

        Raises:
            DocumentUnknown: no document has that id.
        """
        self._known(document_id)
        return self._index.document_pages(document_id)

    def left_out(self, document_id: str) -> tuple[LeftOut, ...]:
        """What was left out of a document as furniture.

        Raises:
            DocumentUnknown: no document has that id.
        """
        self._known(document_id)
        return self._index.left_out(document_id)

    def document_path(self, document_id: str) -> Path:
        """The document's file in the corpus.

        Raises:
            DocumentUnknown: no document has that id, or its file is not inside the corpus any more.
        """
        self._known(document_id)
        folder = self._documents_folder.resolve()
        path = (folder / self._index.documents[document_id].path).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            raise DocumentUnknown(f"Le fichier du document « {document_id} » n'est plus dans le corpus.")
        return path

    def _known(self, document_id: str) -> None:
        if document_id not in self._index.documents:
            raise DocumentUnknown(f"Aucun document ne porte l'identifiant « {document_id} ».")


def clean(text: str) -> str:
    """The text without control and direction characters, in single spaces."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _refusal(typed: str, question: str) -> str | None:
    if not typed:
        return phrases.EMPTY
    if len(question) > MAX_QUESTION_CHARS:
        return phrases.TOO_LONG.format(limit=MAX_QUESTION_CHARS)
    return None if _WORD.search(typed) else phrases.UNREADABLE
