"""One page of a PDF, sorted into tables, columns and prose, in the order it is read. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.line_joining import Joiner
from index.page_layouts import Layout, Word
from index.parts import Part, Prose, Table
from index.reading_pdf_lines import Row, in_reading_order, merged, rows_of
from index.reading_pdf_prose import Style, joined_over_break, prose_of
from index.reading_pdf_rules import ruled_tables
from index.reading_pdf_tables import PageTable, aligned_tables
from index.records import LeftOut

_CONTENTS_LINE = re.compile(r"(?:[.…·_]\s?){5,}\s*\d{1,4}$")
_WIDE_SHARE = 0.55

Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class SortedPage:
    """What stands on one page: the ruled tables, and the rows of print outside them from top to bottom."""

    layout: Layout
    tables: tuple[PageTable, ...]
    rows: tuple[Row, ...]


def upright(layout: Layout) -> tuple[Layout, tuple[str, ...]]:
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


def _turned_rect(rect: Rect, turn: int, layout: Layout) -> Rect:
    left, top, right, bottom = rect
    if turn == 1:
        return top, layout.width - right, bottom, layout.width - left
    if turn == 2:
        return layout.width - right, layout.height - bottom, layout.width - left, layout.height - top
    if turn == 3:
        return layout.height - bottom, left, layout.height - top, right
    return rect


def sorted_page(layout: Layout, joiner: Joiner) -> SortedPage:
    """The page with its ruled tables found."""
    tables = ruled_tables(layout, joiner)
    outside = [word for word in layout.words if not any(_holds(table, word) for table in tables)]
    return SortedPage(layout, tuple(sorted(tables, key=lambda table: table.top)), tuple(rows_of(outside)))


def parts_of(
    page: SortedPage, dropped: set[int], style: Style, joiner: Joiner, before: PageTable | None
) -> tuple[list[Part], list[LeftOut], PageTable | None]:
    """The page's parts in reading order, what was left out, and the table that ends it.

    Args:
        page: the page.
        dropped: the places of its rows that are running headers and footers.
        style: what headings look like.
        joiner: joins lines.
        before: the table that ended the page before, which may go on here.
    """
    running = [row for at, row in enumerate(page.rows) if at in dropped]
    rows = [row for at, row in enumerate(page.rows) if at not in dropped]
    contents = [row for row in rows if _CONTENTS_LINE.search(merged(row).text)]
    left_out = [LeftOut(merged(row).text, "en-tête ou pied de page") for row in running]
    left_out += [LeftOut(merged(row).text, "sommaire") for row in contents]
    rows = [row for row in rows if row not in contents]
    parts: list[Part] = []
    last: PageTable | None = None
    for stretch in _stretches(rows, page):
        columns = [list(_column_parts(column, style, joiner)) for column in stretch]
        for part in _joined(columns, joiner):
            is_table = isinstance(part, PageTable)
            last = part if isinstance(part, PageTable) else None
            if isinstance(part, PageTable) and not parts and before:
                parts.append(_continued(part, before))
            else:
                parts.append(part.table if isinstance(part, PageTable) else part)
            last = last if is_table else None
    return parts, left_out, last


Column = list[Row | PageTable]


def _stretches(rows: Sequence[Row], page: SortedPage) -> Iterator[list[Column]]:
    """The page from top to bottom, parted by its wide tables; each stretch is its columns, narrow tables in theirs."""
    width = max((line.right for row in rows for line in row), default=0.0) - min(
        (line.left for row in rows for line in row), default=0.0
    )
    wide = [table for table in page.tables if table.right - table.left > _WIDE_SHARE * width]
    narrow = [table for table in page.tables if table not in wide]
    top = float("-inf")
    for table in [*wide, None]:
        bottom = table.top if table else float("inf")
        columns: list[Column] = [
            list(column) for column in in_reading_order([r for r in rows if top <= r[0].top < bottom])
        ]
        for held in narrow:
            if top <= held.top < bottom:
                _insert(columns, held)
        yield columns
        if table:
            yield [[table]]
        top = bottom


def _insert(columns: list[Column], table: PageTable) -> None:
    """Puts a narrow table in the nearest column that holds its middle, above what stands below it."""
    middle = (table.left + table.right) / 2
    holding: list[tuple[float, Column]] = []
    for column in columns:
        rows = [row for row in column if not isinstance(row, PageTable)]
        lines = [line for row in rows for line in row]
        if lines and min(line.left for line in lines) - 5 <= middle <= max(line.right for line in lines) + 5:
            above, below = min(line.top for line in lines), max(line.bottom for line in lines)
            holding.append((max(0.0, above - table.bottom, table.top - below), column))
    if not holding:
        columns.append([table])
        return
    column = min(holding, key=lambda held: held[0])[1]
    column.insert(next((at for at, row in enumerate(column) if _top(row) > table.top), len(column)), table)


def _top(row: Row | PageTable) -> float:
    return row.top if isinstance(row, PageTable) else row[0].top


def _column_parts(column: Column, style: Style, joiner: Joiner) -> Iterator[Prose | PageTable]:
    """The blocks of a column: its rows parted by tables, those without ruled lines looked for."""
    run: list[Row] = []
    for row in [*column, None]:
        if row is not None and not isinstance(row, PageTable):
            run.append(row)
            continue
        at = 0
        for start, end, table in aligned_tables(run, joiner):
            yield from prose_of([merged(row) for row in run[at:start]], style, joiner)
            yield table
            at = end
        yield from prose_of([merged(row) for row in run[at:]], style, joiner)
        run = []
        if row is not None:
            yield row


def _joined(columns: Sequence[Sequence[Prose | PageTable]], joiner: Joiner) -> list[Prose | PageTable]:
    """The parts of all columns; a block cut at the foot of one goes on at the head of the next."""
    parts: list[Prose | PageTable] = []
    for column in columns:
        for at, part in enumerate(column):
            last = parts[-1] if parts and at == 0 else None
            joined: Prose | None = None
            if isinstance(last, Prose) and isinstance(part, Prose):
                joined = joined_over_break(last, part, joiner)
            if joined:
                parts[-1] = joined
            else:
                parts.append(part)
    return parts


def _holds(table: PageTable, word: Word) -> bool:
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return table.left < across < table.right and table.top < down < table.bottom


def _continued(table: PageTable, before: PageTable) -> Table:
    """The table as the rest of the one that ended the page before, when its columns stand at the same places."""
    is_same = len(table.columns) == len(before.columns) and all(
        abs(a - b) < 12 for a, b in zip(table.columns, before.columns, strict=True)
    )
    if not is_same:
        return table.table
    names = [cell.text for cell in before.table.grid[0]]
    if table.has_bold_names and [cell.text for cell in table.table.grid[0]] != names:
        return table.table
    repeats = before.table.header_rows > 0 and [cell.text for cell in table.table.grid[0]] == names
    return replace(table.table, header_rows=before.table.header_rows if repeats else 0, continues=not repeats)
