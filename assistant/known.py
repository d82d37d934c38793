"""What sentences say that are known to answer questions like the one asked: beside a draft, or against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    if draft.outcome not in ("partial", "not_found") or (draft.outcome == "not_found" and draft.lead):
        return draft  # why nothing is told was said
    if _is_new(draft, index):
        return draft
    likely = list(_likely(query, index, units))
    if not likely or (draft.outcome == "not_found" and likely[0][0] < _ALONE):
        return draft
    beside = _beside(draft, likely, query, index)
    if draft.outcome == "partial" or not beside.claims:
        return beside
    return replace(beside, outcome="partial", confidence=likely[0][0], lead=phrases.closest())


def _beside(draft: Draft, likely: Sequence[tuple[float, Unit]], query: Query, index: Index) -> Draft:
    """The draft with what the likely units say, before its best claim when that is less sure."""
    claims = tuple(one for _, unit in likely if not (one := unit_claim(unit, query, index)).text.endswith(":"))
    known = with_what_replaced(replace(draft, claims=claims), index, query)
    said = " ".join(one.text for one in draft.claims)
    beside = (one for one in known.claims if one.text not in said)
    first = 1 if draft.confidence >= max((value for value, _ in likely), default=0.0) else 0
    together = without_repeats((*draft.claims[:first], *beside, *draft.claims[first:]))
    return replace(known, claims=within_room(together, MOST))


def agreeing(draft: Draft, query: Query, index: Index, units: Units) -> Draft:
    """The draft of days; partial, beside the sentences most likely to answer, when these give none of them."""
    if draft.outcome != "answered" or is_calendar(query) or not index.is_mostly_known or _is_new(draft, index):
        return draft
    likely = list(_likely(query, index, units, is_unnamed=True))
    best = [unit for _, unit in likely[:_AGREEING]]
    known = {day for unit in best for day in named_days(unit.text)}
    said = {day for claim in draft.claims for one in claim.quotations for day in named_days(one.span.quote)}
    quoted = " ".join(one.span.quote for claim in draft.claims for one in claim.quotations)
    if known & said or any(unit.text in quoted for unit in best):
        return draft
    return _beside(replace(draft, outcome="partial", lead=phrases.closest()), likely, query, index)


def _is_new(draft: Draft, index: Index) -> bool:
    """Whether the best claim is of a document that no known question leads to."""
    return any(index.is_unknown(one.document_id) for claim in draft.claims[:1] for one in claim.quotations)


def _likely(query: Query, index: Index, units: Units, *, is_unnamed: bool = False) -> Iterator[tuple[float, Unit]]:
    """The most likely sentences in force with their probability, best first, of no other wave, part or sector.

    What gives a day names the one asked about, unless it `is_unnamed`.
    """
    found = sorted(index.answered_by(query.text, query.own_text).items(), key=lambda one: -one[1])
    for (row, number), likely in found[:_MOST_KNOWN]:
        unit = units.of(index.passages[row])[number]
        is_over = is_expired(unit.passage.document_id, index, query.day)
        agreed = agreements(unit, [tag for tag in query.tags if tag.kind in EXCLUSIVE_KINDS], index.vocabulary)
        is_of_none = "absent" in agreed and query.wanted == "date" and unit.shapes.date and not is_unnamed
        if likely >= _LIKELY and not is_over and not is_of_none and "conflict" not in agreed:
            yield likely, unit
