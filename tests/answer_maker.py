"""Answers and documents made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answers import Answer, Citation, Outcome, Statement
from index.records import DayRange, DocumentInfo, Source, Span


def source(publisher: str = "Agence", day: date = date(2023, 5, 24)) -> Source:
    return Source(
        publisher=publisher,
        kind="page-officielle",
        authority=3,
        published=DayRange(day, day),
        published_as_written=day.isoformat(),
        published_on_estimated=False,
        retrieved_on=None,
        url="https://example.org/page",
    )


def document(name: str = "d1", *, summarised: Source | None = None) -> DocumentInfo:
    return DocumentInfo(
        id=name,
        path=f"{name}.md",
        title=f"Document {name}",
        source=source(),
        origin="summary" if summarised else "original",
        summarised=summarised,
        licence=None,
        valid_until=None,
        replaces=(),
        is_listed=True,
    )


def span(quote: str, start: int = 0) -> Span:
    return Span(None, start, start + len(quote), quote)


def answer(
    text: str, *, outcome: Outcome = "answered", quotes: Sequence[str] = ("une citation",), headers: Sequence[str] = ()
) -> Answer:
    """An answer of one statement; without statement nor citation when its outcome asserts nothing."""
    is_asserted = outcome in ("answered", "partial")
    citations = tuple(
        Citation(number, f"p{number}", span(quote), tuple(span(header) for header in headers), document(), True, None)
        for number, quote in enumerate(quotes, 1)
    )
    return Answer(
        question="quand ?",
        query="quand ?",
        understood=(),
        outcome=outcome,
        lead="" if is_asserted else "Je n'ai pas trouvé.",
        statements=(Statement(text, tuple(citation.number for citation in citations)),) if is_asserted else (),
        citations=citations if is_asserted else (),
        notices=(),
        choices=(),
        nearest=(),
        corpus_as_of=date(2026, 2, 1),
        confidence=0.9,
        generation="0001-test",
        written_by="quotation",
        timings_ms={"total": 1.0},
    )
