"""Lines in reading order become headings, paragraphs and items. Pure."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.line_joining import Joiner
from index.parts import Prose
from index.reading_pdf_lines import Line

_BULLET = re.compile(r"(?:[-–—•‣◦●○▪■□►▶➢➤✓✔·*\uf000-\uf8ff]|o(?= ))\s*(?=\S)")
_NUMBERED = re.compile(r"(?:\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_FINISHED = re.compile(r"[.!?:;…]\s*[»\")\]]*$")
_HEADING_WORDS = 22
_LARGER = 1.12


@dataclass(frozen=True, slots=True)
class Style:
    """What headings look like in one document: the running text's size and weight, and the sizes above it."""

    body_size: float
    is_body_bold: bool
    larger_sizes: tuple[float, ...]

    def level(self, line: Line) -> int:
        """The level that the line's look gives it, 0 for running text."""
        size = round(line.size, 0)
        if size >= self.body_size * _LARGER and size in self.larger_sizes:
            return min(6, self.larger_sizes.index(size) + 1)
        if line.is_bold and not self.is_body_bold and line.size >= self.body_size * 0.95:
            return min(6, len(self.larger_sizes) + 1)
        return 0


def style_of(lines: Iterable[Line]) -> Style:
    """The look of the document's running text and of what is larger."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for line in lines:
        sizes[round(line.size, 0)] += len(line.text)
        bold[line.is_bold] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 12.0
    larger = sorted((size for size in sizes if size >= body * _LARGER), reverse=True)
    return Style(body, bold[True] > bold[False], tuple(larger))


def prose_of(lines: Sequence[Line], style: Style, joiner: Joiner) -> list[Prose]:
    """The blocks of one column of lines."""
    if not lines:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    usual = _usual_step(lines, style)
    groups: list[list[Line]] = [[lines[0]]]
    for line in lines[1:]:
        if _parts(groups[-1], line, style, left, right, usual):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_prose(group, style, joiner) for group in groups]


def joined_over_break(last: Prose, block: Prose, joiner: Joiner) -> Prose | None:
    """One block where the foot of a column cuts a paragraph or a heading that goes on at the head of the next."""
    is_same_kind = (last.kind, last.level) == (block.kind, block.level) or (last.kind == "item" and not block.level)
    if not is_same_kind or block.kind == "item" or _FINISHED.search(last.text) or not block.text[:1].islower():
        return None
    return Prose(last.kind, joiner.join([last.text, block.text]), last.level)


def _usual_step(lines: Sequence[Line], style: Style) -> float:
    """From one line of a paragraph to the next, in points: the lower quartile, since wider steps part paragraphs."""
    steps = sorted(
        b.bottom - a.bottom
        for a, b in itertools.pairwise(lines)
        if b.bottom > a.bottom and abs(a.size - b.size) < 0.1 * a.size
    )
    return min(steps[len(steps) // 4], 2.2 * style.body_size) if steps else style.body_size * 1.2


def _parts(group: Sequence[Line], line: Line, style: Style, left: float, right: float, usual: float) -> bool:
    """Whether a new block starts at `line`."""
    last, first = group[-1], group[0]
    step = line.bottom - last.bottom
    level = style.level(line)
    if level and level == style.level(last) and 0 < step < 1.7 * line.size:
        return not _is_full(last, line, right - left)
    if step < 0 or step > 1.3 * usual + 1 or _mark(line) or level != style.level(last):
        return True
    if abs(line.size - last.size) > 0.2 * last.size:
        return True
    is_short = last.right < right - 0.2 * (right - left)
    if is_short and (_FINISHED.search(last.text) or line.left > last.left + line.size):
        return True
    if is_short and not _is_full(last, line, right - left):
        return line.text[:1].isupper() or line.text[:1].isdigit()
    is_hanging = bool(_mark(first))
    return not is_hanging and line.left > left + 0.8 * line.size and abs(last.left - left) < 2 and len(group) > 1


def _is_full(last: Line, line: Line, width: float) -> bool:
    """Whether the first word of the line would not have fitted behind the last one."""
    word = line.words[0]
    return (last.right - last.left) + (word.right - word.left) + 0.3 * line.size > width


def _mark(line: Line) -> re.Match[str] | None:
    return _BULLET.match(line.text) or _NUMBERED.match(line.text)


def _prose(group: Sequence[Line], style: Style, joiner: Joiner) -> Prose:
    text = joiner.join([line.text for line in group])
    bullet = _BULLET.match(text)
    level = style.level(group[0])
    if level and not bullet and len(text.split()) <= _HEADING_WORDS and not text.endswith((".", ";", ",")):
        return Prose("heading", text, level)
    if bullet:
        return Prose("item", text[bullet.end() :])
    return Prose("item" if _NUMBERED.match(text) else "paragraph", text)
