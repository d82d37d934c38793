"""A figure that a later text changed is marked where it is quoted, and what stands in its place comes first. Pure."""

from __future__ import annotations

from dataclasses import replace

from assistant import phrases
from assistant.agreement import SECTOR_KINDS, fits
from assistant.answers import Derived
from assistant.dated import plain
from assistant.drafts import Claim, Draft, Quotation
from assistant.query import Query
from index.records import Fact
from index.searching import Index

_MOST_CHANGES = 5


def with_amended(draft: Draft, query: Query, index: Index) -> Draft:
    """The draft with the changed figures of its claims marked, each after the sentence that changed it."""
    claims: list[Claim] = []
    for claim in draft.claims:
        changed = [fact for fact in _stated(claim, index) if fact.status == "replaced"]
        marked = claim
        for fact in changed:
            newer = _standing(fact, index)
            marked = _marked(marked, fact, newer, index)
            if _is_asked(fact, query, index) and not query.wants_former:
                claims.append(Claim(plain(newer.span.quote), (_quotation(newer),)))
        claims.append(marked)
    first = {_place(claim): claim for claim in reversed(claims)}
    kept = tuple(claim for claim in claims if first.pop(_place(claim), None) is not None)
    return replace(draft, claims=kept)


def _place(claim: Claim) -> object:
    """What a claim quotes; claims of several quotations are told apart by their words."""
    one = claim.quotations[0]
    return one.document_id, one.span, claim.text if len(claim.quotations) > 1 else ""


def _stated(claim: Claim, index: Index) -> list[Fact]:
    """The changed figures, and those in their place, of the claim's quotations."""
    return [
        fact
        for quotation in claim.quotations
        for fact in index.facts_of(quotation.passage_id)
        if fact.kind == "amended"
        and quotation.span.page == fact.span.page
        and quotation.span.start <= fact.span.start
        and fact.span.end <= quotation.span.end
    ]


def _standing(fact: Fact, index: Index) -> Fact:
    """What stands in the place of a changed figure, at the end of the changes of changes."""
    newest = fact
    for _ in range(_MOST_CHANGES):
        newer = index.fact(newest.replaced_by) if newest.replaced_by else None
        if newer is None:
            break
        again = (one for one in index.facts_of(newer.passage_id) if one.span == newer.span and one.replaced_by)
        newest = next((one for one in again if one.value == newer.value), newer)
    return newest


def _is_asked(fact: Fact, query: Query, index: Index) -> bool:
    """Whether the figure is of a sector asked, or the question or the figure names none."""
    asked = query.of_kind(*SECTOR_KINDS)
    return not asked or not fact.about or any(fits(a, b, index.vocabulary) for a in fact.about for b in asked)


def _marked(claim: Claim, fact: Fact, newer: Fact, index: Index) -> Claim:
    """The claim with « remplacé par … » beside the figure, its quotation no longer current."""
    value, source = plain(fact.value), index.documents[newer.document_id].evidence
    told = phrases.amended(plain(newer.value), source)
    text = claim.text.replace(value, f"{value} ({told})", 1)
    if text == claim.text:
        return claim
    key = claim.key.replace(value, f"{value} ({told})", 1)
    first, *rest = claim.quotations
    marked = replace(first, is_current=False, replaced_by=_quotation(newer))
    derived = Derived(told, "d'après le texte qui remplace ce chiffre, cité aussi")
    return replace(claim, text=text, key=key, quotations=(marked, *rest), derived=(*claim.derived, derived))


def _quotation(fact: Fact) -> Quotation:
    return Quotation(fact.document_id, fact.passage_id, fact.span, fact.headers)
