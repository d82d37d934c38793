"""Which passages hold a word, and with what weight: the words by passages matrix as plain arrays that opening maps."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.plain_files import map_array, write_array

_ARRAYS = ("word_starts", "starts", "rows", "weights")
# Of so many words at most it is remembered where they stand: questions share theirs.
_MET = 8192


@dataclass(frozen=True, slots=True)
class Postings:
    """The passages of each word, and its weights in them.

    Word `i`, in sorted order, is `words[word_starts[i]:word_starts[i + 1]]` as UTF-8; its passages are
    `rows[starts[i]:starts[i + 1]]`, ascending, with as many `weights`.
    """

    words: bytes | mmap.mmap
    word_starts: NDArray[np.int64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    _met: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(
        cls, words: Sequence[str], starts: NDArray[np.int64], rows: NDArray[np.int32], weights: NDArray[np.float32]
    ) -> Postings:
        """The postings of words in sorted order."""
        encoded = [word.encode() for word in words]
        return cls(b"".join(encoded), starts_of(encoded), starts, rows, weights)

    @classmethod
    def open(cls, folder: Path, name: str) -> Postings:
        """What `save` wrote, memory-mapped.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        arrays = {part: map_array(folder / f"{name}.{part}.npy") for part in _ARRAYS}
        words: bytes | mmap.mmap = b""
        if int(arrays["word_starts"][-1]):
            with (folder / f"{name}.utf8").open("rb") as file:
                words = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return cls(words, **arrays)

    def save(self, folder: Path, name: str) -> None:
        """Writes the words and four arrays into the folder."""
        (folder / f"{name}.utf8").write_bytes(self.words[:])
        for part in _ARRAYS:
            write_array(folder / f"{name}.{part}.npy", getattr(self, part))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def word(self, number: int) -> bytes:
        """The word of this number, as UTF-8."""
        return self.words[int(self.word_starts[number]) : int(self.word_starts[number + 1])]

    def frequency(self, word: str) -> int:
        """How many passages hold the word."""
        first, last = self._span(word)
        return last - first

    def holding(self, words: Iterable[str]) -> NDArray[np.int32]:
        """The rows of the passages that hold every one of the words, ascending; none for no words."""
        found: NDArray[np.int32] | None = None
        for first, last in sorted(map(self._span, words), key=lambda span: span[1] - span[0]):
            rows = self.rows[first:last]
            found = rows if found is None else np.intersect1d(found, rows, assume_unique=True)
        return np.zeros(0, np.int32) if found is None else found

    def scores(self, words: Iterable[str], passages: int) -> NDArray[np.float32]:
        """The sum of the weights of the words, `(passages,)`; 0 where none is held."""
        scores = np.zeros(passages, np.float32)
        for word in words:
            first, last = self._span(word)
            scores[self.rows[first:last]] += self.weights[first:last]
        return scores

    def sums(self, values: Mapping[str, float], passages: int) -> NDArray[np.float32]:
        """The sum of the values of the words that each passage holds, `(passages,)`."""
        sums = np.zeros(passages, np.float32)
        for word, value in values.items():
            first, last = self._span(word)
            sums[self.rows[first:last]] += np.float32(value)
        return sums

    def number(self, word: str) -> int:
        """The number of the word, -1 when no passage holds it."""
        known = self._met.get(word)
        if known is None:
            if len(self._met) >= _MET:
                self._met.clear()
            known = self._met[word] = self._look_up(word.encode())
        return known

    def _span(self, word: str) -> tuple[int, int]:
        """Where the word's passages stand in `rows`; an empty span when no passage holds it."""
        number = self.number(word)
        return (int(self.starts[number]), int(self.starts[number + 1])) if number >= 0 else (0, 0)

    def _look_up(self, wanted: bytes) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            found = self.word(middle)
            if found == wanted:
                return middle
            if found < wanted:
                low = middle + 1
            else:
                high = middle
        return -1


def starts_of(parts: Sequence[Sized]) -> NDArray[np.int64]:
    """Where each part begins when all are laid end to end, and where the last one ends."""
    starts = np.zeros(len(parts) + 1, np.int64)
    np.cumsum([len(part) for part in parts], out=starts[1:])
    return starts
