"""Deadlines → groups that say one day of one thing, the best to quote first, with what each replaced. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.agreement import SECTOR_KINDS, fits
from assistant.cues import folded
from assistant.date_cues import WINDOW
from assistant.date_matching import narrow_sectors
from assistant.dated import Dated, DatedIndex
from assistant.understanding import Query
from index.dated_statements import agree
from index.deadline_subjects import lanes_held
from index.records import Deadline, Tag

_SAID_KINDS = frozenset({"milestone", "wave", "part"}) | SECTOR_KINDS


def grouped(deadlines: Iterable[Deadline], query: Query, index: DatedIndex) -> tuple[Dated, ...]:
    """The groups in the order of days."""
    ordered = sorted(deadlines, key=lambda one: worth(one, query, index))
    groups: list[list[Deadline]] = []
    for one in ordered:
        group = next((group for group in groups if _says_the_same(one, group[0], query, index)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    dated = [_dated(group, query, index) for group in groups]
    return tuple(sorted(dated, key=lambda one: (one.best.last_day, one.best.first_day, one.best.id)))


def _dated(group: Sequence[Deadline], query: Query, index: DatedIndex) -> Dated:
    best, ids = group[0], {one.id for one in group}
    replaced = [one for one in index.deadlines if one.replaced_by in ids and not agree(one, best)]
    former: list[Deadline] = []
    # Best what says the former day alone, then what is quoted anyway; last what says both days again elsewhere.
    says_both = {(one.document_id, one.span): 2 for one in group} | {(best.document_id, best.span): 1}

    def order(one: Deadline) -> tuple[object, ...]:
        return says_both.get((one.document_id, one.span), 0), worth(one, query, index)

    for one in sorted(replaced, key=order):
        if not any(agree(one, other) for other in former):
            former.append(one)
    return Dated(best, tuple(group[1:]), tuple(former))


def _says_the_same(one: Deadline, other: Deadline, query: Query, index: DatedIndex) -> bool:
    if not agree(one, other) or "conflict" in {one.status, other.status}:
        return False
    if (one.date_kind == "opens") != (other.date_kind == "opens"):
        return False
    asked = {tag for tag in query.tags if tag.kind == "milestone"}
    for kind in ("milestone", "wave", "part"):
        mine, theirs = ({tag for tag in d.tags if tag.kind == kind} for d in (one, other))
        is_apart = not any(fits(a, b, index.vocabulary) for a in mine for b in theirs)
        if mine and theirs and is_apart and not (mine & asked and theirs & asked):
            return False
        if kind == "milestone" and not asked and bool(mine) != bool(theirs):
            return False
    return _same_place(one, other, index)


def _same_place(one: Deadline, other: Deadline, index: DatedIndex) -> bool:
    """Whether both hold in the same lanes; a window or phase is one thing wherever it is told."""
    mine, theirs = place(one, index), place(other, index)
    have_part = all(any(tag.kind == "part" for tag in deadline.tags) for deadline in (one, other))
    return mine == theirs or (have_part and not (mine and theirs))


def place(deadline: Deadline, index: DatedIndex) -> frozenset[Tag]:
    """Where the deadline holds: its lanes, else its sectors as they are; empty for all."""
    lanes = lanes_held(deadline.tags, index.vocabulary)
    return lanes or frozenset(narrow_sectors(deadline, index.vocabulary))


def worth(deadline: Deadline, query: Query, index: DatedIndex) -> tuple[object, ...]:
    """The order of what to quote: precise, written in full, naming what is asked itself, with few other dates."""
    digits = sum(c.isdigit() for c in deadline.span.quote) - sum(c.isdigit() for c in deadline.mention.quote)
    unsaid = len(unsaid_tags(deadline, index, [tag for tag in query.tags if tag.kind in _SAID_KINDS]))
    wants_window = bool(WINDOW.search(folded(query.text)))
    return (
        deadline.status != "in_force",
        wants_window and deadline.precision != "range",
        deadline.date_kind not in ("opens", "closes"),
        any(tag.kind == "part" and tag not in query.tags for tag in deadline.tags),
        deadline.hour is None,
        deadline.year_inferred,
        unsaid + digits // 5 + len(deadline.span.quote) // 160,
        index.documents[deadline.document_id].evidence.authority,
        deadline.id,
    )


def unsaid_tags(deadline: Deadline, index: DatedIndex, wanted: Iterable[Tag]) -> tuple[Tag, ...]:
    """The terms that the deadline is about among those wanted, or within them, and that its quotation does not name."""
    said = " ; ".join((deadline.span.quote, *(header.quote for header in deadline.headers)))
    vocabulary = index.vocabulary
    named = {tag for mention in vocabulary.find(said) for tag in mention.tags}
    named |= {up for tag in named for up in vocabulary.belonging(tag)}
    return tuple(tag for tag in wanted if tag not in named)
