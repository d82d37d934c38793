"""Pure: a text that replaces the words of another dates what those words dated: the new day takes their terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from index.attribution import ABOUT_KINDS
from index.dated_statements import Statement, agree
from index.dating_amendments import amends, quoted_around
from index.dating_words import flatten
from index.deadline_subjects import key_of, lanes_held
from index.records import DateKind, Deadline, DocumentInfo, Tag
from index.vocabulary import Vocabulary


def with_subjects_of_amended(
    statements: Sequence[Statement], documents: Mapping[str, DocumentInfo], vocabulary: Vocabulary
) -> list[Statement]:
    """The statements in the same order; the days left and put by an amendment are about what its words were about.

    Amendments are read in the order of their documents: the second may change the words of the first.
    """
    found = list(statements)
    cited: dict[str, set[date]] = defaultdict(set)
    sentences: dict[tuple[str, int | None, int], list[int]] = defaultdict(list)
    for number, one in enumerate(statements):
        if one.deadline.date_kind == "published":
            cited[one.deadline.document_id].add(one.deadline.first_day)
        if one.moved and not _milestones(one.deadline):
            span = one.deadline.span
            sentences[one.deadline.document_id, span.page, span.start].append(number)
    for numbers in sorted(sentences.values(), key=lambda group: _day(found[group[0]], documents)):
        if amends(found[numbers[0]].deadline.span.quote):
            _amend(found, numbers, cited, documents, vocabulary)
    return found


def _amend(
    found: list[Statement], numbers: Sequence[int], cited: Mapping[str, set[date]],
    documents: Mapping[str, DocumentInfo], vocabulary: Vocabulary,
) -> None:  # fmt: skip
    """Gives the days of one sentence what they are about, each day that is left with the next that is put."""
    ordered = sorted(numbers, key=lambda number: found[number].deadline.mention.start)
    for number, following in pairwise(ordered):
        left, put = found[number], found[following]
        if (left.moved, put.moved) != ("from", "to"):
            continue
        older = _worded(left.deadline, (one.deadline for one in found), cited, documents, vocabulary)
        if older is not None:
            found[number], found[following] = _like(older, left), _like(older, put)


def _worded(
    left: Deadline, deadlines: Iterable[Deadline], cited: Mapping[str, set[date]],
    documents: Mapping[str, DocumentInfo], vocabulary: Vocabulary,
) -> Deadline | None:  # fmt: skip
    """The deadline whose words are replaced: of that day, of the text that is named, in the words that are quoted.

    None when several are left that date different steps.
    """
    words = quoted_around(left.span.quote, left.mention.start - left.span.start)
    mine = documents[left.document_id].evidence.published
    ranked: dict[int, list[Deadline]] = defaultdict(list)
    for one in deadlines:
        theirs = documents[one.document_id].evidence.published
        if one.document_id == left.document_id or (not _milestones(one) and one.date_kind not in ("opens", "closes")):
            continue
        if not agree(_as(one, left.date_kind), left) or (mine and theirs and theirs.first > mine.last):
            continue
        if _fit(left, one, vocabulary):
            is_cited = theirs is not None and theirs.first in cited.get(left.document_id, ())
            is_worded = bool(words) and words in " ".join(flatten(one.span.quote).split())
            ranked[is_cited + is_worded].append(one)
    best = ranked[max(ranked)] if ranked else []
    best = [one for one in best if _milestones(one)] or best
    is_one = len({(_milestones(one), one.date_kind) for one in best}) == 1
    return min(best, key=lambda one: documents[one.document_id].evidence.authority) if is_one else None


def _fit(one: Deadline, other: Deadline, vocabulary: Vocabulary) -> bool:
    """Whether nothing that both name sets them apart."""
    mine, theirs = key_of(one, vocabulary), key_of(other, vocabulary)
    mine["lane"], theirs["lane"] = (lanes_held(deadline.tags, vocabulary) for deadline in (one, other))
    return all(not mine[kind] or not theirs[kind] or mine[kind] & theirs[kind] for kind in mine)


def _like(older: Deadline, statement: Statement) -> Statement:
    own = statement.deadline
    kinds = {tag.kind for tag in own.tags}
    tags = (*own.tags, *(tag for tag in older.tags if tag.kind in ABOUT_KINDS and tag.kind not in kinds))
    return replace(statement, deadline=replace(own, tags=tags, date_kind=older.date_kind))


def _as(deadline: Deadline, kind: DateKind) -> Deadline:
    return replace(deadline, date_kind=kind)


def _milestones(deadline: Deadline) -> frozenset[Tag]:
    return frozenset(tag for tag in deadline.tags if tag.kind == "milestone")


def _day(statement: Statement, documents: Mapping[str, DocumentInfo]) -> date:
    published = documents[statement.deadline.document_id].evidence.published
    return published.last if published else date.min
