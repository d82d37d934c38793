"""Pure: which dated statements are replaced or contested, and by what: every pair with something to decide, in turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from index.dated_statements import Statement, agree
from index.deadline_subjects import Key, shape
from index.records import Deadline, DeadlineStatus, DocumentInfo, Settled, TagKind
from index.replacing import Court, is_decided
from index.vocabulary import Vocabulary

# What tells most statements of a step apart; a few terms of each are named at once at most.
_TELLING_KINDS: tuple[TagKind, ...] = ("milestone", "wave", "software", "lane")


def decide(
    statements: Sequence[Statement], documents: Mapping[str, DocumentInfo], vocabulary: Vocabulary,
    settled: Sequence[Settled] = (),
) -> tuple[Deadline, ...]:  # fmt: skip
    """The deadlines in the same order with `status`, `replaced_by` and `conflicts_with`.

    `replaced_by` leads to the statement that stands at the end of the chain. Statements that agree all stay in force.
    What a sentence calls off is replaced by nothing, and by that sentence where others say it.
    """
    court = Court(documents, vocabulary, settled)
    replaced: dict[int, set[int]] = defaultdict(set)
    conflicts: dict[int, set[int]] = defaultdict(set)
    for first, second in _pairs(statements, settled, court):
        verdict = court.verdict(statements[first], statements[second])
        if verdict == "first":
            replaced[second].add(first)
        elif verdict == "second":
            replaced[first].add(second)
        elif verdict == "conflict":
            conflicts[first].add(second)
            conflicts[second].add(first)
    for older, newer in _left_days(statements, replaced, court):
        replaced[older].add(newer)
    ends = {number: standing_ends(number, replaced) for number in replaced}
    off = _called_off(statements, court)
    decided: list[Deadline] = []
    for number, statement in enumerate(statements):
        standing = ends.get(number)
        # What was said, moved and moved back stands again.
        if standing and not any(agree(statement.deadline, statements[other].deadline) for other in standing):
            best = min(standing, key=lambda n: court.rank(statements[n].deadline, statement.deadline))
            decided.append(replace(statement.deadline, status="replaced", replaced_by=statements[best].deadline.id))
            continue
        if number in off:
            by = None if off[number] == number else statements[off[number]].deadline.id
            decided.append(replace(statement.deadline, status="replaced", replaced_by=by))
            continue
        others = sorted(
            statements[other].deadline.id for other in conflicts[number] - off.keys() if not ends.get(other)
        )
        status: DeadlineStatus = "conflict" if others else "in_force"
        decided.append(replace(statement.deadline, status=status, conflicts_with=tuple(others)))
    return tuple(decided)


def _pairs(statements: Sequence[Statement], settled: Sequence[Settled], court: Court) -> list[tuple[int, int]]:
    """Pairs between which there is something to decide: of a sentence, decided by hand, or about the same step."""
    buckets: dict[object, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        deadline = statement.deadline
        buckets[deadline.document_id, deadline.span].append(number)
        for decision in settled:
            if is_decided(deadline, decision):
                buckets[decision].append(number)
    pairs = {pair for numbers in buckets.values() for pair in combinations(numbers, 2)}
    return sorted(pairs | _covering_pairs([court.key(statement.deadline) for statement in statements], statements))


def _left_days(
    statements: Sequence[Statement], replaced: Mapping[int, set[int]], court: Court
) -> Iterator[tuple[int, int]]:
    """What names no step and says elsewhere the day that a sentence moves, of the same wave and sector.

    Without a milestone nothing but the day tells that both are about one thing: it must be the day that was left.
    """
    by_day: dict[object, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        by_day[statement.deadline.date_kind, statement.deadline.last_day].append(number)
    for left, newer in [(left, newer) for left, ends in replaced.items() for newer in ends]:
        one = statements[left].deadline
        key = court.key(one)
        is_told = (key["wave"] or key["part"]) and (key["lane"] or key["software"])
        if key["milestone"] or not is_told or one.span != statements[newer].deadline.span:
            continue
        for number in by_day[one.date_kind, one.last_day]:
            other = statements[number].deadline
            if number != left and court.key(other) == key and court.is_older(other, one):
                yield number, newer


def _called_off(statements: Sequence[Statement], court: Court) -> dict[int, int]:
    """What a sentence calls off, with itself; and with it what older sentences say of that day and step."""
    off = {number: number for number, statement in enumerate(statements) if statement.moved == "off"}
    by_step: dict[object, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements if off else ()):
        for tag in court.key(statement.deadline)["milestone"]:
            by_step[tag].append(number)
    for number in tuple(off):
        one = statements[number].deadline
        key = court.key(one)
        for other in (other for tag in key["milestone"] for other in by_step[tag]):
            theirs = statements[other].deadline
            is_same = court.key(theirs) == key and (theirs.first_day, theirs.last_day) == (one.first_day, one.last_day)
            if is_same and (theirs.document_id == one.document_id or court.is_older(theirs, one)):
                off.setdefault(other, number)
    return off


def _covering_pairs(keys: Sequence[Key], statements: Sequence[Statement]) -> set[tuple[int, int]]:
    """Pairs of which one may be about all that the other is about, in the same way; some of them prove not to be.

    Whatever covers a statement has, of each kind, all of its terms: the least of them leads to it. Comparing every
    two statements of a step instead took a minute for a thousand documents.
    """
    covering: dict[object, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        for terms in product(*(key[kind] or (None,) for kind in _TELLING_KINDS)) if key["milestone"] else ():
            covering[statements[number].deadline.date_kind, shape(key), terms].append(number)
    pairs: set[tuple[int, int]] = set()
    for number, key in enumerate(keys):
        least = tuple(min(key[kind], default=None) for kind in _TELLING_KINDS)
        found = covering.get((statements[number].deadline.date_kind, shape(key), least), ())
        pairs.update((min(number, other), max(number, other)) for other in found if other != number)
    return pairs


def standing_ends(number: int, replaced: Mapping[int, set[int]]) -> set[int]:
    """The statements at the end of the chains that replace one; empty when nothing replaces it."""
    seen: set[int] = set()
    ends: set[int] = set()
    open_numbers = list(replaced.get(number, ()))
    while open_numbers:
        one = open_numbers.pop()
        if one in seen or one == number:
            continue
        seen.add(one)
        following = replaced.get(one)
        if following:
            open_numbers.extend(following)
        else:
            ends.add(one)
    return ends
