"""The writer for dates: the deadlines that a query asks for, the one in force first, then what it replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.agreement import SECTOR_KINDS, fits
from assistant.cues import folded
from assistant.drafts import Claim, Quotation
from assistant.understanding import Query
from index.dating import format_interval
from index.records import Deadline, DocumentInfo, Passage, Tag
from index.vocabulary import Vocabulary

_OPENING = re.compile(r"\bouv(?:re|rira|erture|ert)|\bdebut|\bcommenc|\ba partir d|\bdemarr|\blanc|\bopen|\bdepuis quand|\bdes quand")
_CLOSING = re.compile(r"\blimite|\bau plus tard|\bavant\b|\bjusqu|\bfin\b|\bclo[ts]|\bclotur|\bferm|\bdernier|\bdelai|\becheance|\bdeadline|\bexpir")
_DIGITS = re.compile(r"\d")
_CALENDAR_KINDS = ("opens", "closes", "takes_place", "expected")


@dataclass(frozen=True, slots=True)
class Dated:
    """Deadlines that say the same thing of the same subject; `best` is the one quoted, `former` what it replaced."""

    best: Deadline
    former: tuple[Deadline, ...]


def asked_deadlines(
    query: Query, deadlines: Sequence[Deadline], documents: Mapping[str, DocumentInfo], vocabulary: Vocabulary
) -> tuple[Dated, ...]:
    """What the corpus dates of what the query names, each subject and day once, in the order of days.

    Where the query names a sector, the statements nearest to it stand for the more general ones. Replaced statements are
    only given behind what replaces them.
    """
    matching = [deadline for deadline in deadlines if _matches(deadline, query, vocabulary)]
    kind = _kind(query)
    if kind is not None and any(deadline.date_kind == kind for deadline in matching):
        matching = [deadline for deadline in matching if deadline.date_kind == kind]
    nearest = _nearest_sector([deadline for deadline in matching if deadline.status != "replaced"], query, vocabulary)
    return _grouped(nearest, deadlines, documents)


def _matches(deadline: Deadline, query: Query, vocabulary: Vocabulary) -> bool:
    if deadline.date_kind not in _CALENDAR_KINDS or deadline.mention.quote == "":
        return False
    for kind in ("wave", "part", "milestone", "programme"):
        asked = query.of_kind(kind)
        own = [tag for tag in deadline.tags if tag.kind == kind]
        if not asked or (kind == "programme" and not own):
            continue
        if not any(fits(tag, wish, vocabulary) for tag in own for wish in asked):
            return False
    return _sector_tier(deadline, query, vocabulary) is not None


def _sector_tier(deadline: Deadline, query: Query, vocabulary: Vocabulary) -> int | None:
    """How near the deadline is to the sector asked: 3 names it, 2 something within it, 1 what it is within, 0 general.

    None when it is about another sector.
    """
    asked = query.of_kind(*SECTOR_KINDS)
    own = [tag for tag in deadline.tags if tag.kind in SECTOR_KINDS]
    if not asked:
        return 0
    if any(wish in own for wish in asked):
        return 3 if _names_nothing_else(own, asked, vocabulary) else None
    if any(wish in vocabulary.belonging(tag) for tag in own for wish in asked):
        return 2
    if any(tag in vocabulary.belonging(wish) for tag in own for wish in asked):
        return 1 if _names_nothing_else(own, asked, vocabulary) else None
    return None if own else 0


def _names_nothing_else(own: Sequence[Tag], asked: Sequence[Tag], vocabulary: Vocabulary) -> bool:
    """Whether every narrower sector that the deadline names can be said of what was asked."""
    return all(any(vocabulary.related(tag, wish) for wish in asked) for tag in own if tag.kind == "software") or any(
        tag in asked for tag in own if tag.kind == "software"
    )


def _nearest_sector(deadlines: Sequence[Deadline], query: Query, vocabulary: Vocabulary) -> list[Deadline]:
    tiers = {deadline.id: _sector_tier(deadline, query, vocabulary) or 0 for deadline in deadlines}
    best = max(tiers.values(), default=0)
    floor = 2 if best >= 2 else best
    return [deadline for deadline in deadlines if tiers[deadline.id] >= floor]


def _kind(query: Query) -> str | None:
    text = folded(query.text)
    if _CLOSING.search(text):
        return "closes"
    return "opens" if _OPENING.search(text) else None


def _grouped(
    chosen: Iterable[Deadline], every: Sequence[Deadline], documents: Mapping[str, DocumentInfo]
) -> tuple[Dated, ...]:
    groups: dict[tuple[object, ...], list[Deadline]] = {}
    for deadline in chosen:
        groups.setdefault(_subject(deadline), []).append(deadline)
    dated = []
    for group in groups.values():
        best = min(group, key=lambda deadline: _worth(deadline, documents))
        ids = {deadline.id for deadline in group}
        former = [d for d in every if d.replaced_by in ids and (d.first_day, d.last_day) != (best.first_day, best.last_day)]
        days = {(d.first_day, d.last_day): d for d in sorted(former, key=lambda d: _worth(d, documents), reverse=True)}
        dated.append(Dated(best, tuple(days.values())))
    return tuple(sorted(dated, key=lambda one: (one.best.last_day, one.best.id)))


def _subject(deadline: Deadline) -> tuple[object, ...]:
    kinds = ("wave", "part", "milestone", *sorted(SECTOR_KINDS))
    tags = tuple(sorted(tag for tag in deadline.tags if tag.kind in kinds))
    return (deadline.first_day, deadline.last_day, tags)


def _worth(deadline: Deadline, documents: Mapping[str, DocumentInfo]) -> tuple[object, ...]:
    """The order of what to quote: the most precise, the narrowest quotation, the highest authority."""
    others = len(_DIGITS.findall(deadline.span.quote)) - len(_DIGITS.findall(deadline.mention.quote))
    return (
        deadline.status != "in_force",
        deadline.hour is None,
        deadline.year_inferred,
        others,
        documents[deadline.document_id].evidence.authority,
        deadline.id,
    )


def quotation_of(deadline: Deadline, *, replaced_by: Quotation | None = None) -> Quotation:
    """The deadline's sentence or row as a quotation."""
    return Quotation(
        deadline.document_id,
        deadline.passage_id,
        deadline.span,
        deadline.headers,
        is_current=deadline.status != "replaced",
        replaced_by=replaced_by,
    )


def label(deadline: Deadline, vocabulary: Vocabulary) -> str:
    """What the date is about, in the vocabulary's labels: « Solde · Vague 1 · Officine »."""
    kinds = ("milestone", "part", "wave", "lane", "software", "profession")
    ordered = sorted((tag for tag in deadline.tags if tag.kind in kinds), key=lambda tag: kinds.index(tag.kind))
    return " · ".join(vocabulary.label(tag) for tag in ordered)


def date_text(deadline: Deadline) -> str:
    """The date in French at its precision."""
    return format_interval(deadline.first_day, deadline.last_day, deadline.precision, deadline.hour)


def dated_text(deadline: Deadline, passage: Passage) -> str:
    """The date as a sentence of the document's own words: the sentence, or « row header — column header : cell »."""
    if passage.kind == "prose":
        return plain(deadline.span.quote)
    place = deadline.mention
    column = next((n for n, c in enumerate(passage.cells) if c.page == place.page and c.start <= place.start < c.end), 0)
    cell, header = passage.cells[column], passage.headers[column]
    head = next((c.quote for n, c in enumerate(passage.cells) if c.quote and n != column), "")
    heading = header.quote if header is not None else ""
    subject = " — ".join(part for part in (head, heading) if part)
    return f"{subject} : {cell.quote}" if subject else cell.quote


def plain(quote: str) -> str:
    """A quotation as one line of text, without the mark of a list item."""
    return " ".join(quote.split()).removeprefix("- ").removeprefix("• ")


def claim_of(deadline: Deadline, text: str, *, replaced_by: Quotation | None = None) -> Claim:
    """The claim that a deadline proves."""
    return Claim(text, (quotation_of(deadline, replaced_by=replaced_by),))
