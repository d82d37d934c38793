"""Pure: the sources of an answer as cards that open to their quotations, and the passages that are not an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant import document_view
from assistant.answers import Answer, Citation, Nearest
from assistant.excerpt_markup import quotation
from assistant.excerpts import Excerpt
from assistant.markup import Html, element, join, text_fragment, web_address
from assistant.screens import phrasing, wording
from index.records import Deadline
from index.vocabulary import Vocabulary

CitedExcerpt = Callable[[Citation], Excerpt | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is shown.

    `anchor` keeps its anchors apart from those of other answers, `heading` is the element of its headings ("h2", "h3"),
    `documents` is where documents open: the screen, or the plain page's own. `deadlines` are those that a calendar
    shows, by the passage that states them; dates lead there.
    """

    anchor: str
    heading: str
    excerpt_of: CitedExcerpt
    page_image_of: Callable[[Citation], str | None]
    vocabulary: Vocabulary
    documents: str = document_view.DOCUMENTS
    deadlines: Mapping[str, Sequence[Deadline]] = field(default_factory=dict)


def sources(answer: Answer, place: Place) -> Html | None:
    """One card per source under a heading; each opens to its quotations."""
    if not answer.citations:
        return None
    cards = [element("li", source_card(group, place)) for group in by_source(answer.citations)]
    return join(
        element(place.heading, wording.SOURCES, class_="section"),
        element("ol", *cards, class_="sources"),
    )


def by_source(citations: Sequence[Citation]) -> list[tuple[Citation, ...]]:
    """Citations of one document, page and standing together, in the order of their first number."""
    groups: dict[tuple[str, int | None, bool, int | None], list[Citation]] = {}
    for citation in citations:
        key = (citation.document.id, citation.span.page, citation.is_current, citation.replaced_by)
        groups.setdefault(key, []).append(citation)
    return [tuple(group) for group in groups.values()]


def nearest(passages: Sequence[Nearest], place: Place) -> Html | None:
    """The nearest passages, labelled as not being an answer."""
    if not passages:
        return None
    items = [
        element("li", element("p", passage.text), element("p", _source_line(passage), class_="meta"))
        for passage in passages
    ]
    return join(element(place.heading, wording.NEAREST, class_="section"), element("ul", *items, class_="nearest"))


def source_card(citations: Sequence[Citation], place: Place) -> Html:
    """Numbers, title, publisher, date, page, kind; then the quotations folded away and the links.

    `citations` are of one document and page and stand or fall together.
    """
    first = citations[0]
    info = first.document
    replaced = None if first.is_current else element("span", phrasing.replaced(first), class_="badge replaced")
    numbers = [element("span", str(citation.number), class_="number") for citation in citations]
    about = element(
        "div",
        element("p", info.title, replaced and " ", replaced, class_="title"),
        element("p", citation_line(first), class_="meta"),
        _summary_line(first),
        class_="about",
    )
    named = ", ".join(str(citation.number) for citation in citations)
    return element(
        "article",
        element("div", element("div", *numbers, class_="numbers", aria_hidden="true"), about, class_="head"),
        *(_folded_quotation(citation, place, is_alone=len(citations) == 1) for citation in citations),
        _links(first, place),
        class_="source" if first.is_current else "source is-replaced",
        aria_label=f"{wording.SOURCE} {named} : {info.title}",
    )


def _folded_quotation(citation: Citation, place: Place, *, is_alone: bool) -> Html:
    image = place.page_image_of(citation)
    picture: Html | None = None
    if image:
        picture = element("img", src=image, loading="lazy", alt=_page_alternative(citation), class_="page-image")
    elif citation.span.page is not None and document_view.has_pictures(citation.document):
        picture = element("p", wording.PAGE_CHANGED, class_="meta")
    return element(
        "details",
        element(
            "summary", wording.QUOTATION if is_alone else wording.NUMBERED_QUOTATION.format(number=citation.number)
        ),
        element(
            "div",
            quotation(citation, place.excerpt_of(citation)),
            picture,
            class_="excerpt",
            id=f"{anchor(place, citation.number)}-quotation",
        ),
    )


def _links(citation: Citation, place: Place) -> Html | None:
    links = [_original_link(citation), _outside(document_view.address(citation, place.documents), wording.OPEN_AS_READ)]
    shown = [link for link in links if link]
    return element("p", *shown, class_="links") if shown else None


def _original_link(citation: Citation) -> Html | None:
    """To the page of an original, at the quotation where the format allows it; plainly to the source of a summary."""
    info = citation.document
    if info.summarised is not None:
        address = web_address(info.summarised.url)
        return _outside(address, wording.OPEN_SOURCE) if address else None
    address = web_address(info.source.url)
    if address is None:
        return None
    if citation.span.page is not None:
        target = address if "#" in address else f"{address}#page={citation.span.page}"
    else:
        target = text_fragment(address, citation.span.quote) if not citation.headers else address
    return _outside(target, wording.OPEN_ORIGINAL)


def _outside(address: str, label: str) -> Html:
    hint = element("span", f" ({wording.NEW_TAB})", class_="visually-hidden")
    return element("a", label, hint, href=address, target="_blank", rel="noopener noreferrer")


def citation_line(citation: Citation) -> str:
    """Whose, of when, which page and which kind."""
    info, parts = citation.document, [citation.document.source.publisher]
    if info.summarised is None:
        parts.append(phrasing.published(info.source))
    if citation.span.page is not None:
        parts.append(wording.PAGE.format(number=citation.span.page))
    parts.append(phrasing.kind(info.source))
    return " · ".join(part for part in parts if part)


def _summary_line(citation: Citation) -> Html | None:
    notice = phrasing.summary_notice(citation.document)
    return element("p", notice, class_="meta summary-of") if notice else None


def _source_line(passage: Nearest) -> str:
    evidence = passage.document.evidence
    return " · ".join((passage.document.title, evidence.publisher, phrasing.published(evidence)))


def _page_alternative(citation: Citation) -> str:
    return f"{citation.document.title}, {wording.PAGE.format(number=citation.span.page)} : {citation.span.quote}"


def anchor(place: Place, number: int) -> str:
    """The name of a citation on its page, for links to it."""
    return f"{place.anchor}-source-{number}"
