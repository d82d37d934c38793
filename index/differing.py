"""What two open generations hold that is not the same: an answer that rests on none of it has no cause to change."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from index.records import Deadline, Fact, Tag
from index.searching import Index

# What else than documents makes a generation; what differs in one of these may change any answer.
_OF_ALL = ("code", "programme", "model", "phrasings")


@dataclass(frozen=True, slots=True)
class Differing:
    """What only one of two generations holds, the former and the next, or what else is said of in each.

    `passages` are ids; `came` are the rows of those that are new in the next. `dated` are the terms of each deadline
    and sum that only one holds, `words` the stems that only one knows; `is_other_vocabulary` says that a question may
    be understood otherwise.
    """

    passages: frozenset[str]
    came: tuple[int, ...]
    dated: frozenset[frozenset[Tag]]
    words: frozenset[str]
    is_other_vocabulary: bool


def differing(former: Index, coming: Index) -> Differing | None:
    """What differs; None when the program, the model or the programme does, which may change any answer."""
    one, other = former.manifest["inputs"], coming.manifest["inputs"]
    if any(one.get(name) != other.get(name) for name in _OF_ALL):
        return None
    before, after = _passages(former, coming), _passages(coming, former)
    gone, came = ([row for said, row in a.items() if said not in b] for a, b in ((before, after), (after, before)))
    told = (_stated(former), _stated(coming))
    stated = [one for a, b in (told, told[::-1]) for said, one in a.items() if said not in b]
    touched = {former.passages[row].id for row in gone} | {coming.passages[row].id for row in came}
    touched |= {one.passage_id for one in stated}
    touched |= {passage.id for name in _described_otherwise(former, coming) for passage in former.passages_of(name)}
    return Differing(
        passages=frozenset(touched),
        came=tuple(came),
        dated=frozenset(terms for one in stated if (terms := _terms(one)) is not None),
        words=_only_in(former, gone, coming) | _only_in(coming, came, former),
        is_other_vocabulary=former.vocabulary.terms != coming.vocabulary.terms
        or former.vocabulary.acronyms != coming.vocabulary.acronyms,
    )


def _passages(index: Index, other: Index) -> dict[Hashable, int]:
    """What each passage says, wherever it stands, with its row; documents that are alike in both are left out."""
    is_tagged_alike = index.manifest["inputs"].get("tagging") == other.manifest["inputs"].get("tagging")
    alike = {one["id"]: one["content_hash"] for one in other.manifest["documents"]} if is_tagged_alike else {}
    found: dict[Hashable, int] = {}
    for one in index.manifest["documents"]:
        if alike.get(one["id"]) != one["content_hash"]:
            for row in range(one["first"], one["first"] + one["passages"]):
                passage = index.passages[row]
                found[passage.id, passage.searchable, passage.tags, passage.context_tags] = row
    return found


def _described_otherwise(former: Index, coming: Index) -> list[str]:
    """The documents of both of which the manifest, or what replaces them, says something else."""
    return [
        name
        for name, info in former.documents.items()
        if name in coming.documents
        and (info != coming.documents[name] or former.ends.get(name) != coming.ends.get(name))
    ]


def _stated(index: Index) -> dict[Hashable, Deadline | Fact]:
    """What each deadline and fact says, wherever it stands, with its record."""
    deadlines: dict[Hashable, Deadline | Fact] = {
        (one.id, one.passage_id, one.first_day, one.last_day, one.hour, one.date_kind, one.tags, *_standing(one)): one
        for one in index.deadlines
    }
    return deadlines | {
        (one.id, one.passage_id, one.about, one.period, one.value, *_standing(one)): one for one in index.facts
    }


def _standing(stated: Deadline | Fact) -> tuple[str, str | None, tuple[str, ...]]:
    return stated.status, stated.replaced_by, stated.conflicts_with


def _terms(stated: Deadline | Fact) -> frozenset[Tag] | None:
    """What a day or a sum is of; None for a meaning, which is found by its passage alone."""
    if isinstance(stated, Deadline):
        return frozenset(stated.tags)
    return frozenset(stated.about) if stated.kind in ("total", "cost") else None


def _only_in(index: Index, rows: Iterable[int], other: Index) -> frozenset[str]:
    """The stems of these passages that no passage of the other generation holds."""
    return frozenset(stem for row in rows for stem in index.keywords.stems_of(row) if not other.has_stem(stem))
