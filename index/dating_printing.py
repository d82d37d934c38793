"""Pure: dates printed in French, and texts with their dates in one spelling. Printing is the inverse of parsing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from index.dating_atoms import Expression, clock
from index.dating_calendar import MONTHS, SEASONS, Part, Point, Unit, days_of
from index.dating_expressions import find_expressions
from index.dating_words import HOUR, flatten
from index.records import DayRange, Precision

_PARTS: tuple[Part, ...] = ("", "début", "mi", "fin")
_ORDINALS = ("", "1er", "2e", "3e", "4e")
_LONGEST_PLAIN_RANGE_YEARS = 30


def format_day(day: date) -> str:
    """« 14 décembre 2023 », « 1er juin 2024 »."""
    return f"{_day_number(day)} {MONTHS[day.month - 1]} {day.year}"


def format_hour(hour: str) -> str:
    """« 14 h », « 14 h 30 », « minuit » for "24:00"."""
    if hour == "24:00":
        return "minuit"
    hours, minutes = hour.split(":")
    return f"{int(hours)} h" if minutes == "00" else f"{int(hours)} h {minutes}"


def format_interval(first: date, last: date, precision: Precision, hour: str | None = None) -> str:
    """The days in French at their precision: « 14 décembre 2023 à 14 h », « fin avril 2023 », « 1er trimestre 2027 ».

    `find_dates` reads the days, precision and hour back from it. Days that do not make one unit of the precision are
    printed as a range.
    """
    text = _unit(first, last, precision) or _range(first, last)
    return f"{text} à {format_hour(hour)}" if hour else text


def _unit(first: date, last: date, precision: Precision) -> str | None:
    if precision in {"hour", "day"}:
        return format_day(first) if first == last else None
    units: dict[Precision, Unit] = {
        "month": "month",
        "quarter": "quarter",
        "season": "season",
        "year": "year",
        "range": "half",
    }
    days = DayRange(first, last)
    return next((format_point(point) for point in _points(units[precision], first) if days_of(point) == days), None)


def _points(unit: Unit, first: date) -> Iterator[Point]:
    """The points of a unit that could begin on a day."""
    numbers = {
        "month": first.month, "quarter": (first.month + 2) // 3, "season": (first.month // 3) or 4,
        "half": (first.month + 5) // 6,
    }  # fmt: skip
    for part in _PARTS if unit not in {"season", "half"} else _PARTS[:1]:
        yield Point(unit, first.year, numbers.get(unit, 0), part=part)


def format_point(point: Point) -> str:
    """A month, quarter, half, season or year as it is written in French."""
    if point.unit == "month":
        name = f"{MONTHS[point.number - 1]} {point.year}"
    elif point.unit == "quarter":
        name = f"{_ORDINALS[point.number]} trimestre {point.year}"
    elif point.unit == "half":
        name = f"{_ORDINALS[point.number]} semestre {point.year}"
    elif point.unit == "season":
        name = f"{SEASONS[point.number - 1]} {point.year}" + (f"-{(point.year or 0) + 1}" if point.number == 4 else "")
    else:
        name = str(point.year)
    link = {"": "", "mi": "mi-"}.get(
        point.part, f"{point.part} " if point.unit in {"month", "year"} else f"{point.part} du "
    )
    return link + name


def _range(first: date, last: date) -> str:
    starts_month, ends_month = first.day == 1, last == _end_of_month(last)
    if starts_month and ends_month and (first.month, last.month) == (1, 12) and first.year < last.year:
        is_short = last.year - first.year <= _LONGEST_PLAIN_RANGE_YEARS
        return f"{first.year}-{last.year}" if is_short else f"de {first.year} à {last.year}"
    if starts_month and ends_month and (first.year, first.month) != (last.year, last.month):
        year = "" if first.year == last.year else f" {first.year}"
        name = MONTHS[first.month - 1]
        opening = "d'" if name[0] in "ao" else "de "
        return f"{opening}{name}{year} à {MONTHS[last.month - 1]} {last.year}"
    if first.year != last.year:
        return f"du {format_day(first)} au {format_day(last)}"
    if first.month != last.month:
        return f"du {_day_number(first)} {MONTHS[first.month - 1]} au {format_day(last)}"
    return f"du {_day_number(first)} au {format_day(last)}" if first != last else format_day(first)


def _end_of_month(day: date) -> date:
    days = days_of(Point("month", day.year, day.month))
    return days.last if days else day


def _day_number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def normalise_dates(text: str) -> str:
    """The text with every date in one spelling, so that two spellings of a date compare equal as strings.

    « 14 décembre 2023 à 14 h » → « 2023-12-14 14:00 » ; « 14 décembre » → « 12-14 », the end of the same day with its
    year ; « avril 2023 » → « 2023-04 » ; « fin avril 2023 » → « fin 2023-04 » ; « T1 2027 » → « 2027-T1 » ; « 2024 et
    2025 » → « 2024/2025 » ; « du 3 au 7 mai 2024 » → « 2024-05-03/2024-05-07 ». A time of day alone becomes « 14:00 »
    ; months, seasons and quarters without a year stay as they are written. Expects NFC.
    """
    pieces: list[str] = []
    position = 0
    for one in find_expressions(flatten(text)):
        pieces += [_with_plain_hours(text[position : one.start]), _token(one) or text[one.start : one.end]]
        position = one.end
    return "".join((*pieces, _with_plain_hours(text[position:])))


def _token(one: Expression) -> str | None:
    first, last = _point_token(one.first), _point_token(one.last) if one.last else None
    if first is None or (one.last and last is None):
        return None
    return "/".join(filter(None, (first, last))) + (f" {one.hour}" if one.hour else "")


def _point_token(point: Point) -> str | None:
    if point.unit == "day":
        day = f"{point.number:02d}-{point.day:02d}"
        return day if point.year is None else f"{point.year}-{day}"
    if point.year is None:
        return None
    suffix = {
        "month": f"-{point.number:02d}", "quarter": f"-T{point.number}", "half": f"-S{point.number}",
        "season": f"-{SEASONS[(point.number - 1) % len(SEASONS)]}", "year": "",
    }[point.unit]  # fmt: skip
    return f"{point.part} {point.year}{suffix}".strip()


def _with_plain_hours(text: str) -> str:
    pieces: list[str] = []
    position = 0
    for match in HOUR.finditer(flatten(text)):
        hour: str | None = clock(match) if _is_clock(match) else None
        if hour:
            pieces += [text[position : match.start()], hour]
            position = match.end()
    return "".join((*pieces, text[position:]))


def parse_hour(text: str) -> str | None:
    """The time of day that the whole text is, as "14:00"."""
    match = HOUR.fullmatch(flatten(text.strip()))
    return clock(match) if match and _is_clock(match) else None


def _is_clock(match: re.Match[str]) -> bool:
    """« 14h » and « 14:00 », not « 2 heures »."""
    return match["word"] is None and "heure" not in match.group()
