"""Tables without ruled lines, found from cells that stand under one another. Pure; when in doubt there is no table."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from index.line_joining import Joiner
from index.parts import Cell, Table, header_rows_of, is_plainly_data
from index.reading_pdf_lines import Line, Row, merged

_LEAST_ROWS = 3
_MARK = re.compile(r"[-–—•‣◦●○▪■►▶➢➤✓✔·*o\ue000-\uf8ff]|\(?\w{1,3}[.)]|\d+(?:\.\d+)*\.?")
_LEADERS = re.compile(r"[.…·_]{4,}")
_ROW_GAP = 1.25  # of the smallest gap between lines: wider ones part rows
_LINE_STEP = 1.3  # of the height of lines: what parts the lines of one cell


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table and the place it takes on the page; `columns` are the left edges of its columns.

    `has_bold_names` says that the first row is bold and the others are not.
    """

    table: Table
    top: float
    bottom: float
    left: float
    right: float
    columns: tuple[float, ...]
    has_bold_names: bool


def aligned_tables(rows: Sequence[Row], joiner: Joiner) -> list[tuple[int, int, PageTable]]:
    """The tables as (first row, end, table) of the rows of print given from top to bottom."""
    found: list[tuple[int, int, PageTable]] = []
    at = 0
    while at < len(rows):
        end, columns = _run(rows, at)
        table = _table(rows[at:end], columns, joiner) if columns else None
        if table:
            found.append((at, end, table))
            at = end
        else:
            at += 1
    return found


def column_intervals(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The stretches of the page's width that hold cells, from left to right."""
    merged_intervals: list[tuple[float, float]] = []
    for left, right in sorted((line.left, line.right) for row in rows for line in row):
        if merged_intervals and left < merged_intervals[-1][1]:
            merged_intervals[-1] = (merged_intervals[-1][0], max(right, merged_intervals[-1][1]))
        else:
            merged_intervals.append((left, right))
    return merged_intervals


def has_bold_names(rows: Sequence[Row]) -> bool:
    """Whether the first row of print is bold and the rest is not."""
    rest = [line for row in rows[1:] for line in row]
    return all(line.is_bold for line in rows[0]) and not all(line.is_bold for line in rest)


def grouped_rows(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> list[list[Row]]:
    """The rows of print that make one row of the table: lines of a cell stand closer than rows do.

    Where all steps are alike, or lines that fill every column would fall together, a line without a first cell goes on
    with the row above it.
    """
    gaps = [below[0].top - above[0].top for above, below in itertools.pairwise(rows)]
    close = max(_ROW_GAP * min(gaps, default=0.0), _LINE_STEP * median(line.size for row in rows for line in row))
    by_gap = _grouped(rows, [gap <= close for gap in gaps])
    fills_all = sum(len(row) >= len(columns) for row in rows)
    is_spaced = len(by_gap) > 1 and not (fills_all > 0.7 * len(rows) and len(by_gap) < 0.4 * len(rows))
    if is_spaced:
        return by_gap
    return _grouped(rows, [not any(line.left < columns[0][1] for line in row) for row in rows[1:]])


def _grouped(rows: Sequence[Row], goes_on: Sequence[bool]) -> list[list[Row]]:
    groups: list[list[Row]] = [[rows[0]]]
    for row, is_same in zip(rows[1:], goes_on, strict=True):
        if is_same:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def grid_of(groups: Sequence[Sequence[Row]], columns: Sequence[tuple[float, float]], joiner: Joiner) -> list[list[str]]:
    """The text of each cell: its lines joined."""
    grid: list[list[str]] = []
    for group in groups:
        cells: list[list[str]] = [[] for _ in columns]
        for row in group:
            for line in row:
                column = min(range(len(columns)), key=lambda at: _apart(line, columns[at]))
                cells[column].append(line.text)
        grid.append([joiner.join(cell) for cell in cells])
    return grid


def _apart(line: Line, column: tuple[float, float]) -> float:
    return max(0.0, column[0] - line.right, line.left - column[1])


def _run(rows: Sequence[Row], at: int) -> tuple[int, list[tuple[float, float]]]:
    """The longest run from `at` that keeps its columns apart; no columns when the first row has but one cell."""
    if not _is_tabular(rows[at]):
        return at + 1, []
    columns = column_intervals([rows[at]])
    end = at + 1
    while end < len(rows) and rows[end][0].top - rows[end - 1][0].top < 3.2 * rows[end][0].size:
        wider = column_intervals([*rows[at:end], rows[end]])
        goes_on = _is_tabular(rows[end]) or _continues(rows[end], columns) or _opens_row(rows, end, wider)
        if len(wider) < len(columns) or not goes_on:
            break
        columns = wider
        end += 1
    tight = min((below[0].top - above[0].top for above, below in itertools.pairwise(rows[at:end])), default=0.0)
    while end > at + 1 and not _ends_cell(rows[end - 2], rows[end - 1], columns, tight):
        end -= 1
    return end, columns


def _is_tabular(row: Row) -> bool:
    """Whether the row has two cells: a list's mark or dots that lead to a page number make none."""
    return len(row) > 1 and not _MARK.fullmatch(row[0].text) and not _LEADERS.search(merged(row).text)


def _continues(row: Row, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether the row only goes on with cells above it: it keeps inside their columns."""
    return all(any(left - 2 <= line.left and line.right <= right + 2 for left, right in columns) for line in row)


def _opens_row(rows: Sequence[Row], at: int, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a lone cell beyond the first column is the first line of a row whose other cells stand lower."""
    if rows[at][0].left < columns[0][1] or at + 1 >= len(rows):
        return False
    is_close = rows[at + 1][0].top - rows[at][0].top <= 1.4 * rows[at][0].size
    return is_close and len(column_intervals([*rows[at : at + 2]])) <= len(columns)


def _ends_cell(above: Row, row: Row, columns: Sequence[tuple[float, float]], tight: float) -> bool:
    """Whether the last row of a run belongs to cells: several, or one as close as lines of a cell stand."""
    is_close = row[0].top - above[0].top <= _ROW_GAP * tight
    return _is_tabular(row) or is_close or _continues(row, columns[1:])


def _table(rows: Sequence[Row], columns: Sequence[tuple[float, float]], joiner: Joiner) -> PageTable | None:
    tabular = [row for row in rows if len(row) > 1]
    if (
        len(columns) < 2
        or len(tabular) < _LEAST_ROWS
        or _are_prose(rows, columns)
        or not _are_aligned(tabular, columns)
    ):
        return None
    texts = grid_of(grouped_rows(rows, columns), columns, joiner)
    if len(texts) < 2:
        return None
    grid = tuple(tuple(Cell(text, at, column) for column, text in enumerate(row)) for at, row in enumerate(texts))
    lines = [line for row in rows for line in row]
    return PageTable(
        Table(grid, _header_rows(rows, grid)),
        min(line.top for line in lines),
        max(line.bottom for line in lines),
        columns[0][0],
        columns[-1][1],
        tuple(left for left, _ in columns),
        has_bold_names(rows),
    )


def _header_rows(rows: Sequence[Row], grid: Sequence[Sequence[Cell]]) -> int:
    """One when the first row looks otherwise than the rest, or names what stands below it."""
    if has_bold_names(rows):
        return header_rows_of(grid)
    names = [cell.text for cell in grid[0]]
    if is_plainly_data(names) or not all(names):
        return 0
    has_figures = [any(re.search(r"\d", row[column].text) for row in grid[1:]) for column in range(len(names))]
    names_figures = any(has and not re.search(r"\d", name) for has, name in zip(has_figures, names, strict=True))
    return 1 if names_figures or len(names) > 2 else 0


def _are_prose(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether the columns are full of running text: long lines that fill them."""
    fills: list[float] = []
    words: list[int] = []
    for left, right in columns:
        lines = [line for row in rows for line in row if left <= line.left < right]
        fills.append(mean((line.right - line.left) / max(1.0, right - left) for line in lines) if lines else 0.0)
        words.append(round(median(len(line.words) for line in lines)) if lines else 0)
    return min(words) >= 4 and min(fills) > 0.7


def _are_aligned(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether cells of the second column and on stand under one another, by their left, right or middle."""
    for left, right in columns[1:]:
        lines = [line for row in rows for line in row if left <= line.left < right]
        if len(lines) < 2:
            continue
        spreads = [
            _spread([line.left for line in lines]),
            _spread([line.right for line in lines]),
            _spread([(line.left + line.right) / 2 for line in lines]),
        ]
        if min(spreads) > 0.2:
            return False
    return True


def _spread(places: Sequence[float]) -> float:
    """The share of places further than 4 points from the usual one."""
    usual = median(places)
    return sum(abs(place - usual) > 4 for place in places) / len(places)
