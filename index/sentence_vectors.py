"""The vectors of sentences inside passages: what tells which sentence of a passage answers.

A table row or a passage of one sentence has its passage's vector; only the sentences of longer passages have their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.plain_files import give_back, map_array, write_array
from index.records import Passage

_HEADINGS = 2


def sentence_texts(passage: Passage) -> tuple[str, ...]:
    """What is encoded for each sentence, after its nearest headings; nothing where the passage's vector serves."""
    if passage.kind == "row" or len(passage.sentences) < 2:
        return ()
    headings = " › ".join(passage.headings[-_HEADINGS:])
    return tuple(
        f"{headings} : {passage.text[start - passage.start : end - passage.start]}" for start, end in passage.sentences
    )


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """Vectors `(sentences, dimension)` float16 of unit length; those of passage `row` are `starts[row:row+2]`."""

    starts: NDArray[np.int64]
    vectors: NDArray[np.float16]

    @classmethod
    def of(cls, passages: Sequence[Passage], vectors: NDArray[np.float32]) -> SentenceVectors:
        """The vectors of the passages' sentences, given in the order of `sentence_texts`."""
        starts = np.zeros(len(passages) + 1, np.int64)
        np.cumsum([len(sentence_texts(passage)) for passage in passages], out=starts[1:])
        return cls(starts, vectors.astype(np.float16))

    @classmethod
    def open(cls, folder: Path) -> SentenceVectors:
        """Those saved in `folder`, memory-mapped."""
        return cls(map_array(folder / "sentence_starts.npy"), map_array(folder / "sentence_vectors.npy"))

    def save(self, folder: Path) -> None:
        """Writes both arrays into `folder`."""
        write_array(folder / "sentence_starts.npy", self.starts)
        write_array(folder / "sentence_vectors.npy", self.vectors)

    def give_back(self) -> None:
        """Takes the mapped vectors out of this process's memory."""
        give_back(self.vectors)

    def cosines(self, row: int, vector: NDArray[np.float32]) -> list[float]:
        """The cosine of each sentence of the passage with `vector`; empty where the passage's own serves."""
        first, last = int(self.starts[row]), int(self.starts[row + 1])
        cosines: list[float] = (self.vectors[first:last].astype(np.float32) @ vector).tolist()
        return cosines

    def best(
        self, rows: NDArray[np.int64], vector: NDArray[np.float32], own: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """The highest cosine of any sentence of each passage with `vector`; `own` where the passage's own serves."""
        first, last = self.starts[rows], self.starts[rows + 1]
        has = np.flatnonzero(last > first)
        best = own.astype(np.float32)
        if len(has):
            spans = [np.arange(start, stop) for start, stop in zip(first[has], last[has], strict=True)]
            cosines = self.vectors[np.concatenate(spans)].astype(np.float32) @ vector
            begins = np.cumsum([0, *(len(span) for span in spans[:-1])])
            best[has] = np.maximum.reduceat(cosines, begins)
        return best
