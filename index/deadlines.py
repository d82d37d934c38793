"""Passages → deadlines: each dated sentence or table cell, what it is about, and which replaces which. Pure."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.attribution import Frame, TermReader, framed, tags_of_dates
from index.dating import DateMention, find_dates, parse_hour
from index.dating_words import flatten
from index.records import DateKind, Deadline, DocumentInfo, Passage, Settled, Span, Tag, TagKind
from index.superseding import Statement, about_same_thing, agree, decide, most_precise
from index.vocabulary import Vocabulary

__all__ = ["about", "collect", "describe", "in_force", "open_or_close"]

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
_ITEM = re.compile(r"(?:[-–•*▪◦]|\d{1,2}[.)])\s")
_EARLIER_SENTENCES = 8
_LEAD_SENTENCES = 2
_LEAD_KINDS: tuple[TagKind, ...] = ("programme", "wave", "part")
_INTRODUCTION_KINDS: tuple[TagKind, ...] = (*_LEAD_KINDS, "lane", "software")
# A cell that holds a date and little more: « avant le 28 avril 2023 », « 14/12/2023 (14h) ».
_CHARS_BESIDE_DATE = 16
_LABELLED = re.compile(r"[^.;]{0,80}: ?(?:le |au )?$")
# A column whose dates are those of what the row is about, not of where it is written.
_OBLIGATION = re.compile(
    r"\b(?:doi(?:t|vent)|devr(?:a|ont|ait|aient)|devai(?:t|ent)|faut|au plus tard|limites?|a \w+(?:er|ir|re)|candidat\w+|guichets?|"
    r"depots?|inscriptions?|fenetres?|ouvert\w*|clos\w*|clotur\w*)\b"
)
_SOURCE_COLUMN = re.compile(
    r"\b(?:sources?|pages?|publi\w+|paru\w*|parution|mises? a jour|consult\w+|documents?|textes?|arretes?)\b"
)
_DATE_COLUMN = re.compile(r"\b(?:dates?|echeances?|jours?|calendrier|limites?|quand|jusqu|fin|avant|delais?|terme)\b")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of prose; `gap` is what stands between it and the one before, None at the start of a frame."""

    passage: Passage
    start: int
    end: int
    text: str
    gap: str | None

    @property
    def is_item(self) -> bool:
        return _ITEM.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class _Around:
    """What frames a whole document: its title and the sentences it opens with."""

    info: DocumentInfo
    lead: tuple[str, ...]

    def frames(self, passage: Passage) -> list[Frame]:
        """The headings, nearest first, the title, and the opening."""
        near = [Frame(heading) for heading in reversed(passage.headings) if heading != self.info.title]
        opening = [Frame(text, is_speech=True, is_title=True, kinds=_LEAD_KINDS) for text in self.lead]
        return [*near, Frame(self.info.title, is_title=True), *opening]


def collect(
    passages: Sequence[Passage],
    documents: Mapping[str, DocumentInfo],
    vocabulary: Vocabulary,
    settled: Sequence[Settled] = (),
) -> tuple[Deadline, ...]:
    """Every resolved date of the passages, which come in reading order; `documents` are by id."""
    reader = TermReader(vocabulary)
    statements: list[Statement] = []
    leads = _leads(passages)
    earlier: list[_Sentence] = []
    for passage in passages:
        around = _Around(documents[passage.document_id], leads.get(passage.document_id, ()))
        if earlier and not _goes_on(earlier[-1].passage, passage):
            earlier = []
        if passage.kind == "row":
            statements += _row_statements(passage, around, earlier, reader)
            continue
        for sentence in _sentences(passage, earlier[-1].passage if earlier else None):
            statements += _sentence_statements(sentence, earlier[-_EARLIER_SENTENCES:], around, reader)
            earlier.append(sentence)
    return decide(_with_ids(statements), documents, vocabulary, settled)


def in_force(deadlines: Iterable[Deadline], vocabulary: Vocabulary) -> tuple[Deadline, ...]:
    """The deadlines that nothing replaces or contradicts, in order of time; one, the most precise, of those that agree."""
    standing = [one for one in deadlines if one.status == "in_force"]
    groups: list[list[Deadline]] = []
    for one in sorted(standing, key=lambda deadline: (deadline.last_day, deadline.first_day, deadline.hour or "")):
        same = next((group for group in groups if _is_same(one, group[0], vocabulary)), None)
        if same:
            same.append(one)
        else:
            groups.append([one])
    return tuple(most_precise(group) for group in groups)


def _is_same(one: Deadline, other: Deadline, vocabulary: Vocabulary) -> bool:
    """Whether both say the same of the same thing; a term too few makes another thing."""
    both = about_same_thing(one, other, vocabulary) and about_same_thing(other, one, vocabulary)
    has_subject = bool(one.tags) or one.span.quote == other.span.quote
    return both and has_subject and agree(one, other)


def about(deadlines: Iterable[Deadline], tags: Iterable[Tag], vocabulary: Vocabulary) -> tuple[Deadline, ...]:
    """The deadlines that each of the tags holds for: named, or within what is named, or around it.

    A deadline for a lane's software matches the lane; one for the lane, or that names none, matches the software.
    """
    wanted = tuple(tags)
    return tuple(one for one in deadlines if all(_concerns(one, tag, vocabulary) for tag in wanted))


def _concerns(deadline: Deadline, tag: Tag, vocabulary: Vocabulary) -> bool:
    if tag in deadline.tags:
        return True
    if tag.kind in {"wave", "milestone", "part", "service"} or any(one.kind == tag.kind for one in deadline.tags):
        return any(one in vocabulary.members(tag) for one in deadline.tags)
    return not any(vocabulary.conflicts(tag, one) for one in deadline.tags)


def open_or_close(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """The deadlines that enter a calendar."""
    return tuple(one for one in deadlines if one.date_kind in {"opens", "closes"})


def describe(deadline: Deadline, vocabulary: Vocabulary) -> str:
    """A short French label of what is dated: « Solde · Officine · Vague 1 »; the sentence's beginning without terms."""
    by_kind = [tag for kind in _LABEL_KINDS for tag in deadline.tags if tag.kind == kind]
    has_software = any(tag.kind == "software" for tag in by_kind)
    labels = [vocabulary.label(tag) for tag in by_kind if not (tag.kind == "lane" and has_software)]
    if labels:
        return " · ".join(labels)
    words = " ".join(deadline.span.quote.split())
    return words if len(words) <= 80 else words[:79].rstrip() + "…"


def _leads(passages: Sequence[Passage]) -> dict[str, tuple[str, ...]]:
    """The first sentences of each document's prose."""
    leads: dict[str, tuple[str, ...]] = {}
    for passage in passages:
        if passage.kind == "prose" and passage.document_id not in leads:
            spans = passage.sentences[:_LEAD_SENTENCES]
            leads[passage.document_id] = tuple(passage.text[s - passage.start : e - passage.start] for s, e in spans)
    return leads


def _sentences(passage: Passage, previous: Passage | None) -> Iterator[_Sentence]:
    # Of the text between two passages only the length is known: paragraphs stand two characters apart.
    gap = None if previous is None else "\n\n" if passage.start - previous.end > 1 else " "
    last_end: int | None = None
    for start, end in passage.sentences:
        if last_end is not None:
            gap = passage.text[last_end - passage.start : start - passage.start]
        yield _Sentence(passage, start, end, passage.text[start - passage.start : end - passage.start], gap)
        last_end = end


def _goes_on(previous: Passage, passage: Passage) -> bool:
    where = (previous.document_id, previous.page, previous.headings)
    return where == (passage.document_id, passage.page, passage.headings) and previous.end <= passage.start


def _speech_before(sentence: _Sentence, earlier: Sequence[_Sentence]) -> Iterator[_Sentence]:
    """The sentences that lead to this one, nearest first: its paragraph's, and what introduces its list.

    The other items of a list say nothing of this one.
    """
    following = sentence
    is_in_list = sentence.is_item
    for one in reversed(earlier):
        introduces = one.text.rstrip().endswith(":")
        is_apart = following.gap is not None and "\n\n" in following.gap
        following, left = one, following
        if is_in_list:
            if one.is_item:
                continue
            if not left.is_item and not is_apart:
                continue
            if is_apart and not introduces:
                return
            is_in_list, is_apart = False, False
        elif is_apart and not introduces:
            return
        yield one
        if one.is_item:
            is_in_list = True


def _sentence_statements(
    sentence: _Sentence, earlier: Sequence[_Sentence], around: _Around, reader: TermReader
) -> Iterator[Statement]:
    before = list(_speech_before(sentence, earlier))
    introduction = next((one.text for one in before if one.text.rstrip().endswith(":")), "")
    source = around.info.evidence
    dates = find_dates(
        sentence.text,
        written=source.published,
        written_is_estimated=source.published_on_estimated,
        context=introduction if sentence.is_item else "",
    )
    dates = tuple(date for date in dates if date.first)
    if not dates:
        return
    frames = [*(Frame(one.text, is_speech=True) for one in before), *around.frames(sentence.passage)]
    passage = sentence.passage
    span = Span(passage.page, sentence.start, sentence.end, sentence.text)
    tagged = tags_of_dates(sentence.text, dates, reader, "\n".join(frame.text for frame in frames))
    for date, own in zip(dates, tagged, strict=True):
        kind = date.date_kind
        has_milestone = any(tag.kind == "milestone" for tag in own)
        if not date.is_cued and has_milestone and _LABELLED.fullmatch(flatten(sentence.text[: date.start])):
            kind = "closes"
        tags = framed(own, _unasked(kind) | reader.unknown_kinds(sentence.text), frames, reader)
        kind = _sober(kind, date, tags, sentence.text)
        mention = Span(passage.page, sentence.start + date.start, sentence.start + date.end, date.text)
        yield _statement(passage, span, (), mention, date, kind, tags)


def _sober(kind: DateKind, date: DateMention, tags: Sequence[Tag], text: str) -> DateKind:
    """« 250 millions jusqu'en 2025 » closes nothing: a year is a deadline only for a milestone or an obligation."""
    is_year = date.precision in {"year", "range"} and "milestone" not in {tag.kind for tag in tags}
    if kind in {"opens", "closes"} and is_year and not _OBLIGATION.search(flatten(text)):
        return "takes_place"
    return kind


def _unasked(kind: DateKind) -> frozenset[str]:
    """A milestone that stands around is that of the dates that open or close, not of decrees and meetings."""
    return frozenset() if kind in {"opens", "closes"} else frozenset({"milestone"})


def _row_statements(
    passage: Passage, around: _Around, earlier: Sequence[_Sentence], reader: TermReader
) -> Iterator[Statement]:
    source = around.info.evidence
    dated = [bool(find_dates(cell.quote, written=None)) for cell in passage.cells]
    for number, (cell, header) in enumerate(zip(passage.cells, passage.headers, strict=True)):
        is_section = header is None and not _is_in(passage, cell)
        if not dated[number] or is_section:
            continue
        beside = _beside(passage, dated, number)
        row_texts = [passage.cells[n].quote for n in beside]
        column = header.quote if header else ""
        frames = [Frame(text) for text in (column, *row_texts) if text]
        frames += [
            Frame(one.text, is_speech=True, kinds=_INTRODUCTION_KINDS) for one in _paragraph_before(earlier)
        ] + around.frames(passage)
        dates = find_dates(
            cell.quote,
            written=source.published,
            written_is_estimated=source.published_on_estimated,
            context=_kind_context(column, row_texts, reader),
        )
        dates = tuple(_with_hour_of_row(date, passage, dated) for date in dates if date.first)
        elsewhere = [passage.cells[n] for n in sorted({*beside, number}) if not _is_in(passage, passage.cells[n])]
        headers = tuple(dict.fromkeys((*elsewhere, *([header] if header else []))))
        yield from _cell_statements(passage, cell, headers, column, dates, frames, reader)


def _cell_statements(
    passage: Passage, cell: Span, headers: tuple[Span, ...], column: str, dates: Sequence[DateMention],
    frames: Sequence[Frame], reader: TermReader,
) -> Iterator[Statement]:  # fmt: skip
    span = Span(passage.page, passage.start, passage.end, passage.text)
    tagged = tags_of_dates(cell.quote, dates, reader, "\n".join(frame.text for frame in frames))
    unknown = reader.unknown_kinds(cell.quote)
    for date, own in zip(dates, tagged, strict=True):
        tags = framed(own, unknown, frames, reader)
        is_bare = len(cell.quote) - len(date.text) <= _CHARS_BESIDE_DATE
        kind = _cell_kind(date, column, tags) if is_bare else date.date_kind
        if kind not in {"opens", "closes"}:
            tags = framed(own, unknown | {"milestone"}, frames, reader)
        kind = _sober(kind, date, tags, " ".join((passage.text, column)))
        mention = Span(cell.page, cell.start + date.start, cell.start + date.end, date.text)
        yield _statement(passage, span, headers, mention, date, kind, tags)


def _is_in(passage: Passage, cell: Span) -> bool:
    """Whether a cell stands in its row; one merged from above, or a section's title, does not."""
    return passage.start <= cell.start < passage.end


def _beside(passage: Passage, dated: Sequence[bool], number: int) -> list[int]:
    """The undated cells that say what a dated one is about: those before it, nearest first, else those after it."""
    named = [bool(cell.quote) and not is_dated for cell, is_dated in zip(passage.cells, dated, strict=True)]
    before = [n for n in range(number - 1, -1, -1) if named[n]]
    return before or [n for n in range(number + 1, len(named)) if named[n]]


def _paragraph_before(earlier: Sequence[_Sentence]) -> Iterator[_Sentence]:
    """The sentences of the paragraph that stands before a table, nearest first."""
    for one in reversed(earlier[-_EARLIER_SENTENCES:]):
        yield one
        if one.gap is None or "\n" in one.gap:
            return


def _with_hour_of_row(date: DateMention, passage: Passage, dated: Sequence[bool]) -> DateMention:
    """The date with the time of day that has a column of its own: « 20/06/2024 | 14h »."""
    hours = [hour for cell in passage.cells if (hour := parse_hour(cell.quote))]
    if date.precision != "day" or sum(dated) != 1 or len(hours) != 1:
        return date
    return replace(date, hour=hours[0], precision="hour")


def _kind_context(column: str, row_texts: Sequence[str], reader: TermReader) -> str:
    """The headers with the one that decides last: the column's, unless it only says that dates stand there."""
    row = " ; ".join(reversed(row_texts))
    is_plain = not reader.named(column) and _DATE_COLUMN.search(flatten(column)) is not None
    return f"{column} ; {row}" if is_plain else f"{row} ; {column}"


def _cell_kind(date: DateMention, column: str, tags: Sequence[Tag]) -> DateKind:
    """In a table of milestones a date without a word is the last day of its milestone."""
    has_milestone = any(tag.kind == "milestone" for tag in tags)
    is_of_source = _SOURCE_COLUMN.search(flatten(column)) is not None
    return date.date_kind if date.is_cued or not has_milestone or is_of_source else "closes"


def _statement(
    passage: Passage, span: Span, headers: tuple[Span, ...], mention: Span, date: DateMention, kind: DateKind,
    tags: tuple[Tag, ...],
) -> Statement:  # fmt: skip
    assert date.first is not None
    assert date.last is not None
    deadline = Deadline(
        id="", passage_id=passage.id, document_id=passage.document_id, first_day=date.first, last_day=date.last,
        hour=date.hour, precision=date.precision, date_kind=kind, year_inferred=date.year_inferred, tags=tags, span=span,
        headers=headers, mention=mention, status="in_force", replaced_by=None, conflicts_with=(),
    )  # fmt: skip
    return Statement(deadline, date.moved)


def _with_ids(statements: Sequence[Statement]) -> list[Statement]:
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
    return named
