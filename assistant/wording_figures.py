"""What a language model did with the questions of a set: sentences kept and dropped, support, times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any, Protocol

from assistant.answers import Answer
from assistant.supporting import Support, support
from index.searching import Index


class Answering(Protocol):
    """What answers by quotation, and in a model's words."""

    def answer(self, question: str, *, after: Sequence[str] = (), day: date | None = None) -> Answer:
        """The answer by quotation."""

    def reworded(self, question: str, *, after: Sequence[str] = (), day: date | None = None) -> Answer | None:
        """What replaces it."""


@dataclass(frozen=True, slots=True)
class Worded:
    """Gives the last answer where one is asked for: the one that the model worded, when it is proven."""

    assistant: Answering

    def answer(self, question: str, *, after: Sequence[str] = (), day: date | None = None) -> Answer:
        """What replaces the answer by quotation, else that one."""
        worded = self.assistant.reworded(question, after=after, day=day)
        return worded or self.assistant.answer(question, after=after, day=day)


def wording_figures(answers: Sequence[Answer], index: Index) -> dict[str, Any]:
    """The figures, for people and programs.

    Times are medians in milliseconds from the question on; the model is asked after the answer by quotation.

    `failed` counts the answers for which the model was asked and gave nothing.
    """
    made = [(answer, answer.wording) for answer in answers if answer.wording is not None]
    sentences = [sentence for _, wording in made for sentence in wording.sentences]
    shown = [answer for answer, wording in made if wording.is_shown]
    dropped = sum(not sentence.is_kept for sentence in sentences)
    counts = sum((support(answer, index) for answer in shown), Support())
    by_quotation = sum((support(one, index) for one in answers if one.written_by == "quotation"), Support())
    return {
        "asked": len(made),
        "failed": sum(one.wording is None and bool(one.statements) for one in answers),
        "worded": len(shown),
        "sentences": len(sentences),
        "share_dropped": round(dropped / len(sentences), 4) if sentences else 0.0,
        "faults": dict(Counter(sentence.fault for sentence in sentences if not sentence.is_kept).most_common()),
        "statements_shown": counts.statements,
        "citation_recall": counts.recall,
        "citation_precision": counts.precision,
        "quotation_recall": by_quotation.recall,
        "quotation_precision": by_quotation.precision,
        "first_evidence_ms": _median([answer.timings_ms["total"] for answer in answers]),
        "first_token_ms": _median([answer.timings_ms["total"] + wording.first_token_ms for answer, wording in made]),
        "checked_ms": _median(
            [answer.timings_ms["total"] + answer.timings_ms.get("wording", 0.0) for answer, _ in made]
        ),
        "tokens": {
            "input": sum(wording.input_tokens for _, wording in made),
            "output": sum(wording.output_tokens for _, wording in made),
        },
    }


def _median(values: Sequence[float]) -> float:
    return round(median(values), 2) if values else 0.0
