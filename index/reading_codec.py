"""Readings as plain values and back, to cross from one process to another without trusting the other. Pure."""

from __future__ import annotations

from typing import Any

from index.parts import Reading
from index.records import Block, LeftOut, Page, Span

_KINDS = ("heading", "paragraph", "item", "row")


def to_plain(reading: Reading) -> dict[str, Any]:
    """The reading as JSON values; a span is its page and offsets, since its text stands in the page."""
    return {
        "pages": [
            {"number": page.number, "text": page.text, "blocks": [_plain_block(block) for block in page.blocks]}
            for page in reading.pages
        ],
        "left_out": [[left.text, left.reason] for left in reading.left_out],
        "warnings": list(reading.warnings),
    }


def from_plain(plain: dict[str, Any]) -> Reading:
    """The reading back.

    Raises:
        ValueError: an offset lies outside its page, or a value is not of its type.
    """
    texts = {page["number"]: str(page["text"]) for page in plain["pages"]}
    pages = tuple(
        Page(page["number"], str(page["text"]), tuple(_block(block, page["number"], texts) for block in page["blocks"]))
        for page in plain["pages"]
    )
    left_out = tuple(LeftOut(str(text), str(reason)) for text, reason in plain["left_out"])
    return Reading(pages, left_out, tuple(str(warning) for warning in plain["warnings"]))


def _plain_block(block: Block) -> list[Any]:
    cells = [[cell.page, cell.start, cell.end] for cell in block.cells]
    headers = [[header.page, header.start, header.end] if header else None for header in block.headers]
    return [_KINDS.index(block.kind), block.start, block.end, block.level, cells, headers]


def _block(plain: list[Any], number: int | None, texts: dict[int | None, str]) -> Block:
    kind, start, end, level, cells, headers = plain
    _span([number, start, end], texts)
    return Block(
        _KINDS[kind],  # type: ignore[arg-type]
        start,
        end,
        int(level),
        tuple(_span(cell, texts) for cell in cells),
        tuple(_span(header, texts) if header else None for header in headers),
    )


def _span(plain: list[Any], texts: dict[int | None, str]) -> Span:
    page, start, end = plain
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(texts[page])):
        raise ValueError(f"offsets {start}..{end} outside page {page}")
    return Span(page, start, end, texts[page][start:end])
