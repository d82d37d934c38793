"""Pure: a model's reply → the points it makes: a sentence, the passages it leans on, the words it quotes.

Whatever was written, something is read from it or nothing is; no reply raises an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# The form asked of a model that quotes; CONTRACT gives it.
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "answerable": {"type": "boolean"},
        "points": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "passage": {"type": "integer"},
                    "span": {"type": "string"},
                    "sentence": {"type": "string"},
                },
                "required": ["passage", "span", "sentence"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["answerable", "points"],
    "additionalProperties": False,
}
MOST_REPLY_CHARS = 20_000
_MOST_POINTS = 8
_MOST_SENTENCE_CHARS = 600
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_OBJECT = re.compile(r"\{[^{}]*\}")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_REFUSES = re.compile(r'"answerable"\s*:\s*false', re.IGNORECASE)
_MARKER = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_MARKERS_AFTER_STOP = re.compile(r"([.!?…])[ \t]*((?:\[[\d ,;]+\][ \t]*)+)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zà-ÿ]|[«\"(])|\n+")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_OPENING = re.compile(r"^(?:#{1,6}\s+|[-•–—*]\s+|\d{1,2}[.)]\s+(?=\D))+")


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence of a reply. `passages` are the 1-based numbers it names; `span` is empty in prose."""

    sentence: str
    passages: tuple[int, ...]
    span: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote, taken apart; `is_answerable` is its own word and proves nothing."""

    is_answerable: bool
    points: tuple[Point, ...]


def read_quoting(text: str) -> Reply:
    """A reply under SCHEMA, also when it is wrapped in prose or a code block, cut off, or not quite JSON."""
    said = _without_thinking(text)
    whole = _whole_object(said)
    entries = whole.get("points") if whole is not None else list(_objects(said))
    points = tuple(point for entry in entries if (point := _point(entry)) is not None) if entries else ()
    refuses = whole.get("answerable") is False if whole is not None else _REFUSES.search(said) is not None
    return Reply(not refuses and bool(points), points[:_MOST_POINTS])


def read_prose(text: str) -> Reply:
    """A reply in prose with `[n]` markers: one point for each sentence, without its markers."""
    said = _MARKERS_AFTER_STOP.sub(r" \2\1 ", _without_thinking(text))
    points = []
    for sentence in sentences(said):
        numbers = tuple(
            dict.fromkeys(int(number) for found in _MARKER.findall(sentence) for number in re.findall(r"\d+", found))
        )
        points.append(Point(_tidy(_MARKER.sub("", sentence)), numbers))
    kept = tuple(point for point in points if any(character.isalpha() for character in point.sentence))
    return Reply(bool(kept), kept[:_MOST_POINTS])


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, without the marks of emphasis, headings and lists around them."""
    pieces = (_tidy(_OPENING.sub("", _EMPHASIS.sub("", piece.strip()))) for piece in _SENTENCE_END.split(text))
    return tuple(piece for piece in pieces if piece)


def _tidy(sentence: str) -> str:
    return re.sub(r"\s+([.,])", r"\1", " ".join(sentence.split()))


def _without_thinking(text: str) -> str:
    return _THINKING.sub(" ", text[:MOST_REPLY_CHARS])


def _whole_object(text: str) -> dict[str, Any] | None:
    """The first JSON object of the text that has points."""
    for match in re.finditer(r"\{", text):
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(_TRAILING_COMMA.sub("", text[match.start() :]))
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and isinstance(value.get("points"), list):
            return value
    return None


def _objects(text: str) -> Iterator[Any]:
    """The flat objects of a text: the finished points of a reply that is not JSON as a whole."""
    for match in _OBJECT.finditer(text):
        try:
            yield json.loads(_TRAILING_COMMA.sub("", match.group()), strict=False)
        except (ValueError, RecursionError):
            continue


def _point(entry: Any) -> Point | None:
    if not isinstance(entry, dict):
        return None
    sentence, span = entry.get("sentence"), entry.get("span")
    number = re.search(r"\d{1,3}", str(entry.get("passage")))
    if not isinstance(sentence, str) or not isinstance(span, str) or number is None:
        return None
    said = _tidy(_MARKER.sub("", sentence))
    if not said or len(said) > _MOST_SENTENCE_CHARS:
        return None
    return Point(said, (int(number.group()),), " ".join(span.split()))
