"""Groups of one day → one line when nothing but the sector differs, and what to call the sectors of the line. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.agreement import SECTOR_KINDS
from assistant.date_grouping import place
from assistant.date_matching import narrow_sectors
from assistant.dated import Dated, DatedIndex
from assistant.understanding import Query
from index.dated_statements import agree
from index.records import Deadline, Tag


def folded_days(query: Query, dated: Sequence[Dated], index: DatedIndex) -> list[list[Dated]]:
    """The dates in lines: those of one day and step together, for a question that names no sector."""
    if query.of_kind(*SECTOR_KINDS):
        return [[one] if query.of_kind("software") else _by_software(one, index) for one in dated]
    kinds = {"wave", "part"} if query.of_kind("milestone") else {"wave", "part", "milestone"}
    lines: list[list[Dated]] = []
    for one in dated:
        line = next((line for line in lines if _fits(one, line[0], kinds)), None)
        if line is None:
            lines.append([one])
        else:
            line.append(one)
    return [_reduced(line, index) for line in lines]


def _by_software(one: Dated, index: DatedIndex) -> list[Dated]:
    """The date of a lane as that of each of its software, where only they are named and there are several."""
    named = {deadline.id: frozenset(_software(deadline, index)) for deadline in one.every}
    groups = {software: [d for d in one.every if named[d.id] == software] for software in named.values()}
    if len(groups) < 2 or frozenset() in groups or one.best.precision not in ("day", "hour"):
        return [one]
    return [
        Dated(group[0], tuple(group[1:]), one.former if number == 0 else ())
        for number, group in enumerate(groups.values())
    ]


def _software(deadline: Deadline, index: DatedIndex) -> tuple[Tag, ...]:
    return tuple(tag for tag in narrow_sectors(deadline, index.vocabulary) if tag.kind == "software")


def _fits(one: Dated, other: Dated, kinds: set[str]) -> bool:
    mine, theirs = one.best, other.best
    if not agree(mine, theirs) or mine.date_kind != theirs.date_kind or mine.year_inferred != theirs.year_inferred:
        return False
    if "conflict" in {mine.status, theirs.status} or mine.precision not in ("day", "hour"):
        return False
    about = [{tag for tag in deadline.tags if tag.kind in kinds} for deadline in (mine, theirs)]
    return about[0] == about[1] and any(tag.kind == "milestone" for tag in mine.tags)


def _reduced(line: list[Dated], index: DatedIndex) -> list[Dated]:
    """The line with a date for everyone last (it gives the hour, not a sector); one date when it has but one sector.

    Of one sector's date and everyone's, everyone's is quoted, unless it lacks the hour.
    """
    ordered = sorted(line, key=lambda one: not place(one.best, index))
    if len({place(one.best, index) for one in line} - {frozenset()}) > 1:
        return ordered
    if ordered[-1].best.hour or not ordered[0].best.hour:
        ordered.reverse()
    same = tuple(deadline for one in ordered for deadline in one.every)
    return [Dated(same[0], same[1:], tuple(former for one in ordered for former in one.former))]


def fold_label(line: Sequence[Dated], dated: Sequence[Dated], index: DatedIndex) -> str:
    """« Hôpital, Imagerie et Biologie »; software are named where the lane has other dates, or is alone."""
    is_one_lane = len({place(one.best, index) for one in line}) == 1
    told = [_software(one.best, index) if is_one_lane else _named(one, dated, index) for one in line]
    labels = dict.fromkeys(index.vocabulary.label(tag) for tags in told for tag in tags)
    names = list(labels)
    return " et ".join(part for part in (", ".join(names[:-1]), names[-1] if names else "") if part)


def fold_day(line: Sequence[Dated]) -> Deadline:
    """The deadline that gives the line its date: with an hour only when it is said for all of them."""
    with_hour = [one.best for one in line if one.best.hour]
    holds_for_all = len(with_hour) == len(line) or any(not _sectors(one) for one in with_hour)
    return with_hour[0] if with_hour and holds_for_all else replace(line[0].best, hour=None, precision="day")


def _sectors(deadline: Deadline) -> list[Tag]:
    return [tag for tag in deadline.tags if tag.kind in SECTOR_KINDS]


def _named(one: Dated, dated: Sequence[Dated], index: DatedIndex) -> tuple[Tag, ...]:
    where = place(one.best, index)
    narrow = _software(one.best, index)
    steps = _milestones(one)
    has_other_days = any(
        not agree(other.best, one.best) and place(other.best, index) & where and _milestones(other) & steps
        for other in dated
    )
    return narrow if has_other_days and narrow else tuple(sorted(where))


def _milestones(one: Dated) -> set[Tag]:
    return {tag for tag in one.best.tags if tag.kind == "milestone"}
