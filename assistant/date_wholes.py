"""Dates of a wave, part or programme itself: when it begins and ends, whatever the steps in between. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assistant.cues import folded
from assistant.date_cues import CLOSING, ENDING, OPENING
from assistant.dated import DatedIndex
from assistant.understanding import Query
from index.records import Deadline, Tag
from index.vocabulary import names_of

# What is counted until a day does not end on it: « jusqu'en 2025 : 250 M€ ».
_COUNTED = re.compile(r"\d\s*(?:€|%|[mk]€|millions?|milliards?|euros?)")


def dates_whole(deadline: Deadline, kind: Literal["opens", "closes"], query: Query, index: DatedIndex) -> bool:
    """Whether the statement dates the beginning or end of what is asked about, not of a step of it.

    A step that is itself a beginning or an end (« lancement ») counts as such.
    """
    cue = OPENING if kind == "opens" else CLOSING
    steps = [tag for tag in deadline.tags if tag.kind == "milestone"]
    names = [folded(" ; ".join(names_of(index.vocabulary.term(step)))) for step in steps]
    if any(tag.kind == "service" for tag in deadline.tags) or not all(cue.search(name) for name in names):
        return False
    has_sector = any(tag.kind in ("lane", "software") for tag in deadline.tags)
    if any(tag.kind == "part" and tag not in query.tags for tag in deadline.tags):
        return False
    if is_due(steps, index.deadlines) or (has_sector and not query.of_kind("lane", "software", "profession")):
        return False
    opposite = "closes" if kind == "opens" else "opens"
    if deadline.date_kind in ("published", opposite):
        return False
    said = folded(" ; ".join((deadline.span.quote, *(header.quote for header in deadline.headers))))
    says_so = (OPENING if kind == "opens" else ENDING).search(said) is not None
    return bool(steps) or (says_so and (deadline.date_kind == kind or not _COUNTED.search(said)))


def asks_for_whole(query: Query, kind: Literal["opens", "closes"]) -> bool:
    """Whether the words ask when something begins or ends by itself, not by when something must be done."""
    return kind == "opens" or ENDING.search(folded(query.text)) is not None


def is_due(milestones: Sequence[Tag], every: Sequence[Deadline]) -> bool:
    """Whether the corpus mostly gives openings and ends of the step, so that a mere mention of it dates nothing."""
    steps = frozenset(milestones)
    kinds = [one.date_kind in ("opens", "closes") for one in every if not steps.isdisjoint(one.tags)]
    return bool(kinds) and 2 * sum(kinds) > len(kinds)
