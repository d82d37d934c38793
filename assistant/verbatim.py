"""Pure: whether a sentence is a whole sentence or row of what it leans on, word for word: it needs no other proof."""

from __future__ import annotations

import re

from index.words import fold

_WORD = re.compile(r"[^\W_]+|[?%€]")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_ITEM = re.compile(r"^\s*(?:[-•–]|\d{1,2}[.)])\s")
# « Oui. » is a sentence too, and says nothing by itself.
_LEAST_WORDS = 4


def copies(sentence: str, text: str) -> bool:
    """Whether the words are those of one sentence of the text, or of a whole row; a question alone says nothing."""
    said = _words(sentence)
    if len(said) < _LEAST_WORDS or said[-1] == "?":
        return False
    return said == _row(text) or any(said == _words(one) for one in _sentences(text))


def _sentences(text: str) -> list[str]:
    """The sentences of a text, without those that a list opens and its items: they lean on one another."""
    pieces = _SENTENCE.split(text)
    return [piece for piece in pieces if not _ITEM.match(piece) and not piece.rstrip().endswith((":", ";"))]


def _row(text: str) -> list[str]:
    """The words of a row: its subject once, then each of its cells after its column."""
    subject, *cells = re.split(r" ;\n", text)
    column, colon, head = subject.rpartition(" : ")
    rest = [cell.removeprefix(f"{head} — ").removeprefix(f"{column}{colon}") for cell in cells]
    return _words(" ".join((head, *rest))) if rest else []


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).casefold())
