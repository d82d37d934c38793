"""Remakes the PDF, HTML and DOCX documents whose sources stand in `sources_b/`.

Run `python tests/corpus/make_documents_b.py` from the checkout; the bytes are the same every time.
"""

from __future__ import annotations

import re
import sys
import zipfile
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

SOURCES = Path(__file__).parent / "sources_b"
DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a source: `kind` is title, heading, item, text or table; a table has `rows`, the others `text`."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def parts_of(source: str) -> tuple[Part, ...]:
    """The blocks of a small Markdown text: titles, paragraphs, bullet lists and tables, in order."""
    parts: list[Part] = []
    for block in re.split(r"\n\s*\n", source.strip()):
        if block.startswith("|"):
            lines = [line for line in block.splitlines() if not set(line) <= set("|- ")]
            rows = tuple(tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines)
            parts.append(Part("table", rows=rows))
        elif block.startswith("- "):
            parts += [Part("item", line.removeprefix("- ")) for line in block.splitlines()]
        elif block.startswith("#"):
            marks, text = block.split(" ", 1)
            parts.append(Part("title" if marks == "#" else "heading", text))
        else:
            parts.append(Part("text", block))
    return tuple(parts)


def make_pdf(source: str, *, author: str) -> bytes:
    """An A4 PDF with headings, lists and tables; no creation time is written into it."""
    parts = parts_of(source)
    output = BytesIO()
    template = SimpleDocTemplate(
        output,
        pagesize=A4,
        title=parts[0].text,
        author=author,
        lang="fr",
        invariant=1,
        leftMargin=22 * mm,
        rightMargin=22 * mm,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
    )
    template.build([flowable for part in parts for flowable in _flowables(part)])
    return output.getvalue()


def _flowables(part: Part) -> list[Flowable]:
    styles = getSampleStyleSheet()
    if part.kind == "table":
        grid = TableStyle(
            [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke)]
        )
        return [Spacer(1, 2 * mm), Table(part.rows, repeatRows=1, style=grid), Spacer(1, 4 * mm)]
    if part.kind == "item":
        return [Paragraph(escape(part.text), styles["BodyText"], bulletText="–")]
    style = {"title": "Heading1", "heading": "Heading2", "text": "BodyText"}[part.kind]
    return [Paragraph(escape(part.text), styles[style])]


def make_docx(source: str) -> bytes:
    """A Word file with heading styles, a bullet list and grid tables; the archive carries no clock time."""
    document = docx.Document()
    parts = parts_of(source)
    document.core_properties.title = parts[0].text
    document.core_properties.author = ""
    for part in parts:
        if part.kind == "table":
            _add_table(document, part.rows)
        else:
            style = {"title": "Title", "heading": "Heading 1", "item": "List Bullet", "text": "Normal"}[part.kind]
            document.add_paragraph(part.text, style=style)
    output = BytesIO()
    document.save(output)
    return _without_times(output.getvalue())


def _add_table(document: Document, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _without_times(archive: bytes) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return output.getvalue()


def make_html(article: str, frame: str) -> bytes:
    """The article inside the frame of a news site (menu, cookie banner, teasers, newsletter, footer)."""
    heading = re.search(r"<h1>(.*?)</h1>", article)
    if heading is None:
        raise ValueError("an article needs an <h1>")
    return frame.replace("{title}", heading.group(1)).replace("{article}", article.strip()).encode()


def main() -> int:
    """Writes the three files, prints their paths."""

    def read(name: str) -> str:
        return (SOURCES / name).read_text(encoding="utf-8")

    made = {
        "esms-numerique/cnsa-generalisation-dui.pdf": make_pdf(read("cnsa-generalisation-dui.md"), author=""),
        "sun-es/ars-bfc-sun-es.docx": make_docx(read("ars-bfc-sun-es.md")),
        "programme/hospitalia-cosui-novembre-2025.html": make_html(
            read("hospitalia-cosui-novembre-2025.html"), read("site-frame.html")
        ),
    }
    for path, content in made.items():
        (DOCUMENTS / path).parent.mkdir(parents=True, exist_ok=True)
        (DOCUMENTS / path).write_bytes(content)
        print(f"corpus/documents/{path}", file=sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
