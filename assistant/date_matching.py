"""Whether a deadline is about what a query names: every wave, part, programme, milestone, service and sector. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from assistant.agreement import SECTOR_KINDS, fits
from assistant.cues import folded
from assistant.date_cues import OPENING
from assistant.understanding import Query
from index.deadline_subjects import lanes_left_out
from index.records import Deadline, Passage, Tag
from index.vocabulary import Vocabulary, names_of

# How near a deadline is to the sector asked.
NAMED, WITHIN, AROUND, GENERAL = 3, 2, 1, 0


def agreeing(deadlines: Iterable[Deadline], query: Query, vocabulary: Vocabulary) -> list[Deadline]:
    """The deadlines that are about the wave, part, milestone and programme asked, where they are."""
    fitting = [
        frozenset(tag for wish in asked for tag in vocabulary.kin(wish) if tag.kind == kind)
        for kind in ("wave", "part", "milestone")
        if (asked := query.of_kind(kind))
    ]
    programmes = query.of_kind("programme")
    return [
        one
        for one in deadlines
        if not any(tags.isdisjoint(one.tags) for tags in fitting)
        and (not programmes or any(_is_of_programme(one, wish, vocabulary) for wish in programmes))
    ]


def _is_of_programme(deadline: Deadline, asked: Tag, vocabulary: Vocabulary) -> bool:
    """Whether the deadline's programmes, or those of its wave and part, are the one asked or within it."""
    own = {tag for tag in deadline.tags if tag.kind == "programme"}
    own |= {
        up
        for tag in deadline.tags
        if tag.kind in ("wave", "part")
        for up in vocabulary.belonging(tag)
        if up.kind == "programme"
    }
    return any(tag == asked or asked in vocabulary.belonging(tag) for tag in own)


def is_end(deadline: Deadline, kind: Literal["opens", "closes"]) -> bool:
    """Whether the deadline says this end; a period says both."""
    has_both = deadline.precision == "range" and deadline.date_kind in ("opens", "closes")
    return deadline.date_kind == kind or has_both


def begins(deadline: Deadline, vocabulary: Vocabulary) -> bool:
    """Whether the date is that of a beginning: it opens something, or its step is a launch."""
    names = [names_of(vocabulary.term(tag)) for tag in deadline.tags if tag.kind == "milestone"]
    is_launch = deadline.precision != "range" and any(OPENING.search(folded(" ; ".join(name))) for name in names)
    return deadline.date_kind == "opens" or (deadline.date_kind in ("takes_place", "expected") and is_launch)


def is_of_services(deadline: Deadline, query: Query, passage: Passage, vocabulary: Vocabulary) -> bool:
    """Whether the deadline or its passage is about every service asked."""
    around = {*deadline.tags, *passage.tags, *passage.context_tags}
    return all(
        any(fits(tag, asked, vocabulary) for tag in around if tag.kind == "service")
        for asked in query.of_kind("service")
    )


def sector_tier(deadline: Deadline, query: Query, vocabulary: Vocabulary) -> int | None:
    """How near the deadline is to the sector asked; None when it is about another.

    Several sectors of one kind are alternatives, those of different kinds narrow each other: « les sages-femmes, leur
    logiciel » is not any software.
    """
    if not query.of_kind(*SECTOR_KINDS):
        return GENERAL
    own = narrow_sectors(deadline, vocabulary)
    left_out = lanes_left_out(deadline.tags, vocabulary)
    tiers: list[int] = []
    for kind in SECTOR_KINDS:
        asked = [tag for tag in query.of_kind(kind) if tag not in left_out]
        found = [tier for tag in asked if (tier := _tier(own, tag, vocabulary)) is not None]
        if query.of_kind(kind) and not found:
            return None
        tiers += found
    return max(tiers, default=GENERAL)


def narrow_sectors(deadline: Deadline, vocabulary: Vocabulary) -> tuple[Tag, ...]:
    """The lanes, software and professions that the deadline is about, the narrowest only."""
    return narrowest((tag for tag in deadline.tags if tag.kind in SECTOR_KINDS), vocabulary)


def narrowest(tags: Iterable[Tag], vocabulary: Vocabulary) -> tuple[Tag, ...]:
    """The tags without those that another of them is within."""
    tags = tuple(tags)
    return tuple(tag for tag in tags if not any(tag in vocabulary.belonging(other) for other in tags))


def _tier(own: Sequence[Tag], asked: Tag, vocabulary: Vocabulary) -> int | None:
    if asked in own:
        return NAMED
    if any(asked in vocabulary.belonging(tag) for tag in own):
        return WITHIN
    if not own:
        return GENERAL
    lanes = set(lanes_of([asked], vocabulary))
    is_around = all(tag.kind != asked.kind and lanes & set(lanes_of([tag], vocabulary)) for tag in own)
    return AROUND if is_around else None


def lanes_of(tags: Iterable[Tag], vocabulary: Vocabulary) -> tuple[Tag, ...]:
    """The lanes of sectors: themselves, or what they are within."""
    return tuple(
        dict.fromkeys(up for tag in tags for up in (tag, *sorted(vocabulary.belonging(tag))) if up.kind == "lane")
    )
