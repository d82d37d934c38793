"""Pure: a table row → its dated statements, one for each date of each cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.attribution import SAID_KINDS, Frame, TermReader, framed, tags_of_dates
from index.dated_frames import Around, Sentence, introduction_frames
from index.dated_sentences import is_about_a_year, sober, statement_of, unasked, without_named_dates
from index.dated_statements import Statement
from index.dating import DateMention, find_dates, parse_hour
from index.dating_expressions import find_expressions
from index.dating_move_words import moves_of_columns
from index.dating_words import flatten
from index.event_titles import is_of_events
from index.records import DateKind, Passage, Span, Tag

# A cell that holds a date and little more: « avant le 28 avril 2023 », « 14/12/2023 (14h) ».
_CHARS_BESIDE_DATE = 16
# A column whose dates are of where it is written, not of what the row is about.
_SOURCE_COLUMN = re.compile(
    r"\b(?:sources?|pages?|publi\w+|paru\w*|parution|mises? a jour|consult\w+|documents?|textes?|arretes?)\b"
)
_DATE_COLUMN = re.compile(r"\b(?:dates?|echeances?|jours?|calendrier|limites?|quand|jusqu|fin|avant|delais?|terme)\b")


def row_statements(
    passage: Passage, around: Around, earlier: Sequence[Sentence], reader: TermReader
) -> Iterator[Statement]:
    """The dated statements of a row's cells; `earlier` are the sentences before its table."""
    source = around.info.evidence
    kinds = tuple(kind for kind in SAID_KINDS if kind != "milestone" or not is_of_events(passage, reader))
    dated = [_is_dated(cell.quote, reader) for cell in passage.cells]
    moves = moves_of_columns([header.quote if header else "" for header in passage.headers], dated)
    for number, (cell, header) in enumerate(zip(passage.cells, passage.headers, strict=True)):
        is_section = header is None and not _is_in(passage, cell)
        if not dated[number] or is_section:
            continue
        beside = _beside(passage, dated, number)
        row_texts = [passage.cells[n].quote for n in beside]
        column = header.quote if header else ""
        near = [Frame(text, kinds=kinds) for text in (column, *row_texts) if text]
        far = [*introduction_frames(earlier), *around.frames(passage)]
        dates = find_dates(
            without_named_dates(cell.quote, reader.named(cell.quote)),
            written=source.published,
            written_is_estimated=source.published_on_estimated,
            context=_kind_context(column, row_texts, reader),
        )
        dates = tuple(_with_hour_of_row(date, passage, dated, number) for date in dates if date.first)
        dates = tuple(replace(date, moved=date.moved or moves[number]) for date in dates)
        elsewhere = [passage.cells[n] for n in sorted({*beside, number}) if not _is_in(passage, passage.cells[n])]
        headers = tuple(dict.fromkeys((*elsewhere, *([header] if header else []))))
        yield from _cell_statements(passage, cell, headers, column, dates, near, far, reader)


def _cell_statements(
    passage: Passage, cell: Span, headers: tuple[Span, ...], column: str, dates: Sequence[DateMention],
    near: Sequence[Frame], far: Sequence[Frame], reader: TermReader,
) -> Iterator[Statement]:  # fmt: skip
    span = Span(passage.page, passage.start, passage.end, passage.text)
    tagged = tags_of_dates(cell.quote, dates, reader, "\n".join(frame.text for frame in (*near, *far)))
    unknown = reader.unknown_kinds(cell.quote)
    for date, own in zip(dates, tagged, strict=True):
        beside = framed(own, unknown, near, reader)
        # A heading's milestone is that of the days beneath it; a period beneath it is another matter.
        every = beside if is_about_a_year(date) else framed(beside, unknown, far, reader)
        is_bare = len(cell.quote) - len(date.text) <= _CHARS_BESIDE_DATE
        kind = _cell_kind(date, column, every) if is_bare else date.date_kind
        if not (is_bare and any(tag.kind == "milestone" for tag in beside)):
            kind = sober(kind, date, " ".join((passage.text, column)))
        tags = framed(beside, unknown | unasked(kind), far, reader)
        mention = Span(cell.page, cell.start + date.start, cell.start + date.end, date.text)
        yield statement_of(passage, span, headers, mention, date, kind, tags)


def _is_dated(cell: str, reader: TermReader) -> bool:
    """Whether a cell holds a date that is not all of a term's name: « Session d'automne 2026 » says which row it is."""
    return bool(find_expressions(flatten(without_named_dates(cell, reader.named(cell)))))


def _is_in(passage: Passage, cell: Span) -> bool:
    """Whether a cell stands in its row; one merged from above, or a section's title, does not."""
    return passage.start <= cell.start < passage.end


def _beside(passage: Passage, dated: Sequence[bool], number: int) -> list[int]:
    """The undated cells that say what a dated one is about: those before it, nearest first, else those after it."""
    named = [bool(cell.quote) and not is_dated for cell, is_dated in zip(passage.cells, dated, strict=True)]
    before = [n for n in range(number - 1, -1, -1) if named[n]]
    return before or [n for n in range(number + 1, len(named)) if named[n]]


def _with_hour_of_row(date: DateMention, passage: Passage, dated: Sequence[bool], number: int) -> DateMention:
    """The date with the time of day that has a column of its own: « 20/06/2024 | 14h ».

    Of several dates, the one that stands right before the time has it.
    """
    hours = {place: hour for place, cell in enumerate(passage.cells) if (hour := parse_hour(cell.quote))}
    hour = next(iter(hours.values())) if sum(dated) == 1 and len(hours) == 1 else hours.get(number + 1)
    return replace(date, hour=hour, precision="hour") if hour and date.precision == "day" else date


def _kind_context(column: str, row_texts: Sequence[str], reader: TermReader) -> str:
    """The headers with the one that decides last: the column's, unless it only says that dates stand there."""
    row = " ; ".join(reversed(row_texts))
    is_plain = not reader.named(column) and _DATE_COLUMN.search(flatten(column)) is not None
    return f"{column} ; {row}" if is_plain else f"{row} ; {column}"


def _cell_kind(date: DateMention, column: str, tags: Sequence[Tag]) -> DateKind:
    """In a table of milestones a day without a word is the last of its milestone; a quarter is what is expected."""
    has_milestone = any(tag.kind == "milestone" for tag in tags)
    is_of_source = _SOURCE_COLUMN.search(flatten(column)) is not None
    if date.is_cued or not has_milestone or is_of_source:
        return date.date_kind
    return "expected" if date.precision in ("quarter", "season") else "closes"
