"""Door for python-pptx: slides as pages: the title, then the shapes in the order the eye takes them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.util import Emu

from index.errors import UnreadableDocument
from index.frames import compose
from index.parts import Part, Prose, Reading, Table, is_plainly_data, one_line, spread
from index.records import LeftOut, Page

_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
_RUNNING = {PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER}
_LISTING = {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT}
_SAME_LINE = Emu(360_000)  # one centimetre: shapes whose tops differ by less stand side by side


def read(path: Path, content: bytes) -> Reading:
    """One page a slide, numbered as shown; hidden slides, slide numbers and footers are left out."""
    try:
        slides = list(Presentation(io.BytesIO(content)).slides)
        read_slides = [_slide(number, slide) for number, slide in enumerate(slides, 1)]
    except Exception as error:  # the library raises anything on damaged files
        reason = "la présentation est abîmée ; ouvrez-la et enregistrez-la de nouveau."
        raise UnreadableDocument(path.name, reason) from error
    pages = tuple(page for page, _, _ in read_slides)
    left_out = tuple(left for _, lefts, _ in read_slides for left in lefts)
    return Reading(pages, left_out, tuple(warning for _, _, warnings in read_slides for warning in warnings))


def _slide(number: int, slide: Any) -> tuple[Page, list[LeftOut], list[str]]:
    shapes = list(_flat(slide.shapes))
    running = [shape for shape in shapes if _placeholder(shape) in _RUNNING]
    parts = [part for shape in _in_reading_order(shapes) for part in _parts(shape)]
    texts = [shape.text_frame.text.strip() for shape in running if shape.has_text_frame]
    left_out = [LeftOut(text, "pied de diapositive") for text in texts if text]
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        parts += [Prose("paragraph", paragraph) for paragraph in notes.text.split("\n")]
    if slide._element.get("show") == "0":  # noqa: SLF001 the library has no other way to tell a hidden slide
        text = "\n".join(part.text for part in parts if isinstance(part, Prose))
        return Page(number, "", ()), [LeftOut(text, f"diapositive {number} masquée")], []
    page = compose(number, parts)
    return page, left_out, [] if page.blocks else [f"page {number} : aucun texte, image numérisée ?"]


def _flat(shapes: Any) -> Iterator[Any]:
    """The shapes, those of groups included."""
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _flat(shape.shapes)
        else:
            yield shape


def _placeholder(shape: Any) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _in_reading_order(shapes: list[Any]) -> list[Any]:
    """Titles first, then lines of shapes from top to bottom, each from left to right."""
    titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
    others = [shape for shape in shapes if _placeholder(shape) not in _TITLES | _RUNNING]
    lines: list[list[Any]] = []
    for shape in sorted(others, key=lambda shape: shape.top or 0):
        if lines and (shape.top or 0) - (lines[-1][0].top or 0) < _SAME_LINE:
            lines[-1].append(shape)
        else:
            lines.append([shape])
    return titles + [shape for line in lines for shape in sorted(line, key=lambda shape: shape.left or 0)]


def _parts(shape: Any) -> Iterator[Part]:
    if getattr(shape, "has_table", False) and shape.has_table:
        yield _table(shape.table)
        return
    if not shape.has_text_frame:
        return
    kind = _placeholder(shape)
    paragraphs = [paragraph for paragraph in shape.text_frame.paragraphs if _text(paragraph).strip()]
    if kind in _TITLES:
        yield Prose("heading", " ".join(_text(paragraph) for paragraph in paragraphs), 1)
        return
    is_listing = kind in _LISTING and len(paragraphs) > 1
    for paragraph in paragraphs:
        properties = paragraph._p.pPr  # noqa: SLF001 bullets are not in the library's own interface
        children = {child.tag.rsplit("}", 1)[-1] for child in properties} if properties is not None else set()
        has_bullet = bool(children & {"buChar", "buAutoNum", "buBlip"})
        is_item = has_bullet or (is_listing and "buNone" not in children)
        yield Prose("item" if is_item else "paragraph", _text(paragraph))


def _text(paragraph: Any) -> str:
    text: str = paragraph.text
    return text.replace("\v", "\n")


def _table(table: Any) -> Table:
    rows = []
    for row in table.rows:
        cells = [cell for cell in row.cells if not cell.is_spanned]
        rows.append([(one_line(cell.text), cell.span_height, cell.span_width) for cell in cells])
    has_names = table.first_row or not is_plainly_data([cell[0] for cell in rows[0]])
    return spread(rows, header_rows=1 if has_names else 0)
