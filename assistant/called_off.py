"""Dates that the documents call off: what is asked of them is answered by the sentence that says so."""

from __future__ import annotations

from assistant.date_asked import DateAsked
from assistant.date_matching import agreeing, sector_tier
from assistant.date_selection import OPPOSITE
from assistant.dated import DatedIndex, plain, quotation_of
from assistant.drafts import Claim, Draft
from assistant.understanding import Query
from assistant.validity import with_validity

_SURE = 0.97
_MOST = 3


def called_off(query: Query, asked: DateAsked, index: DatedIndex) -> Draft | None:
    """The draft that quotes what calls off the step that is asked for; None when nothing does."""
    if not query.of_kind("milestone"):
        return None
    about = [one for one in agreeing(index.deadlines, query, index.vocabulary) if one.is_off and not one.headers]
    found = [
        one
        for one in about
        if sector_tier(one, query, index.vocabulary) is not None
        and (asked.kind is None or one.date_kind != OPPOSITE[asked.kind])
        and asked.other_events <= frozenset(index.stems(one.span.quote))
    ]
    claims = {one.span: Claim(plain(one.span.quote), (quotation_of(one),)) for one in found}
    draft = Draft("answered", tuple(claims.values())[:_MOST], _SURE)
    return with_validity(draft, index, query.day) if claims else None
