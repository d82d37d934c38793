"""Pure: where a quotation opens in its document, and the document as read, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlencode

from assistant.answers import Citation
from index.records import DocumentInfo, Page, Span

DOCUMENTS, PLAIN_DOCUMENTS, PAGE_IMAGE = "/documents", "/simple/documents", "/page-image"
AT_QUOTATION = "citation"
PICTURED = frozenset({".pdf"})


@dataclass(frozen=True, slots=True)
class Opening:
    """Which document to open, at which page, with which characters of it marked; `end` is 0 when nothing is."""

    document_id: str
    page: int | None
    start: int
    end: int


def opening(citation: Citation) -> Opening:
    """A document opened at a quotation."""
    span = citation.span
    return Opening(citation.document.id, span.page, span.start, span.end)


def opened(document_id: str | None, page: str | None, start: str | None, end: str | None) -> Opening | None:
    """What an address asks to open; None when it names no document. What is no number counts as not given."""
    if not document_id:
        return None
    number, first, last = (
        int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None
        for text in (page, start, end)
    )
    return Opening(document_id, number, first or 0, last or 0)


def parameters(opened: Opening) -> dict[str, str]:
    """The parameters of an address that opens it."""
    named = {"doc": opened.document_id}
    if opened.page is not None:
        named["page"] = str(opened.page)
    if opened.end > opened.start:
        named |= {"start": str(opened.start), "end": str(opened.end)}
    return named


def address(citation: Citation, path: str = DOCUMENTS) -> str:
    """The documents screen (or the plain page's) open at the quotation; relative to the site."""
    return f"{path}?{urlencode(parameters(opening(citation)))}#{AT_QUOTATION}"


def page_image_of(citation: Citation) -> str | None:
    """The picture of the quotation on its page, for the formats that have one."""
    is_pictured = has_pictures(citation.document) and citation.span.page is not None
    return page_image(opening(citation), is_cropped=True) if is_pictured else None


def page_image(opened: Opening, scale: float = 2.0, *, is_cropped: bool = False) -> str:
    """The address of the picture of a page with its quotation marked; cropped, of what surrounds the quotation."""
    how = {"scale": f"{scale:g}"} | ({"cropped": "true"} if is_cropped else {})
    return f"{PAGE_IMAGE}?{urlencode(parameters(opened) | how)}"


def has_pictures(info: DocumentInfo) -> bool:
    """True for the formats whose pages can be shown as pictures."""
    return PurePosixPath(info.path).suffix.lower() in PICTURED


def span_of(pages: Sequence[Page], opened: Opening) -> Span | None:
    """The quotation that an address asks for; None when the document has no such characters."""
    page = next((page for page in pages if page.number == opened.page), None)
    if page is None or not 0 <= opened.start < opened.end <= len(page.text):
        return None
    return Span(page.number, opened.start, opened.end, page.text[opened.start : opened.end])


def page_shown(pages: Sequence[Page], opened: Opening) -> Page | None:
    """The page that an address asks for, else the first one; None for a document without any."""
    return next((page for page in pages if page.number == opened.page), pages[0] if pages else None)
