"""Pure: a quotation in its surroundings as HTML, the quoted words marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers import Citation
from assistant.excerpts import Excerpt, Line
from assistant.markup import Html, element, join
from assistant.screens import wording

_BULLET = re.compile(r"\s*(?:[-–—•*▪◦·]|\d{1,2}[.)])")


def quotation(citation: Citation, found: Excerpt | None) -> Html:
    """The quotation marked in its surroundings; alone when its document no longer holds it there."""
    if found is None:
        return join(
            element("blockquote", element("mark", citation.span.quote)),
            element("p", wording.DOCUMENT_CHANGED, class_="meta"),
        )
    path = element("p", " › ".join(found.headings), class_="path") if found.headings else None
    body = _table(found) if found.rows else element("blockquote", prose_lines(found.lines))
    return join(path, body)


def prose_lines(lines: Sequence[Line], *, anchor: str | None = None) -> Html:
    """Blocks of text, the quoted words marked; the first marked block can carry an anchor. Rows make a table."""
    first = next((line for line in lines if any(piece.is_quoted for piece in line.pieces)), None) if anchor else None
    parts: list[Html] = []
    rows: list[Html] = []
    for line in lines:
        if line.kind == "row":
            rows.append(_row_of_line(line, anchor if line is first else None))
            continue
        if rows:
            parts.append(_scrolling(rows))
            rows = []
        parts.append(_block(line, anchor if line is first else None))
    if rows:
        parts.append(_scrolling(rows))
    return join(*parts)


def _table(found: Excerpt) -> Html:
    head = [element("th", column, scope="col") if column else element("td") for column in found.columns]
    rows = [
        element(
            "tr",
            *(_cell(cell, found.columns, place, row.is_quoted) for place, cell in enumerate(row.cells)),
            class_="is-quoted" if row.is_quoted else "neighbour",
        )
        for row in found.rows
    ]
    table = element(
        "table",
        element("thead", element("tr", *head)) if head else None,
        element("tbody", *rows),
    )
    return element("div", table, class_="table", role="group", tabindex=0, aria_label=wording.QUOTED_ROW)


def _cell(text: str, columns: Sequence[str], place: int, is_quoted: bool) -> Html:
    label = columns[place] if place < len(columns) else ""
    return element("td", element("mark", text) if is_quoted and text else text, data_label=label or None)


def _row_of_line(line: Line, anchor: str | None) -> Html:
    if line.is_header:
        cells = [element("th", piece.text, scope="col") if piece.text else element("td") for piece in line.pieces]
        return element("tr", *cells)
    cells = [element("td", element("mark", piece.text) if piece.is_quoted else piece.text) for piece in line.pieces]
    is_quoted = any(piece.is_quoted for piece in line.pieces)
    return element("tr", *cells, class_="is-quoted" if is_quoted else None, id=anchor)


def _scrolling(rows: Sequence[Html]) -> Html:
    table = element("table", element("tbody", *rows))
    return element("div", table, class_="table", role="group", tabindex=0, aria_label=wording.WHERE)


def _block(line: Line, anchor: str | None) -> Html:
    words = [element("mark", piece.text) if piece.is_quoted else piece.text for piece in line.pieces]
    has_bullet = line.kind == "item" and _BULLET.match("".join(piece.text for piece in line.pieces))
    return element("p", *words, class_="item has-bullet" if has_bullet else line.kind, id=anchor)
