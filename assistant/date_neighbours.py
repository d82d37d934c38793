"""« Et l'étape d'après ? »: what is due next after, or last before, the step that a question names."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.cues import folded
from assistant.date_asked import DateAsked
from assistant.date_selection import select
from assistant.dated import Dated, DatedIndex
from assistant.query import Query

EVERY = DateAsked(kind=None, is_calendar=True, rest={})
_STEP = r"\b(?:etape|echeance|jalon|phase|date|demarche|formalite|chose)s? "
_AFTER = re.compile(
    _STEP + r"(?:d.apres|suivante?s?|(?:qui )?suit)\b|\b(?:vient|vient juste|que faire|quoi) (?:ensuite|apres)\b"
    r"|\bet (?:ensuite|apres)\W*$"
)
_BEFORE = re.compile(
    _STEP + r"(?:d.avant|precedente?s?|(?:qui )?precede)\b|\b(?:vient|quoi) (?:juste )?avant\b"
    r"|\bet (?:juste )?avant\W*$"
)


def neighbouring(query: Query, index: DatedIndex) -> tuple[Dated, ...]:
    """The dates of the first day after the step that is named, or of the last before; none when that is not asked.

    They are of the same wave, part and sectors.
    """
    text = folded(query.text)
    is_after, is_before = (cue.search(text) is not None for cue in (_AFTER, _BEFORE))
    if is_after == is_before or not query.of_kind("milestone"):
        return ()
    named = select(replace(query, relative=None), EVERY, index).dated
    steps = set(query.of_kind("milestone"))
    around = replace(query, asked=tuple(one for one in query.asked if one.tag not in steps), relative=None)
    due = [one for one in select(around, EVERY, index).dated if steps.isdisjoint(one.best.tags)]
    if not named or not around.tags:
        return ()
    if is_after:
        last = max(one.best.last_day for one in named)
        later = [one for one in due if one.best.last_day > last]
        return tuple(one for one in later if one.best.last_day == min(other.best.last_day for other in later))
    first = min(one.best.first_day for one in named)
    earlier = [one for one in due if one.best.last_day < first]
    return tuple(one for one in earlier if one.best.last_day == max(other.best.last_day for other in earlier))
