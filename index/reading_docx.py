"""Door for python-docx: a Word document as headings, paragraphs, items and tables, in order.

The document's own XML is walked, because the library's paragraphs miss insertions, content controls and text boxes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from index.errors import UnreadableDocument
from index.frames import compose
from index.furniture import separate
from index.furniture_cues import load_cues
from index.parts import Part, Prose, Reading, Table, header_rows_of, one_line, spread
from index.records import LeftOut

_HEADING = re.compile(r"(?:heading|titre|überschrift)\s*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"title|titre", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|tm)\s*\d|table des matières|toc heading|en-tête de table", re.IGNORECASE)
_LIST = re.compile(r"list|liste", re.IGNORECASE)
_SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:txbxContent"),
    qn("w:pict"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_SPACES = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read(path: Path, content: bytes) -> Reading:
    """The document as one frame; its table of contents and hidden text are left out."""
    try:
        document = docx.Document(io.BytesIO(content))
        body = document.element.body
        walk = _Walk({style.style_id: style for style in document.styles})
        parts = list(walk.parts(body))
        parts += _notes(document, walk)
    except Exception as error:  # the library raises anything on damaged files
        raise UnreadableDocument(
            path.name, "le document Word est abîmé ; ouvrez-le et enregistrez-le de nouveau."
        ) from error
    kept, furniture = separate(parts, load_cues())
    left_out = [LeftOut("\n".join(texts), reason) for reason, texts in walk.left_out.items()]
    return Reading((compose(None, kept),), (*left_out, *furniture))


class _Walk:
    """What the parts of a document need to know: its styles by id. `left_out` gathers texts by reason."""

    def __init__(self, styles: dict[str, Any]) -> None:
        self.styles = styles
        self.left_out: dict[str, list[str]] = {}

    def parts(self, container: Any) -> Iterator[Part]:
        """The parts of a body, a content control or a text box."""
        for child in container:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag == qn("w:sdt"):
                content = child.find(qn("w:sdtContent"))
                yield from self.parts(content) if content is not None else ()
            elif child.tag in {qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")}:
                yield from self.parts(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Part]:
        text = self._text(paragraph)
        names = self._style_names(paragraph)
        if one_line(text):
            if any(_CONTENTS.match(name) for name in names):
                self.left_out.setdefault("sommaire", []).append(one_line(text))
            else:
                yield self._prose(paragraph, text, names)
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(above.tag in _SKIPPED - {qn("w:txbxContent"), qn("w:pict")} for above in box.iterancestors()):
                yield from self.parts(box)

    def _prose(self, paragraph: Any, text: str, names: list[str]) -> Prose:
        level = self._level(paragraph, names)
        if level:
            return Prose("heading", text, level)
        numbered = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        is_numbered = numbered is not None and numbered.get(qn("w:val")) != "0"
        is_item = is_numbered or any(_LIST.match(name) for name in names)
        return Prose("item" if is_item else "paragraph", text)

    def _style_names(self, paragraph: Any) -> list[str]:
        """The names of the paragraph's style and of those it is based on."""
        chosen = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = self.styles.get(chosen.get(qn("w:val"))) if chosen is not None else None
        names: list[str] = []
        while style is not None and len(names) < 10:
            names.append(style.name or "")
            style = style.base_style
        return names

    def _level(self, paragraph: Any, names: list[str]) -> int:
        for name in names:
            match = _HEADING.match(name)
            if match:
                return min(6, max(1, int(match[1])))
            if _TITLE.fullmatch(name):
                return 1
        outline = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        written = outline.get(qn("w:val"), "9") if outline is not None else "9"
        return min(6, int(written) + 1) if written.isdecimal() and int(written) < 9 else 0

    def _table(self, element: Any) -> Iterator[Part]:
        """The table; one that only holds the page together (a single column) gives its paragraphs."""
        rows = [row for row in element.iter(qn("w:tr")) if _owner(row, qn("w:tbl")) is element]
        cells = [[cell for cell in row.iter(qn("w:tc")) if _owner(cell, qn("w:tr")) is row] for row in rows]
        if max((len(row) for row in cells), default=0) < 2:
            for row in cells:
                for cell in row:
                    yield from self.parts(cell)
            return
        spans = [[(self._cell_text(cell), cell) for cell in row] for row in cells]
        table = spread(_merged(spans), header_rows=0)
        yield Table(table.grid, _header_rows(rows, table))

    def _cell_text(self, cell: Any) -> str:
        return one_line("\n".join(self._text(paragraph) for paragraph in cell.iter(qn("w:p"))))

    def _text(self, paragraph: Any) -> str:
        """The paragraph's visible text, insertions included, deletions not; hidden runs are noted as left out."""
        pieces: list[str] = []
        stack = [paragraph]
        while stack:
            element = stack.pop()
            if element.tag in _SKIPPED:
                continue
            if element.tag == qn("w:r") and element.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None:
                hidden = "".join(text.text or "" for text in element.iter(qn("w:t")))
                if hidden.strip():
                    self.left_out.setdefault("texte masqué", []).append(hidden)
                continue
            if element.tag == qn("w:t"):
                pieces.append(element.text or "")
            elif element.tag in _SPACES and element.getparent().tag == qn("w:r"):
                pieces.append(_SPACES[element.tag])
            stack.extend(reversed(element))
        return "".join(pieces)


def _notes(document: Any, walk: _Walk) -> Iterator[Part]:
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")):
            for note in parse_xml(relation.target_part.blob):
                if note.get(qn("w:type")) is None:
                    yield from walk.parts(note)


def _owner(element: Any, tag: str) -> Any:
    return next((above for above in element.iterancestors() if above.tag == tag), None)


def _header_rows(rows: list[Any], table: Table) -> int:
    """The rows that Word repeats on each page, else the first unless it is plainly data."""
    repeated = 0
    for row in rows:
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
            break
        repeated += 1
    if repeated and repeated < len(rows):
        return repeated
    return header_rows_of(table.grid)


def _merged(rows: list[list[tuple[str, Any]]]) -> list[list[tuple[str, int, int]]]:
    """Cells as (text, rows, columns): Word writes a cell merged downwards as empty cells that continue it."""
    starts: dict[int, list[int]] = {}
    result: list[list[tuple[str, int, int]]] = []
    for at, row in enumerate(rows):
        column = 0
        written: list[tuple[str, int, int]] = []
        for text, cell in row:
            width = _grid_span(cell)
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merge is not None and merge.get(qn("w:val")) != "restart" and column in starts:
                top, place = starts[column]
                old = result[top][place]
                result[top][place] = (f"{old[0]} {text}".strip(), at - top + 1, old[2])
            else:
                starts.pop(column, None)
                if merge is not None:
                    starts[column] = [at, len(written)]
                written.append((text, 1, width))
            column += width
        result.append(written)
    return result


def _grid_span(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    written = span.get(qn("w:val"), "1") if span is not None else "1"
    return max(1, min(int(written), 200)) if written.isdecimal() else 1
