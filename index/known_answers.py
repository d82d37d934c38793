"""Which of the known answers a question asks for: multinomial logistic regression over the known questions.

A question is its vector, whitened by the covariance of the questions of one answer around their mean (within-class
covariance normalisation: Hatch, Kajarekar and Stolcke, 2006), and its words, weighed by rarity. The weights start at the
mean of each answer's questions and are fitted by Adam (Kingma and Ba, 2015). Door for scipy's sparse matrices.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from index.keywords import Keywords
from index.plain_files import map_array, write_array
from index.postings import starts_of

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]

# Chosen on the working half of the golden questions, where each could be halved or doubled for less than one point:
# share of the mean variance that is added to each direction, length of the words beside the vector's 1, length of the
# first weights, share of the probability that is spread over all answers.
_RIDGE, _WORDS, _SCALE, _SMOOTHED = 1.0, 0.7, 10.0, 0.05
_EPOCHS, _BATCH, _RATE, _DECAYS = 3, 512, 0.02, (0.9, 0.999)
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
        whitening = _whitening(vectors, answers)
        turned = vectors @ whitening
        middle = turned.mean(axis=0)
        rows = _rows(keywords)
        words = _matrix([_weights(keywords.numbered(question), rows) for question in questions], int(rows.max()) + 1)
        fitting = _Fitting(_unit(turned - middle), words, answers)
        for batch in _batches(len(questions)):
            fitting.step(batch)
        by_vector, by_word, bias = fitting.weights
        return cls(middle, whitening, by_vector, rows, by_word.astype(np.float16), bias)

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


class _Fitting:
    """The weights while they are fitted. `vectors` `(questions, dimension)`, `words` `(questions, words)`."""

    def __init__(self, vectors: Floats, words: csr_matrix, answers: NDArray[np.int64]) -> None:
        self._vectors, self._words, self._answers = vectors, words, answers
        count = int(answers.max()) + 1
        belongs = _matrix([{int(answer): 1.0} for answer in answers], count).T
        by_vector, by_word = (belongs @ vectors).T, (words.T @ belongs.T).toarray()
        length = np.sqrt((by_vector**2).sum(axis=0) + (by_word**2).sum(axis=0)) + 1e-6
        self.weights: list[Floats] = [
            np.ascontiguousarray(_SCALE * by_vector / length, np.float32),
            np.ascontiguousarray(_SCALE * by_word / length, np.float32),
            np.zeros(count, np.float32),
        ]
        self._means, self._squares = ([np.zeros_like(one) for one in self.weights] for _ in range(2))
        self._steps = 0

    def step(self, batch: NDArray[np.int64]) -> None:
        """Moves the weights by what the questions `batch` say."""
        vectors, words, answers = self._vectors[batch], self._words[batch], self._answers[batch]
        by_vector, by_word, bias = self.weights
        wrong = softmax(vectors @ by_vector + words @ by_word + bias) - np.float32(_SMOOTHED / len(bias))
        wrong[np.arange(len(batch)), answers] -= np.float32(1 - _SMOOTHED)
        wrong /= len(batch)
        self._steps += 1
        for number, slope in enumerate((vectors.T @ wrong, words.T @ wrong, wrong.sum(axis=0))):
            self._adam(number, slope)

    def _adam(self, number: int, slope: Floats) -> None:
        mean, square = self._means[number], self._squares[number]
        for moment, decay, value in zip((mean, square), _DECAYS, (slope, slope * slope), strict=True):
            moment *= decay
            moment += (1 - decay) * value
        first, second = (1 - decay**self._steps for decay in _DECAYS)
        self.weights[number] -= _RATE * (mean / first) / (np.sqrt(square / second) + 1e-8)


def _whitening(vectors: Floats, answers: NDArray[np.int64]) -> Floats:
    """Turns vectors so that the questions of one answer spread alike in every direction, `(dimension, dimension)`."""
    sums = np.zeros((int(answers.max()) + 1, vectors.shape[1]))
    np.add.at(sums, answers, vectors)
    counts = np.bincount(answers)[:, np.newaxis]
    apart = vectors - (sums / counts)[answers]
    covariance = apart.T @ apart / max(len(vectors) - len(sums), 1)
    variance = float(np.trace(covariance)) / len(covariance) or 1.0
    covariance[np.diag_indices_from(covariance)] += _RIDGE * variance
    return np.linalg.cholesky(np.linalg.inv(covariance)).astype(np.float32)


def _rows(keywords: Keywords) -> NDArray[np.int64]:
    """For each word of the questions its row among those said often enough, else -1."""
    often = np.diff(keywords.words.starts) >= _FEWEST
    return np.where(often, np.cumsum(often) - 1, -1)


def _weights(words: Mapping[int, float], rows: NDArray[np.int64]) -> dict[int, float]:
    """The weight of each word that has a row: its rarity, all of them together of length `_WORDS`."""
    rarities = {row: rarity for number, rarity in words.items() if (row := int(rows[number])) >= 0}
    length = math.hypot(*rarities.values()) or 1.0
    return {row: _WORDS * rarity / length for row, rarity in rarities.items()}


def _matrix(lines: Sequence[Mapping[int, float]], columns: int) -> csr_matrix:
    from scipy.sparse import csr_matrix  # 0.2 s, for building only

    values = np.array([value for line in lines for value in line.values()], np.float32)
    places = np.array([column for line in lines for column in line], np.int64)
    return csr_matrix((values, places, starts_of(lines)), shape=(len(lines), columns))


def _batches(count: int) -> Iterator[NDArray[np.int64]]:
    """The questions in parts, `_EPOCHS` times, each time in another order (always the same ones)."""
    generator = np.random.default_rng(0)
    for _ in range(_EPOCHS):
        order = generator.permutation(count)
        yield from (order[start : start + _BATCH] for start in range(0, count, _BATCH))


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = vectors / np.maximum(lengths, np.float32(1e-6))
    return unit


def softmax(logits: Floats) -> Floats:
    """The probabilities along the last axis, of the same shape."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    likely: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return likely
