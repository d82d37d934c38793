"""Words on a page become lines in reading order: rows of print, columns told from what stands between them. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from index.page_layouts import Word

_SEGMENT_GAP = 0.6  # of the line's height: wider gaps may part cells or columns
_JUSTIFIED_GAP = 1.6  # of the line's height: as wide as justifying makes the gaps between the words of a column
_LEAST_COLUMN_LINES = 4
_LEAST_COLUMN_WIDTH = 80.0
_MAX_DEPTH = 4
_GUTTER_HALF_WIDTH = 3.0


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side, from left to right, in points from the top left of the page."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        """Where the line starts."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        """The top of its tallest word."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """The bottom of its lowest word."""
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """The usual height of its words."""
        return median(word.size for word in self.words)

    @property
    def is_bold(self) -> bool:
        """Whether every word is bold."""
        return all(word.is_bold for word in self.words)

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)


Row = tuple[Line, ...]
"""What stands at one height, parted at wide gaps."""


def rows_of(words: Iterable[Word]) -> list[Row]:
    """The rows of print from top to bottom, each parted into lines at wide gaps."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom) / 2):
        row = next((row for row in reversed(rows[-6:]) if _is_level(row, word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    return [_parted(sorted(row, key=lambda word: word.left)) for row in rows]


def in_reading_order(rows: Sequence[Row], depth: int = 0) -> list[list[Row]]:
    """The columns of rows, in the order they are read; a page without columns is one."""
    gutter = _gutter(rows) if depth < _MAX_DEPTH else None
    if gutter is None:
        return [list(rows)] if rows else []
    x, start, end = gutter
    left = [tuple(line for line in row if line.right <= x) for row in rows[start:end]]
    right = [tuple(line for line in row if line.right > x) for row in rows[start:end]]
    columns = in_reading_order(rows[:start], depth + 1)
    for side in (left, right):
        columns += in_reading_order([row for row in side if row], depth + 1)
    return columns + in_reading_order(rows[end:], depth + 1)


def merged(row: Row) -> Line:
    """The row as one line."""
    return Line(tuple(word for line in row for word in line.words))


def _is_level(row: Sequence[Word], word: Word) -> bool:
    top, bottom = median(other.top for other in row), median(other.bottom for other in row)
    shared = min(bottom, word.bottom) - max(top, word.top)
    return shared > 0.5 * max(0.1, min(bottom - top, word.bottom - word.top))


def _parted(words: Sequence[Word]) -> Row:
    height = max(1.0, median(word.size for word in words))
    lines: list[list[Word]] = [[words[0]]]
    for before, word in itertools.pairwise(words):
        if word.left - before.right > _SEGMENT_GAP * height:
            lines.append([])
        lines[-1].append(word)
    return tuple(Line(tuple(line)) for line in lines)


def _gutter(rows: Sequence[Row]) -> tuple[float, int, int] | None:
    """The white strip between two columns: its middle, and the rows (start, end) that it parts."""
    lines = [line for row in rows for line in row]
    if len(rows) < _LEAST_COLUMN_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    edges = sorted({round(line.right + _GUTTER_HALF_WIDTH, 1) for line in lines})
    best: tuple[int, float, int, int] | None = None
    for x in edges:
        if not left + 0.15 * (right - left) < x < right - 0.15 * (right - left):
            continue
        start, end = _longest_band(rows, x)
        score = _band_score(rows[start:end], x)
        if score and (best is None or score > best[0]):
            best = (score, x, start, end)
    if best is None:
        return None
    _, x, start, end = best
    beyond = min(line.left for row in rows[start:end] for line in row if line.left >= x - _GUTTER_HALF_WIDTH)
    return (x - _GUTTER_HALF_WIDTH + beyond) / 2, start, end


def _longest_band(rows: Sequence[Row], x: float) -> tuple[int, int]:
    best, start = (0, 0), 0
    for at, row in enumerate(rows):
        if any(line.left < x + _GUTTER_HALF_WIDTH and line.right > x - _GUTTER_HALF_WIDTH + 0.5 for line in row):
            best = max(best, (start, at), key=lambda band: band[1] - band[0])
            start = at + 1
    return max(best, (start, len(rows)), key=lambda band: band[1] - band[0])


def _band_score(rows: Sequence[Row], x: float) -> int:
    """How many lines stand on the shorter side; 0 when the sides do not face each other or are no running text."""
    left = [line for row in rows for line in _rejoined([line for line in row if line.right <= x])]
    right = [line for row in rows for line in _rejoined([line for line in row if line.right > x])]
    if not _is_column(left) or not _is_column(right):
        return 0
    shared = min(left[-1].bottom, right[-1].bottom) - max(left[0].top, right[0].top)
    shorter = min(left[-1].bottom - left[0].top, right[-1].bottom - right[0].top)
    return min(len(left), len(right)) if shared > 0.6 * shorter else 0


def _rejoined(pieces: Sequence[Line]) -> Iterator[Line]:
    """The pieces of one row joined over gaps that justified print leaves between words."""
    held: tuple[Word, ...] = ()
    for piece in pieces:
        is_near = held and piece.left - held[-1].right <= _JUSTIFIED_GAP * piece.size
        if held and not is_near:
            yield Line(held)
            held = ()
        held += piece.words
    if held:
        yield Line(held)


def _is_column(lines: Sequence[Line]) -> bool:
    """Whether the lines are running text: most fill the width that they share. Cells of a table seldom do."""
    if len(lines) < _LEAST_COLUMN_LINES:
        return False
    width = max(line.right for line in lines) - min(line.left for line in lines)
    full = sum(line.right - line.left > 0.72 * width for line in lines)
    words = sum(len(line.words) for line in lines) / len(lines)
    return width > _LEAST_COLUMN_WIDTH and full >= 0.5 * len(lines) and words >= 3
