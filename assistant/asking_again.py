"""What two generations answer to golden questions, when most of them need not be asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.evaluating import Golden
from assistant.golden_answers import Asking, key
from assistant.untouched import Touching, part_of
from index.build_report import GoldenResult
from index.differing import differing
from index.searching import Index


def asked_of_both(
    questions: Sequence[Golden],
    candidate: Index,
    *,
    current: Index,
    asking: Asking,
    recorded: Sequence[GoldenResult],
    is_whole: bool = False,
) -> tuple[list[GoldenResult], list[GoldenResult]]:
    """What the index in use and the candidate answer to each question, in the same order.

    Asked are those that what changed can touch, and a part of the others; when that part shows a change, all of them,
    as when the comparison is to be `is_whole`.
    """
    known = {one.asked: one for one in recorded}
    known |= (fresh := asking.ask([golden for golden in questions if key(golden) not in known], current))
    before: dict[str, GoldenResult] = {}
    after: dict[str, GoldenResult] = {}

    def ask(them: Sequence[Golden]) -> bool:
        """Asks the candidate; whether a verdict changed, which is not for the day or the clock: both are asked now."""
        found = asking.ask(them, candidate)
        changed = [one for one in them if found[key(one)].verdict != known[key(one)].verdict]
        again = [one for one in changed if key(one) not in fresh]
        after.update(found)
        before.update({**{name: known[name] for name in found}, **asking.ask(again, current)})
        return any(before[name].verdict != one.verdict for name, one in found.items())

    changed = None if is_whole else differing(current, candidate)
    touching = Touching(changed, candidate, asking.assistant(candidate)) if changed is not None else None
    touched, untouched = _parted(questions, known, touching)
    ask(touched)
    part = part_of(untouched, known, candidate.generation)
    if ask(part):
        ask([golden for golden in untouched if key(golden) not in after])
    for name in (key(golden) for golden in untouched):
        if name not in after:
            before[name], after[name] = known[name], _taken_over(known[name])
    names = [key(golden) for golden in questions]
    return [before[name] for name in names], [after[name] for name in names]


def _parted(
    questions: Sequence[Golden], known: Mapping[str, GoldenResult], touching: Touching | None
) -> tuple[list[Golden], list[Golden]]:
    """The questions whose answer what changed can touch, all when anything may have, and the others."""
    touched: list[Golden] = []
    untouched: list[Golden] = []
    for golden in questions:
        basis = known[key(golden)].basis
        (touched if basis is None or touching is None or touching.touches(golden, basis) else untouched).append(golden)
    return touched, untouched


def _taken_over(result: GoldenResult) -> GoldenResult:
    return replace(result, basis=replace(result.basis, age=result.basis.age + 1)) if result.basis else result
