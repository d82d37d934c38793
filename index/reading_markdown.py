"""Door for markdown-it-py: Markdown as the text that a reader sees, without its marks, and its front matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.frames import compose
from index.furniture import separate
from index.furniture_cues import load_cues
from index.parts import Part, Prose, Reading, Table, table_of
from index.reading_text import decode, with_quiet_bylines
from index.records import LeftOut

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-zÀ-ÿ_][\w .-]*?)\s*:\s*(.*)$")
_BOX = re.compile(r"^\[[ xX]\]\s+")
_FOOTNOTE = re.compile(r"^\[\^[^\]]+\]:\s*|\[\^[^\]]+\]")


def read(path: Path, content: bytes) -> Reading:
    """The text as one frame; front matter and site furniture are left out."""
    cues = load_cues()
    matter, body = split_front_matter(decode(path, content))
    parts, left_out = separate(parts_of(body), cues)
    if matter.strip():
        left_out = (LeftOut(matter.strip(), "en-tête du fichier"), *left_out)
    return Reading((compose(None, with_quiet_bylines(parts, cues)),), left_out)


def split_front_matter(text: str) -> tuple[str, str]:
    """The lines between the `---` that open a file, and the rest."""
    match = _FRONT_MATTER.match(text)
    return (match[1] or "", text[match.end() :]) if match else ("", text)


def front_matter(text: str) -> dict[str, str]:
    """The plain `key: value` fields of the front matter, keys in lower case."""
    fields: dict[str, str] = {}
    for line in split_front_matter(text)[0].splitlines():
        match = _FIELD.match(line)
        if match:
            fields[match[1].strip().lower()] = match[2].strip().strip("\"'")
    return fields


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def parts_of(text: str) -> list[Part]:
    """The blocks of a Markdown text, in order."""
    tokens = _parser().parse(text)
    parts: list[Part] = []
    at = 0
    list_depth = 0
    mark = ""
    while at < len(tokens):
        token = tokens[at]
        if token.type == "table_open":
            end = _end_of(tokens, at)
            parts.append(_table(tokens[at:end]))
            at = end
            continue
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            list_depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            list_depth -= 1
        elif token.type == "list_item_open":
            mark = f"{token.info}{token.markup} " if token.info else "-"
        elif token.type == "inline":
            parts += _prose(tokens[at - 1], token, list_depth, mark)
            mark = ""
        elif token.type in {"fence", "code_block"} and token.content.strip():
            parts.append(Prose("paragraph", token.content))
        at += 1
    return parts


def _prose(opening: Token, token: Token, list_depth: int, mark: str) -> list[Part]:
    """One paragraph, heading or item; the second paragraph of an item is a paragraph."""
    text = _FOOTNOTE.sub("", _inline(token)).strip()
    if not text:
        return []
    if opening.type == "heading_open":
        return [Prose("heading", text, int(opening.tag[1]))]
    if list_depth and mark:
        text = _BOX.sub("", text).replace("\n", " ")
        return [Prose("item", text if mark == "-" else mark + text)]
    return [Prose("paragraph", text)]


def _inline(token: Token) -> str:
    """The text of a paragraph: links, images and emphasis reduced to theirs, inline HTML dropped."""
    pieces: list[str] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline", "text_special"}:
            pieces.append(child.content)
        elif child.type == "softbreak":
            pieces.append(" ")
        elif child.type == "hardbreak" or (
            child.type == "html_inline" and re.match(r"<br\b", child.content, re.IGNORECASE)
        ):
            pieces.append("\n")
        elif child.type == "image":
            pieces.append(child.content)
    return "".join(pieces)


def _table(tokens: Sequence[Token]) -> Table:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_inline(token))
    table = table_of(rows)
    has_names = any(cell.text.strip() for cell in table.grid[0])
    return table if has_names else replace(table, grid=table.grid[1:], header_rows=0)


def _end_of(tokens: Sequence[Token], at: int) -> int:
    """Just after the token that closes the one at `at`."""
    return next(i for i in range(at + 1, len(tokens)) if tokens[i].type == "table_close") + 1
