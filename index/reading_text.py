"""Plain text, as people paste it: paragraphs, items, headings, and what surrounded an article on its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from index.errors import UnreadableDocument
from index.frames import compose
from index.furniture import separate
from index.furniture_cues import Cues, is_byline, is_dated, load_cues
from index.parts import Part, Prose, Reading, Table, clean, table_of

_BULLET = re.compile(r"[-–—•‣◦●○▪■►▶➢➤✓✔·*\ue000-\uf8ff]\s+(?=\S)")
_NUMBER = re.compile(r"(?:\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_UNDERLINE = re.compile(r"[=\-_~*#]{3,}")
_MAX_WRAP_CHARS = 110
_MIN_WRAP_CHARS = 40
_FULL_SHARE = 0.8
_HEADING_WORDS = 16
_NAME = re.compile(r"[A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]*){1,3}")
_TOP_PARTS = 8
_ALONE = -1  # the level of a line between blank lines, until headings are told


@dataclass(frozen=True, slots=True)
class _Line:
    """A logical line: hard-wrapped lines joined. `is_alone` when blank lines stand around it."""

    text: str
    is_item: bool
    is_alone: bool


def read(path: Path, content: bytes) -> Reading:
    """The text as one frame."""
    cues = load_cues()
    parts, left_out = separate(parts_of(decode(path, content)), cues, is_pasted=True)
    parts = with_quiet_bylines(with_headings(parts), cues)
    return Reading((compose(None, parts),), left_out)


def decode(path: Path, content: bytes) -> str:
    """The text of the bytes: UTF-8, UTF-16 when marked, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\0" in content:
        raise UnreadableDocument(path.name, "ce n'est pas du texte ; déposez le document d'origine.")
    return content.decode("cp1252", "replace")


def parts_of(text: str) -> list[Part]:
    """Paragraphs, items and tables (lines with tabs), in order; headings are not yet told."""
    tabbed = _tabbed_blocks(text)
    width = _wrap_width(text)
    parts: list[Part] = []
    for block in tabbed:
        if isinstance(block, Table):
            parts.append(block)
            continue
        parts += [
            Prose("item" if line.is_item else "paragraph", line.text, _ALONE if line.is_alone else 0)
            for line in _lines(block, width)
        ]
    return parts


def with_headings(parts: Sequence[Part]) -> list[Part]:
    """The parts with headings told: the first line, and short lines standing alone above what they announce."""
    told: list[Part] = []
    for at, part in enumerate(parts):
        if not isinstance(part, Prose):
            told.append(part)
            continue
        has_below = at + 1 < len(parts)
        is_numbered = part.kind == "item" and part.level == _ALONE and has_below and _is_prose(parts[at + 1])
        may_be_heading = (part.kind == "paragraph" or is_numbered) and has_below and _looks_like_heading(part.text)
        if may_be_heading and not told:
            told.append(replace(part, kind="heading", level=1))
        elif may_be_heading and part.level == _ALONE and _announced(parts, at + 1):
            told.append(replace(part, kind="heading", level=2))
        else:
            told.append(replace(part, level=0))
    return told


def with_quiet_bylines(parts: Sequence[Part], cues: Cues) -> list[Part]:
    """The parts with date lines, kinds of article and authors near the top, or after the last word, unindexed."""
    quiet = list(parts)
    near_top = next((at for at, part in enumerate(parts) if _words(part) >= 20), 0)
    for at, part in enumerate(parts):
        if not isinstance(part, Prose) or part.kind == "heading":
            continue
        after_colon = at > 0 and getattr(parts[at - 1], "text", "").rstrip().endswith(":")
        in_top = at < min(near_top, _TOP_PARTS) and not after_colon
        is_last = at == len(parts) - 1 and at > 1
        is_credit = in_top and (is_dated(part.text, cues) or is_byline(part.text, cues))
        if is_credit or (is_last and (is_byline(part.text, cues) or _NAME.fullmatch(part.text))):
            quiet[at] = replace(part, is_indexed=False)
    return quiet


def _words(part: Part) -> int:
    return len(part.text.split()) if isinstance(part, Prose) else 20


def _is_prose(part: Part) -> bool:
    """Whether a paragraph is a sentence, as stands below a numbered title but not between points of a list."""
    return isinstance(part, Prose) and part.kind == "paragraph" and not _looks_like_heading(part.text)


def _looks_like_heading(text: str) -> bool:
    if "\n" in text or len(text.split()) > _HEADING_WORDS + 10 or text.endswith((".", ";", ":", ",", "!", "…")):
        return False
    return text[:1].isupper() or text[:1].isdigit() or text[:1] in "«“\"'"


def _announced(parts: Sequence[Part], at: int) -> bool:
    """Whether prose, a list or a table stands at `at`, or below one more heading."""
    for below in parts[at : at + 2]:
        if isinstance(below, Table) or below.kind == "item":
            return True
        if not _looks_like_heading(below.text) or len(below.text.split()) > _HEADING_WORDS:
            return True
    return False


def _tabbed_blocks(text: str) -> Iterable[list[str] | Table]:
    """The blocks between blank lines; a block whose lines all hold tabs is a table."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n").replace("\u2028", "\n")
    for block in re.split(r"\n(?:[^\S\n]*\n)+", text):
        lines = [line for line in block.split("\n") if line.strip()]
        if len(lines) > 1 and all("\t" in line.strip() for line in lines):
            yield table_of([[cell.strip() for cell in line.strip("\n").split("\t")] for line in lines])
        elif lines:
            yield lines


def _wrap_width(text: str) -> int:
    """The width at which the text was wrapped by hand, 0 when each line is a paragraph of its own."""
    lines = [line.rstrip() for line in text.splitlines()]
    longest = max(map(len, lines), default=0)
    inner = [above for above, below in pairwise(lines) if above and below.strip()]
    full = sum(len(line) > _FULL_SHARE * longest for line in inner)
    return longest if _MIN_WRAP_CHARS <= longest <= _MAX_WRAP_CHARS and full * 4 > len(inner) else 0


def _lines(block: Sequence[str], width: int) -> list[_Line]:
    lines: list[_Line] = []
    raw_before = ""
    for raw in block:
        text = clean(raw)
        bullet = _BULLET.match(text)
        is_item = bool(bullet or _NUMBER.match(text))
        text = text[bullet.end() :] if bullet else text
        indent = len(raw) - len(raw.lstrip())
        goes_on = (
            bool(lines) and not is_item and (_overflows(raw_before, text, width) or (lines[-1].is_item and indent > 1))
        )
        if not text or _UNDERLINE.fullmatch(text):
            continue
        if goes_on:
            lines[-1] = replace(lines[-1], text=_joined(lines[-1].text, text))
        else:
            lines.append(_Line(text, is_item, is_alone=False))
        raw_before = raw
    if len(lines) == 1 or (lines and _UNDERLINE.fullmatch(block[-1].strip())):
        lines[-1] = replace(lines[-1], is_alone=True)
    return lines


def _overflows(before: str, text: str, width: int) -> bool:
    """Whether the first word would not have fitted on the line before: the width made the break, not the author."""
    first = text.split(" ", 1)[0]
    return width > 0 and len(before.rstrip()) + 1 + len(first) > width


def _joined(before: str, text: str) -> str:
    return before + text if before.endswith("-") and text[:1].islower() else f"{before} {text}"
