"""Where no answer is sure, what those sentences say that are known to answer questions most like the one asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from assistant import phrases
from assistant.agreement import EXCLUSIVE_KINDS, agreements
from assistant.drafts import Claim, Draft
from assistant.query import Query
from assistant.quoting import unit_claim, without_repeats
from assistant.superseded import with_what_replaced
from assistant.units import Unit, Units
from assistant.validity import is_expired
from assistant.widening import MOST, within_room
from index.searching import Index

# So many sentences at most, each at least so likely to answer; so likely, when nothing else was found.
_MOST_KNOWN, _LIKELY, _ALONE = 3, float(os.environ.get("LIKELY", "0.1")), float(os.environ.get("ALONE", "0.35"))


def with_known(draft: Draft, query: Query, index: Index, units: Units) -> Draft:
    """The draft, when it may not answer, with what is known to answer questions like this one before the rest."""
    if draft.outcome not in ("partial", "not_found"):
        return draft
    likely = list(_known(query, index, units))
    if not likely or (draft.outcome == "not_found" and likely[0][0] < _ALONE):
        return draft
    own = [unit_claim(unit, query, index) for _, unit in likely]
    own = [one for one in own if not one.text.endswith(":")]
    known = with_what_replaced(replace(draft, claims=tuple(own)), index, query)
    said = " ".join(one.text for one in draft.claims)
    claims = without_repeats((*draft.claims[:1], *(one for one in known.claims if one.text not in said), *draft.claims[1:]))
    if draft.outcome == "not_found":
        return replace(known, outcome="partial", lead=phrases.closest(()), claims=within_room(known.claims, MOST), confidence=likely[0][0])
    return replace(draft, claims=within_room(claims, MOST))


def _known(query: Query, index: Index, units: Units) -> Iterator[tuple[float, Unit]]:
    """The most likely sentences in force with their probability, best first, none of something else."""
    found = sorted(index.answered_by(query.text).items(), key=lambda one: -one[1])
    for (row, number), likely in found[:_MOST_KNOWN]:
        unit = units.of(index.passages[row])[number]
        if likely >= _LIKELY and _is_about(unit, query, index) and not is_expired(unit.passage.document_id, index, query.day):
            yield likely, unit


def _is_about(unit: Unit, query: Query, index: Index) -> bool:
    """Whether the unit names no other wave, part or sector than the query; a day must be of those that it names."""
    asked = [tag for tag in query.tags if tag.kind in EXCLUSIVE_KINDS]
    found = agreements(unit, asked, index.vocabulary)
    return "conflict" not in found and ("absent" not in found or not (query.wanted == "date" and unit.shapes.date))
