"""Pure: a dated statement whose status is not yet decided, and whether two say the same day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.dating_atoms import Moved
from index.records import Deadline, Precision

# From the most precise.
PRECISIONS: tuple[Precision, ...] = ("hour", "day", "range", "month", "season", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Statement:
    """A deadline whose status is not yet decided, and whether its sentence says that it was moved."""

    deadline: Deadline
    moved: Moved = ""


def agree(first: Deadline, second: Deadline) -> bool:
    """Whether both say the same day, perhaps one of them less precisely."""
    if first.hour and second.hour and first.hour != second.hour:
        return False
    same_edge = {"closes": first.last_day == second.last_day, "opens": first.first_day == second.first_day}
    if "range" in {first.precision, second.precision} and first.date_kind in same_edge:
        return same_edge[first.date_kind]
    if first.precision == second.precision:
        return (first.first_day, first.last_day) == (second.first_day, second.last_day)
    inner, outer = sorted((first, second), key=lambda one: one.last_day - one.first_day)
    return outer.first_day <= inner.first_day and inner.last_day <= outer.last_day


def most_precise(deadlines: Iterable[Deadline]) -> Deadline:
    """The one to quote among deadlines that agree: the most precise, a written year before an inferred one."""
    return min(deadlines, key=_preference)


def _preference(deadline: Deadline) -> tuple[bool, int, bool]:
    return deadline.status == "replaced", PRECISIONS.index(deadline.precision), deadline.year_inferred
