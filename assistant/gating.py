"""The gate: before a new index is taken into use, its golden answers are compared with those of the one in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import days
from assistant.asking_again import asked_of_both
from assistant.evaluating import read_questions
from assistant.golden_answers import Asking
from assistant.upkeep_phrases import accepted_summary, gate_line, gate_summary, not_asked
from index import generations, verdicts
from index.build_plan import code_hash
from index.build_report import Difference, GateVerdict, GoldenResult
from index.errors import IndexingError

if TYPE_CHECKING:
    from assistant.desk_records import VerifiedAnswer
    from assistant.settings import Settings
    from index.building import Gate, Progress
    from index.searching import Index

_WORTH = {"wrong": 0, "withheld": 1, "right": 2}


def gate_for(
    settings: Settings,
    *,
    verified: Sequence[VerifiedAnswer] = (),
    accept: str | None = None,
    seen: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Gate | None:
    """The gate over the corpus's golden questions and the verified answers in service; None when there are none.

    `accept` is a maintainer's reason to take the candidate whatever the gate finds, or only when it finds what the
    fingerprint `seen` is of. With `force`, every question is asked.

    Raises:
        QuestionSetError: `questions.jsonl` is there and cannot be read.
    """
    path = settings.corpus / "questions.jsonl"
    questions = read_questions(path) if path.is_file() else ()
    if not questions and not verified:
        return None

    def gate(candidate: Index, current: Index | None) -> GateVerdict:
        kept = _kept(settings)
        if current is None and kept is None:
            return GateVerdict(is_accepted=True, summary="")
        asking = Asking(settings, progress)
        made_by = _made_by(settings)
        if current is not None:
            recorded = kept.results if kept and made_by == kept.made_by else ()
            before, after = asked_of_both(
                questions, candidate, current=current, asking=asking, recorded=recorded, is_whole=force
            )
            before += _standing(verified, current, settings)
        else:  # another model: only what was recorded can be told of the index in use
            before, after = list(kept.results) if kept else [], list(asking.ask(questions, candidate).values())
        after += _standing(verified, candidate, settings)
        verdict = compare(before, after, lost=settings.gate_lost, wrong=settings.gate_wrong)
        return replace(_accepted(verdict, accept, seen), made_by=made_by)

    return gate


def compare(before: Sequence[GoldenResult], after: Sequence[GoldenResult], *, lost: float, wrong: float) -> GateVerdict:
    """What changes from the index in use to the candidate.

    Refused when the right answers that are lost, or the wrong ones that appear, are more than these shares of the
    questions. A question that only one of them was asked is not compared.
    """
    known = {result.asked: result for result in before}
    pairs = [(known[result.asked], result) for result in after if result.asked in known]
    differences = [Difference(change, *map(_said, pair)) for pair in pairs if (change := _change(*pair))]
    losses = sum(one.before.verdict == "right" and one.change != "better" for one in differences)
    errors = sum(one.after.verdict == "wrong" for one in differences)
    better = sum(one.change == "better" for one in differences)
    is_accepted = losses <= lost * len(pairs) and errors <= wrong * len(pairs)
    lines = [gate_line(one) for one in sorted(differences, key=lambda one: one.change == "better")]
    counts = (len(pairs) - len(differences), better, losses, len(differences) - better - losses)
    taken_over = sum(one.basis is not None and one.basis.age > 0 for one in after)
    summary = "\n".join([gate_summary(*counts, is_accepted=is_accepted), *not_asked(taken_over), *lines])
    return GateVerdict(is_accepted, summary, differences=tuple(differences), results=tuple(after))


def _change(before: GoldenResult, after: GoldenResult) -> str:
    """« better », « lost » (a right answer) or « wrong » (one that was withheld); empty when nothing changed."""
    gain = _WORTH[after.verdict] - _WORTH[before.verdict]
    if not gain:
        return ""
    return "better" if gain > 0 else "lost" if before.verdict == "right" else "wrong"


def _said(result: GoldenResult) -> GoldenResult:
    """The answer as it is shown, without what it rests upon."""
    return replace(result, basis=None)


def fingerprint(verdict: GateVerdict) -> str:
    """What the gate found, as a hash: who accepts a refusal accepts this one."""
    found = [(one.change, one.after.asked, one.after.verdict, one.after.text) for one in verdict.differences]
    return sha256(repr(sorted(found)).encode()).hexdigest()[:16]


def _accepted(verdict: GateVerdict, reason: str | None, seen: str | None) -> GateVerdict:
    if verdict.is_accepted or reason is None or seen not in (None, fingerprint(verdict)):
        return verdict
    summary = accepted_summary(verdict.summary, reason)
    return replace(verdict, is_accepted=True, accepted_because=reason, summary=summary)


def _kept(settings: Settings) -> GateVerdict | None:
    """What the index in use answered when it was built."""
    try:
        verdict = verdicts.verdict_on(generations.current(settings.index).folder)
    except IndexingError:
        return None
    return verdict if verdict is not None and verdict.results else None


def _made_by(settings: Settings) -> str:
    made_from = (code_hash(), code_hash(Path(__file__).parent), settings.max_error_rate, settings.reranker)
    return sha256(repr(made_from).encode()).hexdigest()


def _standing(verified: Sequence[VerifiedAnswer], index: Index, settings: Settings) -> list[GoldenResult]:
    """The verified answers as an index holds them: right while every quotation stands and is in force."""
    from assistant.verified import what_changed

    day = days.today(settings.day, index.programme.timezone)
    found = [(answer, what_changed(index, answer, day)) for answer in verified]
    return [
        GoldenResult(
            answer.id,
            sha256(repr((answer.id, answer.bound)).encode()).hexdigest()[:16],
            answer.question,
            "withheld" if reasons else "right",
            " ".join(reasons),
            " ".join(statement.text for statement in answer.statements),
        )
        for answer, reasons in found
    ]
