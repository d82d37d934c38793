"""What a reader found, put into a frame: its text, and the blocks with their exact offsets. Pure.

Every reader gives `Prose` and `Table` parts in reading order; `compose` writes them into one text, so that a quotation
is always a slice of it, whatever the format was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Block, BlockKind, LeftOut, Page, Span

CELL_SEPARATOR = " | "
ITEM_MARK = "- "

_MAX_COLUMNS = 200

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]*\n[^\S\n]*")
_FIGURE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\b\d{1,2}(?:er)? \w{3,9}\.? \d{4}\b|^[\d\s.,%€+-]*\d[\d\s.,%€+-]*$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERED = re.compile(r"\d{1,3}[.)] |[a-z][.)] ")
_RUNS = re.compile(r"[ \t]{2,}|\t")


@dataclass(frozen=True, slots=True)
class Prose:
    """A heading, a paragraph or a list item; `level` is 1 to 6 for a heading.

    When `is_indexed` is false the text stays in the frame (a date line, a byline) but makes no block: never quoted.
    """

    kind: BlockKind
    text: str
    level: int = 0
    is_indexed: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one place of a grid; `row` and `column` say where it stands first when it was merged over several."""

    text: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells, every row of the same length; the first `header_rows` rows name the columns.

    `continues` says that it goes on from the last table of the frame before, whose headers it takes when it has none.
    """

    grid: tuple[tuple[Cell, ...], ...]
    header_rows: int = 1
    continues: bool = False


Part = Prose | Table


@dataclass(frozen=True, slots=True)
class Reading:
    """What one format's `read(path, content)` gives: the pages, what was left out, and French warnings."""

    pages: tuple[Page, ...]
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()


def clean(text: str) -> str:
    """The text in NFC with plain line ends, without controls, invisible characters and blanks around line ends."""
    text = _CONTROL.sub("", _LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _RUNS.sub(" ", _BLANKS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """The clean text with its line ends turned into spaces."""
    return clean(text).replace("\n", " ")


def table_of(rows: Sequence[Sequence[str]], *, header_rows: int = 1, continues: bool = False) -> Table:
    """A table without merged cells; short rows are filled up with empty cells."""
    width = max((len(row) for row in rows), default=0)
    grid = tuple(
        tuple(Cell(text, at, column) for column, text in enumerate([*row, *[""] * (width - len(row))]))
        for at, row in enumerate(rows)
    )
    return Table(grid, header_rows, continues)


def spread(rows: Sequence[Sequence[tuple[str, int, int]]], *, header_rows: int) -> Table:
    """The table of cells given as (text, rows covered, columns covered), as HTML and Office write merged cells."""
    placed: dict[tuple[int, int], Cell] = {}
    for at, row in enumerate(rows):
        column = 0
        for text, row_span, column_span in row:
            while (at, column) in placed:
                column += 1
            cell = Cell(text, at, column)
            for below in range(at, min(at + max(1, row_span), len(rows))):
                for beside in range(column, column + max(1, min(column_span, _MAX_COLUMNS))):
                    placed.setdefault((below, beside), cell)
            column += max(1, min(column_span, _MAX_COLUMNS))
    width = min(max((column for _, column in placed), default=-1) + 1, _MAX_COLUMNS)
    grid = tuple(
        tuple(placed.get((at, column), Cell("", at, column)) for column in range(width)) for at in range(len(rows))
    )
    return Table(grid, min(header_rows, len(rows)))


def is_plainly_data(row: Sequence[str]) -> bool:
    """Whether a first row cannot name columns, since a cell beyond the first is a date or a figure (years may name)."""
    return any(_FIGURE.search(cell) and not _YEAR.fullmatch(cell.strip()) for cell in row[1:])


def header_rows_of(grid: Sequence[Sequence[Cell]]) -> int:
    """How many rows name the columns, told from the cells alone: none when the first plainly is data, else one or two.

    Rows merged over the whole width are titles, and are not counted. A first row with cells merged over some columns
    has a second one beneath.
    """
    start = next((at for at, row in enumerate(grid) if not _is_section(row)), len(grid))
    if start >= len(grid) - 1:
        return 0
    first, second = grid[start], grid[start + 1]
    if is_plainly_data([cell.text for cell in first]) or first[0].text.rstrip().endswith(":"):
        return 0
    places = [(cell.row, cell.column) for cell in first if cell.text]
    has_merged = len(set(places)) < len(places)
    return 2 if has_merged and start + 2 < len(grid) and not is_plainly_data([cell.text for cell in second]) else 1


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
        while len(grid) > 1 and _is_section(grid[0]):
            self.add_prose(Prose("paragraph", grid[0][0].text))
            grid = grid[1:]
        width = len(grid[0]) if grid else 0
        headers: tuple[Span | None, ...] = headers_before if len(headers_before) == width else (None,) * width
        section: Span | None = None
        last_full_row = max((at for at, row in enumerate(grid) if not _is_section(row)), default=0)
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
            if _is_section(row) and at < last_full_row:
                section = cells[0]
                continue
            if _is_section(row):
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


def _is_section(row: Sequence[Cell]) -> bool:
    """Whether one cell was merged over the whole row: a title inside the table."""
    return len(row) > 1 and len({(cell.row, cell.column) for cell in row}) == 1
