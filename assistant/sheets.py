"""Pure: a table as CSV and as an XLSX workbook, by the standard library; dates are dates, text is never a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from html import escape

Cell = str | date | None

_EPOCH = date(1899, 12, 30)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = (
    f'<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def to_csv(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Semicolons and a byte-order mark, as French spreadsheets open it; days as AAAA-MM-JJ."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return ("\ufeff" + stream.getvalue()).encode("utf-8")


def to_xlsx(title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook with one sheet, its header row kept in view and filterable."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "_rels/.rels",
            f'{_RELATIONS}<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{_RELATIONS}<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        )
        archive.writestr("xl/workbook.xml", _workbook(title))
        archive.writestr("xl/styles.xml", _STYLES)
        archive.writestr("xl/worksheets/sheet1.xml", _sheet(header, rows))
    return stream.getvalue()


def _workbook(title: str) -> str:
    name = escape("".join(character for character in title if character not in "[]:*?/\\")[:31])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>'
    )


def _sheet(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    lines = [_row(1, header, style=2), *(_row(number, row) for number, row in enumerate(rows, 2))]
    last = f"{_column(len(header) - 1)}{len(rows) + 1}"
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{14 if n < 4 else 32}" customWidth="1"/>' for n in range(1, len(header) + 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData>{"".join(lines)}</sheetData><autoFilter ref="A1:{last}"/></worksheet>'
    )


def _row(number: int, cells: Sequence[Cell], style: int = 0) -> str:
    parts = []
    for place, cell in enumerate(cells):
        name = f"{_column(place)}{number}"
        if isinstance(cell, date):
            parts.append(f'<c r="{name}" s="1"><v>{(cell - _EPOCH).days}</v></c>')
        elif cell:
            words = escape(_NOT_XML.sub("", cell), quote=False)
            parts.append(f'<c r="{name}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{words}</t></is></c>')
    return f'<row r="{number}">{"".join(parts)}</row>'


def _column(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else _column(place // 26 - 1) + chr(ord("A") + place % 26)


def _plain(cell: Cell) -> str:
    """Text that a spreadsheet would take for a formula is marked as text."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    words = " ".join(cell.split())
    return "'" + words if words.startswith(_FORMULA) else words
