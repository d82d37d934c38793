"""Pure: the parts of an answer as HTML, shared by the ask screen and the plain page, so that both say the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant import document_view
from assistant.answers import Answer, Citation, Nearest, Statement
from assistant.excerpts import Excerpt, Line
from assistant.markup import Html, element, join, text_fragment, web_address
from assistant.screens import wording
from index.terms import TermMention
from index.vocabulary import Vocabulary

_ACRONYM = re.compile(r"[^\W\d_]?[A-ZÉ][A-ZÉ0-9'’-]+")
_BULLET = re.compile(r"\s*(?:[-–—•*▪◦·]|\d{1,2}[.)])")

CitedExcerpt = Callable[[Citation], Excerpt | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is shown.

    `anchor` keeps its anchors apart from those of other answers, `heading` is the element of its headings ("h2", "h3").
    """

    anchor: str
    heading: str
    excerpt_of: CitedExcerpt
    page_image_of: Callable[[Citation], str | None]
    vocabulary: Vocabulary


def statements(answer: Answer, place: Place) -> Html | None:
    """The lead, then each statement with its markers; None when there is neither."""
    parts: list[Html] = []
    if answer.lead:
        parts.append(element("p", answer.lead, class_="lead"))
    if len(answer.statements) == 1:
        parts.append(element("div", _statement(answer.statements[0], place), class_="statements"))
    elif answer.statements:
        items = (element("li", _statement(statement, place)) for statement in answer.statements)
        parts.append(element("ul", *items, class_="statements"))
    return element("div", *parts, class_=f"answer {answer.outcome}") if parts else None


def notices(answer: Answer) -> Html | None:
    """What the reader must know beside the statements: inferred dates, replaced sources."""
    if not answer.notices:
        return None
    lines = [element("p", notice) for notice in answer.notices]
    return element("div", *lines, class_="notices", role="note", aria_label=wording.NOTICES)


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
    replaced = None if first.is_current else element("span", _replaced(first), class_="badge replaced")
    numbers = [element("span", str(citation.number), class_="number") for citation in citations]
    about = element(
        "div",
        element("p", info.title, replaced and " ", replaced, class_="title"),
        element("p", _meta(first), class_="meta"),
        _summary_line(first),
        class_="about",
    )
    named = ", ".join(str(citation.number) for citation in citations)
    return element(
        "article",
        element("div", element("div", *numbers, class_="numbers", aria_hidden="true"), about, class_="head"),
        *(_folded_quotation(citation, place, is_alone=len(citations) == 1) for citation in citations),
        _links(first),
        class_="source" if first.is_current else "source is-replaced",
        aria_label=f"{wording.SOURCE} {named} : {info.title}",
    )


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


def prose_lines(lines: Sequence[Line]) -> Html:
    """Blocks of text, the quoted words marked. Consecutive rows make a table."""
    parts: list[Html] = []
    rows: list[Html] = []
    for line in lines:
        if line.kind == "row":
            rows.append(_row_of_line(line))
            continue
        if rows:
            parts.append(_scrolling(rows))
            rows = []
        parts.append(_block(line))
    if rows:
        parts.append(_scrolling(rows))
    return join(*parts)


def _statement(statement: Statement, place: Place) -> Html:
    markers = [
        element(
            "a",
            str(number),
            href=f"#{_anchor(place, number)}-quotation",
            class_="marker",
            aria_label=f"{wording.SOURCE} {number}",
        )
        for number in statement.citations
    ]
    derived = [
        element("li", element("strong", value.value), f" : {value.how}" if value.how else None)
        for value in statement.derived
    ]
    shown_apart = (
        element("div", element("span", wording.DERIVED), element("ul", *derived), class_="derived") if derived else None
    )
    words = _with_definitions(statement.text, place.vocabulary)
    return join(element("p", *words, "\u00a0" if markers else None, *markers), shown_apart)


def _with_definitions(text: str, vocabulary: Vocabulary) -> list[str]:
    """The text with its acronyms explained, each the first time, where the vocabulary has a definition."""
    pieces: list[str] = []
    end, explained = 0, set()
    for mention in vocabulary.find(text):
        hint = _definition(mention, vocabulary)
        if hint and mention.start >= end and mention.tags not in explained:
            pieces += [text[end : mention.start], element("abbr", mention.text, title=hint)]
            end = mention.end
            explained.add(mention.tags)
    return [*pieces, text[end:]]


def _definition(mention: TermMention, vocabulary: Vocabulary) -> str | None:
    if len(mention.tags) != 1 or not mention.is_exact or not _ACRONYM.fullmatch(mention.text):
        return None
    return vocabulary.term(mention.tags[0]).definition


def _folded_quotation(citation: Citation, place: Place, *, is_alone: bool) -> Html:
    image = place.page_image_of(citation)
    picture = (
        element("img", src=image, loading="lazy", alt=_page_alternative(citation), class_="page-image")
        if image
        else None
    )
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
            id=f"{_anchor(place, citation.number)}-quotation",
        ),
    )


def _links(citation: Citation) -> Html | None:
    links = [_original_link(citation), _outside(document_view.address(citation), wording.OPEN_AS_READ)]
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


def _meta(citation: Citation) -> str:
    info, parts = citation.document, [citation.document.source.publisher]
    if info.summarised is None:
        parts.append(wording.published(info.source))
    if citation.span.page is not None:
        parts.append(wording.PAGE.format(number=citation.span.page))
    parts.append(wording.kind(info.source))
    return " · ".join(part for part in parts if part)


def _summary_line(citation: Citation) -> Html | None:
    notice = wording.summary_notice(citation.document)
    return element("p", notice, class_="meta summary-of") if notice else None


def _source_line(passage: Nearest) -> str:
    evidence = passage.document.evidence
    return " · ".join((passage.document.title, evidence.publisher, wording.published(evidence)))


def _replaced(citation: Citation) -> str:
    number = citation.replaced_by
    return wording.REPLACED if number is None else wording.REPLACED_BY.format(number=number)


def _page_alternative(citation: Citation) -> str:
    return f"{citation.document.title}, {wording.PAGE.format(number=citation.span.page)} : {citation.span.quote}"


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


def _row_of_line(line: Line) -> Html:
    cells = [element("td", element("mark", piece.text) if piece.is_quoted else piece.text) for piece in line.pieces]
    return element("tr", *cells, class_="is-quoted" if any(piece.is_quoted for piece in line.pieces) else None)


def _scrolling(rows: Sequence[Html]) -> Html:
    table = element("table", element("tbody", *rows))
    return element("div", table, class_="table", role="group", tabindex=0, aria_label=wording.WHERE)


def _block(line: Line) -> Html:
    words = [element("mark", piece.text) if piece.is_quoted else piece.text for piece in line.pieces]
    has_bullet = line.kind == "item" and _BULLET.match("".join(piece.text for piece in line.pieces))
    return element("p", *words, class_="item has-bullet" if has_bullet else line.kind)


def _anchor(place: Place, number: int) -> str:
    return f"{place.anchor}-source-{number}"
