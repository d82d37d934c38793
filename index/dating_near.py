"""Pure: days counted from that of the document: « s'arrête demain à midi », « à la fin du mois prochain ».

« demain » and « hier » count where words before them open or close: « l'école de demain » is no day, and what somebody
« a confirmé hier » is not the day of what was confirmed. Feasts (« d'ici Pâques ») are dates without days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from index.dating_atoms import clock
from index.dating_calendar import Part, Point, days_of
from index.dating_cues import SAID, Place, kind_of
from index.dating_words import HOUR_AFTER, PARTS, WEEKDAY_NUMBERS
from index.records import DateKind, DayRange, Precision

_AWAY = {"apres-demain": 2, "demain": 1, "hier": -1, "avant-hier": -2}
_NEAR = re.compile(r"(?<![\w'-])(?<!\bde )(?:apres-demain|demain|avant-hier|hier)(?![\w-])")
_SAID_THEN = re.compile(rf"\b(?:a|ont|avait|avaient|vient de|viennent de) (?:été )?(?:{SAID})\w*(?: \w+)?\W*$")
_NEXT = re.compile(
    rf"(?<![\w-])(?:(?:(?P<part>fin|debut|milieu|mi)[ -](?:du |de l'|de l )?)?(?P<unit>mois|an|annee) prochaine?"
    rf"|semaine prochaine|(?P<weekday>{'|'.join(WEEKDAY_NUMBERS)}) prochain)(?!\w)"
)
FEAST = re.compile(
    r"(?<![\w'-])(?:d'ici|avant|apres|a|jusqu'a|des|pour|vers|depuis) ?(?:la |l'|le )?"
    r"(?P<feast>paques|noel|toussaint|pentecote|ascension|nouvel an|jour de l'an|mardi gras)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Near:
    """A date at two offsets; `days` are counted from the document's day."""

    start: int
    end: int
    days: DayRange
    precision: Precision
    hour: str | None
    kind: DateKind | None


def near_days(lower: str, flat: str, day: date) -> Iterator[Near]:
    """Each such date in a flattened text, `lower` being the same with its accents; `day` is that of the document."""
    for match in _NEAR.finditer(flat):
        kind = _kind(lower, flat, match)
        if kind not in ("opens", "closes") or _SAID_THEN.search(lower, max(0, match.start() - 40), match.start()):
            continue
        one = day + timedelta(days=_AWAY[match.group()])
        yield _with_hour(flat, match, DayRange(one, one), "day", kind)
    for match in _NEXT.finditer(flat):
        days, precision = _coming(match, day)
        if days is not None:
            yield _with_hour(flat, match, days, precision, _kind(lower, flat, match))


def _kind(lower: str, flat: str, match: re.Match[str]) -> DateKind | None:
    return kind_of(Place(lower, flat, match.start(), match.end(), 0, match.end()), is_window=False, context="")


def _with_hour(flat: str, match: re.Match[str], days: DayRange, precision: Precision, kind: DateKind | None) -> Near:
    hour = HOUR_AFTER.match(flat, match.end()) if precision == "day" else None
    said = clock(hour) if hour else None
    end = hour.end() if hour and said else match.end()
    return Near(match.start(), end, days, "hour" if said else precision, said, kind)


def _coming(match: re.Match[str], day: date) -> tuple[DayRange | None, Precision]:
    """The days of what comes next after a day, and the unit that the words give."""
    if match["weekday"]:
        one = day + timedelta(days=(WEEKDAY_NUMBERS[match["weekday"]] - day.weekday() - 1) % 7 + 1)
        return DayRange(one, one), "day"
    if match["unit"] is None:
        monday = day + timedelta(days=7 - day.weekday())
        return DayRange(monday, monday + timedelta(days=6)), "range"
    part = cast(Part, PARTS[match["part"]]) if match["part"] else ""
    if match["unit"] == "mois":
        year, month = divmod(day.year * 12 + day.month, 12)
        return days_of(Point("month", year, month + 1, part=part)), "month"
    return days_of(Point("year", day.year + 1, part=part)), "year"
