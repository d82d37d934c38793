"""The gate: before a new index is taken into use, its golden questions are asked of it and of the one in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answering import Assistant
from assistant.evaluating import Golden, evaluate, read_questions
from assistant.loading import day_of, threshold
from assistant.upkeep_phrases import accepted_because, gate_line, gate_summary
from index import generations
from index.build_report import Difference, GateVerdict, GoldenResult
from index.encoding import load_reranker
from index.errors import IndexingError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.building import Gate, Progress
    from index.encoding import Reranker
    from index.searching import Index

_WORTH = {"wrong": 0, "withheld": 1, "right": 2}
_STAGE = "questions"


def gate_for(
    settings: Settings,
    *,
    verified: Sequence[Golden] = (),
    accept: str | None = None,
    progress: Progress | None = None,
) -> Gate | None:
    """The gate over the corpus's golden questions and `verified` ones; None when there are none.

    `accept` is a maintainer's reason to take the candidate whatever the gate finds.

    Raises:
        QuestionSetError: `questions.jsonl` is there and cannot be read.
    """
    path = settings.corpus / "questions.jsonl"
    questions = (*(read_questions(path) if path.is_file() else ()), *verified)
    if not questions:
        return None

    def gate(candidate: Index, current: Index | None) -> GateVerdict:
        reranker = load_reranker(settings.reranker) if settings.reranker else None

        def results(index: Index, done: int) -> tuple[GoldenResult, ...]:
            told = _told(progress, done, 2 * len(questions))
            return _results(questions, index, settings, reranker, told)

        before = results(current, 0) if current is not None else _kept(settings)
        if not before:
            return GateVerdict(is_accepted=True, summary="")
        after = results(candidate, len(questions))
        return _accepted(compare(before, after, lost=settings.gate_lost, wrong=settings.gate_wrong), accept)

    return gate


def compare(before: Sequence[GoldenResult], after: Sequence[GoldenResult], *, lost: float, wrong: float) -> GateVerdict:
    """What changes from the index in use to the candidate.

    Refused when the right answers that are lost, or the wrong ones that appear, are more than these shares of the
    questions. A question that only one of them was asked is not compared.
    """
    known = {(result.id, result.question): result for result in before}
    pairs = [(known[key], result) for result in after if (key := (result.id, result.question)) in known]
    differences = [Difference(change, *pair) for pair in pairs if (change := _change(*pair))]
    losses = sum(one.before.verdict == "right" and one.change != "better" for one in differences)
    errors = sum(one.after.verdict == "wrong" for one in differences)
    better = sum(one.change == "better" for one in differences)
    is_accepted = losses <= lost * len(pairs) and errors <= wrong * len(pairs)
    lines = [gate_line(one) for one in sorted(differences, key=lambda one: one.change == "better")]
    counts = (len(pairs) - len(differences), better, losses, len(differences) - better - losses)
    summary = "\n".join([gate_summary(*counts, is_accepted=is_accepted), *lines])
    return GateVerdict(is_accepted, summary, differences=tuple(differences), results=tuple(after))


def _change(before: GoldenResult, after: GoldenResult) -> str:
    """« better », « lost » (a right answer) or « wrong » (one that was withheld); empty when nothing changed."""
    gain = _WORTH[after.verdict] - _WORTH[before.verdict]
    if not gain:
        return ""
    return "better" if gain > 0 else "lost" if before.verdict == "right" else "wrong"


def _accepted(verdict: GateVerdict, reason: str | None) -> GateVerdict:
    if verdict.is_accepted or reason is None:
        return verdict
    summary = f"{verdict.summary}\n{accepted_because(reason)}"
    return replace(verdict, is_accepted=True, accepted_because=reason, summary=summary)


def _kept(settings: Settings) -> tuple[GoldenResult, ...]:
    """What the index in use answered when it was built: another model made it, so that it cannot be asked."""
    try:
        verdict = generations.verdict_on(generations.current(settings.index).folder)
    except IndexingError:
        return ()
    return verdict.results if verdict is not None else ()


def _results(
    questions: Sequence[Golden],
    index: Index,
    settings: Settings,
    reranker: Reranker | None,
    told: Callable[[int], None] | None,
) -> tuple[GoldenResult, ...]:
    def today() -> date:
        return day_of(settings, index.programme)

    def lent() -> AbstractContextManager[Index]:
        return nullcontext(index)

    assistant = Assistant(lent, settings.corpus, threshold=threshold(settings), today=today, reranker=reranker)
    return tuple(
        GoldenResult(one.golden.id, one.golden.question, one.verdict, one.why, one.answer.text)
        for one in evaluate(questions, assistant, progress=told)
    )


def _told(progress: Progress | None, before: int, total: int) -> Callable[[int], None] | None:
    return None if progress is None else lambda done: progress(_STAGE, before + done, total)
