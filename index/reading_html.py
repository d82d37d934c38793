"""Door for trafilatura and lxml's HTML: a page as its article, without the site around it.

The blocks and tables are taken from the page itself; trafilatura and the page's landmarks say which are the article.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import trafilatura

from index.errors import UnreadableDocument
from index.frames import compose
from index.furniture import separate
from index.furniture_cues import fold, load_cues
from index.parts import Part, Prose, Reading, Table
from index.reading_html_blocks import HtmlBlock, blocks_of, parse
from index.reading_html_zones import HIDDEN
from index.reading_text import with_quiet_bylines
from index.records import LeftOut

_LEAST_SHARE = 0.4
_MAX_LINK_SHARE = 0.5
_OTHER = "habillage de la page"
# The library spells out every merged place: a few cells that claim millions would keep it busy for hours.
_WIDE_SPAN = re.compile(r"((?:row|col)span\s*=\s*[\"']?)\s*\d{3,}", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def read(path: Path, content: bytes) -> Reading:
    """The article as one frame; what the site put around it is left out."""
    html = decode_html(content)
    root = parse(html)
    if root is None:
        raise UnreadableDocument(path.name, "la page ne contient aucun élément HTML ; enregistrez-la de nouveau.")
    blocks = blocks_of(root)
    kept, left_out = _article(blocks, _judged(html))
    cues = load_cues()
    parts, furniture = separate(kept, cues)
    parts = with_quiet_bylines(parts, cues)
    return Reading((compose(None, parts),), left_out + furniture)


def decode_html(content: bytes) -> str:
    """The page's text: by its byte order mark, its own declaration, UTF-8, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    declared = _CHARSET.search(content[:4096])
    for encoding in ("utf-8-sig", declared[1].decode("ascii", "replace") if declared else "cp1252"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


def _judged(html: str) -> str:
    """What trafilatura takes for the article, as one run of letters; empty when it finds nothing."""
    text: str | None = None
    with suppress(Exception):  # the library raises anything on hostile pages; the landmarks still serve
        text = trafilatura.extract(
            _WIDE_SPAN.sub(r"\1 20", html), output_format="txt", include_tables=True, favor_recall=True
        )
    return _letters(text or "")


def _article(blocks: list[HtmlBlock], judged: str) -> tuple[list[Part], tuple[LeftOut, ...]]:
    inside = [block.zone is None for block in blocks]
    if not any(inside):
        inside = [block.zone != HIDDEN for block in blocks]
    lengths = [len(block.letters) for block in blocks]
    agreed = [is_in and _is_judged(block, judged) for block, is_in in zip(blocks, inside, strict=True)]
    total = sum(length for length, is_in in zip(lengths, inside, strict=True) if is_in)
    share = sum(length for length, is_agreed in zip(lengths, agreed, strict=True) if is_agreed) / max(1, total)
    first = next((at for at, is_agreed in enumerate(agreed) if is_agreed), 0)
    last = next((at for at in reversed(range(len(blocks))) if agreed[at]), -1)
    kept: list[Part] = []
    left_out: list[LeftOut] = []
    for at, block in enumerate(blocks):
        is_between = block.is_in_main or first <= at <= last or share < _LEAST_SHARE
        is_title = isinstance(block.part, Prose) and block.part.level == 1
        is_own = is_between and block.link_share <= _MAX_LINK_SHARE
        if inside[at] and (agreed[at] or is_own or is_title or isinstance(block.part, Table)):
            kept.append(block.part)
        else:
            _leave(left_out, block.text, block.zone or _OTHER)
    return kept, tuple(left_out)


def _is_judged(block: HtmlBlock, judged: str) -> bool:
    if isinstance(block.part, Table):
        cells = [_letters(cell.text) for row in block.part.grid for cell in row if cell.text.strip()]
        return bool(cells) and sum(cell in judged for cell in cells) * 2 > len(cells)
    return bool(block.letters) and block.letters in judged


def _leave(left_out: list[LeftOut], text: str, reason: str) -> None:
    if left_out and left_out[-1].reason == reason:
        left_out[-1] = replace(left_out[-1], text=f"{left_out[-1].text}\n{text}")
    elif text:
        left_out.append(LeftOut(text, reason))


def _letters(text: str) -> str:
    return fold(text).replace(" ", "")
