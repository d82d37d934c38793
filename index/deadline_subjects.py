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
    lanes = {
        tag for one in (*tags["lane"], *software) for tag in (one, *vocabulary.belonging(one)) if tag.kind == "lane"
    }
    key = {str(kind): tags[kind] for kind in _KEY_KINDS}
    key["programme"] = frozenset(programmes - outer)
    key["software"] = software
    key["lane"] = frozenset() if software else tags["lane"]
    # The pharmacists are all that the pharmacies' lane has: naming them beside it says nothing more.
    key["profession"] = tags["profession"] - _only_members(frozenset(lanes), "profession", vocabulary, is_each=True)
    return key


def _only_members(
    tags: frozenset[Tag], kind: TagKind, vocabulary: Vocabulary, *, is_each: bool = False
) -> frozenset[Tag]:
    """The members of a kind that the tags have, when each has exactly one; with `is_each`, of those that have one."""
    members = [[one for one in vocabulary.members(tag) if one.kind == kind] for tag in tags]
    single = [found[0] for found in members if len(found) == 1]
    return frozenset(single) if is_each or len(single) == len(members) else frozenset()


def _by_kind(tags: Iterable[Tag]) -> dict[str, frozenset[Tag]]:
    kinds: dict[str, set[Tag]] = defaultdict(set)
    for tag in tags:
        kinds[tag.kind].add(tag)
    return defaultdict(frozenset, {kind: frozenset(found) for kind, found in kinds.items()})
