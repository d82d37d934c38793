"""Pure: French date expressions → resolved intervals.

`find_dates` reads in four steps: `dating_words` knows the spellings, `dating_expressions` finds and joins them,
`dating_cues` reads the words around, which `dating_exceptions` doubts, `dating_enumerations` carries on and
`dating_moves` pairs, and here a missing year is inferred, or not. Nothing is guessed: what cannot be resolved is a
mention without days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from index.dating_amendments import amended
from index.dating_atoms import Expression
from index.dating_calendar import days_of
from index.dating_cues import Direction, Place, direction_of, kind_of
from index.dating_enumerations import is_next_of
from index.dating_exceptions import corrected, is_of_session
from index.dating_expressions import find_expressions
from index.dating_mentions import DateMention
from index.dating_move_words import is_doubtful, moved_of
from index.dating_moves import with_moves
from index.dating_near import FEAST, near_days
from index.dating_printing import format_day, format_hour, format_interval, normalise_dates, parse_hour
from index.dating_words import COUNTED_FROM, IS_COUNTED, RELATIVE, flatten
from index.records import DayRange, Precision

__all__ = [
    "DateMention",
    "find_dates",
    "format_day",
    "format_hour",
    "format_interval",
    "normalise_dates",
    "parse_day_expression",
    "parse_hour",
]

_MENTIONS_DATE = re.compile(
    r"\d|mbre|janvier|vrier|mars|avril|\bmai\b|juin|juillet|aout|octobre|automne|printemps|hiver|\bete\b|trimestre|"
    r"semestre|annee|\bfin\b|mois|jours|semaine|demain|\bhier\b|prochain|"
    r"paques|noel|toussaint|pentecote|ascension|l'an\b|mardi gras"
)
_NEAREST_YEARS = 9  # 29 février comes back after 8 years at most
_PRECISIONS: dict[str, Precision] = {
    "day": "day",
    "month": "month",
    "quarter": "quarter",
    "half": "range",
    "season": "season",
    "year": "year",
}
_UNITS: dict[str, Precision] = {"jour": "day", "semaine": "day", "mois": "month", "an": "year", "annee": "year"}


def find_dates(
    text: str, *, written: DayRange | None, written_is_estimated: bool = False, context: str = ""
) -> tuple[DateMention, ...]:
    """The dates of a sentence, a table cell or a longer text (NFC), in order.

    `written` is the day of the document. A missing year is inferred only when that is one certain day and the sentence
    has a direction: the first such date on or after it when the sentence looks ahead, the last one up to it when it
    looks back. `context` holds words that give a bare date its sense: column header, row header.
    """
    flat = flatten(text)
    if not _MENTIONS_DATE.search(flat):
        return ()
    day = written.first if written and written.first == written.last and not written_is_estimated else None
    expressions = find_expressions(flat)
    lower, flat_context = text.lower() if len(text.lower()) == len(text) else flat, flatten(context)
    found: list[DateMention] = []
    direction: Direction = ""
    for number, expression in enumerate(expressions):
        after = expressions[number - 1].end if number else 0
        before = expressions[number + 1].start if number + 1 < len(expressions) else len(flat)
        place = Place(lower, flat, expression.start, expression.end, after, before)
        previous = found[-1] if found and is_next_of(flat, lower, after, expression.start) else None
        is_carried = place.is_carried or previous is not None
        direction = direction_of(place, context=flat_context) or (direction if is_carried else "")
        found.append(_like(previous, _mention(text, place, expression, day, direction, flat_context)))
    if day is not None:
        near = tuple(_near(text, lower, flat, day))
        found = [one for one in found if not _is_covered(one.start, one.end, near)] + list(near)
    relative = [_with_anchor(one, found, text, flat) for one in _relative(text, flat)]
    found = [one for one in found if not any(other.start < one.start and one.end <= other.end for other in relative)]
    found.extend(one for one in relative if not _is_covered(one.start, one.end, found))
    return tuple(with_moves(sorted(found, key=lambda mention: mention.start), flat))


def _mention(
    text: str, place: Place, expression: Expression, day: date | None, direction: Direction, context: str
) -> DateMention:
    swapped = amended(place)
    moved = swapped or expression.moved or moved_of(place)
    is_wish = is_doubtful(place)
    kind = kind_of(place, is_window=_is_window(place, expression), context=context)
    kind = corrected(
        kind, place, is_period=expression.last is not None, is_loose=(expression.last or expression.first).unit != "day"
    )
    if is_wish and kind != "published":
        kind = "expected"
    elif moved == "to" and kind is None and not swapped:
        # « repoussé à la fin de l'année »
        kind = "expected" if expression.first.unit == "year" else None if is_of_session(place) else "closes"
    # The date that was left lies before the new one: the direction of the sentence says nothing of its year.
    days, is_inferred, how = _resolved(expression, day, "" if moved == "from" else direction)
    hour = expression.hour
    precision: Precision = "range" if expression.last or expression.is_week else _PRECISIONS[expression.first.unit]
    if precision == "day" and hour:
        precision = "hour"
    return DateMention(
        expression.start, expression.end, text[expression.start : expression.end], days.first if days else None,
        days.last if days else None, precision, hour, kind or "takes_place", is_inferred, how, moved, kind is not None,
    )  # fmt: skip


def _like(previous: DateMention | None, mention: DateMention) -> DateMention:
    """The mention with the kind of the one before in its enumeration, when its own words give none."""
    if previous is None or previous.moved or mention.moved or mention.is_cued or not previous.is_cued:
        return mention
    return replace(mention, date_kind=previous.date_kind, is_cued=True)


def _is_window(place: Place, expression: Expression) -> bool:
    """« du … au … » in days or months, which may be the time that a desk is open."""
    is_opened = place.flat.startswith(("du", "de", "d'"), expression.start)
    return expression.last is not None and expression.first.unit in {"day", "month"} and is_opened


def _resolved(expression: Expression, day: date | None, direction: Direction) -> tuple[DayRange | None, bool, str]:
    if expression.is_either:
        return None, False, "un hiver porte deux années, et une seule est écrite"
    if expression.year is not None:
        return _days(expression, expression.year), False, ""
    if day is None:
        return None, False, "année non précisée, et la date du document n'est pas connue au jour près"
    days = _nearest(expression, day, direction)
    if days is None:
        return None, False, "année non précisée, et la phrase ne permet pas de la déduire"
    return days, True, f"année déduite de la date du document ({format_day(day)})"


def _days(expression: Expression, year: int) -> DayRange | None:
    """The days of the expression when its (last) day is in `year`."""
    last = (
        days_of(expression.first.in_year(year)) if expression.last is None else days_of(expression.last.in_year(year))
    )
    if last is not None and expression.is_week:
        monday = last.first - timedelta(days=last.first.weekday())
        return DayRange(monday, monday + timedelta(days=6))
    if expression.last is None or last is None:
        return last
    is_over_new_year = expression.first.year is None and expression.first.order > expression.last.order
    first = days_of(expression.first if expression.first.year else expression.first.in_year(year - is_over_new_year))
    return DayRange(first.first, last.last) if first else None


def _nearest(expression: Expression, day: date, direction: Direction) -> DayRange | None:
    """The nearest days in the direction; None without one, or when the weekday that is written says another year."""
    if not direction:
        return None
    step = 1 if direction == "prospective" else -1
    for year in range(day.year - step, day.year + step * _NEAREST_YEARS, step):
        days = _days(expression, year)
        if days and (days.last >= day if step > 0 else days.first <= day):
            is_same_weekday = expression.weekday is None or days.first.weekday() == expression.weekday
            return days if is_same_weekday else None
    return None


def _is_covered(start: int, end: int, found: Iterable[DateMention]) -> bool:
    return any(one.start < end and start < one.end for one in found)


def _relative(text: str, flat: str) -> Iterator[DateMention]:
    """Dates that hang on an event or feast: « deux mois après … », « d'ici Pâques ». They are never resolved."""
    named = [(*match.span("feast"), "") for match in FEAST.finditer(flat)]
    named += [(*found.span(), (found["unit"] or found["unit2"] or "").rstrip("s")) for found in RELATIVE.finditer(flat)]
    for start, end, unit in named:
        precision = _UNITS.get("mois" if unit == "moi" else unit, "range")
        yield DateMention(
            start,
            end,
            text[start:end],
            None,
            None,
            precision,
            None,
            "takes_place",
            False,
            "date relative à un événement",
        )


def _with_anchor(relative: DateMention, found: Sequence[DateMention], text: str, flat: str) -> DateMention:
    """The relative date with the day that it is counted from, when that stands right behind: no date by itself."""
    link = COUNTED_FROM.match(flat, relative.end)
    assert link is not None
    is_counted = link["link"] is not None or IS_COUNTED.search(flat, relative.start, relative.end)
    end = next((one.end for one in found if is_counted and one.start == link.end()), relative.end)
    return replace(relative, end=end, text=text[relative.start : end])


def _near(text: str, lower: str, flat: str, day: date) -> Iterator[DateMention]:
    """« demain », « le mois prochain »: from the day of the document."""
    how = f"jour déduit de la date du document ({format_day(day)})"
    for one in near_days(lower, flat, day):
        yield DateMention(
            one.start, one.end, text[one.start : one.end], one.days.first, one.days.last, one.precision, one.hour,
            one.kind or "takes_place", True, how, "", one.kind is not None,
        )  # fmt: skip


def parse_day_expression(text: str) -> DateMention | None:
    """The one date that the whole text is, in any French spelling; None when it is none, or more."""
    found = find_dates(text.strip(" .,;"), written=None)
    is_whole = len(found) == 1 and found[0].text == text.strip(" .,;")
    return found[0] if is_whole else None
