"""Door for pypdfium2: what stands on the pages of a PDF, words with their places and the lines that are drawn."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2.raw as raw

from index.page_files import MAX_CHARS, MAX_PIXELS, View, opened_page, opened_pdf

_MAX_OBJECTS = 20_000
_WHITE = 245  # of 255
_LINE_END_HYPHENS = "\ufffe\x02"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as PDFium gives it, in points from the top left of the page as viewed.

    `turn` is the number of quarter turns (0 to 3) of its writing direction; `size` is the height of its line.
    `is_unseen` when it is white, and so is all that stands where it should.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_bold: bool
    turn: int
    is_unseen: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands on a page: its words in the order of the file, and its ruled lines as (left, top, right, bottom)."""

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[tuple[float, float, float, float], ...]
    has_image: bool


def layouts(path: Path) -> Iterator[Layout]:
    """What stands on each page in turn, as viewed: rotation and crop box taken into account."""
    with opened_pdf(path) as document:
        for page in range(1, len(document) + 1):
            with opened_page(document, page, path) as (opened, text):
                layout = _layout(opened, text)
            yield layout


def _layout(page: Any, text: Any) -> Layout:
    view = View(page)
    rules, has_image = _rules(page, view)
    words = tuple(_words(text, view))
    if any(word.is_unseen for word in words):
        words = tuple(_seen(words, page, view))
    return Layout(view.width, view.height, words, tuple(rules), has_image)


def _seen(words: tuple[Word, ...], page: Any, view: View) -> Iterator[Word]:
    """The words, those in white that stand out from what is behind them (a dark banner) being seen."""
    scale = min(1.0, math.sqrt(MAX_PIXELS / 4 / max(1.0, view.width * view.height)))
    picture = page.render(scale=scale).to_pil().convert("L")
    for word in words:
        if not word.is_unseen:
            yield word
            continue
        left, top = max(0, int(word.left * scale)), max(0, int(word.top * scale))
        right, bottom = math.ceil(word.right * scale), math.ceil(word.bottom * scale)
        inside = (left, top, min(picture.width, max(right, left + 1)), min(picture.height, max(bottom, top + 1)))
        is_inside = inside[0] < inside[2] and inside[1] < inside[3]
        darkest = picture.crop(inside).getextrema()[0] if is_inside else 255
        yield replace(word, is_unseen=darkest >= _WHITE)


def _words(text: Any, view: View) -> Iterator[Word]:
    """Runs of characters without a blank, a line-end hyphen closing one as « - »."""
    start = -1
    letters: list[str] = []
    count = min(text.count_chars(), MAX_CHARS)
    for at in range(count + 1):
        code = raw.FPDFText_GetUnicode(text, at) if at < count else 32
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        is_hyphen = letter in _LINE_END_HYPHENS
        if is_hyphen or not letter.isspace():
            start = at if start < 0 else start
            letters.append("-" if is_hyphen else letter)
        if start >= 0 and (is_hyphen or letter.isspace()):
            end = at + is_hyphen
            yield _word(text, view, start, end, "".join(letters))
            start, letters = -1, []


def _word(text: Any, view: View, start: int, end: int, letters: str) -> Word:
    loose = raw.FS_RECTF()
    corners: list[tuple[float, float, float, float]] = []
    for at in range(start, end):
        known = raw.FPDFText_GetLooseCharBox(text, at, loose)
        corners += [view.rect(loose.left, loose.bottom, loose.right, loose.top)] if known else []
    corners = corners or [(0.0, 0.0, 0.0, 0.0)]
    left, top = min(c[0] for c in corners), min(c[1] for c in corners)
    right, bottom = max(c[2] for c in corners), max(c[3] for c in corners)
    turn = view.turn(max(0.0, raw.FPDFText_GetCharAngle(text, start)))
    size = bottom - top if turn % 2 == 0 else right - left
    return Word(letters, left, top, right, bottom, size, _is_bold(text, start), turn, _is_white(text, start))


def _is_white(text: Any, at: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFText_GetFillColor(text, at, red, green, blue, alpha)
    return bool(known) and (min(red.value, green.value, blue.value) >= _WHITE or alpha.value < 256 - _WHITE)


def _is_bold(text: Any, at: int) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, at, buffer, 128, flags)
    name = buffer.value.decode("utf-8", "replace").lower() if 0 < length <= 128 else ""
    return "bold" in name or "black" in name or "heavy" in name or "semibold" in name


def _rules(page: Any, view: View) -> tuple[list[tuple[float, float, float, float]], bool]:
    """The horizontal and vertical lines that are drawn, edges of rectangles included; and whether there is an image."""
    rules: list[tuple[float, float, float, float]] = []
    has_image = False
    for number, drawn in enumerate(page.get_objects(max_depth=3)):
        if number > _MAX_OBJECTS:
            break
        has_image = has_image or drawn.type == raw.FPDF_PAGEOBJ_IMAGE
        if drawn.type == raw.FPDF_PAGEOBJ_PATH:
            rules += [view.rect(*line) for line in _segments(drawn)]
    return [r for r in rules if (r[2] - r[0] < 1.5) != (r[3] - r[1] < 1.5)], has_image


def _segments(drawn: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight segments of a path, in the page's own coordinates; a thin filled bar is one segment."""
    matrix = drawn.get_matrix()
    count = raw.FPDFPath_CountSegments(drawn)
    if count > 2_000:
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for at in range(count):
        segment = raw.FPDFPath_GetPathSegment(drawn, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            yield (*last, *point)
        else:
            start = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield (*point, *start)
        last = point
