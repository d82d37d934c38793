"""The writer for dates: the deadlines asked for, or, when there are none, what is dated of the same subject instead."""

from __future__ import annotations

from dataclasses import replace

from assistant import phrases
from assistant.agreement import SECTOR_KINDS
from assistant.cues import folded
from assistant.date_asked import DateAsked, date_asked
from assistant.date_cues import NEXT
from assistant.date_selection import Selection, coming, select
from assistant.date_words import by_words
from assistant.dated import DatedIndex
from assistant.drafts import Draft
from assistant.listing import dated_draft
from assistant.understanding import Query

_MOST_OTHERS = 6
_LABEL_KINDS = ("milestone", "part", "wave", "programme", "lane", "software", "profession", "service")


def write_dates(query: Query, index: DatedIndex) -> Draft | None:
    """The draft that answers with deadlines; None when the query asks for none, or not surely for these."""
    asked = date_asked(query, index)
    if asked is None:
        return None
    query = replace(query, relative=query.relative or asked.relative)
    if not query.tags:
        dated = coming(query, asked, index) or by_words(query, asked, index)
        draft = dated_draft(query, asked, dated, index) if dated else None
        return None if draft is None or is_past(draft, query, index) else draft
    selection = select(query, asked, index)
    return dated_draft(query, asked, selection.dated, index) if selection.dated and selection.is_sure else None


def other_dates(query: Query, index: DatedIndex) -> Draft | None:
    """A partial answer for dates that the documents do not give, or not surely: those of the same subject."""
    asked = date_asked(query, index)
    if asked is None or not query.of_kind("part", "wave", "programme", *SECTOR_KINDS):
        return None
    found = select(query, asked, index)
    if found.dated:
        return _partial(query, asked, found, index, phrases.no_exact_date(subject(query, index)))
    for wider, less_asked in _relaxed(query, asked):
        found = select(wider, less_asked, index)
        if found.dated:
            return _partial(wider, less_asked, found, index, phrases.no_date(subject(query, index)))
    return None


def lacks_date(query: Query, index: DatedIndex) -> bool:
    """Whether the query asks for the date of a step of something narrow, and no deadline is about it."""
    asked = date_asked(query, index)
    if asked is None or asked.other_events or not query.of_kind("part", *SECTOR_KINDS):
        return False
    if not query.of_kind("milestone") and (asked.kind is None or asked.rest or query.of_kind("service")):
        return False
    return not select(query, replace(asked, rest={}), index).dated


def is_past(draft: Draft, query: Query, index: DatedIndex) -> bool:
    """Whether a draft gives days gone by where the next one is asked for."""
    if query.relative != "next" and not NEXT.search(folded(query.text)):
        return False
    stated = [
        deadline
        for claim in draft.claims
        for quotation in claim.quotations
        for deadline in index.deadlines_of(quotation.passage_id)
        if quotation.span.start <= deadline.mention.start < quotation.span.end
    ]
    return bool(stated) and all(deadline.last_day < query.day for deadline in stated)


def undated(query: Query, index: DatedIndex) -> Query | None:
    """The query for what is said of its subject without a date; None when it names none."""
    kept = tuple(one for one in query.asked if one.tag.kind != "milestone")
    if not query.of_kind("part", "wave", *SECTOR_KINDS):
        return None
    labels = " ".join(index.vocabulary.label(one.tag) for one in kept)
    return replace(query, wanted="open", asked=kept, text=labels or query.text)


def without_dates(draft: Draft, query: Query, index: DatedIndex) -> Draft:
    """A draft about the subject as a partial answer that gives no date for it."""
    if not draft.claims:
        return Draft("not_found", (), draft.confidence)
    return replace(draft, outcome="partial", lead=phrases.no_date_but(subject(query, index)))


def _relaxed(query: Query, asked: DateAsked) -> list[tuple[Query, DateAsked]]:
    """The same question about any step: the same end of it, then any; about the other end when no step is named."""
    if not query.of_kind("part", *SECTOR_KINDS) or asked.other_events:
        return []
    same_end = replace(asked, kind=asked.kind or "closes", is_calendar=True, rest={})
    any_end = replace(same_end, kind=None)
    if not query.of_kind("milestone"):
        is_end_alone = asked.kind is not None and not asked.rest and not query.of_kind("service")
        return [(query, any_end)] if is_end_alone else []
    any_step = replace(query, asked=tuple(one for one in query.asked if one.tag.kind != "milestone"))
    return [(any_step, same_end), (any_step, any_end)]


def _partial(query: Query, asked: DateAsked, found: Selection, index: DatedIndex, lead: str) -> Draft:
    draft = dated_draft(query, replace(asked, is_calendar=False), found.dated[:_MOST_OTHERS], index)
    return replace(draft, outcome="partial", lead=lead, choices=())


def subject(query: Query, index: DatedIndex) -> str:
    """What is asked about, in the vocabulary's labels: « Solde · DPI · Vague 2 »."""
    return " · ".join(index.vocabulary.label(tag) for kind in _LABEL_KINDS for tag in query.of_kind(kind))
