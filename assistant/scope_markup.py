"""Pure: the matrix of who is concerned by which wave, and the page of one profession, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from assistant.document_view import DOCUMENTS, Opening, parameters
from assistant.dues import Due
from assistant.markup import Html, element, join
from assistant.scopes import Cell, Proof, Row, lane_of
from assistant.screens import phrasing, wording
from index.records import DocumentInfo, Tag
from index.vocabulary import Vocabulary

SHOWN_PROOFS = 4


def table(rows: Sequence[Row], waves: Sequence[str]) -> Html:
    """The matrix: a row per lane or profession, a column per wave; each decided cell opens to its proofs."""
    head = [element("th", wording.WHO, scope="col"), *(element("th", wave, scope="col") for wave in waves)]
    body = [
        element(
            "tr",
            element("th", row.who.label, scope="row"),
            *(
                element("td", _cell(cell, _lane_cell(row, rows, cell)), data_label=wave)
                for cell, wave in zip(row.cells, waves, strict=True)
            ),
            class_="is-within" if lane_of(row.who, rows) else None,
        )
        for row in rows
    ]
    return element(
        "div",
        element(
            "table",
            element("caption", wording.SCOPES_CAPTION, class_="visually-hidden"),
            element("thead", element("tr", *head)),
            element("tbody", *body),
        ),
        class_="matrix",
    )


def verdicts(row: Row, rows: Sequence[Row], vocabulary: Vocabulary) -> Html:
    """What the documents say of one profession or lane, wave by wave, with the proofs open."""
    sections = []
    for place, cell in enumerate(row.cells):
        lane = of_lane_alone(row, rows, place)
        parts = [element("h3", vocabulary.label(cell.wave)), _said(cell), _proofs(cell)]
        if lane is not None:
            named = wording.HIS_LANE.format(lane=vocabulary.label(lane.who))
            parts += [element("p", named, class_="label"), _said(lane), _proofs(lane)]
        sections.append(element("section", *parts, class_="verdict-of"))
    return element("div", *sections, class_="verdicts")


def of_lane_alone(row: Row, rows: Sequence[Row], place: int) -> Cell | None:
    """What is said in a wave of the lane of a profession, without what is quoted of the profession already.

    None when nothing is said, or nothing more. A verdict keeps all its quotations when those left would not bear it.
    """
    lane = lane_of(row.who, rows)
    if lane is None or not lane.cells[place].proofs:
        return None
    own, cell = row.cells[place], lane.cells[place]
    shown = {(proof.passage_id, proof.span) for proof in own.proofs}
    other = tuple(proof for proof in cell.proofs if (proof.passage_id, proof.span) not in shown)
    bears = any(proof.is_concerned == (cell.verdict == "concerned") for proof in other)
    if bears:
        return replace(cell, proofs=other)
    return None if cell.verdict == own.verdict else cell


def documents_of(row: Row, rows: Sequence[Row], entries: Iterable[Due]) -> list[DocumentInfo]:
    """The documents that prove what is said of someone and of their dates, each once."""
    lane = lane_of(row.who, rows)
    cells = [*row.cells, *(lane.cells if lane else ())]
    proving = [proof.document for cell in cells for proof in cell.proofs]
    return list({info.id: info for info in [*proving, *(due.document for due in entries)]}.values())


def _lane_cell(row: Row, rows: Sequence[Row], cell: Cell) -> Cell | None:
    lane = lane_of(row.who, rows)
    return next((other for other in lane.cells if other.wave == cell.wave), None) if lane else None


def _cell(cell: Cell, of_lane: Cell | None) -> Html:
    if cell.proofs:
        return element(
            "details",
            element("summary", _badge(cell.verdict), " ", element("span", decided_since(cell), class_="since")),
            _proofs(cell),
        )
    hint = None
    if of_lane is not None and of_lane.verdict != "undocumented":
        hint = element("p", wording.LANE_SAYS.format(verdict=wording.VERDICTS[of_lane.verdict]), class_="since")
    return join(element("p", _badge(cell.verdict)), hint)


def _said(cell: Cell) -> Html:
    since = element("span", decided_since(cell), class_="since") if cell.proofs else None
    contested = element("span", f" {wording.CONTESTED}", class_="since") if cell.is_contested else None
    return element("p", _badge(cell.verdict), since and " ", since, contested)


def _badge(verdict: str) -> Html:
    sign = element("span", wording.VERDICT_SIGNS[verdict], class_="sign-of", aria_hidden="true")
    return element("span", sign, " ", wording.VERDICTS[verdict], class_=f"badge verdict {verdict}")


def decided_since(cell: Cell) -> str:
    """The oldest document that says so."""
    agreeing = [proof for proof in cell.proofs if proof.is_concerned == (cell.verdict == "concerned")] or list(
        cell.proofs
    )
    dated = [proof for proof in agreeing if proof.document.evidence.published]
    oldest = min(dated, key=_day, default=agreeing[0])
    evidence = oldest.document.evidence
    return wording.SINCE.format(publisher=evidence.publisher, when=phrasing.published(evidence))


def _day(proof: Proof) -> int:
    published = proof.document.evidence.published
    return published.last.toordinal() if published else 0


def _proofs(cell: Cell) -> Html | None:
    if not cell.proofs:
        return None
    items = [element("li", _proof(proof)) for proof in cell.proofs]
    return element("div", element("ul", *items[:SHOWN_PROOFS], class_="proofs"), _more(items[SHOWN_PROOFS:]))


def _more(items: Sequence[Html]) -> Html | None:
    if not items:
        return None
    said = wording.MORE_PROOFS.format(number=phrasing.counted(len(items), "citation", "citations"))
    return element("details", element("summary", said), element("ul", *items, class_="proofs"), class_="more")


def _proof(proof: Proof) -> Html:
    path = " › ".join(" ".join(header.quote.split()) for header in proof.headers)
    evidence = proof.document.evidence
    source = " · ".join((proof.document.title, evidence.publisher, phrasing.published(evidence)))
    span = proof.span
    address = f"{DOCUMENTS}?{urlencode(parameters(Opening(proof.document.id, span.page, span.start, span.end)))}"
    hint = element("span", f" ({wording.NEW_TAB})", class_="visually-hidden")
    return element(
        "div",
        element("p", path, class_="path") if path else None,
        element("blockquote", element("mark", " ".join(span.quote.split()))),
        element(
            "p",
            source,
            " ",
            element("a", wording.OPEN_AS_READ, hint, href=address, target="_blank", rel="noopener"),
            class_="meta",
        ),
    )


def filter_of(who: Tag) -> dict[str, str]:
    """The terms that keep a calendar to someone."""
    return {who.kind: who.id}
