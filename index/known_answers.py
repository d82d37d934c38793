"""Which of the known answers a question asks for: multinomial logistic regression over the known questions.

A question is its vector, whitened by the covariance of the questions of one answer around their mean (within-class
covariance normalisation: Hatch, Kajarekar and Stolcke, 2006), and its words, weighed by rarity. The weights start at
the mean of each answer's questions and are fitted on all of them (`answer_fitting`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.keywords import Keywords
from index.plain_files import map_array, write_array

Floats = NDArray[np.float32]

# Length of the words beside the vector's 1. Chosen on the working half of the golden questions, where this and what
# `answer_fitting` chooses could be halved or doubled for less than one point of first answers that are right.
_WORDS = 0.7
# A word that one question alone says tells nothing of another question.
_FEWEST = 2
_ARRAYS = ("middle", "whitening", "by_vector", "rows", "by_word", "bias")


@dataclass(frozen=True, slots=True)
class KnownAnswers:
    """The fitted weights.

    `middle` `(dimension,)` and `whitening` `(dimension, dimension)` prepare a vector for `by_vector` `(dimension,
    answers)`; word `n` of the questions has row `rows[n]` of `by_word` `(words, answers)`, -1 when it is said too
    seldom; `bias` is `(answers,)`.
    """

    middle: Floats
    whitening: Floats
    by_vector: Floats
    rows: NDArray[np.int64]
    by_word: NDArray[np.float16]
    bias: Floats

    @classmethod
    def fit(cls, questions: Sequence[str], vectors: Floats, keywords: Keywords, answers: NDArray[np.int64]) -> Self:
        """Those that tell the answers of the questions apart.

        Args:
            questions: at least one.
            vectors: `(questions, dimension)`, of unit length.
            keywords: the words of the questions.
            answers: `(questions,)`, the number of what answers each, from 0 without gaps.
        """
        from index.answer_fitting import fitted, whitening  # brings scipy: for building only

        turning = whitening(vectors, answers)
        turned = vectors @ turning
        middle = turned.mean(axis=0)
        rows = _rows(keywords)
        words = [_weights(keywords.numbered(question), rows) for question in questions]
        by_vector, by_word, bias = fitted(_unit(turned - middle), words, answers)
        return cls(middle, turning, by_vector, rows, by_word.astype(np.float16), bias)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """What `save` wrote, memory-mapped.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        return cls(*(map_array(folder / f"{name}.npy") for name in _ARRAYS))

    def save(self, folder: Path) -> None:
        """Writes the weights into `folder`, which is created."""
        folder.mkdir()
        for name in _ARRAYS:
            write_array(folder / f"{name}.npy", getattr(self, name))

    def logits(self, vector: Floats, words: Mapping[int, float]) -> Floats:
        """The logarithm, up to a constant, of how likely each answer is asked for, `(answers,)`.

        `words` are the numbers of the question's words with the rarity of each.
        """
        logits: Floats = _unit((vector @ self.whitening - self.middle)[np.newaxis])[0] @ self.by_vector + self.bias
        for row, weight in _weights(words, self.rows).items():
            logits += np.float32(weight) * self.by_word[row]
        return logits


def _rows(keywords: Keywords) -> NDArray[np.int64]:
    """For each word of the questions its row among those said often enough, else -1."""
    often = np.diff(keywords.words.starts) >= _FEWEST
    return np.where(often, np.cumsum(often) - 1, -1)


def _weights(words: Mapping[int, float], rows: NDArray[np.int64]) -> dict[int, float]:
    """The weight of each word that has a row: its rarity, all of them together of length `_WORDS`."""
    rarities = {row: rarity for number, rarity in words.items() if (row := int(rows[number])) >= 0}
    length = math.hypot(*rarities.values()) or 1.0
    return {row: _WORDS * rarity / length for row, rarity in rarities.items()}


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = vectors / np.maximum(lengths, np.float32(1e-6))
    return unit
