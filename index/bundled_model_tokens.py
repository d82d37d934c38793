"""Text → token ids of multilingual-e5-small: a unigram model over a sorted, memory-mapped table of pieces.

The `tokenizers` library needs 1.6 s to build its tree of 250,000 pieces, six times what opening the whole model may
take. No piece holds a space after its first character, so words are independent of each other: each is segmented once
(Viterbi, the best sum of scores) and remembered. The ids are those of the library; a test compares the two.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.bundled_model_weights import Vocabulary

LONGEST_PIECE = 16  # characters
_WORD_MARK = "▁"
_SPACES = re.compile(" +")
_CONTROL_PIECE = re.compile(rb"</?[a-z]+>")
_NO_PIECE = b"\xff"
_UNKNOWN_PENALTY = 10.0
_WORDS_REMEMBERED = 200_000


def sort_pieces(texts: tuple[bytes, ...]) -> tuple[NDArray[np.bytes_], NDArray[np.int32]]:
    """The pieces in the order of their bytes, and their ids; without control pieces, so that no text can spell one."""
    ids = np.array([number for number, text in enumerate(texts) if not _CONTROL_PIECE.fullmatch(text)], dtype=np.int32)
    table = np.array([texts[number] for number in ids])
    order = np.argsort(table, kind="stable")
    return table[order], ids[order]


class Tokens:
    """Segments texts. Safe to call from several threads: what is shared is only read, or a store of finished words."""

    def __init__(self, table: NDArray[np.bytes_], ids: NDArray[np.int32], vocabulary: Vocabulary) -> None:
        self._table, self._ids = table, ids
        self._vocabulary = vocabulary
        self._normalisation = {0: "", **vocabulary.normalisation}
        self._unknown_score = float(vocabulary.scores.min()) - _UNKNOWN_PENALTY
        self._words: dict[str, list[int]] = {}

    def encode(self, text: str, *, limit: int) -> NDArray[np.int32]:
        """The ids of `text` between the begin and end ids, at most `limit` in all; what is beyond is cut."""
        words = self._split(text, characters=limit * LONGEST_PIECE)
        known = self._words
        missing = [word for word in dict.fromkeys(words) if word not in known]
        found = dict(zip(missing, self._segment(missing), strict=True))
        ids = [self._vocabulary.begin]
        for word in words:
            ids += found[word] if word in found else known[word]
            if len(ids) >= limit:
                break
        self._remember(found)
        return np.array([*ids[: limit - 1], self._vocabulary.end], dtype=np.int32)

    def _split(self, text: str, *, characters: int) -> list[str]:
        # A lone surrogate cannot be written in UTF-8; and the map knows composed letters only, so compose first.
        writable = text.encode("utf-8", "replace").decode("utf-8")
        normal = unicodedata.normalize("NFC", writable).translate(self._normalisation)
        return [_WORD_MARK + word for word in _SPACES.sub(" ", normal).strip(" ")[:characters].split(" ")]

    def _remember(self, found: dict[str, list[int]]) -> None:
        if len(self._words) + len(found) > _WORDS_REMEMBERED:
            # A new dictionary, never a cleared one: another thread may be reading the old.
            self._words = {}
        self._words.update(found)

    def _segment(self, words: list[str]) -> list[list[int]]:
        """The best segmentation of each word."""
        if not words:
            return []
        parts = [
            word[start:end]
            for word in words
            for start in range(len(word))
            for end in range(start + 1, min(len(word), start + LONGEST_PIECE) + 1)
        ]
        ids, scores = self._look_up(parts)
        segmented, first = [], 0
        for word in words:
            last = first + _part_count(len(word))
            segmented.append(self._best_path(len(word), ids[first:last], scores[first:last]))
            first = last
        return segmented

    def _look_up(self, parts: list[str]) -> tuple[list[int], list[float]]:
        """The id (-1 for what is no piece) and the score of each part."""
        longest = self._table.dtype.itemsize
        encoded = [part.encode("utf-8") for part in parts]
        # The same item size on both sides, else numpy copies the whole table to compare.
        wanted = np.array([part if len(part) <= longest else _NO_PIECE for part in encoded], dtype=self._table.dtype)
        rows = np.minimum(np.searchsorted(self._table, wanted), len(self._table) - 1)
        ids = np.where(self._table[rows] == wanted, self._ids[rows], -1)
        return ids.tolist(), self._vocabulary.scores[ids].tolist()

    def _best_path(self, length: int, ids: list[int], scores: list[float]) -> list[int]:
        """Viterbi over the parts of one word, given in order of their start, then of their end."""
        best = [0.0] + [float("-inf")] * length
        previous = [(0, 0)] * (length + 1)
        part = 0
        for start in range(length):
            unknown = best[start] + self._unknown_score
            if unknown > best[start + 1]:
                best[start + 1], previous[start + 1] = unknown, (start, self._vocabulary.unknown)
            for end in range(start + 1, min(length, start + LONGEST_PIECE) + 1):
                if ids[part] >= 0 and best[start] + scores[part] > best[end]:
                    best[end], previous[end] = best[start] + scores[part], (start, ids[part])
                part += 1
        return self._walk_back(previous)

    def _walk_back(self, previous: list[tuple[int, int]]) -> list[int]:
        path, end = [], len(previous) - 1
        while end > 0:
            end, number = previous[end]
            path.append(number)
        path.reverse()
        # Neighbouring unknown characters count as one token, as in the model's own tokeniser.
        return path[:1] + [b for a, b in pairwise(path) if not a == b == self._vocabulary.unknown]


def _part_count(length: int) -> int:
    """How many substrings of at most LONGEST_PIECE characters a word of that length has."""
    shorter = min(length, LONGEST_PIECE)
    return shorter * (shorter + 1) // 2 + max(0, length - LONGEST_PIECE) * LONGEST_PIECE
