"""Door for reportlab and the fonts it embeds: paragraphs of plain text as a PDF whose words can be selected."""

from __future__ import annotations

import html
import io
import threading
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from assistant.markup import web_address
from assistant.paper_lines import Line

BOOKMARKED: dict[str, int] = {"title": 0, "heading": 1, "subheading": 2}  # level of each in the outline

MARGIN = 56.0  # points
INK, SOFT, ACCENT, MARK, CAUTION = "#14232b", "#4a5c65", "#0f5a6b", "#fff3c4", "#fdf3e2"
MISSING = "□"  # for a sign that no font on board has
_LOCK = threading.Lock()  # reportlab's fonts keep what each document uses of them


def to_pdf(title: str, lines: Sequence[Line], *, footer: str) -> bytes:
    """The paragraphs on A4 pages, each page with the footer and its number; text is only ever text."""
    stream = io.BytesIO()
    with _LOCK:
        known = _signs()
        styles = _styles()
        frame = _Bookmarked(
            stream, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN + 24,
            title=title, lang="fr-FR", author="", subject="", creator="",
        )  # fmt: skip
        story = [_paragraph(line, styles, known) for line in lines if line.text.strip()]
        foot = Paragraph(_marked(footer, known), styles["meta"])

        def finish(canvas: Canvas, _: object) -> None:
            canvas.setViewerPreference("DisplayDocTitle", "true")
            _finish_page(canvas, foot)

        frame.build(story, onFirstPage=finish, onLaterPages=finish)
    return stream.getvalue()


class _Bookmarked(SimpleDocTemplate):  # type: ignore[misc]
    """Pages whose titles and headings stand in the outline that a reader shows beside them."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        level = BOOKMARKED.get(flowable.style.name) if isinstance(flowable, Paragraph) else None
        if level is None:
            return
        number, above = getattr(self, "_last_heading", (0, -1))
        self._last_heading = number + 1, min(level, above + 1)  # an outline leaves no level out
        self.canv.bookmarkPage(key := f"titre-{number}")
        self.canv.addOutlineEntry(flowable.getPlainText()[:120], key, self._last_heading[1], closed=level > 0)


def _paragraph(
    line: Line, styles: dict[str, ParagraphStyle], known: tuple[frozenset[int], frozenset[int]]
) -> Paragraph:
    words = _marked(line.text, known)
    address = web_address(line.address)
    if address:
        words = f'<a href="{html.escape(address)}" color="{ACCENT}"><u>{words}</u></a>'
    return Paragraph(words, styles[line.role])


def _marked(text: str, known: tuple[frozenset[int], frozenset[int]]) -> str:
    """The text escaped for a paragraph; signs that the text font lacks are set in the font of signs."""
    main, signs = known
    pieces = []
    kept = [sign for sign in text.replace("\t", " ") if sign.isprintable() or sign.isspace()]
    for has_glyph, run in groupby(kept, lambda sign: sign.isspace() or ord(sign) in main):
        if has_glyph:
            pieces.append(html.escape("".join(run), quote=False).replace("\n", "<br/>"))
        else:
            drawn = "".join(sign if ord(sign) in signs else MISSING for sign in run)
            pieces.append(f'<font name="Signs">{html.escape(drawn, quote=False)}</font>')
    return "".join(pieces)


def _finish_page(canvas: Canvas, foot: Paragraph) -> None:
    width, _ = A4
    _, height = foot.wrap(width - 2 * MARGIN - 40, 60)
    canvas.setStrokeColor(HexColor("#d3dee1"))
    left = MARGIN + 6  # where the frame's text begins
    canvas.line(left, MARGIN + 8, width - left, MARGIN + 8)
    foot.drawOn(canvas, left, MARGIN - height + 2)
    canvas.setFont("Text", 8.5)
    canvas.setFillColor(HexColor(SOFT))
    canvas.drawRightString(width - left, MARGIN - 9, str(canvas.getPageNumber()))


@cache
def _signs() -> tuple[frozenset[int], frozenset[int]]:
    """Registers the fonts; what the text font and the font of signs can draw."""
    from pymupdf_fonts import CascadiaMono_Regular, NotoSans_Bold, NotoSans_Regular

    files = {"Text": NotoSans_Regular, "Text-Bold": NotoSans_Bold, "Signs": CascadiaMono_Regular}
    fonts = {name: TTFont(name, io.BytesIO(file.fontbuffer)) for name, file in files.items()}
    for font in fonts.values():
        registerFont(font)
    main, signs = (frozenset(fonts[name].face.charToGlyph) for name in ("Text", "Signs"))
    return main, signs


def _styles() -> dict[str, ParagraphStyle]:
    base = ParagraphStyle(
        "text", fontName="Text", fontSize=10.5, leading=15, textColor=HexColor(INK), alignment=TA_LEFT, spaceAfter=5
    )

    def style(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=base, **changes)

    bold: dict[str, Any] = {"fontName": "Text-Bold", "keepWithNext": 1}
    return {
        "text": base,
        "title": style("title", fontSize=17, leading=22, spaceAfter=10, **bold),
        "heading": style("heading", fontSize=12.5, leading=17, spaceBefore=12, textColor=HexColor(ACCENT), **bold),
        "subheading": style("subheading", spaceBefore=6, spaceAfter=2, **bold),
        "item": style("item", leftIndent=14, bulletIndent=2),
        "quote": style(
            "quote",
            leftIndent=14,
            rightIndent=4,
            backColor=HexColor(MARK),
            borderPadding=3,
            spaceBefore=6,
            spaceAfter=9,
        ),
        "meta": style("meta", fontSize=8.5, leading=12, textColor=HexColor(SOFT)),
        "about": style("about", fontSize=8.5, leading=12, textColor=HexColor(SOFT), keepWithNext=1),
        "notice": style("notice", backColor=HexColor(CAUTION), borderPadding=4, spaceBefore=10, spaceAfter=10),
    }
