"""Passages → deadlines: each dated sentence or table cell, what it is about, and which replaces which. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from index.amending import with_subjects_of_amended
from index.attribution import TermReader
from index.dated_frames import Around, Sentence, goes_on, lead_of, sentences_of, title_kinds
from index.dated_rows import row_statements
from index.dated_sentences import sentence_statements
from index.dated_statements import Statement, agree, most_precise
from index.deadline_subjects import about_same_thing, key_of, lanes_left_out
from index.moved_dates import with_kinds_of_moved
from index.records import Deadline, DocumentInfo, Passage, Settled, Tag, TagKind
from index.superseding import decide
from index.vocabulary import Vocabulary

__all__ = ["about", "collect", "describe", "in_force", "open_or_close", "settle", "standing", "statements_of"]

_LABEL_KINDS: tuple[TagKind, ...] = (
    "milestone",
    "service",
    "software",
    "lane",
    "profession",
    "part",
    "wave",
    "programme",
)
_SECTOR_KINDS = frozenset({"lane", "software", "profession"})


def collect(
    passages: Sequence[Passage],
    documents: Mapping[str, DocumentInfo],
    vocabulary: Vocabulary,
    settled: Sequence[Settled] = (),
) -> tuple[Deadline, ...]:
    """Every resolved date of the passages, which come in reading order; `documents` are by id."""
    reader = TermReader(vocabulary)
    by_document: dict[str, list[Passage]] = {}
    for passage in passages:
        by_document.setdefault(passage.document_id, []).append(passage)
    stated = [one for name, own in by_document.items() for one in statements_of(own, documents[name], reader)]
    return settle(stated, documents, vocabulary, settled)


def statements_of(passages: Sequence[Passage], info: DocumentInfo, reader: TermReader) -> tuple[Statement, ...]:
    """The dated statements of one document, whose passages come in reading order. No other document has a say."""
    statements: list[Statement] = []
    around = Around(info, lead_of(passages), title_kinds(passages, info.title, reader))
    earlier: list[Sentence] = []
    for passage in passages:
        if earlier and not goes_on(earlier[-1].passage, passage):
            earlier = []
        if passage.kind == "row":
            statements += row_statements(passage, around, earlier, reader)
            continue
        for sentence in sentences_of(passage, earlier[-1].passage if earlier else None):
            statements += sentence_statements(sentence, earlier, around, reader)
            earlier.append(sentence)
    return _with_ids(statements)


def settle(
    statements: Sequence[Statement],
    documents: Mapping[str, DocumentInfo],
    vocabulary: Vocabulary,
    settled: Sequence[Settled] = (),
) -> tuple[Deadline, ...]:
    """The deadlines of all documents, in the order of their statements: which stands, which replaces which."""
    stated = with_kinds_of_moved(with_subjects_of_amended(statements, documents, vocabulary), vocabulary)
    return decide(stated, documents, vocabulary, settled)


def _with_ids(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Ids from the document's id and the words: the same words keep their id wherever they move to."""
    seen: Counter[str] = Counter()
    named: list[Statement] = []
    for statement in statements:
        deadline = statement.deadline
        offset = deadline.mention.start - deadline.span.start
        words = (
            deadline.span.quote,
            *(header.quote for header in deadline.headers),
            deadline.mention.quote,
            str(offset),
        )
        digest = hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]
        identifier = f"{deadline.document_id}:d-{digest}"
        seen[identifier] += 1
        suffix = "" if seen[identifier] == 1 else f"-{seen[identifier]}"
        named.append(Statement(replace(deadline, id=identifier + suffix), statement.moved))
    return tuple(named)


def in_force(deadlines: Iterable[Deadline], vocabulary: Vocabulary) -> tuple[Deadline, ...]:
    """The deadlines that nothing replaces or contradicts, in order of time; the most precise of those that agree."""
    return _once((one for one in deadlines if one.status == "in_force"), vocabulary)


def standing(deadlines: Iterable[Deadline], vocabulary: Vocabulary) -> tuple[Deadline, ...]:
    """Those in force and those in conflict, in order of time; one, the most precise, of those that agree."""
    return _once((one for one in deadlines if one.status != "replaced"), vocabulary)


def _once(deadlines: Iterable[Deadline], vocabulary: Vocabulary) -> tuple[Deadline, ...]:
    groups: dict[tuple[object, ...], list[Deadline]] = {}
    for one in deadlines:
        groups.setdefault(_subject(one, vocabulary), []).append(one)
    found = [most_precise(same) for group in groups.values() for same in _agreeing(group)]
    found = _without_covered(found, vocabulary)
    return tuple(sorted(found, key=lambda one: (one.last_day, one.first_day, one.hour or "", one.id)))


def _without_covered(deadlines: Sequence[Deadline], vocabulary: Vocabulary) -> list[Deadline]:
    """The deadlines less those that say what others of them say: « commande et avance » beside each of the two."""
    kept = list(deadlines)
    # The widest go first, where narrower ones say all of it; then the narrower that a wider one still says.
    for is_wide in (True, False):
        for one in sorted(kept, key=lambda deadline: len(deadline.tags), reverse=is_wide):
            others = [other for other in kept if other is not one and _repeats(one, other, is_wide, vocabulary)]
            said = {tag for other in others for tag in other.tags if tag.kind == "milestone"}
            if others and said >= {tag for tag in one.tags if tag.kind == "milestone"}:
                kept.remove(one)
    return kept


def _repeats(one: Deadline, other: Deadline, is_wide: bool, vocabulary: Vocabulary) -> bool:
    """Whether `other` says the day of part of what `one` is about (`is_wide`), or of all of it and more."""
    if (one.date_kind, one.status, one.last_day) != (other.date_kind, other.status, other.last_day) or not one.tags:
        return False
    inner, outer = (other, one) if is_wide else (one, other)
    milestones = [tag.kind == "milestone" for tag in inner.tags]
    return any(milestones) and agree(one, other) and about_same_thing(inner, outer, vocabulary)


def _subject(deadline: Deadline, vocabulary: Vocabulary) -> tuple[object, ...]:
    """Equal for deadlines about the same thing; a sentence without a term is about itself."""
    about_what = tuple(sorted((kind, tuple(sorted(tags))) for kind, tags in key_of(deadline, vocabulary).items()))
    return deadline.date_kind, deadline.status, about_what, "" if deadline.tags else deadline.span.quote


def _agreeing(group: Sequence[Deadline]) -> list[list[Deadline]]:
    """The group in parts that agree on the day, each part with its most precise first."""
    parts: list[list[Deadline]] = []
    for one in sorted(group, key=lambda deadline: (deadline.last_day - deadline.first_day, deadline.hour is None)):
        part = next((part for part in parts if agree(one, part[0])), None)
        if part is None:
            parts.append([one])
        else:
            part.append(one)
    return parts


def about(deadlines: Iterable[Deadline], tags: Iterable[Tag], vocabulary: Vocabulary) -> tuple[Deadline, ...]:
    """The deadlines that concern all of the tags.

    A deadline for a lane's software concerns the lane; one for the whole lane concerns its software and professions,
    when it names none. One without lane, software and profession concerns no lane: each may have its own.
    """
    wanted = tuple(tags)
    return tuple(one for one in deadlines if all(_concerns(one, tag, vocabulary) for tag in wanted))


def _concerns(deadline: Deadline, tag: Tag, vocabulary: Vocabulary) -> bool:
    # Milestones are steps of several programmes: they do not tell which one.
    telling = [one for one in deadline.tags if one.kind != "milestone" or tag.kind != "programme"]
    if tag in deadline.tags:
        return True
    if any(tag in vocabulary.belonging(one) for one in telling):
        return tag not in lanes_left_out(deadline.tags, vocabulary)
    if tag.kind not in _SECTOR_KINDS or any(one.kind == tag.kind for one in deadline.tags):
        return False
    sectors = [one for one in deadline.tags if one.kind in _SECTOR_KINDS]
    return any(not vocabulary.conflicts(tag, one) for one in sectors)


def open_or_close(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """The deadlines that enter a calendar."""
    return tuple(one for one in deadlines if one.date_kind in {"opens", "closes"})


def describe(deadline: Deadline, vocabulary: Vocabulary) -> str:
    """A short French label of what is dated: « Solde · Officine · Vague 1 »; the sentence's beginning without terms."""
    by_kind = [tag for kind in _LABEL_KINDS for tag in deadline.tags if tag.kind == kind]
    has_software = any(tag.kind == "software" for tag in by_kind)
    has_wave = any(tag.kind == "wave" for tag in by_kind)
    implied = {"lane": has_software, "programme": has_wave}  # a wave is of its programme, a software of its lanes
    labels = [vocabulary.label(tag) for tag in by_kind if not implied.get(tag.kind)]
    told = [label for label in labels if not any(label != other and label in other for other in labels)]
    if told:
        return " · ".join(told)
    words = " ".join(deadline.span.quote.split())
    return words if len(words) <= 80 else words[:79].rstrip() + "…"
