"""Pure: single dates in flattened text ("atoms"), found in one pass and read into points. Nothing is resolved here."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

from index.dating_calendar import Part, Point, Unit, days_of
from index.dating_words import (
    ATOM,
    DAY_WORDS,
    HOUR_AFTER,
    HOUR_BEFORE,
    HOUR_IN_BRACKETS,
    MONTH_NUMBERS,
    NAMED_NUMBER,
    ORDINALS,
    PARTS,
    SEASON_NUMBERS,
    WEEKDAY_NUMBERS,
)  # fmt: skip

Moved = Literal["", "from", "to", "off"]
Need = Literal["", "month", "year", "season", "quarter", "slashed", "list"]
_WORD = re.compile(r"\w+")
_ABBREVIATED = frozenset({"janv", "jan", "fevr", "fev", "avr", "juil", "sept", "oct", "nov", "dec"})


@dataclass(frozen=True, slots=True)
class Expression:
    """A date as written in `text[start:end]`.

    `last` is the end of a range; in a yearless range both points lack the year. `hour` is "14:00", and belongs to the
    last day. `moved` tells the halves of « reporté du … au … ». `is_week` when the week of a day is meant. `need` names
    what must stand before an expression that could be another word or number; empty when it is a date by itself.
    `is_either` when a year is written and does not tell: « hiver 2023 » may begin or end in 2023, and is of no other
    year.
    """

    start: int
    end: int
    first: Point
    last: Point | None = None
    hour: str | None = None
    weekday: int | None = None
    moved: Moved = ""
    need: Need = ""
    is_either: bool = False
    is_week: bool = False

    @property
    def year(self) -> int | None:
        """The year that is written, of the end for a range."""
        return (self.last or self.first).year


def find_atoms(flat: str) -> list[Expression]:
    """The single dates of a flattened text, in order, with their hours; some still need their surroundings."""
    found: list[Expression] = []
    position = 0
    while match := ATOM.search(flat, position):
        atom = _read(flat, match)
        if atom and not _is_possible(atom.first):
            position = match.end()
        elif atom is None:
            # The first word was no date; what follows it may be one (« vague 2 mai 2024 »).
            word = _WORD.match(flat, match.start())
            position = word.end() if word else match.end()
        else:
            found.append(_with_hour(flat, atom, found[-1].end if found else 0))
            position = found[-1].end
    return found


def clock(match: re.Match[str]) -> str | None:
    """The time of day of a match of a clock pattern, as "14:00"; « minuit » is the end of the day, "24:00"."""
    if match["word"]:
        return "12:00" if match["word"] == "midi" else "24:00"
    hour, minute = int(match["hour"] or match["hour2"]), int(match["minute"] or match["minute2"] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _read(flat: str, match: re.Match[str]) -> Expression | None:
    is_number = (
        match["n_day"] or match["day"] or match["b_day"] or match["s_day"] or (match["y_year"] and not match["part"])
    )
    if is_number and NAMED_NUMBER.search(flat, max(0, match.start() - 24), match.start()):
        return None
    atom = next((read(match) for name, read in _READERS.items() if match[name] is not None), None)
    if atom is None:
        return None
    return replace(atom, start=match.start(), end=_end(flat, match))


def _end(flat: str, match: re.Match[str]) -> int:
    """The end without spaces; a full stop is kept after an abbreviated month only."""
    end = match.end()
    while flat[end - 1] in " \n":
        end -= 1
    is_abbreviated = flat[end - 1] == "." and (match["month"] or match["m_month"]) in _ABBREVIATED
    return end if is_abbreviated or flat[end - 1] != "." else end - 1


def _is_possible(point: Point) -> bool:
    """Whether such a day exists, in a leap year when the year is not written; a bare day has no month yet."""
    if point.unit != "day" or point.number == 0:
        return True
    return days_of(point if point.year else point.in_year(2024)) is not None


def _with_hour(flat: str, atom: Expression, after: int) -> Expression:
    """The atom and the time of day that stands beside it, if one does."""
    if atom.first.unit != "day" or atom.hour:
        return atom
    match = HOUR_AFTER.match(flat, atom.end) or HOUR_IN_BRACKETS.match(flat, atom.end)
    if match and (hour := clock(match)):
        return replace(atom, hour=hour, end=match.end())
    match = HOUR_BEFORE.search(flat, max(after, atom.start - 16), atom.start)
    if match and (hour := clock(match)):
        return replace(atom, hour=hour, start=match.start())
    return atom


def _one(point: Point, need: Need = "", *, weekday: int | None = None, hour: str | None = None) -> Expression:
    return Expression(0, 0, point, None, hour, weekday, "", need)


def _year(text: str | None) -> int | None:
    return None if text is None else int(text) + (2000 if len(text) == 2 else 0)


def _day(text: str) -> int:
    return int(text) if text.isdigit() else DAY_WORDS.get(text, 1)


def _part(match: re.Match[str]) -> Part:
    return cast(Part, PARTS[match["part"]]) if match["part"] else ""


def _iso(match: re.Match[str]) -> Expression | None:
    try:
        day = date.fromisoformat(match["iso"].replace("/", "-"))
    except ValueError:
        return None
    return _one(Point("day", day.year, day.month, day.day), hour=match["iso_hour"])


def _numeric(match: re.Match[str]) -> Expression | None:
    """« 14.12.23 » is a date, « 1.2.23 » a version."""
    day, month, year, mark = match["n_day"], match["n_month"], match["n_year"], match["mark"]
    if len(year) == 2 and (mark.strip() != mark or (mark != "/" and len(day + month) < 4)):
        return None
    return _one(Point("day", _year(year), int(month), int(day))) if int(month) else None


def _numeric_month(match: re.Match[str]) -> Expression | None:
    return _one(Point("month", _year(match["nm_year"]), int(match["nm_month"])))


def _written(match: re.Match[str]) -> Expression | None:
    if match["month"] == "sept" and not match["dot"] and not match["year"]:
        return None  # « 2 sept » may be a number
    point = Point("day", _year(match["year"]), MONTH_NUMBERS[match["month"]], _day(match["day"]))
    return _one(point, weekday=WEEKDAY_NUMBERS.get(match["weekday"] or ""))


def _bare_day(match: re.Match[str]) -> Expression | None:
    return _one(
        Point("day", None, 0, _day(match["b_day"])), "list", weekday=WEEKDAY_NUMBERS.get(match["b_weekday"] or "")
    )


def _slashed(match: re.Match[str]) -> Expression | None:
    return (
        _one(Point("day", None, int(match["s_month"]), int(match["s_day"])), "slashed")
        if int(match["s_month"])
        else None
    )


def _ordinal_quarter(match: re.Match[str]) -> Expression | None:
    text, year = match["q_ordinal"], _year(match["qo_year"])
    unit: Unit = "half" if match["q_unit"] == "semestre" else "quarter"
    if text == "dernier":
        if year is None:
            return None
        number = 4 if unit == "quarter" else 2
    else:
        number = ORDINALS.get(text) or int(text[0])
    return _quarter(Point(unit, year, number, part=_part(match)), "")


def _letter_quarter(match: re.Match[str]) -> Expression | None:
    prefix = next(name for name in ("q", "rq", "fq") if match[f"{name}_letter"])
    unit: Unit = "half" if match[f"{prefix}_letter"] == "s" else "quarter"
    year = _year(match[f"{prefix}_year"])
    if unit == "half" and year is None:
        return None
    return _quarter(Point(unit, year, int(match[f"{prefix}_number"]), part=_part(match)), "" if year else "quarter")


def _quarter(point: Point, need: Need) -> Expression | None:
    return _one(point, need) if point.number <= (4 if point.unit == "quarter" else 2) else None


def _season(match: re.Match[str]) -> Expression | None:
    number, year = SEASON_NUMBERS[match["season"]], _year(match["season_year"])
    if match["season_next"]:
        is_winter = number == 4 and year is not None and (year + 1) % 100 == int(match["season_next"][-2:])
        if not is_winter:
            return None
    needs = year is None or number == 4 or match["season"] == "ete"
    one = _one(Point("season", year, number, part=_part(match)), "season" if needs else "")
    is_either = number == 4 and year is not None and not match["season_next"]
    return replace(one, first=replace(one.first, year=None), is_either=True) if is_either else one


def _half_month(match: re.Match[str]) -> Expression | None:
    """« la première quinzaine de mars »: to the 15th, and from the 16th."""
    year, month = _year(match["h_year"]), MONTH_NUMBERS[match["h_month"]]
    if match["half"].startswith(("premiere", "1")):
        return replace(_one(Point("day", year, month, 1)), last=Point("day", year, month, 15))
    return replace(_one(Point("day", year, month, 16)), last=Point("month", year, month))


def _nth_day(match: re.Match[str]) -> Expression | None:
    """« le premier lundi de mars 2026 », « le dernier jour de mars 2026 »; no second day."""
    year, month, is_last = int(match["nth_year"]), MONTH_NUMBERS[match["nth_month"]], match["nth"] == "dernier"
    number = 1 if match["nth"].startswith("1") else ORDINALS.get(match["nth"], 1)
    if match["nth_day"] == "jour" and number > 1:
        return None
    weekday = WEEKDAY_NUMBERS.get(match["nth_day"])
    every = range(1, monthrange(year, month)[1] + 1)
    days = [day for day in every if weekday is None or date(year, month, day).weekday() == weekday]
    return _one(Point("day", year, month, days[-1 if is_last else number - 1]), weekday=weekday)


def _month(match: re.Match[str]) -> Expression | None:
    year, name = _year(match["m_year"]), match["m_month"]
    need: Need = "" if year or match["part"] else "list" if name in _ABBREVIATED else "month"
    return _one(Point("month", year, MONTH_NUMBERS[name], part=_part(match)), need)


def _iso_month(match: re.Match[str]) -> Expression | None:
    year, month = int(match["ym_year"]), int(match["ym_month"])
    # « 2011-12 » may be two years.
    return None if month == (year + 1) % 100 else _one(Point("month", year, month, part=_part(match)))


def _named_year(match: re.Match[str]) -> Expression | None:
    """« fin de l'année » ; « année 2023 » is found again at its number."""
    return _one(Point("year", _year(match["a_year"]), part=_part(match))) if match["part"] else None


def _bare_year(match: re.Match[str]) -> Expression | None:
    year = int(match["y_year"])
    if match["y_next"] is None:
        return _one(Point("year", year, part=_part(match)), "" if match["part"] else "year")
    following = year // 100 * 100 + int(match["y_next"])
    return replace(_one(Point("year", year)), last=Point("year", following)) if year < following else None


def _second_year(match: re.Match[str]) -> Expression | None:
    return _one(Point("year", _year(match["y_last"])), "list")


_READERS: dict[str, Callable[[re.Match[str]], Expression | None]] = {
    "iso": _iso, "n_day": _numeric, "nm_month": _numeric_month, "day": _written, "b_day": _bare_day, "s_day": _slashed,
    "q_ordinal": _ordinal_quarter, "q_letter": _letter_quarter, "rq_letter": _letter_quarter,
    "fq_letter": _letter_quarter,
    "half": _half_month, "nth": _nth_day,
    "season": _season, "m_month": _month, "ym_year": _iso_month, "annee": _named_year, "y_year": _bare_year,
    "y_last": _second_year,
}  # fmt: skip
