"""The review queue: which exchanges to look at first. Pure but for what it reads from the journal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from assistant.desk_records import REVIEW_STATES, QueueFilter, QueueItem, ReviewState, WhyFirst
from assistant.journal import Journal

# What counts, and how much; a returned answer was promised to be right and comes before everything.
_RETURNED, _DISLIKED, _UNSURE, _OFTEN, _DUE = 100.0, 20.0, 10.0, 4.0, 10.0
_ALREADY_VERIFIED = -15.0
_NEAR_DAYS = 45
# From here on a reason is worth telling.
_UNSURE_BELOW, _OFTEN_FROM = 0.75, 3


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue, how many exchanges the filter keeps, and how many stand in each state (unfiltered)."""

    items: tuple[QueueItem, ...]
    total: int
    counts: Mapping[ReviewState, int]


def queue(journal: Journal, wanted: QueueFilter, *, day: date, limit: int = 50, offset: int = 0) -> Queue:
    """The exchanges that a filter keeps, those first whose review is most useful, then the newest."""
    ranked = sorted(
        (judged(item, day) for item in journal.listed(wanted)),
        key=lambda item: (-item.priority, -item.asked_at.timestamp()),
    )
    counts = journal.counts()
    return Queue(
        tuple(ranked[offset : offset + limit]), len(ranked), {state: counts.get(state, 0) for state in REVIEW_STATES}
    )


def judged(item: QueueItem, day: date) -> QueueItem:
    """The item with its priority on that day, and the reasons for it, the weightiest first."""
    doubt = 0.0 if item.outcome == "out_of_scope" else 1 - item.confidence
    days_left = (item.due_on - day).days if item.due_on else None
    weights: dict[WhyFirst, float] = {
        "returned": _RETURNED if item.is_returned else 0.0,
        "disliked": _DISLIKED * math.log2(1 + item.downs),
        "due": _DUE * (1 - days_left / _NEAR_DAYS) if days_left is not None and 0 <= days_left < _NEAR_DAYS else 0.0,
        "often": _OFTEN * math.log2(item.asked) if item.asked >= _OFTEN_FROM else 0.0,
        "unsure": _UNSURE * doubt,
    }
    told = {**weights, "unsure": weights["unsure"] if doubt > 1 - _UNSURE_BELOW else 0.0}
    why = sorted((reason for reason in weights if told[reason] > 0), key=lambda reason: -weights[reason])
    served = _ALREADY_VERIFIED if item.verified else 0.0
    return replace(item, priority=round(sum(weights.values()) + served, 3), why=tuple(why))
