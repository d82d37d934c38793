"""Exact words (BM25). Door for bm25s, which weighs the words at build time, and for PyStemmer.

What bm25s computes is one sparse matrix, words by passages. It is kept as plain arrays that opening maps, and a
question adds up the rows of its words: nothing of bm25s (which imports scipy, 0.2 s) is needed to ask.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from sys import intern

import numpy as np
import Stemmer
from numpy.typing import NDArray

from index.plain_files import map_array, write_array
from index.postings import Postings, starts_of
from index.ranking import WordMatch
from index.words import content_words, passage_words, query_words

# Lucene's variant of BM25 and its usual parameters: on PIAF's tuning part no other choice gained half a point.
K1, B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Keywords:
    """The weights of every word, and of every two words that follow each other, in every passage.

    The stems that passage `r` says are numbered in `said[said_starts[r]:said_starts[r + 1]]`, in the order they were
    found: the next index is made from them without reading the passage again.
    """

    words: Postings
    pairs: Postings
    said: NDArray[np.int32]
    said_starts: NDArray[np.int64]
    stemmer: Stemmer.Stemmer

    @classmethod
    def build(cls, texts: Sequence[str], *, known: Callable[[str], list[str] | None] | None = None) -> Keywords:
        """The index of the texts, row = position in `texts`; `known` gives the stems of a text met before."""
        stemmer = Stemmer.Stemmer("french")
        passages = [(known(text) if known else None) or _stems(stemmer, passage_words(text)) for text in texts]
        words, said = _weighed(passages)
        pairs, _ = _weighed([_pairs(stems) for stems in passages])
        numbers = np.array([number for numbers in said for number in numbers], np.int32)
        return cls(words, pairs, numbers, starts_of(said), stemmer)

    @classmethod
    def open(cls, folder: Path) -> Keywords:
        """The index saved in `folder`, memory-mapped.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        return cls(
            Postings.open(folder, "words"),
            Postings.open(folder, "pairs"),
            map_array(folder / "said.npy"),
            map_array(folder / "said_starts.npy"),
            Stemmer.Stemmer("french"),
        )

    def save(self, folder: Path) -> None:
        """Writes everything into `folder`, which is created."""
        folder.mkdir(parents=True, exist_ok=True)
        self.words.save(folder, "words")
        self.pairs.save(folder, "pairs")
        write_array(folder / "said.npy", self.said)
        write_array(folder / "said_starts.npy", self.said_starts)

    @property
    def passages(self) -> int:
        """How many passages it covers."""
        return len(self.said_starts) - 1

    def scores(self, query: str) -> NDArray[np.float32]:
        """The BM25 score of every passage, `(passages,)`; higher is better, 0 where no word is shared."""
        return self.words.scores(dict.fromkeys(_stems(self.stemmer, query_words(query))), self.passages)

    def match(self, query: str) -> WordMatch:
        """How well every passage matches the words of the question; all 0 when no word is known."""
        stems = _stems(self.stemmer, content_words(query))
        rarities = {stem: self._rarity(stem) for stem in dict.fromkeys(stems)}
        coverage = self.words.sums(rarities, self.passages) / np.float32(sum(rarities.values()) or 1.0)
        pairs = self.pairs.scores(dict.fromkeys(_pairs(stems)), self.passages)
        return WordMatch(self.scores(query), pairs, coverage)

    def stems(self, text: str) -> list[str]:
        """The words of a text as they are compared here: folded, stemmed, without function words, with repetitions."""
        return _stems(self.stemmer, passage_words(text))

    def stem_set(self, text: str) -> frozenset[str]:
        """The same stems, each once and shared by all who hold them."""
        return frozenset(map(intern, self.stems(text)))

    def stems_of(self, row: int) -> list[str]:
        """The stems of one passage, with repetitions, in the order they were found."""
        numbers = self.said[int(self.said_starts[row]) : int(self.said_starts[row + 1])]
        return [self.words.word(number).decode() for number in numbers.tolist()]

    def rarities(self, query: str) -> dict[str, float]:
        """The stems of a question's single words and how rare each is among the passages: BM25's idf, >= 0."""
        return {stem: self._rarity(stem) for stem in self.word_stems(query)}

    def numbered(self, text: str) -> dict[int, float]:
        """The numbers of the words of a text that some passage holds, each with its rarity, as in `rarities`."""
        rarities = self.rarities(text)
        return {number: rarity for stem, rarity in rarities.items() if (number := self.words.number(stem)) >= 0}

    def word_stems(self, text: str) -> list[str]:
        """The stems of a text's single words that name something, each once."""
        return list(dict.fromkeys(_stems(self.stemmer, content_words(text))))

    def has(self, stem: str) -> bool:
        """Whether a passage holds a word of this stem."""
        return self.words.frequency(stem) > 0

    def _rarity(self, stem: str) -> float:
        frequency = self.words.frequency(stem)
        return math.log1p((self.passages - frequency + 0.5) / (frequency + 0.5))


def _stems(stemmer: Stemmer.Stemmer, words: Sequence[str]) -> list[str]:
    # The plural goes first: Snowball takes « forfait » for a verb (« forf ») but not « forfaits ».
    return list(stemmer.stemWords([_singular(word) for word in words]))


def _singular(word: str) -> str:
    """A folded word without its plural s or x, nor the e of « imposée », which is the same word as « imposé »."""
    word = word[:-1] if len(word) > 4 and word[-1] in "sx" else word
    return word[:-1] if len(word) > 4 and word.endswith("ee") else word


def _pairs(stems: Iterable[str]) -> list[str]:
    return [f"{first} {second}" for first, second in pairwise(stems)]


def _weighed(passages: Sequence[Sequence[str]]) -> tuple[Postings, list[list[int]]]:
    """The words of the passages with their BM25 weights, and each passage as the numbers of its words."""
    # The vocabulary is sorted here: bm25s would take it from a set, in another order at each build.
    vocabulary = sorted({word for words in passages for word in words})
    numbers = {word: number for number, word in enumerate(vocabulary)}
    said = [[numbers[word] for word in words] for words in passages]
    return Postings.of(vocabulary, *_bm25(said, numbers)), said


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
