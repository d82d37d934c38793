"""What readers give, whatever the format: prose and tables in reading order, and the cleaning of their text. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import BlockKind, LeftOut, Page

_MAX_COLUMNS = 200
_MAX_ROW_SPAN = 1_000

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]*\n[^\S\n]*")
_FIGURE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\b\d{1,2}(?:er)? \w{3,9}\.? \d{4}\b|^[\d\s.,%€+-]*\d[\d\s.,%€+-]*$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
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
            if column >= _MAX_COLUMNS:
                break
            cell = Cell(text, at, column)
            for below in range(at, min(at + max(1, min(row_span, _MAX_ROW_SPAN)), len(rows))):
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
    start = next((at for at, row in enumerate(grid) if not is_section(row)), len(grid))
    if start >= len(grid) - 1:
        return 0
    first, second = grid[start], grid[start + 1]
    if is_plainly_data([cell.text for cell in first]) or first[0].text.rstrip().endswith(":"):
        return 0
    places = [(cell.row, cell.column) for cell in first if cell.text]
    has_merged = len(set(places)) < len(places)
    return 2 if has_merged and start + 2 < len(grid) and not is_plainly_data([cell.text for cell in second]) else 1


def is_section(row: Sequence[Cell]) -> bool:
    """Whether one cell was merged over the whole row: a title inside the table."""
    return len(row) > 1 and len({(cell.row, cell.column) for cell in row}) == 1
