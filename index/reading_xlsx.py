"""Door for openpyxl: a workbook as one frame: a heading for each sheet, its tables, values as people read them."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from index.errors import UnreadableDocument
from index.frames import compose
from index.parts import Cell, Part, Prose, Reading, Table, header_rows_of, is_plainly_data
from index.records import LeftOut

_FORMULA = re.compile(rb"<f[ >/]")
_MAX_CELLS = 2_000_000
_TITLE_WORDS = 14
_DAMAGED = "le classeur est abîmé ; ouvrez-le et enregistrez-le de nouveau."

Grid = list[list[Cell]]


def read(path: Path, content: bytes) -> Reading:
    """The visible sheets in order; formulas that were never calculated are reported."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content)) if _has_formulas(content) else None
        cells = sum(sheet.max_row * sheet.max_column for sheet in book.worksheets)
        reading = _read(book, formulas) if cells <= _MAX_CELLS else None
    except Exception as error:  # the library raises anything on damaged files
        raise UnreadableDocument(path.name, _DAMAGED) from error
    if reading is None:
        raise UnreadableDocument(path.name, f"le classeur a {cells} cellules, c'est trop ; découpez-le.")
    return reading


def _read(book: Any, formulas: Any | None) -> Reading:
    warnings: list[str] = []
    left_out: list[LeftOut] = []
    parts: list[Part] = []
    for sheet in book.worksheets:
        own = [Prose("heading", sheet.title, 1), *_parts(_grid(sheet))]
        if sheet.sheet_state != "visible":
            left_out.append(LeftOut(_shown(own), f"feuille « {sheet.title} » masquée"))
            continue
        warnings += [*_uncalculated(sheet, formulas[sheet.title])] if formulas else []
        warnings += _errors(sheet)
        parts += own if len(own) > 1 else []
    return Reading((compose(None, parts),), tuple(left_out), tuple(warnings))


def shown(value: Any, number_format: str = "General") -> str:
    """A cell's value as a French reader sees it: « 14/12/2023 14:00 », « 82 % », « 0,3 », « oui »."""
    if value is None or (isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A"))):
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        has_hour = value.time() != time(0)
        return value.strftime("%d/%m/%Y %H:%M" if has_hour else "%d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, (int, float)):
        return _number(value, number_format) if math.isfinite(value) else ""
    return str(value)


def _number(value: float, number_format: str) -> str:
    unit = ""
    if "%" in number_format:
        value, unit = value * 100, " %"
    elif "€" in number_format:
        unit = " €"
    written = f"{round(value, 10):.12g}"
    written = str(int(value)) if isinstance(value, int) or ("e" in written and value == int(value)) else written
    return written.replace(".", ",") + unit


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(_FORMULA.search(archive.read(name)) for name in names)


def _uncalculated(sheet: Any, formulas: Any) -> Iterator[str]:
    found = [
        cell.coordinate
        for row in formulas.iter_rows()
        for cell in row
        if cell.data_type == "f" and sheet[cell.coordinate].value is None
    ]
    if found:
        places = ", ".join(found[:5]) + ("…" if len(found) > 5 else "")
        yield f"feuille « {sheet.title} » : formule sans résultat enregistré en {places} ; enregistrez-le avec Excel"


def _errors(sheet: Any) -> Iterator[str]:
    found = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "e"]
    if found:
        yield f"feuille « {sheet.title} » : erreur de calcul en {', '.join(found[:5])}{'…' if len(found) > 5 else ''}"


def _grid(sheet: Any) -> Grid:
    """All the cells, a merged one standing at each of its places."""
    grid = [
        [Cell(shown(cell.value, cell.number_format or ""), at, column) for column, cell in enumerate(row)]
        for at, row in enumerate(sheet.iter_rows())
    ]
    for merged in sheet.merged_cells.ranges:
        top, left = merged.min_row - 1, merged.min_col - 1
        for row in grid[top : merged.max_row]:
            row[left : merged.max_col] = [grid[top][left]] * len(row[left : merged.max_col])
    return grid


def _parts(grid: Grid) -> Iterator[Part]:
    """Runs of rows between empty rows: titles and notes alone on their row, then a table."""
    before: Table | None = None
    run: Grid = []
    last = max((at for at, row in enumerate(grid) if any(cell.text for cell in row)), default=0)
    for at, row in enumerate([*grid, []]):
        if any(cell.text for cell in row):
            run.append(row)
            continue
        for part in _run(run, before, has_more=at < last):
            before = part if isinstance(part, Table) else before
            yield part
        run = []


def _run(run: Grid, before: Table | None, *, has_more: bool) -> Iterator[Part]:
    columns = [column for column in range(len(run[0]) if run else 0) if any(row[column].text for row in run)]
    rows = [[row[column] for column in columns] for row in run]
    while rows and _is_alone(rows[0]) and len(columns) > 1:
        text = next(cell.text for cell in rows.pop(0) if cell.text)
        yield Prose("heading" if len(text.split()) <= _TITLE_WORDS else "paragraph", text, 2)
    notes: list[str] = []
    while len(rows) > 1 and _is_alone(rows[-1]) and len(columns) > 1 and len(rows[-1][0].text.split()) > 3:
        notes.insert(0, next(cell.text for cell in rows.pop() if cell.text))
    if len(rows) == 1 == len(columns) and 0 < len(rows[0][0].text.split()) <= _TITLE_WORDS:
        is_title = has_more and not rows[0][0].text.endswith((".", ";", ":"))
        yield Prose("heading" if is_title else "paragraph", rows[0][0].text, 2)
    elif len(columns) == 1:
        yield from (Prose("paragraph", row[0].text) for row in rows)
    elif rows:
        yield _table(rows, before)
    yield from (Prose("paragraph", note) for note in notes)


def _is_alone(row: Sequence[Cell]) -> bool:
    return len({(cell.row, cell.column) for cell in row if cell.text}) == 1


def _table(rows: Grid, before: Table | None) -> Table:
    """A run that plainly starts with data goes on under the headers of the table before, when it is as wide."""
    grid = tuple(tuple(row) for row in rows)
    if not is_plainly_data([cell.text for cell in rows[0]]):
        return Table(grid, header_rows_of(grid))
    if before and before.header_rows and len(before.grid[0]) == len(rows[0]):
        return Table((*before.grid[: before.header_rows], *grid), before.header_rows)
    return Table(grid, header_rows=0)


def _shown(parts: Sequence[Part]) -> str:
    lines = [part.text for part in parts if isinstance(part, Prose)]
    lines += [" | ".join(cell.text for cell in row) for part in parts if isinstance(part, Table) for row in part.grid]
    return "\n".join(lines)
