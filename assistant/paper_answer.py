"""Pure: an answer as the paragraphs of a paper: the answer, what was derived, its sources with quotation and page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answers import Answer, Citation
from assistant.markup import web_address
from assistant.paper_lines import Line
from assistant.screens import phrasing, wording
from assistant.source_markup import by_source, citation_line
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
        said = [f"{one.value} ({one.how})" if one.how else one.value for one in statement.derived]
        if said:
            yield Line("meta", f"{wording.DERIVED} {' ; '.join(said)}")
    for notice in answer.notices:
        yield Line("notice", notice)


def _sources(answer: Answer) -> Iterator[Line]:
    if answer.citations:
        yield Line("heading", wording.SOURCES)
    for group in by_source(answer.citations):
        yield from _source(group)
    if answer.nearest:
        yield Line("heading", wording.NEAREST)
    for passage in answer.nearest:
        yield Line("text", phrasing.gist(passage.text))
        evidence = passage.document.evidence
        yield Line("meta", f"{passage.document.title} · {evidence.publisher} · {phrasing.published(evidence)}")


def _source(citations: Sequence[Citation]) -> Iterator[Line]:
    """A source: its title, whose and of when, its quotations with their numbers and headers, its address."""
    first, info = citations[0], citations[0].document
    replaced = "" if first.is_current else f" ({phrasing.replaced(first)})"
    yield Line("subheading", f"{info.title}{replaced}")
    yield Line("about", citation_line(first))
    for citation in citations:
        path = "".join(" ".join(header.quote.split()) + " › " for header in citation.headers)
        yield Line("quote", f"[{citation.number}] {path}« {phrasing.gist(citation.span.quote)} »")
    address = web_address(info.evidence.url)
    if address:
        yield Line("meta", address, address)
