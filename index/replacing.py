"""Pure: which of two dated statements stands in the place of the other, or whether they contradict each other.

Without a milestone nothing says what is dated, and only « reporté au » in the same sentence or a decision by hand
counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.dated_statements import PRECISIONS, Statement, agree
from index.deadline_subjects import Key, covers, key_of
from index.records import Deadline, DocumentInfo, Settled, Source
from index.vocabulary import Vocabulary


class Court:
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
            covers(self.key(other), self.key(one)),
            covers(self.key(one), self.key(other)),
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

    def is_older(self, one: Deadline, other: Deadline) -> bool:
        """Whether the first stands in another document, dated wholly before that of the second."""
        documents = (self.documents[other.document_id], self.documents[one.document_id])
        return documents[0].id != documents[1].id and _is_after(documents[0].evidence, documents[1].evidence)

    def rank(self, standing: Deadline, replaced: Deadline) -> tuple[bool, int, int, int]:
        """Lower is better to name in the place of `replaced`: of the same sentence, precise, of authority, recent."""
        source = self.documents[standing.document_id].evidence
        is_apart = (standing.document_id, standing.span) != (replaced.document_id, replaced.span)
        day = source.published.last.toordinal() if source.published else 0
        return is_apart, PRECISIONS.index(standing.precision), source.authority, -day

    def _by_hand(self, one: Deadline, other: Deadline) -> str:
        for decision in self.settled:
            if is_decided(one, decision) and is_decided(other, decision):
                if decision.in_force in _days(one) and decision.replaced in _days(other):
                    return "first"
                if decision.in_force in _days(other) and decision.replaced in _days(one):
                    return "second"
        return ""

    @staticmethod
    def _in_one_sentence(first: Statement, second: Statement) -> str:
        """« reporté du … au … » replaces; dates that a sentence merely lists stand side by side."""
        one, other = first.deadline, second.deadline
        is_one_step = set(one.tags) <= set(other.tags) or set(other.tags) <= set(one.tags)
        if not is_one_step or {one.date_kind, other.date_kind} == {"opens", "closes"}:
            return "apart"
        if (first.moved, second.moved) == ("from", "to"):
            return "second"
        return "first" if (first.moved, second.moved) == ("to", "from") else "apart"

    def _replaces(self, new: Statement, old: Statement) -> bool:
        """Whether the documents, their dates and ranks, or the words « reporté au » put `new` in the place of `old`."""
        mine, others = self.documents[new.deadline.document_id], self.documents[old.deadline.document_id]
        if new.moved in ("from", "off"):
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


def is_decided(deadline: Deadline, decision: Settled) -> bool:
    """Whether a decision by hand is about this deadline: its terms, its kind, one of its days."""
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
