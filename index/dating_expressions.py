"""Pure: the dates of flattened text: atoms joined into ranges, and lists that share their year and month.

« du 3 au 7 mai 2024 », « 15 et 28 avril 2023 », « entre mars et mai », « 2024-2025 ». Nothing is resolved here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.dating_atoms import Expression, find_atoms
from index.dating_calendar import Point, days_of
from index.dating_words import (
    AFTER_RELATIVE,
    BEFORE_MONTH,
    BEFORE_QUARTER,
    BEFORE_SEASON,
    BEFORE_SLASHED,
    BEFORE_YEAR,
    LIST_LINK,
    MOVED_EARLIER,
    MOVED_RANGE,
    PARTICIPLE,
    RANGE_LINK,
    RANGE_OPENING,
    WEEK,
)  # fmt: skip

_LEAP_YEAR = 2024
_LOOK_BACK = 32
_BEFORE = {
    "month": BEFORE_MONTH, "year": BEFORE_YEAR, "season": BEFORE_SEASON, "quarter": BEFORE_QUARTER,
    "slashed": BEFORE_SLASHED,
}  # fmt: skip


def find_expressions(flat: str) -> tuple[Expression, ...]:
    """The dates of a flattened text, in order, without overlap."""
    atoms = find_atoms(flat)
    if not atoms:
        return ()
    whole = (len(flat) - len(flat.lstrip()), len(flat.rstrip()))
    found = [
        one
        for one in _joined(flat, atoms)
        if (one.start, one.end) == whole or one.need == "list" or _is_date(flat, one)
    ]
    return tuple(_with_week(flat, one) for one in _shared(flat, found) if one.need != "list")


def _with_week(flat: str, one: Expression) -> Expression:
    """The expression, of the whole week after « la semaine du »."""
    week = WEEK.search(flat, max(0, one.start - _LOOK_BACK), one.start)
    is_day = one.first.unit == "day" and one.last is None and one.hour is None
    return replace(one, start=week.start(), is_week=True) if week and is_day else one


def _joined(flat: str, atoms: list[Expression]) -> Iterator[Expression]:
    atoms = _listed_without_year(flat, list(_school_years(flat, atoms)))
    position = 0
    while position < len(atoms):
        pair = _range(flat, atoms[position], atoms[position + 1]) if position + 1 < len(atoms) else ()
        yield from pair or (atoms[position],)
        position += 2 if pair else 1


def _school_years(flat: str, atoms: list[Expression]) -> Iterator[Expression]:
    """The atoms, with « 2023-2024 » as one, which may itself end a range: « de 2021 à 2023-2024 »."""
    position = 0
    while position < len(atoms):
        one = atoms[position]
        following = atoms[position + 1] if position + 1 < len(atoms) else None
        if following and one.end + 1 == following.start and {one.first.unit, following.first.unit} == {"year"}:
            years = _completed(one.first, following.first) if flat[one.end] in "-/" and not one.last else None
            if years:
                yield Expression(one.start, following.end, years[0], years[1])
                position += 2
                continue
        yield one
        position += 1


def _listed_without_year(flat: str, atoms: list[Expression]) -> list[Expression]:
    """The atoms, bare months or days being of the enumeration that they stand in: « mars, juin et décembre 2026 »."""
    first = 0
    for last in range(1, len(atoms)):
        one, following = atoms[last - 1], atoms[last]
        link = LIST_LINK.fullmatch(flat, one.end, following.start)
        is_bare = one.need == "month" or (one.first.unit == "day" and one.first.number > 0 and one.need == "")
        is_bare = is_bare and one.year is None and one.last is None and one.first.unit == following.first.unit
        if link is None or not is_bare:
            first = last
        elif link["word"] and last - first > 1:
            atoms[first:last] = [replace(each, need="list") for each in atoms[first:last]]
    return atoms


def _range(flat: str, first: Expression, last: Expression) -> tuple[Expression, ...]:
    """The range that two neighbours make; both, told apart, after « reporté » ; nothing when they are not joined."""
    link = RANGE_LINK.fullmatch(flat, first.end, last.start)
    if link is None or first.last or (last.last and link["dash"]):
        return ()
    if last.need == "season" and PARTICIPLE.search(flat, max(0, last.start - _LOOK_BACK), last.start):
        return ()  # « la session du 3 mars a été supprimée »
    before = max(0, first.start - _LOOK_BACK)
    moved = MOVED_RANGE.search(flat, before, first.start) if not link["et"] and not link["dash"] else None
    if moved and not (moved["passes"] and first.first.unit == "year"):  # « le budget passe de 2025 à 2026 de 3 à 5 »
        return _moved(first, last, is_earlier=MOVED_EARLIER.search(flat, before, first.start) is not None)
    points = _completed(first.first, last.last or last.first)
    if points is None:
        return ()
    opening = RANGE_OPENING.search(flat, before, first.start)
    if not _is_joined(flat, link, opening, first, last):
        return ()
    keeps_opening = opening is not None and not opening["cue"]
    start = opening.start() if opening and keeps_opening else first.start
    need = "" if opening or points[1].year is not None else first.need
    return (Expression(start, last.end, points[0], points[1], last.hour, None, "", need),)


def _moved(first: Expression, last: Expression, *, is_earlier: bool) -> tuple[Expression, ...]:
    """The day that is left and the one put in its place, which is the earlier of the two after « avancé »."""
    left, put = first.first, last.first
    if is_earlier:
        if left.unit == "day" and left.number == 0:
            left = replace(left, number=put.number)
        points = _completed(put, left)
        points = points and points[::-1]
    else:
        points = _completed(left, put)
    if points is None or last.last:
        return ()
    return (
        replace(first, first=points[0], moved="from", need=""),
        replace(last, first=points[1], moved="to", need=""),
    )


def _is_joined(
    flat: str, link: re.Match[str], opening: re.Match[str] | None, first: Expression, last: Expression
) -> bool:
    is_same_unit = first.first.unit == last.first.unit
    if link["et"]:
        if opening and opening["between"]:
            return True
        are_years = is_same_unit and first.first.unit == "year" and last.first.year == (first.first.year or 0) + 1
        return are_years and _is_date(flat, first)
    if opening and opening["between"]:
        return False
    if link["dash"] or opening is None:
        return is_same_unit and not (link["until"] and opening is None)
    return True


def _completed(first: Point, last: Point) -> tuple[Point, Point] | None:
    """The two ends with the month and year that one lends to the other; None when they would be inverted."""
    if first.unit == "day" and first.number == 0:
        if last.unit != "day" or last.number == 0 or first.day >= last.day:
            return None
        first = replace(first, number=last.number)
    if last.unit == "day" and last.number == 0:
        return None
    is_over_new_year = first.order > last.order
    if first.year is None and last.year is not None:
        first = first.in_year(last.year - is_over_new_year)
    elif last.year is None and first.year is not None:
        last = last.in_year(first.year + is_over_new_year)
    if first.year is None:
        return first, last
    days, last_days = days_of(first), days_of(last)
    return (first, last) if days and last_days and days.first <= last_days.first and days != last_days else None


def _shared(flat: str, found: list[Expression]) -> list[Expression]:
    """The expressions with the month and year that their neighbours in an enumeration write."""
    for position in range(len(found) - 2, -1, -1):
        one, following = found[position], found[position + 1]
        if _is_listed(flat, one, following):
            found[position] = _lend(following, one)
    for position in range(1, len(found)):
        previous, one = found[position - 1], found[position]
        if one.year is None and previous.year is not None and _is_listed(flat, previous, one):
            found[position] = _lend(previous, one)
    return found


def _is_listed(flat: str, first: Expression, second: Expression) -> bool:
    is_plain = first.last is None and second.last is None and first.first.unit == second.first.unit
    link = LIST_LINK.fullmatch(flat, first.end, second.start) if is_plain and first.first.unit != "year" else None
    # A comma alone joins bare days only: « 15, 18 et 28 avril ».
    return link is not None and (link["word"] is not None or first.need == "list")


def _lend(lender: Expression, one: Expression) -> Expression:
    point = one.first
    if point.unit == "day" and point.number == 0:
        point = replace(point, number=lender.first.number)
    is_in_order = (lender.start > one.start) == (lender.first.order >= point.order)
    if point.year is None and lender.year is not None and is_in_order:
        point = point.in_year(lender.year)
    if point.unit == "day" and days_of(point if point.year else point.in_year(_LEAP_YEAR)) is None:
        return one
    return replace(one, first=point, need="")


def _is_date(flat: str, one: Expression) -> bool:
    """Whether what stands around an ambiguous word or number makes it a date."""
    if one.need in {"", "list"}:
        return one.need == ""
    before = max(0, one.start - _LOOK_BACK)
    if one.need == "season" and one.year is not None:
        return PARTICIPLE.search(flat, before, one.start) is None
    if one.need in {"month", "season"} and AFTER_RELATIVE.match(flat, one.end):
        return True
    return _BEFORE[one.need].search(flat, before, one.start) is not None
