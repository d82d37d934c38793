"""Pure: « prévue au 13 juin, est reportée au 26 septembre » speaks of a last day where the calendar gives one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index.dated_statements import Statement, agree
from index.deadline_subjects import key_of
from index.records import DateKind, Tag
from index.vocabulary import Vocabulary


def with_kinds_of_moved(statements: Sequence[Statement], vocabulary: Vocabulary) -> list[Statement]:
    """The statements in the same order; an expected date that was moved opens or closes what its first day did."""
    stated: dict[Tag, list[Statement]] = defaultdict(list)
    expected: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for one in statements:
        if one.deadline.date_kind == "expected":
            expected[_sentence(one)].append(one)
        elif one.deadline.date_kind in ("opens", "closes"):
            for tag in _milestones(one):
                stated[tag].append(one)
    moved = {name: group for name, group in expected.items() if any(one.moved for one in group)}
    kinds = {name: _kind(group, stated, vocabulary) for name, group in moved.items()}
    return [_with_kind(one, kinds.get(_sentence(one))) for one in statements]


def _sentence(statement: Statement) -> tuple[object, ...]:
    return statement.deadline.document_id, statement.deadline.span


def _milestones(statement: Statement) -> list[Tag]:
    return [tag for tag in statement.deadline.tags if tag.kind == "milestone"]


def _kind(group: Sequence[Statement], stated: dict[Tag, list[Statement]], vocabulary: Vocabulary) -> DateKind | None:
    """The kind of what says the day before the move, of the same thing; None when nothing does."""
    for one in group:
        key = key_of(one.deadline, vocabulary)
        for other in (other for tag in _milestones(one) for other in stated[tag]):
            theirs = key_of(other.deadline, vocabulary)
            is_same = all(not key[kind] or not theirs[kind] or key[kind] & theirs[kind] for kind in key)
            if is_same and one.moved != "to" and agree(one.deadline, replace(other.deadline, date_kind="expected")):
                return other.deadline.date_kind
    return None


def _with_kind(statement: Statement, kind: DateKind | None) -> Statement:
    if kind is None or statement.deadline.date_kind != "expected":
        return statement
    return replace(statement, deadline=replace(statement.deadline, date_kind=kind))
