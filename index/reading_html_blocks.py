"""Door for lxml: an HTML page as its blocks in order, each with the zone of the page that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import lxml.html
from lxml import etree

from index.furniture_cues import fold
from index.parts import Part, Prose, Table, header_rows_of, one_line, spread
from index.reading_html_zones import zone_of

_BLOCKS = """
address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
_NEVER_TEXT = """script style template noscript head svg math iframe object embed canvas select textarea audio video"""
_BLOCK_TAGS = frozenset(_BLOCKS.split())
_DROPPED_TAGS = frozenset(_NEVER_TEXT.split())
_SPACES = re.compile(r"[ \t\r\n\f]+")  # not the no-break spaces of French
_MARKUP = re.compile(r"<!--.*?-->|</?[a-zA-Z!][^<>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A part of the page; `zone` is None where nothing says that it is not the article.

    `link_share` is 0..1 of its letters; `is_in_main` says that the page's own landmark holds it.
    """

    part: Part
    zone: str | None
    link_share: float
    is_in_main: bool

    @property
    def text(self) -> str:
        """The text of the part, a table's rows one to a line."""
        if isinstance(self.part, Prose):
            return self.part.text
        return "\n".join(" | ".join(cell.text for cell in row) for row in self.part.grid)

    @property
    def letters(self) -> str:
        """The folded letters and figures of the text."""
        return fold(self.text).replace(" ", "")


def parse(html: str) -> Any | None:
    """The `body` of the page, without what is never text; None when there is no element."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    body = root.find("body")
    return root if body is None else body


def blocks_of(body: Any) -> list[HtmlBlock]:
    """The blocks of the page in order: hidden ones too, with their zone."""
    return list(_Walk(body).run())


class _Walk:
    """One pass over the page: a buffer of text that every block element closes."""

    def __init__(self, body: Any) -> None:
        self.body = body
        self.has_main = bool(body.xpath(".//main|.//article|.//*[@role='main']"))
        self.page_letters = max(1, len(body.text_content()))
        self.buffer: list[str] = []
        self.link_chars = 0
        self.links = 0
        self.mains = 0
        self.zones: list[str | None] = [None]
        self.term = ""
        self.level = 1

    def run(self) -> Iterator[HtmlBlock]:
        walk = etree.iterwalk(self.body, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                is_table = tag == "table" and _is_data(element)
                if is_table:
                    yield from self._close(element.getparent())
                    yield from self._table(element)
                if is_table or tag in _DROPPED_TAGS:
                    walk.skip_subtree()
                else:
                    yield from self._open(element, tag)
            else:
                yield from self._end(element, tag)
        yield from self._close(self.body)

    def _open(self, element: Any, tag: str) -> Iterator[HtmlBlock]:
        if tag in _BLOCK_TAGS and element is not self.body:
            yield from self._close(element.getparent())
        self.zones.append(self.zones[-1] or zone_of(element, self.page_letters, has_main=self.has_main))
        self.links += tag == "a"
        self.mains += _is_main(element)
        self._write(element.text)
        if tag == "br":
            self.buffer.append("\n")

    def _end(self, element: Any, tag: str) -> Iterator[HtmlBlock]:
        is_skipped = tag in _DROPPED_TAGS or (tag == "table" and _is_data(element))
        if tag in _BLOCK_TAGS and not is_skipped:
            yield from self._close(element)
        if not is_skipped:
            self.zones.pop()
            self.links -= tag == "a"
            self.mains -= _is_main(element)
        if element is not self.body:
            self._write(element.tail)

    def _write(self, text: str | None) -> None:
        if text:
            self.buffer.append(_SPACES.sub(" ", text))
            self.link_chars += len(text.strip()) if self.links else 0

    def _close(self, owner: Any) -> Iterator[HtmlBlock]:
        """Ends the block being written; the element that holds it says what it is."""
        text = _MARKUP.sub("", "".join(self.buffer)).strip()
        share = min(1.0, self.link_chars / max(1, len(text)))
        self.buffer, self.link_chars = [], 0
        if not text:
            return
        tag = owner.tag if isinstance(owner.tag, str) else ""
        is_term = tag == "dt"
        if is_term and not text.endswith("?"):
            self.term = f"{text} : "
            return
        part = self._part(tag, owner, text)
        yield HtmlBlock(part, self.zones[-1], share, self.mains > 0)

    def _part(self, tag: str, owner: Any, text: str) -> Prose:
        if re.fullmatch(r"h[1-6]", tag):
            self.level = int(tag[1])
            return Prose("heading", text, self.level)
        if tag in {"summary", "dt"}:
            return Prose("heading", text, min(6, self.level + 1))
        text, self.term = self.term + text, ""
        parent = owner.getparent()
        is_item = tag == "li" or (tag == "p" and parent is not None and parent.tag == "li" and parent[0] is owner)
        return Prose("item" if is_item or tag == "dd" else "paragraph", text)

    def _table(self, element: Any) -> Iterator[HtmlBlock]:
        caption = element.find("caption")
        zone = self.zones[-1] or zone_of(element, self.page_letters, has_main=self.has_main)
        if caption is not None and caption.text_content().strip():
            yield HtmlBlock(Prose("paragraph", _text(caption)), zone, 0.0, self.mains > 0)
        table = table_of_element(element)
        links = sum(len(link.text_content().strip()) for link in element.iter("a"))
        if table.grid:
            share = min(1.0, links / max(1, len(element.text_content().strip())))
            yield HtmlBlock(table, zone, share, self.mains > 0)


def table_of_element(element: Any) -> Table:
    """The table with its merged cells; rows of `thead`, or leading rows of `th` alone, name the columns."""
    rows: list[list[tuple[str, int, int]]] = []
    header_rows = 0
    for row in element.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        if not cells:
            continue
        is_header = row.getparent().tag == "thead" or all(cell.tag == "th" for cell in cells)
        header_rows += is_header and header_rows == len(rows)
        rows.append([(_text(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in cells])
    table = spread(rows, header_rows=header_rows)
    return table if header_rows else replace(table, header_rows=header_rows_of(table.grid))


def _is_main(element: Any) -> bool:
    return element.tag in {"main", "article"} or element.get("role") == "main"


def _is_data(table: Any) -> bool:
    """Whether a table holds data: two columns, and no other table inside."""
    if table.get("role") in {"presentation", "none"} or table.find(".//table") is not None:
        return False
    return any(sum(cell.tag in {"td", "th"} for cell in row) > 1 for row in table.iter("tr"))


def _text(element: Any) -> str:
    pieces = [element.text or ""]
    for child in element.iterdescendants():
        if child.tag in _DROPPED_TAGS:
            pieces.append(child.tail or "")
            continue
        is_apart = child.tag in _BLOCK_TAGS or child.tag == "br"
        inner = "" if any(above.tag in _DROPPED_TAGS for above in child.iterancestors()) else child.text or ""
        pieces += [" " if is_apart else "", inner, child.tail or ""]
    return one_line(_SPACES.sub(" ", _MARKUP.sub("", "".join(pieces))))


def _span(cell: Any, name: str) -> int:
    written = cell.get(name, "1").strip()
    return int(written) if written.isdecimal() and len(written) < 5 else 1
