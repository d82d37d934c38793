"""Pure: the sources of an answer as cards that open to their quotations, and the passages that are not an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from assistant import document_view
from assistant.answers import Answer, Citation, Nearest
from assistant.excerpt_markup import quotation
from assistant.excerpts import Excerpt
from assistant.markup import NO_BREAK, Html, element, join, text_fragment, web_address
from assistant.screens import phrasing, wording
from index.records import Deadline
from index.vocabulary import Vocabulary

CitedExcerpt = Callable[[Citation], Excerpt | None]

_CELLS = " | "  # between the cells of a row as read


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


def proofs(answer: Answer, place: Place) -> Html | None:
    """The sources, and what is nearest when something is not answered, as one part of the screen."""
    shown = join(sources(answer, place), nearest(answer.nearest, place))
    return element("div", shown, class_="proofs-panel") if shown else None


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
        element(
            "li", element("p", phrasing.gist(passage.text)), element("p", *_source_line(passage, place), class_="meta")
        )
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
    named = ", ".join(str(citation.number) for citation in citations)
    return element(
        "article",
        element(
            "div",
            element("p", info.title, replaced and " ", replaced, class_="title"),
            element("p", citation_line(first), class_="meta"),
            class_="head",
        ),
        *(_folded_quotation(citation, place) for citation in citations),
        _links(first, place),
        class_="source" if first.is_current else "source is-replaced",
        aria_label=f"{wording.SOURCE} {named} : {info.title}",
    )


def _folded_quotation(citation: Citation, place: Place) -> Html:
    image = place.page_image_of(citation)
    picture: Html | None = None
    if image:
        picture = element("img", src=image, loading="lazy", alt=_page_alternative(citation), class_="page-image")
    elif citation.span.page is not None and document_view.has_pictures(citation.document):
        picture = element("p", wording.PAGE_CHANGED, class_="meta")
    return element(
        "details",
        element(
            "summary",
            element("span", wording.QUOTATION, class_="visually-hidden"),
            element("span", str(citation.number), class_="number"),
            element("span", f"«{NO_BREAK}{phrasing.gist(citation.span.quote)}{NO_BREAK}»", class_="gist"),
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
        is_row = bool(citation.headers) and _CELLS in citation.span.quote
        target = address if is_row else text_fragment(address, citation.span.quote)
    return _outside(target, wording.OPEN_ORIGINAL)


def _outside(address: str, label: str) -> Html:
    hint = element("span", f" ({wording.NEW_TAB})", class_="visually-hidden")
    return element("a", label, hint, href=address, target="_blank", rel="noopener noreferrer")


def citation_line(citation: Citation) -> str:
    """Whose, of when, which page and which kind; for a summary of ours the sentence that says all of that."""
    source, notice = citation.document.source, phrasing.summary_notice(citation.document)
    page = wording.PAGE.format(number=citation.span.page) if citation.span.page is not None else ""
    if notice is not None:
        return f"{notice.rstrip('.')}, {page}." if page else notice
    parts = (source.publisher, phrasing.published(source), page, phrasing.kind(source))
    return " · ".join(part for part in parts if part)


def _source_line(passage: Nearest, place: Place) -> tuple[str, Html]:
    info, evidence = passage.document, passage.document.evidence
    opened = f"{place.documents}?{urlencode(document_view.parameters(document_view.Opening(info.id, None, 0, 0)))}"
    said = " · ".join((info.title, evidence.publisher, phrasing.published(evidence)))
    return f"{said} ", _outside(opened, wording.OPEN_AS_READ)


def _page_alternative(citation: Citation) -> str:
    return f"{citation.document.title}, {wording.PAGE.format(number=citation.span.page)} : {citation.span.quote}"


def anchor(place: Place, number: int) -> str:
    """The name of a citation on its page, for links to it."""
    return f"{place.anchor}-source-{number}"
