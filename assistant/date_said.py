"""Pure: what a question itself says of days: one that may have moved, when something was said, « la septième »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from assistant.cues import folded
from assistant.date_cues import PRECISION, SINCE
from assistant.dated import DatedIndex
from index.dating import find_dates
from index.dating_calendar import days_of
from index.dating_expressions import find_expressions
from index.dating_words import flatten
from index.french_numbers import ordinal_value
from index.records import DayRange, Deadline

_WORD = re.compile(r"[^\W_]+")
# The day that the question takes as its own: « on est le 20 janvier 2027 ».
_TODAY = re.compile(
    r"(?:\bon (?:est|sera)|\bnous (?:sommes|serons)|\bon etait|\baujourd.hui(?: c.est| nous sommes| on est)?|"
    r"\ben date|\bau jour|\ba la date)(?: d(?:u|e))?(?: le| au)?\W*$"
)
_PAST = re.compile(r"\btombai|\betai(?:t|ent)\b|\bavai(?:t|ent)\b|\bfallait\b|\bavaient lieu\b|\bs.est|\bse sont")
_BEFORE_CHARS = 20
_LONGEST = 100


def named_days(text: str) -> tuple[DayRange, ...]:
    """The days that the text names with their year."""
    found = find_dates(text, written=None, written_is_estimated=False)
    return tuple(DayRange(one.first, one.last) for one in found if one.first and one.last and not one.year_inferred)


def day_said(text: str, today: date) -> date:
    """The day that the text says it is; `today` when it says none."""
    said = DayRange(today, today)
    for one in find_dates(text, written=said, context="au plus tard"):
        if one.first and one.first == one.last and _TODAY.search(flatten(text[: one.start])):
            return one.first
    return today


def period_said(text: str, today: date) -> DayRange | None:
    """The month, quarter, season or half-year that the text names, of the year that it says or else the nearest.

    That is the one to come or going on, unless the text looks back.
    """
    flat = flatten(text)
    periods = [one for one in find_expressions(flat) if one.last is None and one.first.unit not in ("day", "year")]
    if len(periods) != 1 or periods[0].is_either:
        return None
    point = periods[0].first
    if point.year is not None:
        return days_of(point)
    step = -1 if _PAST.search(flat) else 1
    for year in range(today.year - 1, today.year + 2)[::step]:
        days = days_of(point.in_year(year))
        if days and (days.last >= today if step > 0 else days.first <= today):
            return days
    return None


def within(deadlines: Iterable[Deadline], period: DayRange) -> list[Deadline]:
    """The deadlines that open, close or take place within a period, given at least as precisely."""
    return [
        one
        for one in deadlines
        if one.date_kind != "published"
        and one.last_day - one.first_day <= period.last - period.first
        and one.first_day <= period.last
        and period.first <= one.last_day
    ]


def on_days(deadlines: Iterable[Deadline], days: Sequence[DayRange]) -> list[Deadline]:
    """The deadlines of one of these days, at the precision of either; a year alone tells nothing apart."""
    return [one for one in deadlines if any(_is_on(one, named) for named in days)]


def _is_on(deadline: Deadline, named: DayRange) -> bool:
    if (named.last - named.first).days > _LONGEST or deadline.precision in ("year", "range"):
        return False
    return named.first <= deadline.last_day <= named.last or deadline.first_day <= named.first <= deadline.last_day


def is_of_days(text: str, days: Sequence[DayRange]) -> bool:
    """Whether the text names one of these days, or none at all."""
    named = named_days(text)
    return not named or any(one.first <= day.last and day.first <= one.last for one in named for day in days)


def told_in(deadlines: Sequence[Deadline], days: Sequence[DayRange], index: DatedIndex) -> list[Deadline]:
    """Those told by documents of these days; all of them when no document is of these days."""
    sources = {one.id: index.documents[one.document_id].evidence.published for one in deadlines}
    told = [
        one
        for one in deadlines
        if (source := sources[one.id]) and any(n.first <= source.last and source.first <= n.last for n in days)
    ]
    return told or list(deadlines)


def at_precision(deadlines: Sequence[Deadline], text: str) -> list[Deadline]:
    """Those of the precision that the question asks for (« pour quelle saison »); none when it asks for none."""
    wanted = {precision for precision, cue in PRECISION.items() if cue.search(folded(text))}
    return [one for one in deadlines if one.precision in wanted]


def since(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """Those that say from when something holds: « depuis le 1er janvier 2025 », a column « Depuis quand ? »."""
    return [one for one in deadlines if _says_since(one)]


def _says_since(deadline: Deadline) -> bool:
    start = deadline.mention.start - deadline.span.start
    before = deadline.span.quote[max(0, start - _BEFORE_CHARS) : start] if start > 0 else ""
    return any(SINCE.search(folded(text)) for text in (before, *(header.quote for header in deadline.headers)))


def ordinals(text: str) -> frozenset[int]:
    """The ranks named: « septième », « 7e »."""
    return frozenset(value for word in _WORD.findall(text) if (value := ordinal_value(word)) is not None)
