"""Door for pypdfium2, with page_images and page_layouts: a PDF and its pages opened, places as a reader views them.

PDFium is not thread-safe (six threads without a lock aborted the process): every call stands under one lock.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from index.errors import UnreadableDocument

MAX_PIXELS = 24_000_000
MAX_CHARS = 200_000
_LOCK = threading.RLock()
_DEVICE_UNITS = 100  # device units per point: PDFium gives whole ones


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page's picture, as fractions (0..1) of its width and height from the top left."""

    left: float
    top: float
    right: float
    bottom: float


@contextmanager
def opened_pdf(path: Path) -> Iterator[Any]:
    """The PDF of a file; no one else uses PDFium meanwhile.

    Raises:
        UnreadableDocument: it is locked, damaged or not there.
    """
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
def opened_page(document: Any, number: int, path: Path) -> Iterator[tuple[Any, Any]]:
    """A page (1-based) of an open PDF, and its text.

    Raises:
        UnreadableDocument: there is no such page, or it is damaged.
    """
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


class View:
    """From a page's own coordinates to points from the top left, as viewed; taken from PDFium, not computed by hand."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = page.get_size()
        origin, right, up = (self._device(page, x, y) for x, y in ((0, 0), (1000, 0), (0, 1000)))
        self.x0, self.y0 = origin
        self.a, self.b = (right[0] - origin[0]) / 1000, (right[1] - origin[1]) / 1000
        self.c, self.d = (up[0] - origin[0]) / 1000, (up[1] - origin[1]) / 1000

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is viewed."""
        return self.x0 + self.a * x + self.c * y, self.y0 + self.b * x + self.d * y

    def rect(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a rectangle as viewed."""
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The same as fractions of the page."""
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
