"""Pure: a quotation in its surroundings as read: the words around it, or the table row among its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.records import Block, Page, Span

AROUND_CHARS = 300
NEIGHBOUR_ROWS = 1
_NO_WORDS = " \n\t…:;,.!?»)"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, and whether it belongs to the quotation."""

    text: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the surroundings: its kind and its pieces in order."""

    kind: Literal["heading", "paragraph", "item", "row"]
    pieces: tuple[Piece, ...]
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row of the surroundings; `cells` are in column order."""

    cells: tuple[str, ...]
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Where a quotation stands: the headings above it, then lines of prose or a table with its column headers."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def excerpt(pages: Sequence[Page], span: Span, *, around_chars: int = AROUND_CHARS) -> Excerpt | None:
    """The surroundings of `span`, or None when the pages do not hold that quotation there (the document changed)."""
    page = next((page for page in pages if page.number == span.page), None)
    if page is None or span.end <= span.start or page.text[span.start : span.end] != span.quote:
        return None
    row = _row_of(page.blocks, span)
    headings = headings_above(page, span.start)
    if row is not None:
        return _table(page, row, headings)
    start, end = _window(page.text, span, around_chars)
    lines = tuple(_lines(page, start, end, span))
    return Excerpt(headings, lines, (), ())


def whole_page(page: Page, span: Span | None = None) -> tuple[Line, ...]:
    """Every block of the page in order, with the words of `span` marked where it stands on this page."""
    absent = span is None or span.page != page.number or page.text[span.start : span.end] != span.quote
    marked = Span(page.number, 0, 0, "") if span is None or absent else span
    return tuple(_lines(page, 0, len(page.text), marked))


def headings_above(page: Page, offset: int) -> tuple[str, ...]:
    """The headings that govern `offset` in its page, outermost first."""
    path: list[Block] = []
    for block in page.blocks:
        if block.start >= offset:
            break
        if block.kind == "heading":
            path = [*(kept for kept in path if kept.level < block.level), block]
    return tuple(_words(page.text[block.start : block.end]) for block in path)


def _row_of(blocks: Sequence[Block], span: Span) -> Block | None:
    return next(
        (block for block in blocks if block.kind == "row" and block.start <= span.start and span.end <= block.end), None
    )


def _table(page: Page, quoted: Block, headings: tuple[str, ...]) -> Excerpt:
    """The quoted row with its neighbours of the same table: rows that touch it and have as many cells."""
    place = page.blocks.index(quoted)
    first = last = place
    while first > 0 and place - first < NEIGHBOUR_ROWS and _same_table(page.blocks[first - 1], quoted):
        first -= 1
    while last + 1 < len(page.blocks) and last - place < NEIGHBOUR_ROWS and _same_table(page.blocks[last + 1], quoted):
        last += 1
    rows = tuple(
        Row(tuple(_words(cell.quote) for cell in block.cells), block is quoted)
        for block in page.blocks[first : last + 1]
    )
    columns = tuple(_words(header.quote) if header else "" for header in quoted.headers)
    return Excerpt(headings, (), columns if any(columns) else (), rows)


def _same_table(block: Block, quoted: Block) -> bool:
    """A neighbour under the same headers; the header row itself is shown as headers already."""
    own = {(header.start, header.end) for header in quoted.headers if header}
    is_header_row = any((cell.start, cell.end) in own for cell in block.cells)
    return block.kind == "row" and len(block.cells) == len(quoted.cells) and not is_header_row


def _window(text: str, span: Span, around: int) -> tuple[int, int]:
    """Start and end of the surroundings, moved inwards to the nearest space so that no word is cut."""
    start, end = max(0, span.start - around), min(len(text), span.end + around)
    if start > 0:
        space = next((i for i in range(start, span.start) if text[i].isspace()), span.start)
        start = space + 1 if space < span.start else span.start
    if end < len(text):
        end = next((i for i in range(end, span.end, -1) if text[i].isspace()), span.end)
    return start, end


def _lines(page: Page, start: int, end: int, span: Span) -> list[Line]:
    """The blocks between two offsets; a page without blocks is one paragraph."""
    blocks = page.blocks or (Block("paragraph", 0, len(page.text)),)
    lines = []
    columns: tuple[Span | None, ...] = ()
    for block in blocks:
        first, last = max(block.start, start), min(block.end, end)
        if first < last:
            if block.cells and block.headers != columns and not _is_header(block):
                lines += _header_line(block)
            columns = block.headers
            pieces = _row_pieces(block, span) if block.cells else _pieces(page.text, first, last, span)
            if not block.cells:
                pieces = _with_ellipses(pieces, cut_before=first > block.start, cut_after=last < block.end)
            is_cut = (first, last) != (block.start, block.end)
            told = (piece.text.strip(_NO_WORDS if is_cut and not piece.is_quoted else None) for piece in pieces)
            if any(told):  # « … : » tells nothing
                lines.append(Line(block.kind, pieces, is_header=_is_header(block)))
    return lines


def _is_header(block: Block) -> bool:
    """True for the row whose cells are the headers themselves."""
    return bool(block.cells) and all(
        header is not None and (header.start, header.end) == (cell.start, cell.end)
        for cell, header in zip(block.cells, block.headers, strict=True)
    )


def _header_line(block: Block) -> list[Line]:
    """The headers above the first row of a table, which may stand on an earlier page."""
    if not any(block.headers):
        return []
    pieces = tuple(Piece(_words(header.quote) if header else "", is_quoted=False) for header in block.headers)
    return [Line("row", pieces, is_header=True)]


def _row_pieces(block: Block, span: Span) -> tuple[Piece, ...]:
    """One piece per cell, the whole row marked when the quotation touches it."""
    is_quoted = span.start < block.end and block.start < span.end
    return tuple(Piece(_words(cell.quote), is_quoted) for cell in block.cells)


def _pieces(text: str, first: int, last: int, span: Span) -> tuple[Piece, ...]:
    begin, finish = max(first, min(span.start, last)), max(first, min(span.end, last))
    parts = ((text[first:begin], False), (text[begin:finish], True), (text[finish:last], False))
    return tuple(Piece(part, is_quoted) for part, is_quoted in parts if part)


def _with_ellipses(pieces: tuple[Piece, ...], *, cut_before: bool, cut_after: bool) -> tuple[Piece, ...]:
    """The pieces of a block that is shown in part, with « … » where it goes on."""
    before = (Piece("… ", is_quoted=False),) if cut_before else ()
    after = (Piece(" …", is_quoted=False),) if cut_after else ()
    return (*before, *pieces, *after)


def _words(text: str) -> str:
    return " ".join(text.lstrip("# ").split())
