"""Door for pypdf: a PDF as pages of text in reading order, with its tables, without its running headers.

Words and their places come from PDFium (`page_images`), which tables and columns need; pypdf says whether the file is whole
and open, and gives a page's text where PDFium's is damaged.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from index.errors import UnreadableDocument
from index.frames import Part, Prose, Reading, Table, clean, compose, last_headers
from index.line_joining import Joiner
from index.page_images import Layout, Word, layouts
from index.reading_pdf_furniture import running_rows
from index.reading_pdf_lines import Line, Row, in_reading_order, merged, rows_of
from index.reading_pdf_prose import Style, joined_over_columns, prose_of, style_of
from index.reading_pdf_rules import ruled_tables
from index.reading_pdf_tables import PageTable, aligned_tables
from index.records import LeftOut, Page, Span

_MAX_PAGES = 3_000
_TAIL_BYTES = 4_096
_CONTENTS_LINE = re.compile(r"[.…·_ ]{5,}\s*\d{1,4}$")
_LEAST_BLANKS_PER_LETTER = 0.14
_MOST_LETTERS_PER_WORD = 7.5
_LEAST_WORDS = 30


@dataclass(frozen=True, slots=True)
class _Sorted:
    """What stands on one page, sorted: tables, and rows of print outside them."""

    layout: Layout
    tables: tuple[PageTable, ...]
    rows: tuple[Row, ...]
    aside: tuple[str, ...]


def read(path: Path, content: bytes) -> Reading:
    """One page of text for each of the file's, numbered as a viewer does."""
    reader = opened(path, content)
    drawn = [_upright(_cleaned(layout)) for layout in layouts(path)]
    joiner = Joiner(word.text for layout, _ in drawn for word in layout.words)
    pages = [_sorted(layout, aside, joiner) for layout, aside in drawn]
    running = running_rows([page.rows for page in pages], [page.layout.height for page in pages])
    style = style_of(merged(row) for page in pages for row in page.rows)
    read_pages: list[Page] = []
    left_out: list[LeftOut] = []
    warnings: list[str] = []
    before: PageTable | None = None
    headers: tuple[Span | None, ...] = ()
    for number, (page, dropped) in enumerate(zip(pages, running, strict=True), 1):
        parts, lefts, last = _parts(page, dropped, style, joiner, before)
        parts = _mended(reader, number, parts)
        frame = compose(number, parts, headers)
        before, headers = last, last_headers(frame) if last else ()
        read_pages.append(frame)
        left_out += lefts
        if not frame.text.strip():
            warnings.append(f"page {number} : aucun texte, image numérisée ?")
    return Reading(tuple(read_pages), tuple(left_out), tuple(warnings))


def opened(path: Path, content: bytes) -> PdfReader:
    """The PDF, whole and unlocked."""
    tail = content[-_TAIL_BYTES:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise UnreadableDocument(path.name, "le PDF est tronqué : sa fin manque ; téléchargez-le ou déposez-le de nouveau.")
    try:
        reader = PdfReader(io.BytesIO(content))
        is_locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if is_locked else len(reader.pages)
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise UnreadableDocument(path.name, "le PDF est abîmé ; déposez-le de nouveau.") from error
    if is_locked:
        raise UnreadableDocument(path.name, "le PDF est protégé par un mot de passe ; enregistrez-le sans mot de passe.")
    if not 0 < pages <= _MAX_PAGES:
        reason = f"le PDF a {pages} pages, plus que la limite de {_MAX_PAGES} ; découpez-le." if pages else "le PDF n'a aucune page."
        raise UnreadableDocument(path.name, reason)
    return reader


def is_glued(text: str) -> bool:
    """Whether words run into one another: few blanks for the letters, or words too long (figures from 679 real pages)."""
    words = text.split()
    letters = sum(map(len, words))
    if not letters or len(words) + letters < _LEAST_WORDS * 3:
        return False
    blanks = len(re.findall(r"\s+", text))
    is_long = len(words) >= _LEAST_WORDS and letters / len(words) > _MOST_LETTERS_PER_WORD
    return blanks / letters < _LEAST_BLANKS_PER_LETTER or is_long


def _cleaned(layout: Layout) -> Layout:
    """The layout with compatibility characters folded: ligatures, wide spaces, superscripts."""
    words = []
    for word in layout.words:
        body, soft = word.text.rstrip("\u00ad"), "\u00ad" if word.text.endswith("\u00ad") else ""
        text = clean(unicodedata.normalize("NFKC", body)).replace("\n", " ")
        if text:
            words.append(replace(word, text=text + soft))
    return replace(layout, words=tuple(words))


def _upright(layout: Layout) -> tuple[Layout, tuple[str, ...]]:
    """The layout turned so that most words are upright, and the texts that still are not."""
    turns = [word.turn for word in layout.words for _ in word.text]
    usual = max(set(turns), key=turns.count) if turns else 0
    aside = tuple(word.text for word in layout.words if word.turn != usual)
    words = tuple(_turned(word, usual, layout) for word in layout.words if word.turn == usual)
    width, height = (layout.height, layout.width) if usual % 2 else (layout.width, layout.height)
    rules = tuple(_turned_rect(rule, usual, layout) for rule in layout.rules)
    return replace(layout, words=words, rules=rules, width=width, height=height), aside


def _turned(word: Word, turn: int, layout: Layout) -> Word:
    left, top, right, bottom = _turned_rect((word.left, word.top, word.right, word.bottom), turn, layout)
    return replace(word, left=left, top=top, right=right, bottom=bottom, turn=0)


def _turned_rect(rect: tuple[float, float, float, float], turn: int, layout: Layout) -> tuple[float, float, float, float]:
    left, top, right, bottom = rect
    if turn == 1:
        return top, layout.width - right, bottom, layout.width - left
    if turn == 2:
        return layout.width - right, layout.height - bottom, layout.width - left, layout.height - top
    if turn == 3:
        return layout.height - bottom, left, layout.height - top, right
    return rect


def _sorted(layout: Layout, aside: tuple[str, ...], joiner: Joiner) -> _Sorted:
    ruled = ruled_tables(layout, joiner)
    outside = [word for word in layout.words if not any(_holds(table, word) for table in ruled)]
    rows = rows_of(outside)
    aligned = aligned_tables(rows, joiner)
    taken = {at for start, end, _ in aligned for at in range(start, end)}
    tables = sorted([*ruled, *(table for _, _, table in aligned)], key=lambda table: table.top)
    free = tuple(row for at, row in enumerate(rows) if at not in taken)
    return _Sorted(layout, tuple(tables), free, aside)


def _holds(table: PageTable, word: Word) -> bool:
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return table.left < across < table.right and table.top < down < table.bottom


def _parts(
    page: _Sorted, dropped: set[int], style: Style, joiner: Joiner, before: PageTable | None
) -> tuple[list[Part], list[LeftOut], PageTable | None]:
    """The page's parts in reading order, what was left out, and the table that ends it."""
    left_out = [LeftOut(merged(row).text, "en-tête ou pied de page") for at, row in enumerate(page.rows) if at in dropped]
    rows = [row for at, row in enumerate(page.rows) if at not in dropped]
    contents = [row for row in rows if _CONTENTS_LINE.search(merged(row).text)]
    left_out += [LeftOut(merged(row).text, "sommaire") for row in contents]
    rows = [row for row in rows if row not in contents]
    if page.aside:
        left_out.append(LeftOut(" ".join(page.aside), "texte en marge"))
    parts: list[Part] = []
    top = float("-inf")
    for table in page.tables:
        above = [row for row in rows if top <= row[0].top < table.top]
        parts += _prose(above, style, joiner)
        is_first = not parts and table is page.tables[0]
        parts.append(_continued(table, before) if is_first and before else table.table)
        top = table.top
    below = [row for row in rows if row[0].top >= top]
    parts += _prose(below, style, joiner)
    ends_with_table = bool(page.tables) and not below
    return parts, left_out, page.tables[-1] if ends_with_table else None


def _prose(rows: Sequence[Row], style: Style, joiner: Joiner) -> list[Prose]:
    columns: list[list[Line]] = in_reading_order(rows)
    return joined_over_columns([prose_of(column, style, joiner) for column in columns], joiner)


def _continued(table: PageTable, before: PageTable) -> Table:
    """The table as the rest of the one that ended the page before, when its columns stand at the same places."""
    is_same = len(table.columns) == len(before.columns) and all(
        abs(a - b) < 12 for a, b in zip(table.columns, before.columns, strict=True)
    )
    if not is_same:
        return table.table
    names = [cell.text for cell in before.table.grid[0]]
    repeats = before.table.header_rows > 0 and [cell.text for cell in table.table.grid[0]] == names
    return replace(table.table, header_rows=before.table.header_rows if repeats else 0, continues=not repeats)


def _mended(reader: PdfReader, number: int, parts: list[Part]) -> list[Part]:
    """The parts, or pypdf's text as paragraphs when they are glued and it is not."""
    text = "\n".join(part.text for part in parts if isinstance(part, Prose))
    if not is_glued(text):
        return parts
    try:
        other = unicodedata.normalize("NFKC", reader.pages[number - 1].extract_text())
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return parts
    if is_glued(other) or not other.strip():
        return parts
    return [Prose("paragraph", clean(block)) for block in re.split(r"\n\s*\n", other)]
