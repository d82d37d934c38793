"""Fitting which answer a question asks for: softmax regression from the mean of each answer's questions, by Adam.

Adam: Kingma and Ba, 2015. Door for scipy's sparse matrices, which are only needed to build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from index import ranking
from index.postings import starts_of

Floats = NDArray[np.float32]

# Chosen with the constants of `known_answers`: share of the mean variance that is added to each direction, length of
# the first weights, share of the probability that is spread over all answers.
_RIDGE, _SCALE, _SMOOTHED = 1.0, 10.0, 0.05
_EPOCHS, _BATCH, _RATE, _DECAYS = 3, 512, 0.02, (0.9, 0.999)


def fitted(vectors: Floats, words: Sequence[Mapping[int, float]], answers: NDArray[np.int64]) -> tuple[Floats, ...]:
    """The weights by vector `(dimension, answers)`, by word `(words, answers)`, and of each answer `(answers,)`.

    Args:
        vectors: `(questions, dimension)`, of unit length.
        words: for each question its words, by number from 0, with their weights.
        answers: `(questions,)`, the number of what answers each, from 0 without gaps.
    """
    columns = 1 + max((number for line in words for number in line), default=-1)
    fitting = _Fitting(vectors, _matrix(words, columns), answers)
    for batch in _batches(len(answers)):
        fitting.step(batch)
    return tuple(fitting.weights)


def whitening(vectors: Floats, answers: NDArray[np.int64]) -> Floats:
    """Turns vectors so that the questions of one answer spread alike in every direction, `(dimension, dimension)`."""
    sums = np.zeros((int(answers.max()) + 1, vectors.shape[1]))
    np.add.at(sums, answers, vectors)
    counts = np.bincount(answers)[:, np.newaxis]
    apart = vectors - (sums / counts)[answers]
    covariance = apart.T @ apart / max(len(vectors) - len(sums), 1)
    variance = float(np.trace(covariance)) / len(covariance) or 1.0
    covariance[np.diag_indices_from(covariance)] += _RIDGE * variance
    return np.linalg.cholesky(np.linalg.inv(covariance)).astype(np.float32)


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
        wrong = ranking.softmax(vectors @ by_vector + words @ by_word + bias) - np.float32(_SMOOTHED / len(bias))
        wrong[np.arange(len(batch)), answers] -= np.float32(1 - _SMOOTHED)
        wrong /= len(batch)
        self._steps += 1
        for number, slope in enumerate((vectors.T @ wrong, words.T @ wrong, wrong.sum(axis=0))):
            self._adam(number, slope)

    def _adam(self, number: int, slope: Floats) -> None:
        mean, square = self._means[number], self._squares[number]
        mean += (1 - _DECAYS[0]) * (slope - mean)
        square += (1 - _DECAYS[1]) * (slope * slope - square)
        first, second = (1 - decay**self._steps for decay in _DECAYS)
        self.weights[number] -= _RATE * (mean / first) / (np.sqrt(square / second) + 1e-8)


def _matrix(lines: Sequence[Mapping[int, float]], columns: int) -> csr_matrix:
    values = np.array([value for line in lines for value in line.values()], np.float32)
    places = np.array([column for line in lines for column in line], np.int64)
    return csr_matrix((values, places, starts_of(lines)), shape=(len(lines), columns))


def _batches(count: int) -> Iterator[NDArray[np.int64]]:
    """The questions in parts, `_EPOCHS` times, each time in another order (always the same ones)."""
    generator = np.random.default_rng(0)
    for _ in range(_EPOCHS):
        order = generator.permutation(count)
        yield from (order[start : start + _BATCH] for start in range(0, count, _BATCH))
