"""Pure: a document in a list and opened, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from assistant.document_facts import Counts, Known
from assistant.document_view import AT_QUOTATION, DOCUMENTS, Opening, page_image, parameters
from assistant.excerpt_markup import prose_lines
from assistant.excerpts import whole_page
from assistant.markup import Html, element, web_address
from assistant.screens import phrasing, wording
from index.records import DocumentInfo, LeftOut, Page, Span


def entry(info: DocumentInfo, *, is_replaced: bool, counts: Counts | None = None) -> Html:
    """The lines under a document's title in a list."""
    badge = element("span", wording.REPLACED_DOCUMENT, class_="badge replaced") if is_replaced else None
    counted = [" · ", element("span", *_counted(counts), class_="counts")] if counts else []
    return element("p", source_line(info), badge and " ", badge, *counted, class_="meta")


def _counted(counts: Counts) -> list[Html | str]:
    """« 3 pages · 12 passages · 4 dates », and what reading warned of."""
    parts = [
        phrasing.counted(counts.pages, "page", "pages") if counts.pages > 1 else "",
        phrasing.counted(counts.passages, "passage", "passages"),
        phrasing.counted(counts.deadlines, "date", "dates") if counts.deadlines else "",
    ]
    said: list[Html | str] = [" · ".join(part for part in parts if part)]
    if counts.warnings:
        warned = phrasing.counted(counts.warnings, "avertissement", "avertissements")
        said += [" ", element("span", warned, class_="badge replaced")]
    return said


def link(info: DocumentInfo) -> Html:
    """The title, which opens the document in a window of its own."""
    hint = element("span", f" ({wording.NEW_TAB})", class_="visually-hidden")
    address = f"{DOCUMENTS}?{urlencode(parameters(Opening(info.id, None, 0, 0)))}"
    return element("p", element("a", info.title, hint, href=address, target="_blank", rel="noopener"))


def source_line(info: DocumentInfo) -> str:
    """Whose, of when and of which kind; for a summary, of the page it was written from."""
    evidence = info.evidence
    parts = [evidence.publisher, phrasing.published(evidence), phrasing.kind(evidence)]
    if info.summarised is not None:
        parts.append(wording.SUMMARY)
    return " · ".join(part for part in parts if part)


def card(info: DocumentInfo, known: Known, page: int | None = None, *, is_folded: bool = False) -> Html:
    """What is known of an opened document; an original that has pages is linked at the one shown.

    Folded, its facts leave the place to the quotation at which the document was opened.
    """
    facts = [
        (wording.PUBLISHER, info.source.publisher),
        (wording.PUBLISHED, phrasing.published(info.evidence)),
        (wording.KIND, phrasing.kind(info.source)),
        (wording.VALID_UNTIL, phrasing.day(info.valid_until) if info.valid_until else ""),
        (wording.REPLACES, ", ".join(known.replaces)),
        (wording.IS_REPLACED_BY, ", ".join(known.replaced_by)),
        (wording.PAGES, str(known.pages) if known.pages > 1 else ""),
        (wording.PASSAGES, str(known.passages)),
        (wording.DATES, str(known.deadlines)),
        (wording.LICENCE, info.licence or ""),
        (wording.FILE, info.path),
    ]
    rows = [element("div", element("dt", name), element("dd", value)) for name, value in facts if value]
    notice = phrasing.summary_notice(info)
    facts_list = element("dl", *rows)
    return element(
        "div",
        element("p", notice or source_line(info), class_="summary-of") if notice or is_folded else None,
        element("details", element("summary", wording.DOCUMENT_FACTS), facts_list) if is_folded else facts_list,
        element("ul", *(element("li", warning) for warning in known.warnings), class_="warnings")
        if known.warnings
        else None,
        _link(info, page),
        class_="document-card",
    )


def text_as_read(page: Page, quoted: Span | None) -> Html:
    """The page's text, the quotation marked; the first mark is where the reader is taken."""
    shown = prose_lines(whole_page(page, quoted), anchor=AT_QUOTATION)
    return element("div", shown, class_="as-read", data_at_mark="yes" if quoted else None)


def picture(opened: Opening, info: DocumentInfo, zoom: int) -> Html:
    """The page as a picture, as wide as the zoom (a percentage) says."""
    number = wording.PAGE.format(number=opened.page)
    image = element(
        "img",
        src=page_image(opened, 2.0 if zoom <= 100 else 3.0),
        alt=f"{info.title}, {number}. {wording.TEXT_BELOW}",
        class_=f"page-image zoom-{zoom}",
    )
    is_marked = "yes" if opened.end > opened.start else None
    return element(
        "div", image, class_="page-frame", role="group", tabindex=0, aria_label=number, data_at_mark=is_marked
    )


def left_out(pieces: Sequence[LeftOut]) -> Html | None:
    """What was recognised as furniture and is not searched."""
    if not pieces:
        return None
    rows = [element("li", element("strong", piece.reason), " — ", piece.text) for piece in pieces]
    summary = wording.LEFT_OUT.format(number=len(pieces))
    return element("details", element("summary", summary), element("ul", *rows), class_="left-out")


def _link(info: DocumentInfo, page: int | None) -> Html | None:
    address = web_address(info.evidence.url)
    if address is None:
        return None
    if page is not None and info.summarised is None and "#" not in address:
        address = f"{address}#page={page}"
    label = wording.OPEN_SOURCE if info.summarised is not None else wording.OPEN_ORIGINAL
    hint = element("span", f" ({wording.NEW_TAB})", class_="visually-hidden")
    link = element("a", label, hint, href=address, target="_blank", rel="noopener noreferrer")
    return element("p", link, class_="links")
