"""When no date is given: the documents have none for what is asked, only its other end, or only days gone by."""

from __future__ import annotations

from dataclasses import replace

from assistant import phrases
from assistant.agreement import SECTOR_KINDS
from assistant.cues import folded
from assistant.date_asked import date_asked
from assistant.date_cues import NEXT
from assistant.date_matching import begins
from assistant.date_selection import OPPOSITE, select
from assistant.date_steps import with_step
from assistant.dated import DatedIndex
from assistant.drafts import Claim, Draft
from assistant.query import Query
from index.records import Deadline

_SURE = 0.97
_LABEL_KINDS = ("milestone", "part", "wave", "programme", "lane", "software", "profession", "service")


def lacks_date(query: Query, index: DatedIndex) -> bool:
    """Whether the query asks for the date of a step of something narrow, and no deadline is about it."""
    query = with_step(query, index)
    asked = date_asked(query, index)
    if asked is None or asked.other_events or not query.of_kind("part", *SECTOR_KINDS):
        return False
    if not query.of_kind("milestone") and (asked.kind is None or asked.rest or query.of_kind("service")):
        return False
    return not select(query, replace(asked, rest={}), index).dated


def only_other_end(query: Query, index: DatedIndex) -> Draft | None:
    """A refusal that says so when what is asked is dated by its other end alone: open since a day, and no end known."""
    query = with_step(query, index)
    asked = date_asked(query, index)
    if asked is None or asked.kind is None or not query.of_kind("milestone", "part"):
        return None
    other = replace(asked, kind=OPPOSITE[asked.kind], rest={}, relative=None)
    other_query = replace(query, relative=None, text="", question="")
    if select(query, replace(asked, rest={}), index).dated or not select(other_query, other, index).dated:
        return None
    return Draft("not_found", (), _SURE, phrases.no_end(asked.kind, subject(query, index)))


def nothing_ahead(query: Query, index: DatedIndex) -> Draft | None:
    """A refusal that says so when the next date of something is asked and the documents give none from today on."""
    if not _asks_next(query) or not query.tags:
        return None
    return Draft("not_found", (), _SURE, phrases.nothing_ahead(query.day, subject(query, index)))


def is_off(draft: Draft, query: Query, index: DatedIndex) -> bool:
    """Whether a draft gives only days gone by where the next is asked for, or only beginnings where an end is."""
    stated = [deadline for claim in draft.claims for deadline in stated_in(claim, index)]
    if not stated:
        return False
    if _asks_next(query) and all(deadline.last_day < query.day for deadline in stated):
        return True
    asked = date_asked(query, index)
    return (
        asked is not None and asked.kind == "closes" and all(begins(deadline, index.vocabulary) for deadline in stated)
    )


def _asks_next(query: Query) -> bool:
    return query.relative == "next" or NEXT.search(folded(query.text)) is not None


def stated_in(claim: Claim, index: DatedIndex) -> list[Deadline]:
    """The deadlines in the claim's quotations."""
    return [
        deadline
        for quotation in claim.quotations
        for deadline in index.deadlines_of(quotation.passage_id)
        if quotation.span.start <= deadline.mention.start < quotation.span.end
    ]


def undated(query: Query, index: DatedIndex) -> Query | None:
    """The query for what is said of its subject without a date; None when it names none."""
    kept = tuple(one for one in query.asked if one.tag.kind != "milestone")
    if not query.of_kind("part", "wave", *SECTOR_KINDS):
        return None
    labels = " ".join(index.vocabulary.label(one.tag) for one in kept)
    return replace(query, wanted="open", asked=kept, text=labels or query.text)


def without_dates(draft: Draft, query: Query, index: DatedIndex) -> Draft:
    """A draft about the subject as a partial answer that gives no date for it."""
    claims = tuple(claim for claim in draft.claims if not stated_in(claim, index))
    if not claims:
        return Draft("not_found", (), draft.confidence)
    return replace(draft, outcome="partial", lead=phrases.no_date_but(subject(query, index)), claims=claims)


def subject(query: Query, index: DatedIndex) -> str:
    """What is asked about, in the vocabulary's labels: « Solde · DPI · Vague 2 »."""
    return " · ".join(index.vocabulary.label(tag) for kind in _LABEL_KINDS for tag in query.of_kind(kind))
