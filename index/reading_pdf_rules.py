"""Tables drawn with ruled lines: the lines say where cells are, however many lines of print they hold. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from index.line_joining import Joiner
from index.page_layouts import Layout, Word
from index.parts import Cell, Table, header_rows_of
from index.reading_pdf_lines import merged, rows_of
from index.reading_pdf_tables import PageTable, column_intervals, grid_of, has_bold_names

_NEAR = 3.0
Rule = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Ruled lines that meet: horizontal ones as (y, left, right), vertical ones as (x, top, bottom)."""

    across: tuple[tuple[float, float, float], ...]
    down: tuple[tuple[float, float, float], ...]

    @property
    def xs(self) -> list[float]:
        return _clusters([x for x, _, _ in self.down])

    @property
    def ys(self) -> list[float]:
        return _clusters([y for y, _, _ in self.across])


def ruled_tables(layout: Layout, joiner: Joiner) -> list[PageTable]:
    """The tables of the page whose cells are parted by lines; boxes around text are none."""
    tables = [_table(grid, layout.words, joiner) for grid in _grids(layout.rules)]
    return [table for table in tables if table]


def _grids(rules: Sequence[Rule]) -> list[_Grid]:
    across = _joined([((r[1] + r[3]) / 2, r[0], r[2]) for r in rules if r[3] - r[1] < 1.5])
    down = _joined([((r[0] + r[2]) / 2, r[1], r[3]) for r in rules if r[2] - r[0] < 1.5])
    if len(across) * len(down) > 250_000:
        return []
    owner = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    for i, (y, left, right) in enumerate(across):
        for j, (x, top, bottom) in enumerate(down):
            if left - _NEAR <= x <= right + _NEAR and top - _NEAR <= y <= bottom + _NEAR:
                owner[root(i)] = root(len(across) + j)
    grids = []
    for group in sorted({root(at) for at in range(len(owner))}):
        own_across = tuple(rule for i, rule in enumerate(across) if root(i) == group)
        own_down = tuple(rule for j, rule in enumerate(down) if root(len(across) + j) == group)
        grids.append(_Grid(own_across, own_down))
    lonely = [grid.across[0] for grid in grids if len(grid.across) == 1 and not grid.down]
    return [grid for grid in grids if len(grid.ys) > 2 and len(grid.xs) > 1] + _stacks(lonely)


def _stacks(lines: Sequence[tuple[float, float, float]]) -> list[_Grid]:
    """Horizontal lines of the same width under one another, as in tables without vertical lines."""
    stacks: dict[tuple[int, int], list[tuple[float, float, float]]] = {}
    for line in lines:
        key = next((k for k in stacks if abs(k[0] - line[1]) < 6 and abs(k[1] - line[2]) < 6), None)
        stacks.setdefault(key or (round(line[1]), round(line[2])), []).append(line)
    return [
        _Grid(tuple(stack), ((stack[0][1], ys[0], ys[-1]), (stack[0][2], ys[0], ys[-1])))
        for stack in stacks.values()
        if len(ys := sorted(y for y, _, _ in stack)) > 3
    ]


def _joined(lines: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Lines at the same height that touch, as one."""
    joined: list[tuple[float, float, float]] = []
    for at, start, end in sorted(lines, key=lambda line: (round(line[0] / 2), line[1])):
        last = joined[-1] if joined else None
        if last and abs(last[0] - at) < 2 and start <= last[2] + _NEAR:
            joined[-1] = (last[0], last[1], max(last[2], end))
        else:
            joined.append((at, start, end))
    return joined


def _clusters(places: list[float]) -> list[float]:
    result: list[float] = []
    for place in sorted(places):
        if not result or place - result[-1] > _NEAR:
            result.append(place)
    return result


def _table(grid: _Grid, words: Sequence[Word], joiner: Joiner) -> PageTable | None:
    xs, ys = grid.xs, grid.ys
    inside = [w for w in words if xs[0] < (w.left + w.right) / 2 < xs[-1] and ys[0] < (w.top + w.bottom) / 2 < ys[-1]]
    if not inside:
        return None
    if len(xs) == 2:
        return _table_of_bands(xs, ys, inside, joiner)
    regions = _regions(grid, xs, ys)
    held: dict[tuple[int, int], list[Word]] = {}
    for word in inside:
        row, column = _place(ys, (word.top + word.bottom) / 2), _place(xs, (word.left + word.right) / 2)
        held.setdefault(regions[row][column], []).append(word)
    texts = {region: _text(own, joiner) for region, own in held.items()}
    cells = [[Cell(texts.get(region, ""), *region) for region in row] for row in regions]
    cells = [row for row in cells if any(cell.text for cell in row)]
    kept = [column for column in range(len(xs) - 1) if any(row[column].text for row in cells)]
    rows = tuple(tuple(row[column] for column in kept) for row in cells)
    if len(kept) < 2 or len(rows) < 2 or len(texts) < 3:
        return None
    columns = tuple(xs[column] for column in kept)
    bold = has_bold_names(rows_of(inside))
    return PageTable(Table(rows, header_rows_of(rows)), ys[0], ys[-1], xs[0], xs[-1], columns, bold)


def _table_of_bands(xs: list[float], ys: list[float], words: Sequence[Word], joiner: Joiner) -> PageTable | None:
    """Rows parted by lines, columns by what stands under one another."""
    bands = [
        rows_of(w for w in words if top < (w.top + w.bottom) / 2 < bottom) for top, bottom in itertools.pairwise(ys)
    ]
    bands = [band for band in bands if band]
    columns = column_intervals([row for band in bands for row in band])
    if len(columns) < 2 or sum(any(len(row) > 1 for row in band) for band in bands) < 3:
        return None
    texts = grid_of(bands, columns, joiner)
    rows = tuple(tuple(Cell(text, at, column) for column, text in enumerate(row)) for at, row in enumerate(texts))
    table = Table(rows, header_rows_of(rows))
    bold = has_bold_names(rows_of(words))
    return PageTable(table, ys[0], ys[-1], xs[0], xs[-1], tuple(left for left, _ in columns), bold)


def _place(edges: Sequence[float], at: float) -> int:
    return max(0, min(len(edges) - 2, sum(edge <= at for edge in edges) - 1))


def _regions(grid: _Grid, xs: list[float], ys: list[float]) -> list[list[tuple[int, int]]]:
    """For each place of the grid, the place where its cell starts: without a line between them two are one cell."""
    start: list[list[tuple[int, int]]] = []
    for row in range(len(ys) - 1):
        start.append([])
        middle_y = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            middle_x = (xs[column] + xs[column + 1]) / 2
            is_open_left = column > 0 and not _is_ruled(grid.down, xs[column], middle_y)
            is_open_above = row > 0 and not _is_ruled(grid.across, ys[row], middle_x)
            if is_open_left:
                start[row].append(start[row][column - 1])
            else:
                start[row].append(start[row - 1][column] if is_open_above else (row, column))
    return start


def _is_ruled(lines: Sequence[tuple[float, float, float]], at: float, middle: float) -> bool:
    return any(abs(place - at) <= _NEAR and start <= middle <= end for place, start, end in lines)


def _text(words: Sequence[Word], joiner: Joiner) -> str:
    return joiner.join([merged(row).text for row in rows_of(words)])
