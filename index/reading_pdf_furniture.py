"""Running headers, footers and page numbers: lines at the edge of pages that come back. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.reading_pdf_lines import Row, merged

_EDGE_SHARE = 0.12
_EDGE_ROWS = 4
_NUMBER = re.compile(r"(?:page|p\.)?\s*[-–—|]*\s*(\d{1,4})\s*(?:(?:/|sur|de|of)\s*\d{1,4})?\s*[-–—|]*", re.IGNORECASE)
_PAGE_OF = re.compile(r"(?:page|p\.)\s*\d+|\d+\s*(?:/|sur)\s*\d+", re.IGNORECASE)


def running_rows(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> list[set[int]]:
    """For each page, the places of its rows that are running headers, footers or page numbers.

    Args:
        pages: the rows of print of each page that are outside ruled tables, from top to bottom.
        heights: the height of each page, in points.
    """
    edges = [_edge_rows(rows, height) for rows, height in zip(pages, heights, strict=True)]
    seen: Counter[tuple[str, int]] = Counter()
    for number, (rows, own) in enumerate(zip(pages, edges, strict=True), 1):
        seen.update({(text, _place(rows[at])) for at in own for text in _forms(rows[at], number)})
    least = 2 if len(pages) < 6 else 3
    running: list[set[int]] = []
    for number, (rows, own) in enumerate(zip(pages, edges, strict=True), 1):
        came_back = {
            at
            for at in own
            for text in _forms(rows[at], number)
            if sum(seen[text, _place(rows[at]) + near] for near in (-1, 0, 1)) >= least
        }
        running.append(came_back | {at for at in own if _is_number(rows, at, number, len(pages))})
    return running


def _edge_rows(rows: Sequence[Row], height: float) -> list[int]:
    top = [at for at, row in enumerate(rows[:_EDGE_ROWS]) if row[0].bottom < _EDGE_SHARE * height]
    first_low = max(0, len(rows) - _EDGE_ROWS)
    low = [at for at in range(first_low, len(rows)) if rows[at][0].top > (1 - _EDGE_SHARE) * height]
    return sorted({*top, *low})


def _place(row: Row) -> int:
    return round(row[0].top / 4)


def _forms(row: Row, page: int) -> set[str]:
    """The row's words, and the same with the number that counts the pages taken relative to the page.

    Such a number stands apart at an end of the row, or says « page 3 » or « 3 / 8 ». Other figures stay: rows of a
    table that differ by theirs, or titles « Étape 2 », are no running header.
    """
    text = merged(row).text.casefold()
    forms = {text}
    for at in {0, len(row) - 1} if len(row) > 1 else ():
        match = _NUMBER.fullmatch(row[at].text)
        if match:
            others = " ".join(line.text.casefold() for place, line in enumerate(row) if place != at)
            forms.add(f"{others} <{int(match[1]) - page}>")
    for match in _PAGE_OF.finditer(text):
        number = int(re.findall(r"\d+", match[0])[0])
        forms.add(f"{text[: match.start()]}<{number - page}>{text[match.end() :]}")
    return forms


def _is_number(rows: Sequence[Row], at: int, page: int, pages: int) -> bool:
    text = merged(rows[at]).text.strip()
    match = _NUMBER.fullmatch(text)
    if not match:
        return False
    is_outermost = at in {0, len(rows) - 1}
    return is_outermost and (bool(_PAGE_OF.search(text)) or int(match[1]) == page or (pages > 1 and len(text) < 5))
