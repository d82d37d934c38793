"""Stand-ins that one can compute by hand: real implementations of the protocols, no patching."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.words import fold


class LetterEncoder:
    """An encoder whose vector counts the letters a to z of a text, accents folded, scaled to unit length.

    A text without letters gets the vector of "a". `encoded` keeps the passages, `asked` the queries it was given.
    """

    dimension = 26

    def __init__(self, identity: str = "letters-1") -> None:
        self.identity = identity
        self.encoded: list[str] = []
        self.asked: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        if progress is not None:
            progress(len(texts))
        return np.array([letters(text) for text in texts], np.float32).reshape(len(texts), self.dimension)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        self.asked.append(text)
        return letters(text)


class WordReranker:
    """A reranker whose score is the share of the question's words that the text holds."""

    identity = "words-1"

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        words = frozenset(fold(question).casefold().split())
        shares = [len(words & frozenset(fold(text).casefold().split())) / max(1, len(words)) for text in texts]
        return np.array(shares, np.float32)


def letters(text: str) -> NDArray[np.float32]:
    """How many of each letter, `(26,)`, unit length."""
    counts = np.zeros(26, np.float32)
    for character in fold(text).casefold():
        if "a" <= character <= "z":
            counts[ord(character) - ord("a")] += 1
    if not counts.any():
        counts[0] = 1
    return counts / np.float32(np.linalg.norm(counts))


def write_corpus(
    folder: Path, documents: Mapping[str, str], *, manifest: str | None = None, vocabulary: str | None = None
) -> Path:
    """Writes text documents (path under documents/ → text), and the two TOML files when given; returns the folder."""
    for name, text in documents.items():
        path = folder / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if manifest is not None:
        (folder / "manifest.toml").write_text(manifest, encoding="utf-8")
    if vocabulary is not None:
        (folder / "vocabulary.toml").write_text(vocabulary, encoding="utf-8")
    return folder
