"""Makers of the files that the reading tests read: everything is made by script, nothing is kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader, PdfWriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Table

from index.records import Document, DocumentInfo, Page, Source

WIDTH, HEIGHT = A4
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=16, leading=20, spaceAfter=8)
SECTION = ParagraphStyle("section", fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=6, spaceAfter=4)


def info(path: Path) -> DocumentInfo:
    """What a manifest would say of the file."""
    source = Source("Éditeur", "presse", 6, None, "", False, None, None)
    return DocumentInfo(path.stem, path.name, path.stem, source, "original", None, None, None, (), True)


def texts(page: Page, kind: str) -> list[str]:
    """The texts of the page's blocks of one kind."""
    return [page.text[block.start : block.end] for block in page.blocks if block.kind == kind]


def rows(document: Document) -> list[dict[str, str]]:
    """Each row of each table as header → cell; a cell without a header has the key ''."""
    return [
        {header.quote if header else "": cell.quote for header, cell in zip(block.headers, block.cells, strict=True)}
        for page in document.pages
        for block in page.blocks
        if block.kind == "row"
    ]


def lines_pdf(path: Path, pages: Sequence[Sequence[str]], *, left: float = 72, step: float = 14) -> Path:
    """Pages of lines drawn one under another, as they are given."""
    canvas = Canvas(str(path), pagesize=A4)
    for page in pages:
        for at, line in enumerate(page):
            canvas.drawString(left, HEIGHT - 120 - at * step, line)
        canvas.showPage()
    canvas.save()
    return path


def story_pdf(path: Path, story: list[Any], *, header: str = "", footer: str = "") -> Path:
    """A flowing document; `{page}` in the header or footer is the page's number."""

    def decorate(canvas: Canvas, _document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, HEIGHT - 40, header.format(page=canvas.getPageNumber()))
        canvas.drawString(280, 30, footer.format(page=canvas.getPageNumber()))

    SimpleDocTemplate(str(path), pagesize=A4).build(story, onFirstPage=decorate, onLaterPages=decorate)
    return path


def table_story(rows_: Sequence[Sequence[str]], *, widths: Sequence[float], ruled: bool, repeat: int = 0) -> Table:
    """A table with bold names above, with or without ruled lines; cells wrap."""
    bold = ParagraphStyle("names", parent=BODY, fontName="Helvetica-Bold")
    cells = [[Paragraph(text, bold if at == 0 else BODY) for text in row] for at, row in enumerate(rows_)]
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
    return Table(cells, colWidths=widths, repeatRows=repeat, style=[*style, ("VALIGN", (0, 0), (-1, -1), "TOP")])


def columns_pdf(path: Path, story: list[Any]) -> Path:
    """A page of two columns, drawn one after the other."""
    document = BaseDocTemplate(str(path), pagesize=A4)
    frames = [Frame(60, 60, 225, 700, id="left"), Frame(310, 60, 225, 700, id="right")]
    document.addPageTemplates([PageTemplate(frames=frames)])
    document.build(story)
    return path


def interleaved_pdf(path: Path, left: Sequence[str], right: Sequence[str]) -> Path:
    """Two columns whose lines are drawn in turn."""
    canvas = Canvas(str(path), pagesize=A4)
    for at, (one, two) in enumerate(zip(left, right, strict=True)):
        canvas.drawString(60, HEIGHT - 100 - at * 14, one)
        canvas.drawString(335, HEIGHT - 100 - at * 14, two)
    canvas.save()
    return path


def image_pdf(path: Path, *, words: str = "") -> Path:
    """A first page with words, if any, then a page that is only a picture, as a scanner makes."""
    from PIL import Image

    canvas = Canvas(str(path), pagesize=A4)
    if words:
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 50, 50, 480, 700)
    canvas.save()
    return path


def rotated_pdf(path: Path, source: Path, degrees: int) -> Path:
    """The file with every page turned by `/Rotate`."""
    writer = PdfWriter()
    for page in PdfReader(source).pages:
        writer.add_page(page.rotate(degrees))
    writer.write(path)
    return path


def encrypted_pdf(path: Path, source: Path, password: str) -> Path:
    """The file locked with a password."""
    writer = PdfWriter()
    for page in PdfReader(source).pages:
        writer.add_page(page)
    writer.encrypt(password, owner_password="other", algorithm="RC4-128")
    writer.write(path)
    return path


def calendar_xlsx(path: Path) -> Path:
    """A titled calendar with dates, hours, a share, an ugly float, a formula without result, a merged cell, a note."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Calendrier"
    sheet.append(["Calendrier de la vague 1"])
    sheet.append([])
    sheet.append(["Couloir", "Jalon", "Date limite", "Part", "Montant", "Calcul"])
    sheet.append(["Hôpital", "Avance", date(2022, 11, 30), 0.82, 0.1 + 0.2, "=E4*2"])
    sheet.append([None, "Solde", datetime(2023, 12, 14, 14, 0), None, 2307, None])  # noqa: DTZ001 a workbook knows no time zone
    sheet.append(["Officine", "Solde", date(2023, 4, 28), None, None, None])
    sheet.merge_cells("A4:A5")
    sheet["D4"].number_format = "0%"
    sheet.append([])
    sheet.append(["* sous réserve de la publication de l'arrêté"])
    hidden = book.create_sheet("Brouillon")
    hidden["A1"] = "à ne pas lire"
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def merged_docx(path: Path) -> Path:
    """Headings, a list, and a table whose first column is merged downwards and one row across."""
    document = docx.Document()
    document.add_heading("Le financement", 0)
    document.add_heading("Calendrier", 1)
    document.add_paragraph("Les demandes de solde sont closes aux dates suivantes.")
    document.add_paragraph("premier point", style="List Bullet")
    table = document.add_table(5, 3)
    cells = [
        ("Couloir", "Jalon", "Date"),
        ("Hôpital", "Avance", "30/11/2022"),
        ("", "Solde", "14/12/2023"),
        ("Ville", "", ""),
        ("Officine", "Solde", "28/04/2023"),
    ]
    for row, values in zip(table.rows, cells, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 2))
    document.save(str(path))
    return path


def slides_pptx(path: Path) -> Path:
    """A slide with a title and a table drawn above it, one with points, one that is empty, one that is hidden."""
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    table = slide.shapes.add_table(3, 2, Inches(1), Inches(0), Inches(5), Inches(2)).table
    for at, values in enumerate([("Couloir", "Date"), ("Hôpital", "14/12/2023"), ("Officine", "28/04/2023")]):
        for column, value in enumerate(values):
            table.cell(at, column).text = value
    slide.shapes.title.text = "Le calendrier"
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Les piliers"
    slide.placeholders[1].text = "consulter\néchanger"
    show.slides.add_slide(show.slide_layouts[6])
    hidden = show.slides.add_slide(show.slide_layouts[1])
    hidden.shapes.title.text = "Brouillon"
    hidden._element.set("show", "0")
    show.save(str(path))
    return path


def bomb_docx(path: Path, *, megabytes: int = 300) -> Path:
    """A Word file whose body unpacks to far more than it weighs."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(b" " * 2**20)
    return path


def with_part(path: Path, source: Path, name: str, content: bytes) -> Path:
    """The Office file with one part replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            if item != name:
                new.writestr(item, old.read(item))
        new.writestr(name, content)
    path.write_bytes(target.getvalue())
    return path
