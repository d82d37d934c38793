"""Whether what a unit says is about the terms that a question names. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from assistant.units import Unit
from index.records import Tag
from index.vocabulary import Vocabulary

Agreement = Literal["own", "around", "absent", "conflict"]

# A sector can be named by its lane, its software or its profession: they are compared with one another.
SECTOR_KINDS = frozenset({"lane", "software", "profession"})
# Kinds in which naming another term means speaking of something else.
EXCLUSIVE_KINDS = SECTOR_KINDS | {"wave", "part"}
WEIGHTS: dict[Agreement, float] = {"own": 1.0, "around": 0.8, "absent": 0.3, "conflict": 0.0}


def agreement(unit: Unit, asked: Tag, vocabulary: Vocabulary) -> Agreement:
    """How the unit relates to one asked term: named by it, around it, not at all, or another of its kind instead."""
    own = _compare(unit.own_tags, asked, vocabulary)
    if own != "absent":
        return own
    around = _compare(unit.around_tags, asked, vocabulary)
    return "around" if around == "own" else around


def fits(tag: Tag, asked: Tag, vocabulary: Vocabulary) -> bool:
    """Whether the two are the same or one is within the other."""
    return tag in vocabulary.kin(asked)


def _compare(tags: Collection[Tag], asked: Tag, vocabulary: Vocabulary) -> Agreement:
    if asked in tags:
        return "own"
    dimension = SECTOR_KINDS if asked.kind in SECTOR_KINDS else {asked.kind}
    comparable = [tag for tag in tags if tag.kind in dimension]
    if not comparable:
        return "absent"
    if not vocabulary.kin(asked).isdisjoint(comparable):
        return "own"
    if asked.kind in EXCLUSIVE_KINDS and any(not vocabulary.related(tag, asked) for tag in comparable):
        return "conflict"
    return "absent"


def agreements(unit: Unit, asked: Iterable[Tag], vocabulary: Vocabulary) -> tuple[Agreement, ...]:
    """The agreement with each kind of asked term; several of one kind are alternatives: the best of them counts."""
    by_kind: dict[str, list[Agreement]] = {}
    for tag in asked:
        by_kind.setdefault(tag.kind, []).append(agreement(unit, tag, vocabulary))
    return tuple(max(found, key=lambda one: WEIGHTS[one]) for found in by_kind.values())
