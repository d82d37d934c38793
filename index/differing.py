"""What two open generations hold that is not the same: an answer that rests on none of it has no cause to change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.records import Deadline, Fact, Tag
from index.searching import Index

# What else than documents makes a generation; what differs in one of these may change any answer.
_OF_ALL = ("code", "programme", "model")


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
    before, after = _lines(former, coming), _lines(coming, former)
    gone, came = ([row for line, row in a.items() if line not in b] for a, b in ((before, after), (after, before)))
    stated = _stated(former) ^ _stated(coming)
    touched = {former.passages[row].id for row in gone} | {coming.passages[row].id for row in came}
    touched |= {one.passage_id for one in stated}
    touched |= {passage.id for name in _described_otherwise(former, coming) for passage in former.passages_of(name)}
    return Differing(
        passages=frozenset(touched),
        came=tuple(came),
        dated=frozenset(_terms(one) for one in stated),
        words=_only_in(former, gone, coming) | _only_in(coming, came, former),
        is_other_vocabulary=former.vocabulary.terms != coming.vocabulary.terms
        or former.vocabulary.acronyms != coming.vocabulary.acronyms,
    )


def _lines(index: Index, other: Index) -> dict[bytes, int]:
    """The passages as written, with their rows; not those of documents that are alike in both, tagged alike."""
    is_tagged_alike = index.manifest["inputs"].get("tagging") == other.manifest["inputs"].get("tagging")
    alike = {one["id"]: one["content_hash"] for one in other.manifest["documents"]} if is_tagged_alike else {}
    return {
        index.passages.line(row): row
        for one in index.manifest["documents"]
        if alike.get(one["id"]) != one["content_hash"]
        for row in range(one["first"], one["first"] + one["passages"])
    }


def _described_otherwise(former: Index, coming: Index) -> list[str]:
    """The documents of both of which the manifest, or what replaces them, says something else."""
    return [
        name
        for name, info in former.documents.items()
        if name in coming.documents
        and (info != coming.documents[name] or former.ends.get(name) != coming.ends.get(name))
    ]


def _stated(index: Index) -> frozenset[Deadline | Fact]:
    return frozenset((*index.deadlines, *index.facts))


def _terms(stated: Deadline | Fact) -> frozenset[Tag]:
    return frozenset(stated.tags if isinstance(stated, Deadline) else stated.about)


def _only_in(index: Index, rows: Iterable[int], other: Index) -> frozenset[str]:
    """The stems of these passages that no passage of the other generation holds."""
    return frozenset(stem for row in rows for stem in index.keywords.stems_of(row) if not other.has_stem(stem))
