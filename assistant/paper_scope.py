"""Pure: the page of one profession as the paragraphs of a paper: what concerns it by wave, its dates, its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.dues import Due
from assistant.markup import web_address
from assistant.paper_lines import Line
from assistant.scope_markup import decided_since, documents_of, of_lane_alone
from assistant.scopes import Cell, Row
from assistant.screens import phrasing, wording
from index.dating import format_interval
from index.records import DocumentInfo, Programme, Span
from index.vocabulary import Vocabulary


def lines(
    row: Row,
    rows: Sequence[Row],
    coming: Sequence[Due],
    past: Sequence[Due],
    vocabulary: Vocabulary,
    programme: Programme,
) -> list[Line]:
    """The paragraphs, in reading order. `coming` and `past` are the deadlines of the profession or lane."""
    return [
        Line("meta", programme.name),
        Line("title", title(row)),
        *_verdicts(row, rows, vocabulary),
        Line("heading", wording.MY_DEADLINES),
        *([] if coming else [Line("text", wording.NOTHING_AHEAD_FOR.format(who=row.who.label))]),
        *_dated(coming),
        *([Line("subheading", wording.PAST.format(number=len(past)))] if past else []),
        *_dated(past),
        *_sources(documents_of(row, rows, [*coming, *past])),
    ]


def title(row: Row) -> str:
    """The title of the paper."""
    return wording.SCOPE_OF.format(who=row.who.label)


def _verdicts(row: Row, rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[Line]:
    for place, cell in enumerate(row.cells):
        lane = of_lane_alone(row, rows, place)
        yield Line("heading", vocabulary.label(cell.wave))
        yield from _cell(cell)
        if lane is not None:
            yield Line("subheading", wording.HIS_LANE.format(lane=vocabulary.label(lane.who)))
            yield from _cell(lane)


def _cell(cell: Cell) -> Iterator[Line]:
    said = [wording.VERDICTS[cell.verdict].capitalize()]
    said += [decided_since(cell)] if cell.proofs else []
    said += [wording.CONTESTED] if cell.is_contested else []
    yield Line("text", ", ".join(said))
    for proof in cell.proofs:
        yield from _quoted(proof.span, proof.headers, proof.document)


def _dated(entries: Sequence[Due]) -> Iterator[Line]:
    for due in entries:
        one = due.deadline
        when = format_interval(one.first_day, one.last_day, one.precision, one.hour)
        yield Line("subheading", f"{when} · {wording.DATE_KINDS[one.date_kind]} : {due.title}")
        said = [wording.STATUSES[due.relative.status]]
        said += [wording.YEAR_INFERRED] if one.year_inferred else []
        yield Line("meta", " · ".join(said))
        yield from _quoted(one.span, one.headers, due.document)


def _quoted(span: Span, headers: Sequence[Span], info: DocumentInfo) -> Iterator[Line]:
    yield Line("meta", " › ".join(" ".join(header.quote.split()) for header in headers))
    yield Line("quote", f"« {phrasing.gist(span.quote)} »")
    page = wording.PAGE.format(number=span.page) if span.page is not None else ""
    parts = (info.title, info.evidence.publisher, phrasing.published(info.evidence), page)
    yield Line("meta", " · ".join(part for part in parts if part))


def _sources(documents: Sequence[DocumentInfo]) -> Iterator[Line]:
    if documents:
        yield Line("heading", wording.MY_SOURCES)
    for info in documents:
        evidence = info.evidence
        parts = (info.title, evidence.publisher, phrasing.published(evidence), phrasing.kind(evidence))
        yield Line("text", " · ".join(part for part in parts if part))
        yield Line("meta", phrasing.summary_notice(info) or "")
        address = web_address(evidence.url)
        if address:
            yield Line("meta", address, address)
