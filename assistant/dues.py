"""Pure: the deadlines of a calendar as entries seen from a day: what is asked for, in which order, by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.agenda import agenda
from assistant.calendars import Relative, filter_deadlines, relative_to
from assistant.document_list import fold
from index.deadlines import describe
from index.records import Deadline, DocumentInfo
from index.vocabulary import Vocabulary

FILTERS = ("wave", "lane", "software", "milestone", "profession", "programme")


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline of the calendar: what it is about, where it stands, and what it replaces or is replaced by.

    Nothing is in the place of a date that was called off.
    """

    deadline: Deadline
    title: str
    relative: Relative
    document: DocumentInfo
    replaces: tuple[Deadline, ...]
    replaced_by: Deadline | None


@dataclass(frozen=True, slots=True)
class Period:
    """A heading of the calendar: a month of a year, or one or several whole years."""

    first_year: int
    last_year: int
    month: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked the calendar for: terms by kind, words anywhere, replaced dates too if wanted.

    `first` and `last` keep what falls between these days altogether, as a date in an answer asks for.
    """

    terms: Mapping[str, str]
    words: str = ""
    with_replaced: bool = False
    first: date | None = None
    last: date | None = None


def dues(
    deadlines: Sequence[Deadline],
    documents: Mapping[str, DocumentInfo],
    vocabulary: Vocabulary,
    asked: Asked,
    day: date,
) -> tuple[Due, ...]:
    """The entries asked for, in the order of days.

    Raises:
        AssistantError: a term is not in the vocabulary.
    """
    found = list(agenda(deadlines, vocabulary, asked.terms))
    if asked.with_replaced:
        terms = {kind: asked.terms.get(kind) for kind in FILTERS}
        replaced = [one for one in deadlines if one.status == "replaced" and one.date_kind != "published"]
        found += filter_deadlines(replaced, vocabulary, first=None, last=None, **terms)
    by_id = {one.id: one for one in deadlines if not one.is_off}
    older: dict[str, list[Deadline]] = {}
    for one in deadlines:
        if one.replaced_by:
            older.setdefault(one.replaced_by, []).append(one)
    entries = (
        Due(
            one,
            describe(one, vocabulary),
            relative_to(one, day),
            documents[one.document_id],
            tuple(older.get(one.id, ())),
            by_id.get(one.replaced_by or ""),
        )
        for one in found
    )
    return tuple(sorted((due for due in entries if _holds(due, asked.words) and _falls(due, asked)), key=_order))


def ahead(entries: Iterable[Due]) -> tuple[Due, ...]:
    """The entries that are not over, next first."""
    return tuple(due for due in entries if due.relative.status in ("today", "upcoming"))


def over(entries: Iterable[Due]) -> tuple[Due, ...]:
    """The entries that are past, replaced or contradicted, latest first."""
    return tuple(reversed([due for due in entries if due.relative.status not in ("today", "upcoming")]))


def by_period(entries: Iterable[Due]) -> dict[Period, list[Due]]:
    """The entries under their month, or their years when they are not of one month, in the order given."""
    periods: dict[Period, list[Due]] = {}
    for due in entries:
        periods.setdefault(period_of(due.deadline), []).append(due)
    return periods


def period_of(deadline: Deadline) -> Period:
    """The month that counts; no month when the deadline covers several and none of them is its end."""
    first, last = deadline.first_day, deadline.last_day
    is_of_one_month = (first.year, first.month) == (last.year, last.month)
    if is_of_one_month or deadline.precision in {"hour", "day"}:
        shown = day_of(deadline)
        return Period(shown.year, shown.year, shown.month)
    return Period(first.year, last.year, None)


def day_of(deadline: Deadline) -> date:
    """The day that counts: the first of what opens or takes place, the last of what closes."""
    return deadline.last_day if deadline.date_kind in ("closes", "expected") else deadline.first_day


def choices(deadlines: Iterable[Deadline], vocabulary: Vocabulary, kind: str) -> dict[str, str]:
    """Ids and labels of the terms of a kind that a deadline carries, in the order of their labels."""
    named = {tag.id: vocabulary.label(tag) for one in deadlines for tag in one.tags if tag.kind == kind}
    return dict(sorted(named.items(), key=lambda pair: fold(pair[1])))


def _holds(due: Due, words: str) -> bool:
    headers = " ".join(header.quote for header in due.deadline.headers)
    own = fold(
        f"{due.title} {due.deadline.span.quote} {headers} {due.document.title} {due.document.evidence.publisher}"
    )
    return all(word in own for word in fold(words).split())


def _falls(due: Due, asked: Asked) -> bool:
    is_early = asked.first is not None and due.deadline.first_day < asked.first
    is_late = asked.last is not None and due.deadline.last_day > asked.last
    return not is_early and not is_late


def _order(due: Due) -> tuple[date, str, str]:
    return day_of(due.deadline), due.deadline.hour or "", due.deadline.id
