"""Door for pypdfium2: a page as a picture, as words with their places, and the boxes of a quotation.

PDFium is not thread-safe (six threads without a lock aborted the process): every call stands under one lock.
"""

from __future__ import annotations

import ctypes
import io
import math
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from index.errors import UnreadableDocument
from index.quote_places import find_quote

_LOCK = threading.RLock()
_MAX_PIXELS = 24_000_000
_MAX_CHARS = 200_000
_SAMPLED_CHARS = 300
_MAX_OBJECTS = 20_000
_DEVICE_UNITS = 100  # device units per point: PDFium gives whole ones
_WHITE = 245  # of 255
_LINE_END_HYPHENS = "\ufffe\x02"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page's picture, as fractions (0..1) of its width and height from the top left."""

    left: float
    top: float
    right: float
    bottom: float


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


def page_count(path: Path) -> int:
    """How many pages the PDF has."""
    with _opened(path) as document:
        return len(document)


def page_text(path: Path, page: int) -> str:
    """PDFium's text of the page (1-based), words cut at a line end joined."""
    with _opened(path) as document, _page(document, page, path) as (_, text):
        read: str = text.get_text_range() if text.count_chars() else ""
        return read.replace("\r\n", "\n").replace("\ufffe", "").replace("\x02", "")


def render(path: Path, page: int, scale: float) -> bytes:
    """The page (1-based) as PNG; `scale` 1 is 72 points per inch, lowered for a giant page."""
    with _opened(path) as document, _page(document, page, path) as (opened, _):
        width, height = opened.get_size()
        fitting = math.sqrt(_MAX_PIXELS / max(1.0, width * height))
        image = opened.render(scale=min(scale, fitting)).to_pil()
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=3)  # three times as fast as the default, and no larger for text
    return stream.getvalue()


def layouts(path: Path) -> Iterator[Layout]:
    """What stands on each page in turn, as viewed: rotation and crop box taken into account."""
    with _opened(path) as document:
        for page in range(1, len(document) + 1):
            with _page(document, page, path) as (opened, text):
                layout = _layout(opened, text)
            yield layout


def locate(path: Path, page: int, quote: str, expected_start: int | None = None) -> tuple[Box, ...]:
    """The boxes of a quotation on the page (1-based), one per line or cell; empty when it is not found.

    Args:
        path: the PDF.
        page: its page, 1-based.
        quote: as in the page's frame; « a | b | c » is looked for cell by cell, in one row.
        expected_start: about where the quotation starts, in characters; chooses between occurrences.
    """
    with _opened(path) as document, _page(document, page, path) as (opened, viewed), _upright(opened, viewed) as text:
        view = _View(opened)
        characters, places = _characters(text)
        boxes: list[Box] = []
        for start, end in find_quote(characters, quote, expected_start):
            boxes += [view.box(*_raw_rect(text, at)) for at in _line_rects(text, places[start], places[end - 1] + 1)]
    return tuple(boxes)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    with _LOCK:
        try:
            document = pdfium.PdfDocument(path)
        except (pdfium.PdfiumError, OSError) as error:
            is_locked = "assword" in str(error)
            reason = (
                "le PDF est protégé par un mot de passe ; enregistrez-le sans mot de passe."
                if is_locked
                else "le PDF est abîmé ou incomplet ; déposez-le de nouveau."
            )
            raise UnreadableDocument(path.name, reason) from error
        try:
            yield document
        finally:
            document.close()


@contextmanager
def _page(document: Any, number: int, path: Path) -> Iterator[tuple[Any, Any]]:
    if not 1 <= number <= len(document):
        raise UnreadableDocument(path.name, f"le PDF n'a pas de page {number} ; il en a {len(document)}.")
    try:
        page = document[number - 1]
        text = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise UnreadableDocument(path.name, f"la page {number} du PDF est abîmée ; déposez-le de nouveau.") from error
    try:
        yield page, text
    finally:
        text.close()
        page.close()


@contextmanager
def _upright(page: Any, viewed: Any) -> Iterator[Any]:
    """The page's text in reading order: PDFium orders lines as the page is viewed, whichever way its text runs.

    A page whose text does not run from left to right as viewed is read as if it were turned until it does; boxes of
    characters are in the page's own coordinates and stay the same.
    """
    turn = _main_turn(viewed, _View(page))
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


def _main_turn(text: Any, view: _View) -> int:
    """The quarter turns of most of the page's letters, as viewed; a few hundred of them tell."""
    count = text.count_chars()
    turns = Counter(
        view.turn(max(0.0, raw.FPDFText_GetCharAngle(text, at)))
        for at in range(0, count, max(1, count // _SAMPLED_CHARS))
    )
    return turns.most_common(1)[0][0] if turns else 0


class _View:
    """From a page's own coordinates to points from the top left, as viewed; taken from PDFium, not computed by hand."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = page.get_size()
        origin, right, up = (self._device(page, x, y) for x, y in ((0, 0), (1000, 0), (0, 1000)))
        self.x0, self.y0 = origin
        self.a, self.b = (right[0] - origin[0]) / 1000, (right[1] - origin[1]) / 1000
        self.c, self.d = (up[0] - origin[0]) / 1000, (up[1] - origin[1]) / 1000

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.x0 + self.a * x + self.c * y, self.y0 + self.b * x + self.d * y

    def rect(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x1, y1, x2, y2 = self.rect(left, bottom, right, top)
        across, down = max(1.0, self.width), max(1.0, self.height)
        return Box(*(min(1.0, max(0.0, part)) for part in (x1 / across, y1 / down, x2 / across, y2 / down)))

    def turn(self, angle: float) -> int:
        """Quarter turns, clockwise as viewed, of a writing direction given in the page's own coordinates."""
        dx, dy = math.cos(angle), math.sin(angle)
        return round(math.atan2(self.b * dx + self.d * dy, self.a * dx + self.c * dy) / (math.pi / 2)) % 4

    def _device(self, page: Any, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        size = (round(self.width * _DEVICE_UNITS), round(self.height * _DEVICE_UNITS))
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        return across.value / _DEVICE_UNITS, down.value / _DEVICE_UNITS


def _layout(page: Any, text: Any) -> Layout:
    view = _View(page)
    rules, has_image = _rules(page, view)
    words = tuple(_words(text, view))
    if any(word.is_unseen for word in words):
        words = tuple(_seen(words, page, view))
    return Layout(view.width, view.height, words, tuple(rules), has_image)


def _seen(words: tuple[Word, ...], page: Any, view: _View) -> Iterator[Word]:
    """The words, those in white that stand out from what is behind them (a dark banner) being seen."""
    scale = min(1.0, math.sqrt(_MAX_PIXELS / 4 / max(1.0, view.width * view.height)))
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


def _words(text: Any, view: _View) -> Iterator[Word]:
    """Runs of characters without a blank, a line-end hyphen closing one as « - »."""
    start = -1
    letters: list[str] = []
    count = min(text.count_chars(), _MAX_CHARS)
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


def _word(text: Any, view: _View, start: int, end: int, letters: str) -> Word:
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


def _rules(page: Any, view: _View) -> tuple[list[tuple[float, float, float, float]], bool]:
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


def _characters(text: Any) -> tuple[str, list[int]]:
    """The page's characters, and the PDFium index of each: their counts differ on some pages."""
    read: list[str] = []
    places: list[int] = []
    for at in range(min(text.count_chars(), _MAX_CHARS)):
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
