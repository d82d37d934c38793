"""Door for pypdfium2: a page as a picture, and the boxes of a quotation on it."""

from __future__ import annotations

import ctypes
import io
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2.raw as raw

from index.page_files import MAX_CHARS, MAX_PIXELS, Box, View, opened_page, opened_pdf
from index.quote_places import find_quote

_SAMPLED_CHARS = 300


def render(path: Path, page: int, scale: float) -> bytes:
    """The page (1-based) as PNG; `scale` 1 is 72 points per inch, lowered for a giant page."""
    with opened_pdf(path) as document, opened_page(document, page, path) as (opened, _):
        width, height = opened.get_size()
        fitting = math.sqrt(MAX_PIXELS / max(1.0, width * height))
        image = opened.render(scale=min(scale, fitting)).to_pil()
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=3)  # three times as fast as the default, and no larger for text
    return stream.getvalue()


def locate(path: Path, page: int, quote: str, expected_start: int | None = None) -> tuple[Box, ...]:
    """The boxes of a quotation on the page (1-based), one per line or cell; empty when it is not found.

    Args:
        path: the PDF.
        page: its page, 1-based.
        quote: as in the page's frame; « a | b | c » is looked for cell by cell, in one row.
        expected_start: about where the quotation starts, in characters; chooses between occurrences.
    """
    with (
        opened_pdf(path) as document,
        opened_page(document, page, path) as (opened, viewed),
        _upright(opened, viewed) as text,
    ):
        view = View(opened)
        characters, places = _characters(text)
        boxes: list[Box] = []
        for start, end in find_quote(characters, quote, expected_start):
            boxes += [view.box(*_raw_rect(text, at)) for at in _line_rects(text, places[start], places[end - 1] + 1)]
    return tuple(boxes)


@contextmanager
def _upright(page: Any, viewed: Any) -> Iterator[Any]:
    """The page's text in reading order: PDFium orders lines as the page is viewed, whichever way its text runs.

    A page whose text does not run from left to right as viewed is read as if it were turned until it does; boxes of
    characters are in the page's own coordinates and stay the same.
    """
    turn = _main_turn(viewed, View(page))
    if turn == 0:
        yield viewed
        return
    rotation = page.get_rotation()
    page.set_rotation((rotation - 90 * turn) % 360)
    text = page.get_textpage()
    page.set_rotation(rotation)
    try:
        yield text
    finally:
        text.close()


def _main_turn(text: Any, view: View) -> int:
    """The quarter turns of most of the page's letters, as viewed; a few hundred of them tell."""
    count = text.count_chars()
    turns = Counter(
        view.turn(max(0.0, raw.FPDFText_GetCharAngle(text, at)))
        for at in range(0, count, max(1, count // _SAMPLED_CHARS))
    )
    return turns.most_common(1)[0][0] if turns else 0


def _characters(text: Any) -> tuple[str, list[int]]:
    """The page's characters, and the PDFium index of each: their counts differ on some pages."""
    read: list[str] = []
    places: list[int] = []
    for at in range(min(text.count_chars(), MAX_CHARS)):
        code = raw.FPDFText_GetUnicode(text, at)
        if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000:
            read.append(chr(code))
            places.append(at)
    return "".join(read), places


def _line_rects(text: Any, start: int, end: int) -> range:
    return range(max(0, raw.FPDFText_CountRects(text, start, end - start)))


def _raw_rect(text: Any, at: int) -> tuple[float, float, float, float]:
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetRect(text, at, left, top, right, bottom)
    return left.value, bottom.value, right.value, top.value
