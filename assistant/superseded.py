"""A quotation that states a replaced date never stands alone: what replaced it is quoted beside it."""

from __future__ import annotations

from dataclasses import replace

from assistant.dated import dated_text, quotation_of
from assistant.drafts import Claim, Draft, Quotation
from index.records import Deadline
from index.searching import Index


def with_what_replaced(draft: Draft, index: Index) -> Draft:
    """The draft with each replaced date marked as such, and the date in force quoted first."""
    claims: list[Claim] = []
    for claim in draft.claims:
        newer = [deadline for quotation in claim.quotations for deadline in _in_force_instead(quotation, index)]
        claims.extend(
            Claim(dated_text(deadline, index.passage(deadline.passage_id)), (quotation_of(deadline),))
            for deadline in newer
        )
        claims.append(_marked(claim, newer[0]) if newer else claim)
    unique = {claim.text: claim for claim in reversed(claims)}
    return replace(draft, claims=tuple(claim for claim in claims if unique.pop(claim.text, None) is not None))


def _in_force_instead(quotation: Quotation, index: Index) -> list[Deadline]:
    """The deadlines that replace those stated in the quotation."""
    found: dict[str, Deadline] = {}
    for deadline in index.deadlines_of(quotation.passage_id):
        inside = quotation.span.start <= deadline.mention.start < quotation.span.end
        if inside and deadline.status == "replaced" and deadline.replaced_by is not None:
            newer = index.deadline(deadline.replaced_by)
            if newer is not None and newer.span != quotation.span:
                found[newer.id] = newer
    return list(found.values())


def _marked(claim: Claim, newer: Deadline) -> Claim:
    first, *rest = claim.quotations
    marked = replace(first, is_current=False, replaced_by=quotation_of(newer))
    return replace(claim, quotations=(marked, *rest))
