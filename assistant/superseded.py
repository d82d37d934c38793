"""A quotation that states a replaced date never stands alone, nor one whose year or document needs a word beside it."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers import Derived
from assistant.date_notices import said_of
from assistant.dated import DatedIndex, date_text, dated_text, plain, quotation_of, with_full_day
from assistant.drafts import Claim, Draft, Quotation
from assistant.understanding import Query
from assistant.validity import with_validity
from index.records import Deadline


def with_what_replaced(draft: Draft, index: DatedIndex, query: Query | None = None) -> Draft:
    """The draft with each replaced date marked as such, and the date in force quoted first.

    Where the query wants a date, inferred years are written out and said.
    """
    claims: list[Claim] = []
    told: list[str] = []
    wants_date = query is not None and query.wanted == "date"
    for claim in draft.claims:
        stated = _stated(claim, index)
        newer = _in_force_instead(claim, stated, index)
        claims.extend(
            Claim(dated_text(deadline, index.passage(deadline.passage_id)), (quotation_of(deadline),))
            for deadline in newer
        )
        if wants_date:
            told += [notice for deadline in stated for notice in said_of(deadline)]
        said = _with_years(claim, stated) if wants_date else claim
        claims.append(_marked(said, newer[0]) if newer else said)
    unique = {claim.text: claim for claim in reversed(claims)}
    kept = tuple(claim for claim in claims if unique.pop(claim.text, None) is not None)
    told_of = replace(draft, claims=kept, notices=tuple(dict.fromkeys((*draft.notices, *told))))
    return with_validity(told_of, index, query.day) if query is not None else told_of


def _stated(claim: Claim, index: DatedIndex) -> list[Deadline]:
    """The deadlines stated in the claim's quotations."""
    return [
        deadline
        for quotation in claim.quotations
        for deadline in index.deadlines_of(quotation.passage_id)
        if _holds(quotation, deadline)
    ]


def _holds(quotation: Quotation, deadline: Deadline) -> bool:
    span = quotation.span
    return span.page == deadline.mention.page and span.start <= deadline.mention.start < span.end


def _with_years(claim: Claim, stated: list[Deadline]) -> Claim:
    """The claim with the dates whose year is inferred written in full."""
    inferred = [deadline for deadline in stated if deadline.year_inferred]
    if not inferred:
        return claim
    days = list(dict.fromkeys(date_text(deadline) for deadline in inferred))
    years = dict.fromkeys(str(deadline.last_day.year) for deadline in inferred)
    how = "année déduite de la date du document"
    derived = tuple(Derived(value, how) for value in (*years, *days))
    text, key = claim.text, claim.key
    for deadline in inferred:
        text = with_full_day(text, deadline)
        key = with_full_day(key, deadline) if plain(deadline.mention.quote) in key else key
    return replace(claim, text=text, key=key, derived=(*claim.derived, *derived))


def _in_force_instead(claim: Claim, stated: list[Deadline], index: DatedIndex) -> list[Deadline]:
    """The deadlines that replace those stated."""
    spans = {quotation.span for quotation in claim.quotations}
    found: dict[str, Deadline] = {}
    for deadline in stated:
        newer = index.deadline(deadline.replaced_by) if deadline.replaced_by is not None else None
        if deadline.status == "replaced" and newer is not None and newer.span not in spans:
            found[newer.id] = newer
    return list(found.values())


def _marked(claim: Claim, newer: Deadline) -> Claim:
    first, *rest = claim.quotations
    marked = replace(first, is_current=False, replaced_by=quotation_of(newer))
    return replace(claim, quotations=(marked, *rest))
