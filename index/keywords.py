"""Exact words (BM25). Door for bm25s, which weighs the words at build time, and for PyStemmer.

What bm25s computes is one sparse matrix, words by passages. It is kept as plain arrays that opening maps, and a
question adds up the rows of its words: nothing of bm25s (which imports scipy, 0.2 s) is needed to ask.
"""

from __future__ import annotations

import math
import mmap
from collections.abc import Callable, Sequence, Sized
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import Stemmer
from numpy.typing import NDArray

from index.plain_files import map_array, write_array
from index.words import content_words, passage_words, query_words

# Lucene's variant of BM25 and its usual parameters: on PIAF's tuning part no other choice gained half a point.
K1, B = 1.2, 0.75
_ARRAYS = ("word_starts", "starts", "rows", "weights", "said", "said_starts")


@dataclass(frozen=True, slots=True)
class Keywords:
    """The weights of every word in every passage; opened from files, its arrays are memory-mapped.

    `words` holds the sorted stems as UTF-8, one after another; stem `i` is `words[word_starts[i]:word_starts[i + 1]]`
    and its passages are `rows[starts[i]:starts[i + 1]]`, with as many `weights`. The stems that passage `r` says are
    `said[said_starts[r]:said_starts[r + 1]]`: the next index is made from them without reading the passage again.
    """

    words: bytes | mmap.mmap
    word_starts: NDArray[np.int64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    said: NDArray[np.int32]
    said_starts: NDArray[np.int64]
    stemmer: Stemmer.Stemmer

    @classmethod
    def build(cls, texts: Sequence[str], *, known: Callable[[str], list[str] | None] | None = None) -> Keywords:
        """The index of the texts, row = position in `texts`; `known` gives the stems of a text met before."""
        stemmer = Stemmer.Stemmer("french")
        passages = [(known(text) if known else None) or _stems(stemmer, passage_words(text)) for text in texts]
        # The vocabulary is sorted here: bm25s would take it from a set, in another order at each build.
        vocabulary = sorted({word for words in passages for word in words})
        encoded = [word.encode() for word in vocabulary]
        numbers = {word: number for number, word in enumerate(vocabulary)}
        said = [[numbers[word] for word in words] for words in passages]
        starts, rows, weights = _bm25(said, numbers)
        return cls(
            words=b"".join(encoded),
            word_starts=_starts(encoded),
            starts=starts,
            rows=rows,
            weights=weights,
            said=np.array([number for words in said for number in words], np.int32),
            said_starts=_starts(said),
            stemmer=stemmer,
        )

    @classmethod
    def open(cls, folder: Path) -> Keywords:
        """The index saved in `folder`, memory-mapped.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        arrays = {name: map_array(folder / f"{name}.npy") for name in _ARRAYS}
        words: bytes | mmap.mmap = b""
        if int(arrays["word_starts"][-1]):
            with (folder / "words.utf8").open("rb") as file:
                words = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return cls(words, stemmer=Stemmer.Stemmer("french"), **arrays)

    def save(self, folder: Path) -> None:
        """Writes the arrays into `folder`, which is created."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "words.utf8").write_bytes(self.words[:])
        for name in _ARRAYS:
            write_array(folder / f"{name}.npy", getattr(self, name))

    @property
    def passages(self) -> int:
        """How many passages it covers."""
        return len(self.said_starts) - 1

    def stems_of(self, row: int) -> list[str]:
        """The stems of one passage, with repetitions, in the order they were found."""
        numbers = self.said[int(self.said_starts[row]) : int(self.said_starts[row + 1])]
        return [self._word(int(number)).decode() for number in numbers]

    def scores(self, query: str) -> NDArray[np.float32]:
        """The BM25 score of every passage, `(passages,)`; higher is better, 0 where no word is shared."""
        scores = np.zeros(self.passages, np.float32)
        for word in dict.fromkeys(_stems(self.stemmer, query_words(query))):
            first, last = self._postings(word)
            scores[self.rows[first:last]] += self.weights[first:last]
        return scores

    def stems(self, text: str) -> list[str]:
        """The words of a text as they are compared here: folded, stemmed, without function words, with repetitions."""
        return _stems(self.stemmer, passage_words(text))

    def rarities(self, query: str) -> dict[str, float]:
        """The stems of a question's single words and how rare each is among the passages: BM25's idf, >= 0."""
        stems = dict.fromkeys(_stems(self.stemmer, content_words(query)))
        return {stem: self._rarity(stem) for stem in stems}

    def has(self, stem: str) -> bool:
        """Whether a passage holds a word of this stem."""
        first, last = self._postings(stem)
        return last > first

    def _rarity(self, stem: str) -> float:
        first, last = self._postings(stem)
        return math.log1p((self.passages - (last - first) + 0.5) / (last - first + 0.5))

    def _word(self, number: int) -> bytes:
        return self.words[int(self.word_starts[number]) : int(self.word_starts[number + 1])]

    def _postings(self, word: str) -> tuple[int, int]:
        """Where the word's passages stand in `rows` and `weights`; an empty span when no passage has it."""
        wanted = word.encode()
        low, high = 0, len(self.word_starts) - 1
        while low < high:
            middle = (low + high) // 2
            found = self._word(middle)
            if found == wanted:
                return int(self.starts[middle]), int(self.starts[middle + 1])
            if found < wanted:
                low = middle + 1
            else:
                high = middle
        return 0, 0


def _stems(stemmer: Stemmer.Stemmer, words: Sequence[str]) -> list[str]:
    # The plural goes first: Snowball takes « forfait » for a verb (« forf ») but not « forfaits ».
    return list(stemmer.stemWords([word[:-1] if len(word) > 4 and word[-1] in "sx" else word for word in words]))


def _starts(parts: Sequence[Sized]) -> NDArray[np.int64]:
    """Where each part begins when all are laid end to end, and where the last one ends."""
    starts = np.zeros(len(parts) + 1, np.int64)
    np.cumsum([len(part) for part in parts], out=starts[1:])
    return starts


def _bm25(
    passages: list[list[int]], vocabulary: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """For each word of the vocabulary, in order: where its passages begin, their rows, their weights."""
    if not vocabulary:
        return np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32)
    import bm25s

    retriever = bm25s.BM25(k1=K1, b=B, method="lucene")
    retriever.index((passages, vocabulary), create_empty_token=False, show_progress=False)
    scores = retriever.scores
    return (
        np.asarray(scores["indptr"], np.int64),
        np.asarray(scores["indices"], np.int32),
        np.asarray(scores["data"], np.float32),
    )
