"""Makes PDFs and the workbook of the default corpus from the sources kept beside this script; same bytes every time.

Run: python tests/corpus/make_documents.py [DOCUMENTS_FOLDER]
"""

from __future__ import annotations

import io
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

SOURCES = Path(__file__).parent / "sources"
DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
WRITTEN_ON = datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed stamp, the same on every machine
MARGIN = 18 * mm
GUTTER = 9 * mm
TITLE_HEIGHT = 23 * mm

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=14, spaceAfter=6)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=12, bulletIndent=2, spaceAfter=3)
CELL = ParagraphStyle("cell", parent=BODY, spaceAfter=0)
HEAD_CELL = ParagraphStyle("head cell", parent=CELL, fontName="Helvetica-Bold")
HEADINGS = {
    1: ParagraphStyle("h1", parent=BODY, fontName="Helvetica-Bold", fontSize=16, leading=20, spaceAfter=10),
    2: ParagraphStyle(
        "h2", parent=BODY, fontName="Helvetica-Bold", fontSize=12, leading=16, spaceBefore=8, keepWithNext=1
    ),
}


def main(documents: Path) -> None:
    """Writes the three files under `documents`."""
    write_pdf(SOURCES / "ans-sons-guide.md", documents / "sons" / "guide-sons-vague-2.pdf", columns=1)
    write_pdf(SOURCES / "ans-vague-2-perimetre.md", documents / "vague-2" / "perimetre-vague-2.pdf", columns=2)
    write_workbook(SOURCES / "ans-drimbox-calendrier.toml", documents / "vague-2" / "drimbox-calendrier.xlsx")


def write_pdf(source: Path, target: Path, *, columns: int) -> None:
    """Lays out `source` (headings, paragraphs, lists, tables of Markdown) on A4, one column drawn after the other.

    The title goes across the columns.
    """
    title, text = source.read_text(encoding="utf-8").removeprefix("# ").split("\n", maxsplit=1)
    width = (A4[0] - 2 * MARGIN - (columns - 1) * GUTTER) / columns
    height = A4[1] - 2 * MARGIN - TITLE_HEIGHT
    lefts = [MARGIN + column * (width + GUTTER) for column in range(columns)]
    bodies = [Frame(left, MARGIN, width, height, leftPadding=0, rightPadding=0) for left in lefts]
    across = Frame(MARGIN, MARGIN + height, A4[0] - 2 * MARGIN, TITLE_HEIGHT, leftPadding=0, rightPadding=0)
    document = BaseDocTemplate(
        str(target),
        pagesize=A4,
        invariant=1,
        lang="fr",
        title=title,
        pageTemplates=[PageTemplate("first", [across, *bodies]), PageTemplate("others", bodies)],
    )
    head = [Paragraph(title, HEADINGS[1]), NextPageTemplate("others"), FrameBreak()]
    document.build([*head, *flowables(text, width)])


def flowables(text: str, width: float) -> Iterator[Flowable]:
    """The blocks of a Markdown text, in order; `width` in points is what a table may take."""
    for block in re.split(r"\n{2,}", text.strip()):
        lines = block.splitlines()
        if heading := re.fullmatch(r"(#+) (.+)", block):
            yield Paragraph(heading[2], HEADINGS[len(heading[1])])
        elif block.startswith("|"):
            yield table(lines, width)
            yield Spacer(1, 8)
        elif item := [re.fullmatch(r"(-|\d+\.) (.+)", line) for line in lines]:
            yield from (
                Paragraph(found[2], ITEM, bulletText="–" if found[1] == "-" else found[1])
                if found
                else Paragraph(line, BODY)
                for found, line in zip(item, lines, strict=True)
            )


def table(lines: list[str], width: float) -> Table:
    """A ruled table whose header is printed once, even when it goes on over the page."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if not re.fullmatch(r"[|\-: ]+", line)
    ]
    styled = [[Paragraph(cell, CELL if number else HEAD_CELL) for cell in row] for number, row in enumerate(rows)]
    shares = (1, 2.4) if len(rows[0]) == 2 else (1.4, 1, 2.6)
    ruled = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
            ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ]
    )
    return Table(styled, colWidths=[width * share / sum(shares) for share in shares], style=ruled)


def write_workbook(source: Path, target: Path) -> None:
    """One worksheet per `[[sheet]]` of `source`; a date with an hour becomes a date cell."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in tomllib.loads(source.read_text(encoding="utf-8"))["sheet"]:
        fill(workbook.create_sheet(sheet["name"]), sheet["rows"], sheet["widths"])
    workbook.properties.creator = ""
    workbook.properties.created = WRITTEN_ON
    buffer = io.BytesIO()
    workbook.save(buffer)
    target.write_bytes(without_clock(buffer.getvalue()))


def fill(worksheet: Any, rows: list[list[Any]], widths: list[int]) -> None:
    """Writes the rows, a bold header first."""
    for row in rows:
        worksheet.append(row)
    for column, width in zip(worksheet.columns, widths, strict=True):
        worksheet.column_dimensions[column[0].column_letter].width = width
        for cell in column:
            cell.font = Font(bold=cell.row == 1)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, datetime):
                cell.number_format = 'DD/MM/YYYY HH"h"'


def without_clock(archive: bytes) -> bytes:
    """The same Office archive with every time of writing replaced by a fixed one."""
    stamp = WRITTEN_ON.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, old.read(name))
            new.writestr(zipfile.ZipInfo(name, WRITTEN_ON.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
