"""What sentences say that are known to answer questions like the one asked: beside a draft, or against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant import phrases
from assistant.agreement import EXCLUSIVE_KINDS, agreements
from assistant.date_asked import is_calendar
from assistant.date_said import named_days
from assistant.drafts import Draft
from assistant.query import Query
from assistant.quoting import unit_claim, without_repeats
from assistant.superseded import with_what_replaced
from assistant.units import Unit, Units
from assistant.validity import is_expired
from assistant.widening import MOST, within_room
from index.searching import Index

# So many sentences at most, each at least so likely to answer; so likely, when nothing else was found.
_MOST_KNOWN, _LIKELY, _ALONE = 3, 0.05, 0.35
# A day that none of so many sentences gives is not the one asked for.
_AGREEING = 2


def is_known(query: Query, index: Index) -> bool:
    """Whether something is known to answer what is asked, whatever its words."""
    return max(index.answered_by(query.text, query.own_text).values(), default=0.0) >= _ALONE


def with_known(draft: Draft, query: Query, index: Index, units: Units) -> Draft:
    """The draft, when it may not answer, with what is known to answer questions like this one beside its best claim."""
    if draft.outcome not in ("partial", "not_found"):
        return draft
    likely = list(_likely(query, index, units))
    if not likely or (draft.outcome == "not_found" and likely[0][0] < _ALONE):
        return draft
    claims = tuple(one for _, unit in likely if not (one := unit_claim(unit, query, index)).text.endswith(":"))
    known = with_what_replaced(replace(draft, claims=claims), index, query)
    if draft.outcome == "not_found":
        return replace(known, outcome="partial", lead=phrases.closest(), confidence=likely[0][0])
    said = " ".join(one.text for one in draft.claims)
    beside = (one for one in known.claims if one.text not in said)
    first = 1 if draft.confidence >= likely[0][0] else 0
    together = without_repeats((*draft.claims[:first], *beside, *draft.claims[first:]))
    return replace(known, claims=within_room(together, MOST))


def agreeing(draft: Draft, query: Query, index: Index, units: Units) -> Draft:
    """The draft, partial when it gives no day that the sentences most likely to answer give."""
    if draft.outcome != "answered" or is_calendar(query) or not index.is_mostly_known:
        return draft
    likely = [unit for _, unit in _likely(query, index, units)][:_AGREEING]
    known = {day for unit in likely for day in named_days(unit.text)}
    said = {day for claim in draft.claims for one in claim.quotations for day in named_days(one.span.quote)}
    quoted = " ".join(one.span.quote for claim in draft.claims for one in claim.quotations)
    if known & said or any(unit.text in quoted for unit in likely):
        return draft
    return replace(draft, outcome="partial", lead=phrases.closest())


def _likely(query: Query, index: Index, units: Units) -> Iterator[tuple[float, Unit]]:
    """The most likely sentences in force with their probability, best first, none of something else."""
    found = sorted(index.answered_by(query.text, query.own_text).items(), key=lambda one: -one[1])
    for (row, number), likely in found[:_MOST_KNOWN]:
        unit = units.of(index.passages[row])[number]
        is_over = is_expired(unit.passage.document_id, index, query.day)
        if likely >= _LIKELY and not is_over and _is_about(unit, query, index):
            yield likely, unit


def _is_about(unit: Unit, query: Query, index: Index) -> bool:
    """Whether the unit names no other wave, part or sector than the query; a day must be of those that it names."""
    asked = [tag for tag in query.tags if tag.kind in EXCLUSIVE_KINDS]
    found = agreements(unit, asked, index.vocabulary)
    return "conflict" not in found and ("absent" not in found or not (query.wanted == "date" and unit.shapes.date))
