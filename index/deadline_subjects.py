"""Pure: what a deadline is about, by kind of term, and whether that covers what another is about.

Two deadlines are about the same thing when programme, wave, part, software (lane, when neither names one), profession,
milestone and kind of date are equal; several terms of a kind are several statements in one, so that a statement about
two lanes also replaces that of one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from index.records import Deadline, Tag, TagKind
from index.vocabulary import Vocabulary

_KEY_KINDS: tuple[TagKind, ...] = ("programme", "wave", "part", "profession", "milestone")

Key = dict[str, frozenset[Tag]]


def about_same_thing(first: Deadline, second: Deadline, vocabulary: Vocabulary) -> bool:
    """Whether all that `first` is about, `second` is about too, and both date the same step in the same way."""
    return first.date_kind == second.date_kind and covers(key_of(second, vocabulary), key_of(first, vocabulary))


def covers(outer: Key, inner: Key) -> bool:
    """Whether the outer names, of each kind, all that the inner names, and nothing where that names nothing."""
    for kind, terms in inner.items():
        others = outer[kind]
        if not terms <= others or bool(terms) != bool(others):
            return False
    return True


def shape(key: Key) -> tuple[bool, ...]:
    """Of which kinds something is named."""
    return tuple(bool(key[kind]) for kind in sorted(key))


def key_of(deadline: Deadline, vocabulary: Vocabulary) -> Key:
    """What the deadline is about, by kind. A programme that all its other terms are within is said by them."""
    tags = _by_kind(deadline.tags)
    around = {above for tag in (*tags["wave"], *tags["part"]) for above in vocabulary.belonging(tag)}
    programmes = tags["programme"] | {tag for tag in around if tag.kind == "programme"}
    outer = {above for tag in programmes for above in vocabulary.belonging(tag)}
    software = tags["software"] or _only_members(tags["lane"], "software", vocabulary)
    lanes = lanes_held((*tags["lane"], *software), vocabulary)
    is_narrowed = bool(lanes_left_out(deadline.tags, vocabulary))
    key = {str(kind): tags[kind] for kind in _KEY_KINDS}
    key["programme"] = frozenset(programmes - outer)
    key["software"] = software
    key["lane"] = tags["lane"] if is_narrowed or not software else frozenset()
    # The pharmacists are all that the pharmacies' lane has: naming them beside it says nothing more.
    key["profession"] = tags["profession"] - _only_members(lanes, "profession", vocabulary, is_each=True)
    return key


def lanes_held(tags: Iterable[Tag], vocabulary: Vocabulary) -> frozenset[Tag]:
    """The lanes in which something holds: those named, and those of its software and professions."""
    tags = tuple(tags)
    lanes = {up for tag in tags for up in (tag, *vocabulary.belonging(tag)) if up.kind == "lane"}
    return frozenset(lanes) - lanes_left_out(tags, vocabulary)


def lanes_left_out(tags: Iterable[Tag], vocabulary: Vocabulary) -> frozenset[Tag]:
    """The lanes of a software or profession that a lane named beside it rules out.

    What names a software of two lanes and one of these lanes is about that lane only.
    """
    tags = tuple(tags)
    named = frozenset(tag for tag in tags if tag.kind == "lane")
    around = frozenset(near for lane in named for near in vocabulary.kin(lane))
    left: set[Tag] = set()
    for tag in tags:
        lanes = frozenset(up for up in vocabulary.belonging(tag) if up.kind == "lane") - named
        if tag.kind != "lane" and named & vocabulary.belonging(tag):
            left |= lanes - around
    return frozenset(left)


def _only_members(
    tags: frozenset[Tag], kind: TagKind, vocabulary: Vocabulary, *, is_each: bool = False
) -> frozenset[Tag]:
    """The members of a kind that the tags have, when each has exactly one; with `is_each`, of those that have one.

    What is also within another lane does not stand for the one.
    """
    members = [[one for one in vocabulary.members(tag) if one.kind == kind] for tag in tags]
    single = [
        found[0]
        for tag, found in zip(tags, members, strict=True)
        if len(found) == 1 and all(lane in vocabulary.kin(tag) for lane in lanes_held(found, vocabulary))
    ]
    return frozenset(single) if is_each or len(single) == len(members) else frozenset()


def _by_kind(tags: Iterable[Tag]) -> dict[str, frozenset[Tag]]:
    kinds: dict[str, set[Tag]] = defaultdict(set)
    for tag in tags:
        kinds[tag.kind].add(tag)
    return defaultdict(frozenset, {kind: frozenset(found) for kind, found in kinds.items()})
