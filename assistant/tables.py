"""Tables of the documents: the rows of one in order, what opens it, and its rows as claims. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.dated import plain
from assistant.drafts import Claim, Quotation
from assistant.query import Query
from assistant.section_heads import row_head
from assistant.units import Unit
from index.french_numbers import CARDINALS
from index.records import Passage, Span
from index.searching import Index

# A table of more rows is not quoted whole.
MOST_ROWS = 8
FEW_ROWS = 2
_ROW_CHARS = 360
_FOLLOWS = re.compile(r"\b(?:tableau|suivant(?:e|s|es)?\b(?=\W*$)|ci-(?:dessous|après))", re.IGNORECASE)
_ROOT = 5
_WORD = re.compile(r"[^\W\d_]+")


def row_reading(row: Passage, query: Query, index: Index) -> str:
    """A row as a sentence of its own words: all its cells when short, else its first cell and those asked for."""
    cells = [(h.quote if h else "", c.quote) for c, h in zip(row.cells, row.headers, strict=True) if c.quote]
    if not cells:
        return plain(row.text)
    head, rest = cells[0][1], cells[1:]
    if len(row.searchable) > _ROW_CHARS and len(rest) > 2:
        asked = set(index.rarities(query.text))
        rest = sorted(rest, key=lambda cell: -len(asked & set(index.stems(" ".join(cell)))))[:2]
    said = " ; ".join(f"{header} : {text}" if header else text for header, text in rest)
    return f"{plain(head)} — {plain(said)}" if said else plain(head)


def table_claims(unit: Unit, query: Query, index: Index) -> tuple[Claim, ...]:
    """The rows of the table that a unit opens, or stands in when a list is wanted, in order; or nothing."""
    if query.wanted in ("date", "figure"):
        return ()
    if unit.passage.kind == "row":
        rows = table_around(unit.passage, index) if query.wanted in ("list", "how") else []
    else:
        rows = table_after(unit.passage, index)
        is_last = unit.end >= unit.passage.end or not unit.passage.text[unit.end - unit.passage.start :].strip()
        rows = rows if is_last and _opens_table(unit, rows) else []
    return tuple(row_claim(row, query, index) for row in rows) if len(rows) <= MOST_ROWS else ()


def row_claim(row: Passage, query: Query, index: Index) -> Claim:
    """What a row says, quoted with the cells that it shares with others and its column headers."""
    outside = (cell for cell in row.cells if cell.quote and not (row.start <= cell.start and cell.end <= row.end))
    headers = (*outside, *(header for header in row.headers if header is not None and header.quote))
    span, text = Span(row.page, row.start, row.end, row.text), row_reading(row, query, index)
    head = row_head(row, index.document_pages(row.document_id))
    if head is not None:
        text, headers = f"{plain(head.quote)} — {text}", (head, *headers)
    return Claim(text, (Quotation(row.document_id, row.id, span, headers),))


def in_table_order(claims: Sequence[Claim], index: Index) -> tuple[Claim, ...]:
    """The claims, the rows of one table together where the first of them stands, as they follow one another in it."""

    def table(claim: Claim) -> tuple[object, ...]:
        passage = index.passage(claim.quotations[0].passage_id)
        if passage.kind != "row":
            return passage.id, claim.text
        return passage.document_id, passage.headings, tuple(one.quote if one else "" for one in passage.headers)

    def place(claim: Claim) -> tuple[int, int]:
        return claim.quotations[0].span.page or 0, claim.quotations[0].span.start

    tables = list(dict.fromkeys(table(one) for one in claims))
    return tuple(sorted(claims, key=lambda one: (tables.index(table(one)), place(one))))


def table_around(passage: Passage, index: Index) -> list[Passage]:
    """The rows of the table in which a passage stands, in order; none when it is no row."""
    siblings = index.passages_of(passage.document_id)
    return _table(siblings, _place(passage, siblings))


def table_after(passage: Passage, index: Index) -> list[Passage]:
    """The rows of the table that follows a passage, in order."""
    siblings = index.passages_of(passage.document_id)
    return _table(siblings, _place(passage, siblings) + 1)


def _place(passage: Passage, siblings: Sequence[Passage]) -> int:
    return next(n for n, one in enumerate(siblings) if one.id == passage.id)


def _opens_table(unit: Unit, rows: Sequence[Passage]) -> bool:
    """Whether a sentence says that a table follows it, or counts as many things as that has rows.

    Two are so often spoken of that the rows must begin with what is counted: « les deux éditeurs ».
    """
    text = unit.text.rstrip()
    if not rows:
        return False
    words = [word.casefold() for word in _WORD.findall(text)]
    counted = [after for word, after in pairwise(words) if CARDINALS.get(word) == len(rows)]
    begun = [row.cells[0].quote.casefold() for row in rows if row.cells]
    named = any(all(cell.startswith(word[:_ROOT]) for cell in begun) for word in counted)
    return text.endswith(":") or _FOLLOWS.search(text) is not None or named or (len(rows) > FEW_ROWS and bool(counted))


def _table(siblings: Sequence[Passage], at: int) -> list[Passage]:
    """The rows of the table in which the passage `at` stands; none when it is no row."""
    if not 0 <= at < len(siblings) or siblings[at].kind != "row":
        return []
    first, last = at, at
    while first > 0 and _is_same_table(siblings[first - 1], siblings[at]):
        first -= 1
    while last + 1 < len(siblings) and _is_same_table(siblings[last + 1], siblings[at]):
        last += 1
    return list(siblings[first : last + 1])


def _is_same_table(one: Passage, other: Passage) -> bool:
    return one.kind == "row" and one.headings == other.headings and one.headers == other.headers
