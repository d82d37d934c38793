"""Pure: the units that French texts date by, and the days each one covers.

A `Point` is a date as written, perhaps without its year. Quarters, halves and seasons are counted from 1. « début »,
« mi- » and « fin » name a third of a month or of a year: 1–10, 11–20, 21–end; January–April, May–August,
September–December. Seasons run from the 21st to the 20th; « hiver » of a year begins in its December.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from index.records import DayRange

Unit = Literal["day", "month", "quarter", "half", "season", "year"]
Part = Literal["", "début", "mi", "fin"]

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SEASONS = ("printemps", "été", "automne", "hiver")
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_SEASON_STARTS = ((3, 21), (6, 21), (9, 21), (12, 21))


@dataclass(frozen=True, slots=True)
class Point:
    """A date as written. `number` is the month of a day or month, else the quarter, half or season; 0 for a year."""

    unit: Unit
    year: int | None
    number: int = 0
    day: int = 0
    part: Part = ""

    def in_year(self, year: int) -> Point:
        """The same date with its year."""
        return replace(self, year=year)

    @property
    def order(self) -> tuple[int, int]:
        """Where the point stands in a year: its first month and day."""
        found = days_of(self.in_year(2024))
        return (found.first.month, found.first.day) if found else (0, 0)


def days_of(point: Point) -> DayRange | None:
    """The days of a point that has its year; None without a year, or when there is no such day (30 février)."""
    if point.year is None:
        return None
    if point.unit == "day":
        try:
            day = date(point.year, point.number, point.day)
        except ValueError:
            return None
        return DayRange(day, day)
    if point.unit == "season":
        return _season(point.year, point.number)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[point.unit]
    first_month = (max(point.number, 1) - 1) * months + 1
    if not point.part:
        return _months(point.year, first_month, months)
    third = {"début": 0, "mi": 1, "fin": 2}[point.part]
    if point.unit == "month":
        last = 10 * (third + 1) if third < 2 else monthrange(point.year, first_month)[1]
        return DayRange(date(point.year, first_month, 10 * third + 1), date(point.year, first_month, last))
    if point.unit == "year":
        return _months(point.year, 1 + 4 * third, 4)
    length = months // 3
    return _months(point.year, first_month + length * third, length)


def _months(year: int, first: int, count: int) -> DayRange:
    last = first + count - 1
    return DayRange(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _season(year: int, number: int) -> DayRange:
    first = date(year, *_SEASON_STARTS[number - 1])
    month = first.month + 3
    return DayRange(first, date(year + (month > 12), (month - 1) % 12 + 1, 20))
