"""A document past its day is quoted only with « n'est plus en vigueur depuis … »."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant import phrases
from assistant.answers import Derived
from assistant.dated import DatedIndex
from assistant.drafts import Claim, Draft
from index.dating import format_day


def with_validity(draft: Draft, index: DatedIndex, day: date) -> Draft:
    """The draft with each claim from a document out of force on that day marked as such, and a notice for each."""
    told: list[str] = []
    claims = tuple(_marked(claim, index, day, told) for claim in draft.claims)
    return replace(draft, claims=claims, notices=tuple(dict.fromkeys((*draft.notices, *told))))


def _marked(claim: Claim, index: DatedIndex, day: date, told: list[str]) -> Claim:
    infos = [index.documents[quotation.document_id] for quotation in claim.quotations]
    ends = {info.title: info.valid_until for info in infos if info.valid_until is not None and info.valid_until < day}
    if not ends:
        return claim
    told += [phrases.expired(title, end) for title, end in ends.items()]
    last = format_day(max(ends.values()))
    text = f"{claim.text.removesuffix('.')} (n'est plus en vigueur depuis le {last})."
    return replace(claim, text=text, derived=(*claim.derived, Derived(last, "fin de validité du document cité")))
