"""What an index answers to golden questions, each answer with what it rests upon."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from assistant import days
from assistant.answering import Assistant
from assistant.candidates import SEARCHED_PASSAGES
from assistant.drafts import Written
from assistant.evaluating import Golden, judge
from assistant.finding import Finding
from assistant.fitted import threshold_for
from assistant.query import Query
from index.build_report import Basis, GoldenResult
from index.encoding import load_reranker

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.building import Progress
    from index.searching import Index

_STAGE = "questions"


class Asking:
    """Asks golden questions of indexes as the settings would have them answered."""

    def __init__(self, settings: Settings, progress: Progress | None) -> None:
        self._settings = settings
        self._progress = progress
        self._reranker = load_reranker(settings.reranker) if settings.reranker else None

    def assistant(self, index: Index) -> Assistant:
        """Answers from this index, without a language model."""

        def today() -> date:
            return days.today(self._settings.day, index.programme.timezone)

        def lent() -> AbstractContextManager[Index]:
            return nullcontext(index)

        threshold = threshold_for(self._settings.max_error_rate)
        return Assistant(lent, self._settings.corpus, threshold=threshold, today=today, reranker=self._reranker)

    def ask(self, questions: Sequence[Golden], index: Index) -> dict[str, GoldenResult]:
        """What the index answers, by the key of the question, in order."""
        assistant = self.assistant(index)
        found = {}
        for done, golden in enumerate(questions, 1):
            written = assistant.written(golden.question, after=golden.after, day=golden.day)
            verdict, why = judge(golden, written.answer)
            text, name = written.answer.text, key(golden)
            found[name] = GoldenResult(golden.id, name, golden.question, verdict, why, text, _basis(written))
            if self._progress is not None:
                self._progress(_STAGE, done, len(questions))
        return found


def key(golden: Golden) -> str:
    """A hash of the question with all that is wanted of its answer."""
    return sha256(repr(golden).encode()).hexdigest()[:16]


def understood(query: Query) -> str:
    """A hash of what was understood, whatever the day."""
    return sha256(repr(replace(query, question="", day=date.min)).encode()).hexdigest()[:16]


def _basis(written: Written) -> Basis:
    query, answer = written.query, written.answer
    cited = (*(one.passage_id for one in answer.citations), *(one.passage_id for one in answer.nearest))
    if query is None:
        return Basis("", "", (), 0.0, cited, is_told=False, confidence=answer.confidence)
    told = isinstance(written.hits, Finding) and not written.hits.is_made and query.wanted != "comparison"
    hits = () if told else tuple(written.hits)
    return Basis(
        understood=understood(query),
        sought="" if told else query.text,
        tags=query.tags,
        least=hits[-1].score if len(hits) >= SEARCHED_PASSAGES else 0.0,
        passages=tuple(dict.fromkeys((*cited, *(hit.passage.id for hit in hits)))),
        is_told=told
        or query.relative is not None
        or query.measure == "amount"
        or "date" in (query.wanted, *query.kinds),
        confidence=answer.confidence,
    )
