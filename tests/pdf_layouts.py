"""Documents as read → PDFs in many layouts, and the words inside boxes of their pages, read back letter by letter."""

from __future__ import annotations

import ctypes
import html
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from file_makers import columns_pdf, rotated_pdf, story_pdf
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, Table

from index.page_files import Box
from index.records import Block, Page

LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ"}
FONTS = ("Helvetica", "Times-Roman", "Courier", "Noto")
HYPHENS = "-‐‑\u00ad\ufffe\x02"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document is drawn. Ligatures need the one font that has them."""

    font: str = "Helvetica"
    size: float = 10
    columns: int = 1
    degrees: int = 0
    is_justified: bool = False
    is_hyphenated: bool = False
    has_ligatures: bool = False


LAYOUTS = (
    Layout(),
    Layout("Times-Roman", 11, columns=2, is_justified=True, is_hyphenated=True),
    Layout("Noto", 9, has_ligatures=True),
    Layout("Helvetica", 10, degrees=90),
    Layout("Noto", 10, columns=2, has_ligatures=True, is_hyphenated=True),
    Layout("Courier", 9, degrees=270),
    Layout("Times-Roman", 12, is_justified=True, degrees=180),
)


def draw(path: Path, pages: Sequence[Page], layout: Layout) -> Path:
    """The text as read of a document, drawn."""
    is_short = sum(len(page.text) for page in pages) < 2_500  # a column of a line or two is not read as one
    layout = replace(layout, columns=1) if is_short else layout
    story = [part for page in pages for part in _parts(page, layout)]
    upright = path.with_suffix(".upright.pdf") if layout.degrees else path
    (columns_pdf if layout.columns == 2 else story_pdf)(upright, story)
    if layout.degrees:
        rotated_pdf(path, upright, layout.degrees)
        upright.unlink()
    return path


def letters_in(path: Path, page: int, boxes: Sequence[Box]) -> str:
    """The letters of the page (1-based) whose middle stands in a box, in the order of the file, spaces left out.

    PDFium's boxes of single characters: another way than the rectangles of stretches that made the boxes.
    """
    held = (sign for sign, x, y in _letters(path, page) if any(_holds(box, x, y) for box in boxes))
    return plain("".join(held))


@cache
def _letters(path: Path, page: int) -> tuple[tuple[str, float, float], ...]:
    """The letters of a page and the middle of each, as fractions of the page as viewed, from the top left."""
    document = pdfium.PdfDocument(path)
    opened = document[page - 1]
    rotation = opened.get_rotation()
    opened.set_rotation(0)  # everything is drawn upright: so PDFium gives it in reading order
    text = opened.get_textpage()
    opened.set_rotation(rotation)
    signs = ((chr(raw.FPDFText_GetUnicode(text, at)), at) for at in range(text.count_chars()))
    found = tuple((sign, *_middle(opened, text, at)) for sign, at in signs if not sign.isspace())
    text.close()
    document.close()
    return found


def plain(text: str) -> str:
    """Letters, figures and marks; how a line's end cuts a word and how signs are joined makes no difference."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in folded if not sign.isspace() and sign not in HYPHENS)


def _parts(page: Page, layout: Layout) -> list[Any]:
    parts: list[Any] = []
    for is_row, blocks in groupby(page.blocks, lambda block: block.kind == "row"):
        if is_row:
            parts.append(_table(list(blocks), layout))
        else:
            parts += [_paragraph(page.text[block.start : block.end], layout, block.kind) for block in blocks]
    return parts


def _table(blocks: Sequence[Block], layout: Layout) -> Table:
    width = (225 if layout.columns == 2 else 450) / max(len(block.cells) for block in blocks)
    names = [header.quote if header else "" for header in blocks[0].headers]
    lines = [names, *([cell.quote for cell in block.cells] for block in blocks)]
    cells = [[_paragraph(text, layout, "heading" if at == 0 else "") for text in line] for at, line in enumerate(lines)]
    return Table(
        cells,
        colWidths=[width] * len(names),
        style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")],
        spaceBefore=8,
        spaceAfter=16,
    )


def _paragraph(text: str, layout: Layout, kind: str) -> Paragraph:
    _register()
    size = layout.size * (1.3 if kind == "heading" else 1)
    style = ParagraphStyle(
        "p",
        fontName=layout.font,
        fontSize=size,
        leading=size * 1.3,
        spaceAfter=6,
        alignment=TA_JUSTIFY if layout.is_justified else TA_LEFT,
        embeddedHyphenation=1 if layout.is_hyphenated else 0,
    )
    drawn = text
    if layout.has_ligatures:
        for letters, sign in LIGATURES.items():
            drawn = drawn.replace(letters, sign)
    if layout.font != "Noto":
        drawn = drawn.encode("cp1252", "replace").decode("cp1252")
    if layout.is_hyphenated:
        drawn = " ".join(_with_breaks(word) for word in drawn.split())
    return Paragraph(html.escape(drawn, quote=False).replace("\n", "<br/>"), style)


def _with_breaks(word: str) -> str:
    """The word with soft hyphens where a line may end: inside long words of letters only."""
    if not word.isalpha() or len(word) < 8:
        return word
    places = [0, *range(4, len(word) - 3, 4), len(word)]
    return "\u00ad".join(word[start:end] for start, end in pairwise(places))


@cache
def _register() -> None:
    from pymupdf_fonts import NotoSans_Regular

    registerFont(TTFont("Noto", io.BytesIO(NotoSans_Regular.fontbuffer)))


def _middle(page: Any, text: Any, at: int) -> tuple[float, float]:
    """The middle of a character as fractions of the page as viewed, from the top left."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, at, left, right, bottom, top)
    across, down = ctypes.c_int(), ctypes.c_int()
    x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
    raw.FPDF_PageToDevice(page, 0, 0, 100_000, 100_000, 0, x, y, across, down)
    return across.value / 100_000, down.value / 100_000


def _holds(box: Box, x: float, y: float) -> bool:
    return box.left <= x <= box.right and box.top <= y <= box.bottom
