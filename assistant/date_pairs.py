"""Questions about two dates: how long from the one to the other, which comes first. Each is asked on its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.agreement import SECTOR_KINDS
from assistant.answers import Derived
from assistant.comparing import one_side, sides_of
from assistant.cues import folded
from assistant.date_cues import SAME_DAY
from assistant.date_refusals import stated_in
from assistant.dated import DatedIndex
from assistant.drafts import Claim, Draft
from assistant.query import AskedTag, Query
from index.dating import format_day
from index.searching import Index

Answer = Callable[[Query], Draft | None]

_BETWEEN = re.compile(r"\bentre (?P<first>[^;?!]{4,120}?),? et (?P<second>[^,;?!:]{4,120})", re.IGNORECASE)
# What is asked of the time between them.
_GAP = re.compile(
    r"\bcombien (?:de |d')?(?:temps|jours|semaines|mois|ans|annees)\b|\bcombien\b.{0,20}\b(?:ecoul|pass)|"
    r"\b(?:intervalle|delai|duree|laps de temps)s?\b|\becart\b.*\b(?:dates?|jours|mois|temps)\b|"
    r"\b(?:dates?|jours|mois|temps)\b.*\becart\b"
)
_ORDER = re.compile(SAME_DAY.pattern + r"|\ble plus longtemps\b|\bplus de temps\b|\ble premier\b|\bla premiere\b")
# A date is given in at most so many statements: with what it replaced, or for the software of a lane.
_MOST_CLAIMS = 4
# Said of the one, these hold of the other too where it names none.
_SHARED = frozenset({"wave", "programme", "part", *SECTOR_KINDS})


def write_pair(query: Query, index: Index, *, answer: Answer) -> Draft | None:
    """The draft that gives both dates, and how far they are apart; None unless both are surely said.

    `answer` gives what is said of a query for one date.
    """
    asked = _pair(query, index)
    if asked is None:
        return None
    drafts = [answer(one) for one in asked]
    first, second = drafts
    if first is None or second is None or not (_gives_date(first) and _gives_date(second)):
        return None
    told = (first.claims[0].text, second.claims[0].text)
    claims = (*first.claims, *(one for one in second.claims if one.text not in {claim.text for claim in first.claims}))
    if told[0] != told[1]:
        claims = _with_gap(claims, (first, second), index)
    notices = tuple(dict.fromkeys((*first.notices, *second.notices)))
    return Draft("answered", claims, min(first.confidence, second.confidence), "", notices)


def _gives_date(draft: Draft) -> bool:
    return draft.outcome == "answered" and 0 < len(draft.claims) <= _MOST_CLAIMS


def _pair(query: Query, index: Index) -> tuple[Query, Query] | None:
    """The two questions for one date each; None when two dates are not asked for."""
    text = folded(query.text)
    between = _BETWEEN.search(query.text)
    if between is not None and _GAP.search(text):
        first, second = between["first"], between["second"]
        return _side(query, first, second, index), _side(query, second, first, index)
    if query.wanted not in ("date", "comparison", "yes_no", "open", "who", "list") or not _ORDER.search(text):
        return None
    sides = sides_of(query, index.vocabulary)
    if sides is None:
        return None
    one, other = (_dated(one_side(query, mine, theirs, index)) for mine, theirs in (sides, sides[::-1]))
    return one, other


def _side(query: Query, own: str, other: str, index: Index) -> Query:
    """The question for the date of what `own` says; what only `other` names is left out, or shared."""
    mine, theirs = ({tag for one in index.vocabulary.find(text) for tag in one.tags} for text in (own, other))
    kinds = {tag.kind for tag in mine}
    has_sector = not kinds.isdisjoint(SECTOR_KINDS)

    def holds(one: AskedTag) -> bool:
        tag = one.tag
        is_shared = tag.kind in _SHARED and tag.kind not in kinds and not (tag.kind in SECTOR_KINDS and has_sector)
        return tag in mine or tag not in theirs or is_shared

    asked = tuple(one for one in query.asked if holds(one))
    return _dated(replace(query, asked=asked, text=f"quand : {own}"))


def _dated(query: Query) -> Query:
    return replace(query, question=query.text, wanted="date", kinds=("date",), measure=None, relative=None)


def _with_gap(claims: Sequence[Claim], drafts: Sequence[Draft], index: DatedIndex) -> tuple[Claim, ...]:
    """The claims, the later of two days with how long it is after the earlier, where each draft gives one day."""
    days = [_only_day(draft, index) for draft in drafts]
    found = [(day, draft.claims[0]) for day, draft in zip(days, drafts, strict=True) if day is not None]
    if len(found) < len(days) or len(set(days)) < len(days):
        return tuple(claims)
    (since, _), (until, later) = sorted(found, key=lambda one: one[0])
    count = (until - since).days
    gap = Derived(f"{count} jour{'s' * (count > 1)} après le {format_day(since)}", "compté d'une date à l'autre")
    told = replace(later, text=f"{later.text.removesuffix('.')} ({gap.value}).", derived=(*later.derived, gap))
    return tuple(told if one is later else one for one in claims)


def _only_day(draft: Draft, index: DatedIndex) -> date | None:
    """The one day that the draft's first claim states; None when it states none, several, or a month."""
    days = {one.last_day for one in stated_in(draft.claims[0], index) if one.precision in ("day", "hour")}
    return days.pop() if len(days) == 1 else None
