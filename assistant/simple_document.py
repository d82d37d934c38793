"""Pure: the documents on the plain page: the list, and each as it was read, the quotation marked; no script needed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from assistant import document_list, document_markup, document_view, simple_page
from assistant.currency import is_current
from assistant.document_facts import counts, known
from assistant.document_list import Filter
from assistant.document_view import PLAIN_DOCUMENTS, Opening
from assistant.markup import Html, element, join
from assistant.screens import phrasing, wording
from index.records import Document, DocumentInfo, Page

if TYPE_CHECKING:
    from assistant.answering import Assistant


def render(assistant: Assistant, opened: Opening | None) -> tuple[int, str]:
    """Status and page: the list, the document that is opened, or a sentence that says it is not there."""
    if opened is None:
        return 200, simple_page.framed(assistant, wording.DOCUMENTS, _list(assistant))
    info = next((info for info in assistant.documents() if info.id == opened.document_id), None)
    if info is None:
        missing = element("p", wording.NO_SUCH_DOCUMENT, class_="failure")
        return 404, simple_page.framed(assistant, wording.DOCUMENTS, element("h1", wording.DOCUMENTS), missing, _back())
    return 200, simple_page.framed(assistant, info.title, _back(), *_document(assistant, info, opened))


def _list(assistant: Assistant) -> Html:
    documents = assistant.documents()
    superseded = {replaced for info in documents for replaced in info.replaces}
    numbers = counts(assistant)
    rows = [
        element(
            "li",
            element("a", info.title, href=_address(Opening(info.id, None, 0, 0))),
            document_markup.entry(info, is_replaced=info.id in superseded, counts=numbers[info.id]),
        )
        for info in document_list.matching(documents, Filter(), ())
    ]
    introduction = wording.DOCUMENTS_INTRODUCTION.format(number=len(documents))
    return join(
        element("h1", wording.DOCUMENTS),
        element("p", introduction, class_="introduction"),
        element("ul", *rows, class_="document-list"),
    )


def _document(assistant: Assistant, info: DocumentInfo, opened: Opening) -> list[Html | None]:
    document = assistant.document(info.id)
    is_still = is_current(assistant, info.id)
    page = document_view.page_shown(document.pages, opened)
    ask = element("a", wording.ASK_ABOUT, href=f"{simple_page.PATH}?{urlencode({'doc': info.id})}")
    about = [
        element("h1", info.title),
        document_markup.card(info, known(assistant, document), page.number if page else None),
        element("p", ask),
        None if is_still else element("p", wording.FILE_CHANGED, class_="failure"),
    ]
    if page is None:
        return [*about, element("p", wording.NO_TEXT, class_="failure")]
    return [*about, *_page(document, page, opened, is_still=is_still)]


def _page(document: Document, page: Page, opened: Opening, *, is_still: bool) -> list[Html | None]:
    info = document.info
    shown = Opening(info.id, page.number, opened.start, opened.end)
    quoted = document_view.span_of(document.pages, shown) if is_still else None
    picture = None
    if page.number is not None and is_still and document_view.has_pictures(info):
        picture = document_markup.picture(shown if quoted else Opening(info.id, page.number, 0, 0), info, 100)
    heading = wording.TEXT_AS_READ if page.number is None else wording.PAGE_AS_READ.format(number=page.number)
    return [
        _turning(document, page.number) if page.number is not None else None,
        picture,
        element("h2", heading, class_="section"),
        document_markup.text_as_read(page, quoted),
        document_markup.left_out(document.left_out),
    ]


def _turning(document: Document, number: int) -> Html:
    numbers = [page.number for page in document.pages]
    place = numbers.index(number)
    before, after = numbers[place - 1] if place else None, numbers[place + 1] if place + 1 < len(numbers) else None
    links = [
        element("a", label, href=_address(Opening(document.info.id, to, 0, 0)))
        for label, to in ((wording.PREVIOUS, before), (wording.NEXT, after))
        if to is not None
    ]
    said = element("span", phrasing.page_of(number, len(numbers)))
    return element("nav", said, *links, class_="links", aria_label=wording.PAGES)


def _back() -> Html:
    return element("p", element("a", wording.BACK_TO_DOCUMENTS, href=PLAIN_DOCUMENTS))


def _address(opened: Opening) -> str:
    return f"{PLAIN_DOCUMENTS}?{urlencode(document_view.parameters(opened))}"
