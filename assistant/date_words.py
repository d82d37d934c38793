"""The dates of a question that names no term of the vocabulary: by its own words, all of them, and the nearest date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.cues import folded
from assistant.date_asked import DateAsked, telling_words
from assistant.date_grouping import grouped
from assistant.dated import Dated, DatedIndex
from assistant.understanding import Query
from index.records import Deadline

_NUMBERED = re.compile(r"\b([^\W\d_]{3,}?)s? (\d+)\b")
_MOST_DAYS = 3
_FAR = 10_000
_SHORTEST = 3


def by_words(query: Query, asked: DateAsked, index: DatedIndex) -> tuple[Dated, ...]:
    """The dates whose sentence and what precedes it hold every word of the question; none when they are many."""
    words = [word for word in telling_words(query.text) if len(word) >= _SHORTEST]
    stems = frozenset(index.stems(" ".join(words)))
    if not stems:
        return ()
    numbered = _NUMBERED.findall(folded(query.text))
    found = [
        deadline
        for deadline in index.deadlines_holding(stems)  # a passage holds what its sentences and headings hold
        if deadline.date_kind
        in (asked.kind, "takes_place", "expected", "published" if asked.other_events else asked.kind)
        or asked.kind is None
    ]
    found = [one for one in found if _holds(one, stems, asked, index) and _agrees(one, numbered, index)]
    nearest = _nearest(found, words)
    dated = grouped((one for one in nearest if one.status != "replaced"), query, index)
    return dated if len(dated) <= _MOST_DAYS else ()


def _holds(deadline: Deadline, stems: frozenset[str], asked: DateAsked, index: DatedIndex) -> bool:
    said = frozenset(index.stems(_said(deadline)))
    if not stems & said or not asked.other_events <= said:
        return False
    missing = stems - said  # what stands before is long: it is read for the few that need it
    return not missing or missing <= frozenset(index.stems(_before(deadline, index)))


def _said(deadline: Deadline) -> str:
    return " ; ".join((deadline.span.quote, *(header.quote for header in deadline.headers)))


def _before(deadline: Deadline, index: DatedIndex) -> str:
    """The headings, then the passage up to the sentence."""
    passage = index.passage(deadline.passage_id)
    return " ; ".join((*passage.headings, passage.text[: max(0, deadline.span.start - passage.start)]))


def _agrees(deadline: Deadline, numbered: Sequence[tuple[str, str]], index: DatedIndex) -> bool:
    """Whether « vague 1 » is what was spoken of last, not « vague 2 »."""
    text = folded(f"{_before(deadline, index)} ; {_said(deadline)}")
    for noun, number in numbered:
        spoken = re.findall(rf"\b{re.escape(noun)}s? (\d+)\b", text)
        if not spoken or spoken[-1] != number:
            return False
    return True


def _nearest(deadlines: Sequence[Deadline], words: Sequence[str]) -> list[Deadline]:
    """Of the dates of one sentence, the one that stands nearest after a word of the question."""
    distances = {one.id: _distance(one, words) for one in deadlines}
    kept: list[Deadline] = []
    for one in deadlines:
        rivals = [
            distances[other.id]
            for other in deadlines
            if other.span == one.span and other.document_id == one.document_id
        ]
        if distances[one.id] == min(rivals):
            kept.append(one)
    return kept


def _distance(deadline: Deadline, words: Sequence[str]) -> int:
    text = folded(deadline.span.quote)
    place = text.find(folded(deadline.mention.quote))
    ends = [
        place - match.end()
        for word in words
        for match in re.finditer(rf"\b{re.escape(word[:5])}\w*", text)
        if match.end() <= place
    ]
    return min(ends, default=_FAR)
