"""The writer for dates: the deadlines asked for, or, when there are none, what is dated of the same subject instead."""

from __future__ import annotations

from dataclasses import replace

from assistant import phrases
from assistant.agreement import SECTOR_KINDS
from assistant.called_off import called_off
from assistant.cues import folded
from assistant.date_asked import DateAsked, date_asked, is_calendar, left_over
from assistant.date_cues import EXACT_DAY, TO_STEP
from assistant.date_neighbours import EVERY, neighbouring
from assistant.date_refusals import is_off, subject
from assistant.date_said import day_said, period_said
from assistant.date_selection import Selection, coming, in_period, select
from assistant.date_steps import with_step
from assistant.date_words import by_words
from assistant.dated import DatedIndex
from assistant.drafts import Draft
from assistant.listing import dated_draft
from assistant.understanding import Query
from assistant.validity import standing_dates

_MOST_OTHERS = 6
# With more words of its own than this a question is about something else than the dates of a sector.
_MOST_ELSE = 10.0
_SURE = 0.97
# With words of its own of this weight a follow-up may be about another step than the question before.
_OWN_STEP = 3.5


def write_dates(query: Query, index: DatedIndex) -> Draft | None:
    """The draft that answers with deadlines; None when the query asks for none, or not surely for these."""
    query = _without_other_step(replace(query, day=day_said(query.text, query.day)), index)
    query = with_step(query, index)
    if beside := neighbouring(query, index):
        return dated_draft(replace(query, relative=None), EVERY, standing_dates(beside, index, query.day), index)
    asked = date_asked(query, index)
    if asked is None:
        return None
    query = replace(query, relative=query.relative or asked.relative)
    if (draft := _in_period(query, asked, index)) is not None:
        return draft
    if not query.tags:
        dated = coming(query, asked, index) or by_words(query, asked, index)
        draft = dated_draft(query, asked, standing_dates(dated, index, query.day), index) if dated else None
        return None if draft is None or is_off(draft, query, index) else draft
    selection = select(query, asked, index)
    if not selection.dated:
        return called_off(query, asked, index)
    if not selection.is_sure:
        return None
    return _to_the_day(
        dated_draft(query, asked, standing_dates(selection.dated, index, query.day), index), query, selection
    )


def _to_the_day(draft: Draft, query: Query, selection: Selection) -> Draft:
    """The draft, partial where the very day is asked and only months or seasons are given."""
    exact = EXACT_DAY.search(folded(query.text)) is not None
    if not exact or any(one.best.precision in ("day", "hour") for one in selection.dated):
        return draft
    return replace(draft, outcome="partial", lead=phrases.NO_EXACT_DAY)


def _without_other_step(query: Query, index: DatedIndex) -> Query:
    """A follow-up less the steps that it took from before, where its own words name what may be another one.

    Without steps too where all from one to another are asked: « du dépôt jusqu'au solde ».
    """
    inherited = {one.tag for one in query.asked if one.tag.kind == "milestone" and one.is_inherited}
    steps = [one for one in index.vocabulary.find(query.text) if one.tags[0].kind == "milestone"]
    if is_calendar(query) and len(steps) > 1 and TO_STEP.search(folded(query.text[steps[0].end : steps[-1].start])):
        inherited = set(query.of_kind("milestone"))  # from the one to the other: all between them
    elif not inherited or query.wants_former or sum(left_over(query.question, index).values()) <= _OWN_STEP:
        return query
    return replace(query, asked=tuple(one for one in query.asked if one.tag not in inherited))


def _in_period(query: Query, asked: DateAsked, index: DatedIndex) -> Draft | None:
    """The draft of what falls in the month, season or quarter that a question about several dates names."""
    period = period_said(query.text, query.day) if asked.is_calendar or query.wanted == "list" else None
    if period is None or asked.rest:
        return None
    every = replace(asked, is_calendar=True, kind=None)
    found = in_period(query, period, index)
    if not found:
        return Draft("not_found", (), _SURE, phrases.nothing_in(period, subject(query, index)))
    return dated_draft(replace(query, relative=None), every, found, index)


def other_dates(query: Query, index: DatedIndex) -> Draft | None:
    """A partial answer for dates that the documents do not give, or not surely: those of the same subject."""
    query = with_step(query, index)
    asked = date_asked(query, index)
    is_about_service = asked is not None and asked.kind == "opens" and query.of_kind("service")
    if asked is None or not (is_about_service or query.of_kind("part", "wave", "programme", *SECTOR_KINDS)):
        return None
    found = select(query, asked, index)
    if found.dated and (asked.weight <= _MOST_ELSE or query.of_kind("milestone", "part")):
        return _partial(query, asked, found, index, phrases.no_exact_date(subject(query, index)))
    for wider, less_asked in _relaxed(query, asked):
        found = select(wider, less_asked, index)
        if found.dated:
            return _partial(wider, less_asked, found, index, phrases.no_date(subject(query, index)))
    return None


def _relaxed(query: Query, asked: DateAsked) -> list[tuple[Query, DateAsked]]:
    """The same question about any step. An end is never answered by a beginning, nor a beginning by an end."""
    if not query.of_kind("part", *SECTOR_KINDS) or asked.other_events:
        return []
    if not query.of_kind("milestone"):
        return []
    same_end = replace(asked, kind=asked.kind or "closes", is_calendar=True, rest={})
    any_step = replace(query, asked=tuple(one for one in query.asked if one.tag.kind != "milestone"))
    return [(any_step, same_end)]


def _partial(query: Query, asked: DateAsked, found: Selection, index: DatedIndex, lead: str) -> Draft:
    dated = standing_dates(found.dated, index, query.day)[:_MOST_OTHERS]
    draft = dated_draft(query, replace(asked, is_calendar=False), dated, index)
    return replace(draft, outcome="partial", lead=lead, choices=())
