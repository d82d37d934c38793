"""Pure: which dated statement replaces which, which agree, and where documents contradict each other.

Two statements are about the same thing when programme, wave, part, software (lane, when neither names one), profession,
milestone and kind of date are equal; several terms of a kind are several statements in one, so that a statement about
two lanes also replaces that of one of them. Without a milestone nothing says what is dated, and only « reporté au » in
the same sentence or a decision by hand counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from index.dating_atoms import Moved
from index.records import Deadline, DeadlineStatus, DocumentInfo, Precision, Settled, Source, Tag, TagKind
from index.vocabulary import Vocabulary

_KEY_KINDS: tuple[TagKind, ...] = ("programme", "wave", "part", "profession", "milestone")
# What tells most statements of a step apart; a few terms of each are named at once at most.
_TELLING_KINDS: tuple[TagKind, ...] = ("milestone", "wave", "software", "lane")
_PRECISIONS: tuple[Precision, ...] = ("hour", "day", "range", "month", "season", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Statement:
    """A deadline whose status is not yet decided, and whether its sentence says that it was moved."""

    deadline: Deadline
    moved: Moved = ""


def decide(
    statements: Sequence[Statement], documents: Mapping[str, DocumentInfo], vocabulary: Vocabulary,
    settled: Sequence[Settled] = (),
) -> tuple[Deadline, ...]:  # fmt: skip
    """The deadlines in the same order with `status`, `replaced_by` and `conflicts_with`.

    `replaced_by` leads to the statement that stands at the end of the chain. Statements that agree all stay in force.
    """
    court = _Court(documents, vocabulary, settled)
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
    ends = {number: standing_ends(number, replaced) for number in replaced}
    decided: list[Deadline] = []
    for number, statement in enumerate(statements):
        standing = ends.get(number)
        # What was said, moved and moved back stands again.
        if standing and not any(agree(statement.deadline, statements[other].deadline) for other in standing):
            best = min(standing, key=lambda n: court.rank(statements[n].deadline, statement.deadline))
            decided.append(replace(statement.deadline, status="replaced", replaced_by=statements[best].deadline.id))
            continue
        others = sorted(statements[other].deadline.id for other in conflicts[number] if not ends.get(other))
        status: DeadlineStatus = "conflict" if others else "in_force"
        decided.append(replace(statement.deadline, status=status, conflicts_with=tuple(others)))
    return tuple(decided)


Key = dict[str, frozenset[Tag]]


def about_same_thing(first: Deadline, second: Deadline, vocabulary: Vocabulary) -> bool:
    """Whether all that `first` is about, `second` is about too, and both date the same step in the same way."""
    return first.date_kind == second.date_kind and _covers(key_of(second, vocabulary), key_of(first, vocabulary))


def _covers(outer: Key, inner: Key) -> bool:
    for kind, terms in inner.items():
        others = outer[kind]
        if not terms <= others or bool(terms) != bool(others):
            return False
    return True


def agree(first: Deadline, second: Deadline) -> bool:
    """Whether both say the same day, perhaps one of them less precisely."""
    if first.hour and second.hour and first.hour != second.hour:
        return False
    same_edge = {"closes": first.last_day == second.last_day, "opens": first.first_day == second.first_day}
    if "range" in {first.precision, second.precision} and first.date_kind in same_edge:
        return same_edge[first.date_kind]
    if first.precision == second.precision:
        return (first.first_day, first.last_day) == (second.first_day, second.last_day)
    inner, outer = sorted((first, second), key=lambda one: one.last_day - one.first_day)
    return outer.first_day <= inner.first_day and inner.last_day <= outer.last_day


def most_precise(deadlines: Iterable[Deadline]) -> Deadline:
    """The one to quote among deadlines that agree: the most precise, a written year before an inferred one."""
    return min(deadlines, key=_preference)


def _preference(deadline: Deadline) -> tuple[bool, int, bool]:
    return deadline.status == "replaced", _PRECISIONS.index(deadline.precision), deadline.year_inferred


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


def _pairs(statements: Sequence[Statement], settled: Sequence[Settled], court: _Court) -> list[tuple[int, int]]:
    """Pairs between which there is something to decide: of a sentence, decided by hand, or about the same step."""
    buckets: dict[object, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        deadline = statement.deadline
        buckets[deadline.document_id, deadline.span].append(number)
        for decision in settled:
            if _is_decided(deadline, decision):
                buckets[decision].append(number)
    pairs = {pair for numbers in buckets.values() for pair in combinations(numbers, 2)}
    return sorted(pairs | _covering_pairs([court.key(statement.deadline) for statement in statements], statements))


def _covering_pairs(keys: Sequence[Key], statements: Sequence[Statement]) -> set[tuple[int, int]]:
    """Pairs of which one may be about all that the other is about, in the same way; some of them prove not to be.

    Whatever covers a statement has, of each kind, all of its terms: the least of them leads to it. Comparing every
    two statements of a step instead took a minute for a thousand documents.
    """
    covering: dict[object, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        for terms in product(*(key[kind] or (None,) for kind in _TELLING_KINDS)) if key["milestone"] else ():
            covering[statements[number].deadline.date_kind, _shape(key), terms].append(number)
    pairs: set[tuple[int, int]] = set()
    for number, key in enumerate(keys):
        least = tuple(min(key[kind], default=None) for kind in _TELLING_KINDS)
        found = covering.get((statements[number].deadline.date_kind, _shape(key), least), ())
        pairs.update((min(number, other), max(number, other)) for other in found if other != number)
    return pairs


def _shape(key: Key) -> tuple[bool, ...]:
    return tuple(bool(key[kind]) for kind in sorted(key))


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


def _is_decided(deadline: Deadline, decision: Settled) -> bool:
    is_kind = decision.date_kind in (None, deadline.date_kind)
    return (
        is_kind
        and set(decision.tags) <= set(deadline.tags)
        and bool(_days(deadline) & {decision.in_force, decision.replaced})
    )


def _days(deadline: Deadline) -> frozenset[str]:
    """How a decision by hand may write the deadline's days."""
    first, last = deadline.first_day.isoformat(), deadline.last_day.isoformat()
    length = {"month": 7, "year": 4}.get(deadline.precision, 10)
    return frozenset(
        {last if first == last else f"{first}/{last}", last, first, last[:length], f"{first[:4]}-{last[:4]}"}
    )


class _Court:
    """Decides between two statements; the first rule that applies counts."""

    def __init__(
        self, documents: Mapping[str, DocumentInfo], vocabulary: Vocabulary, settled: Sequence[Settled]
    ) -> None:
        self.documents = documents
        self.vocabulary = vocabulary
        self.settled = settled
        self._keys: dict[str, Key] = {}

    def verdict(self, first: Statement, second: Statement) -> str:
        """« first » or « second » is in force and replaces the other; else « agree », « conflict » or « apart »."""
        one, other = first.deadline, second.deadline
        by_hand = self._by_hand(one, other)
        if by_hand:
            return by_hand
        if agree(one, other):
            return "agree"
        # A document does not contradict itself: its two dates are about things that the terms do not tell apart.
        is_one_document = one.document_id == other.document_id
        if (one.document_id, one.span) == (other.document_id, other.span):
            return self._in_one_sentence(first, second)
        milestones = {tag for tag in one.tags if tag.kind == "milestone"}
        if not milestones:
            return "apart"
        if one.date_kind != other.date_kind:
            return "apart"
        covers_first, covers_second = (
            _covers(self.key(other), self.key(one)),
            _covers(self.key(one), self.key(other)),
        )
        if covers_first and self._replaces(second, first):
            return "second"
        if covers_second and self._replaces(first, second):
            return "first"
        return "conflict" if covers_first and covers_second and not is_one_document else "apart"

    def key(self, deadline: Deadline) -> Key:
        """What the deadline is about, by kind."""
        if deadline.id not in self._keys:
            self._keys[deadline.id] = key_of(deadline, self.vocabulary)
        return self._keys[deadline.id]

    def rank(self, standing: Deadline, replaced: Deadline) -> tuple[bool, int, int, int]:
        """Lower is better to name in the place of `replaced`: of the same sentence, precise, of authority, recent."""
        source = self.documents[standing.document_id].evidence
        is_apart = (standing.document_id, standing.span) != (replaced.document_id, replaced.span)
        day = source.published.last.toordinal() if source.published else 0
        return is_apart, _PRECISIONS.index(standing.precision), source.authority, -day

    def _by_hand(self, one: Deadline, other: Deadline) -> str:
        for decision in self.settled:
            if _is_decided(one, decision) and _is_decided(other, decision):
                if decision.in_force in _days(one) and decision.replaced in _days(other):
                    return "first"
                if decision.in_force in _days(other) and decision.replaced in _days(one):
                    return "second"
        return ""

    @staticmethod
    def _in_one_sentence(first: Statement, second: Statement) -> str:
        """« reporté du … au … » replaces; dates that a sentence merely lists stand side by side."""
        if set(first.deadline.tags) != set(second.deadline.tags):
            return "apart"
        if second.moved == "to" and first.moved != "to":
            return "second"
        if first.moved == "to" and second.moved == "from":
            return "first"
        return "apart"

    def _replaces(self, new: Statement, old: Statement) -> bool:
        """Whether the documents, their dates and ranks, or the words « reporté au » put `new` in the place of `old`."""
        mine, others = self.documents[new.deadline.document_id], self.documents[old.deadline.document_id]
        if new.moved == "from":
            return False
        if mine.id == others.id:
            return (new.moved == "to" and old.moved != "to") or old.moved == "from"
        if outdates(mine, others):
            return True
        if mine.id in others.replaces:
            return False
        is_older = _is_after(others.evidence, mine.evidence)
        says_so = (new.moved == "to" and old.moved != "to") or old.moved == "from"
        return says_so and mine.evidence.published is not None and not is_older


def outdates(mine: DocumentInfo, others: DocumentInfo) -> bool:
    """Whether what the first document says stands in the place of what the second says of the same thing.

    It says so itself, or its source is dated wholly after the other's and is of at least equal authority.
    """
    if others.id in mine.replaces or mine.id in others.replaces:
        return others.id in mine.replaces
    same_address = mine.evidence.url is not None and mine.evidence.url == others.evidence.url
    is_strong = same_address or mine.evidence.authority <= others.evidence.authority
    return is_strong and _is_after(mine.evidence, others.evidence)


def _is_after(one: Source, other: Source) -> bool:
    """Whether the source is dated wholly after the other; never when one of them is undated."""
    return one.published is not None and other.published is not None and one.published.first > other.published.last
