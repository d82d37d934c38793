"""Pure: an answer as the paragraphs of a paper: the answer, what was derived, its sources with quotation and page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.answers import Answer, Citation
from assistant.markup import web_address
from assistant.paper import Line
from assistant.screens import phrasing, wording
from index.records import Programme


def lines(answer: Answer, programme: Programme) -> list[Line]:
    """The paragraphs, in reading order."""
    return [*_answer(answer, programme), *_sources(answer)]


def footer(programme: Programme, corpus_as_of: date | None, today: date) -> str:
    """What stands at the foot of every page: how recent the documents are, the disclaimer, the day it was made."""
    made = wording.MADE_ON.format(day=phrasing.day(today))
    return " · ".join(part for part in (phrasing.up_to(corpus_as_of), programme.disclaimer, made) if part)


def _answer(answer: Answer, programme: Programme) -> Iterator[Line]:
    yield Line("meta", programme.name)
    yield Line("title", answer.question.strip())
    if answer.understood:
        yield Line("meta", f"{wording.UNDERSTOOD} {' · '.join(term.label for term in answer.understood)}")
    yield Line("subheading" if answer.statements else "text", answer.lead)
    for statement in answer.statements:
        markers = " ".join(f"[{number}]" for number in statement.citations)
        yield Line("text", f"{statement.text} {markers}")
        for derived in statement.derived:
            said = f"{derived.value} : {derived.how}" if derived.how else derived.value
            yield Line("meta", f"{wording.DERIVED} {said}")
    for notice in answer.notices:
        yield Line("notice", notice)


def _sources(answer: Answer) -> Iterator[Line]:
    if answer.citations:
        yield Line("heading", wording.SOURCES)
    for citation in answer.citations:
        yield from source(citation)
    if answer.nearest:
        yield Line("heading", wording.NEAREST)
    for passage in answer.nearest:
        yield Line("text", " ".join(passage.text.split()))
        evidence = passage.document.evidence
        yield Line("meta", f"{passage.document.title} · {evidence.publisher} · {phrasing.published(evidence)}")


def source(citation: Citation) -> Iterator[Line]:
    """A source: its number and title, whose and of when, the quotation with its headers, its address."""
    info, evidence = citation.document, citation.document.evidence
    replaced = "" if citation.is_current else f" ({phrasing.replaced(citation)})"
    yield Line("subheading", f"[{citation.number}] {info.title}{replaced}")
    page = wording.PAGE.format(number=citation.span.page) if citation.span.page is not None else ""
    about = [evidence.publisher, phrasing.published(evidence), phrasing.kind(evidence), page]
    yield Line("meta", " · ".join(part for part in about if part))
    yield Line("meta", phrasing.summary_notice(info) or "")
    path = " › ".join(" ".join(header.quote.split()) for header in citation.headers)
    yield Line("meta", path)
    yield Line("quote", f"« {' '.join(citation.span.quote.split())} »")
    address = web_address(evidence.url)
    if address:
        yield Line("meta", address, address)
