"""What a reader found, put into a frame: its text, and the blocks with their exact offsets. Pure.

Every reader gives `Prose` and `Table` parts in reading order; `compose` writes them into one text, so that a quotation
is always a slice of it, whatever the format was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.parts import Cell, Part, Prose, Table, clean, is_section, one_line
from index.records import Block, BlockKind, Page, Span

CELL_SEPARATOR = " | "
ITEM_MARK = "- "

_NUMBERED = re.compile(r"\d{1,3}[.)] |[a-z][.)] ")


def compose(number: int | None, parts: Sequence[Part], headers_before: tuple[Span | None, ...] = ()) -> Page:
    """The page that the parts make; `headers_before` are those of the table that ended the frame before."""
    frame = _Frame(number)
    for part in parts:
        if isinstance(part, Prose):
            frame.add_prose(part)
        else:
            frame.add_table(part, headers_before if part.continues else ())
    return Page(number, "".join(frame.pieces), tuple(frame.blocks))


def last_headers(page: Page) -> tuple[Span | None, ...]:
    """The headers of the table that ends the page, empty when it ends otherwise."""
    last = page.blocks[-1] if page.blocks else None
    has_section = (
        last is not None and bool(last.headers) and last.headers[0] is None and last.cells[0].end <= last.start
    )
    return last.headers[has_section:] if last is not None else ()


class _Frame:
    """A frame being written: its pieces of text, their total length, and the blocks so far."""

    def __init__(self, number: int | None) -> None:
        self.number = number
        self.pieces: list[str] = []
        self.length = 0
        self.last_kind: BlockKind | None = None
        self.blocks: list[Block] = []

    def add_prose(self, part: Prose) -> None:
        text = clean(part.text)
        if part.kind in {"heading", "item"}:
            text = text.replace("\n", " ")
        if not text:
            return
        mark = ITEM_MARK if part.kind == "item" and not _NUMBERED.match(text) else ""
        start = self._write(mark + text, part.kind)
        if part.is_indexed:
            self.blocks.append(Block(part.kind, start, self.length, part.level if part.kind == "heading" else 0))

    def add_table(self, table: Table, headers_before: tuple[Span | None, ...]) -> None:
        """Header rows and section rows stand in the text without a block: the rows beneath point to them."""
        spans: dict[tuple[int, int], Span] = {}
        grid = table.grid
        self.last_kind = None
        while len(grid) > 1 and is_section(grid[0]):
            self.add_prose(Prose("paragraph", grid[0][0].text))
            grid = grid[1:]
        width = len(grid[0]) if grid else 0
        headers: tuple[Span | None, ...] = headers_before if len(headers_before) == width else (None,) * width
        section: Span | None = None
        last_full_row = max((at for at, row in enumerate(grid) if not is_section(row)), default=0)
        header_rows = table.header_rows if table.header_rows < len(grid) else 0
        self.last_kind = None
        if header_rows:
            headers = self._write_headers(grid[:header_rows])
        for at in range(header_rows, len(grid)):
            row = grid[at]
            written = self._write_row(row, spans)
            if written is None:
                continue
            start, cells = written
            if is_section(row) and at < last_full_row:
                section = cells[0]
                continue
            if is_section(row):
                self.blocks.append(Block("paragraph", start, self.length))
                continue
            if section:
                cells, row_headers = (section, *cells), (None, *headers)
            else:
                row_headers = headers
            self.blocks.append(Block("row", start, self.length, 0, cells, row_headers))

    def _write_headers(self, rows: Sequence[Sequence[Cell]]) -> tuple[Span | None, ...]:
        """Several header rows are written as one: « Vague 1 – Ouverture | Vague 1 – Clôture »."""
        names = []
        for column in range(len(rows[0])):
            levels = [one_line(row[column].text) for row in rows]
            names.append(" – ".join(dict.fromkeys(level for level in levels if level)))
        spans: list[Span | None] = []
        for column, name in enumerate(names):
            merged = column > 0 and rows[-1][column].column == rows[-1][column - 1].column and name == names[column - 1]
            if merged:
                spans.append(spans[-1])
            elif name:
                spans.append(self._span(self._write(name, "row", is_same_line=any(spans)), name))
            else:
                spans.append(None)
        return tuple(spans)

    def _write_row(
        self, row: Sequence[Cell], spans: dict[tuple[int, int], Span]
    ) -> tuple[int, tuple[Span, ...]] | None:
        """Where the row's own text starts, and its cells; a cell merged from above points to where it stands."""
        start = -1
        cells: list[Span] = []
        for cell in row:
            key = (cell.row, cell.column)
            text = one_line(cell.text)
            if text and key not in spans:
                begin = self._write(text, "row", is_same_line=start >= 0)
                start = begin if start < 0 else start
                spans[key] = self._span(begin, text)
            cells.append(spans.get(key) or Span(self.number, self.length, self.length, ""))
        return (start, tuple(cells)) if start >= 0 else None

    def _span(self, start: int, text: str) -> Span:
        return Span(self.number, start, start + len(text), text)

    def _write(self, text: str, kind: BlockKind, *, is_same_line: bool = False) -> int:
        """Writes after the separator that is due, and gives the offset where the text starts."""
        if is_same_line:
            separator = CELL_SEPARATOR
        elif not self.pieces:
            separator = ""
        else:
            separator = "\n" if kind == self.last_kind and kind in {"item", "row"} else "\n\n"
        self.pieces += [separator, text]
        start = self.length + len(separator)
        self.length = start + len(text)
        self.last_kind = kind
        return start
