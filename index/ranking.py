"""Pure: what two retrievers say of a passage → one relevance; then the order, without near-identical passages.

Vectors give a cosine, whose scale depends on the model: it counts in standard deviations above the mean cosine of the
question with all passages, both of which follow from two moments of the vectors without a scan. Exact words give BM25,
for words and for pairs of words that follow each other, and which share of the question is there at all.
The weights find the right passage first more often than the sum of min–max-normalised scores (CONTRIBUTING holds the
table).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item")

# Log-odds that the passage, if it comes first, is the one that answers: bias, cosine of the passage and of its best
# sentence in deviations, share of the question covered, BM25 of its words, logarithm for its pairs. Fitted on PIAF's
# tuning part and, for a tenth of the weight, on the working half of the golden questions; on PIAF's part kept apart,
# 90 % of first passages above 0.9 are right.
BIAS, PASSAGE, SENTENCE, COVERAGE, WORDS, LOG_PAIRS = -4.88, 0.282, 0.759, 3.184, 0.037, 0.255
# What a wanted term adds to the log-odds, and what other terms of the same kind take away.
WANTED_BONUS, OTHER_PENALTY = 0.51, 0.76
# What the probability that a known question of the passage is the one asked adds to the log-odds, when it is 1.
KNOWN = 4.0
NEAR_IDENTICAL = 0.9
_SUMMED_TOGETHER = 8192
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class WordMatch:
    """How well the words of a question match each passage, three arrays `(passages,)`, higher is better.

    `words` and `pairs` are BM25 scores, 0 where nothing is shared; `coverage` is the share of the question's words that
    the passage holds, each counted by its rarity, in 0..1.
    """

    words: NDArray[np.float32]
    pairs: NDArray[np.float32]
    coverage: NDArray[np.float32]

    def at(self, rows: NDArray[np.int64]) -> WordMatch:
        """The same for these passages alone."""
        return WordMatch(self.words[rows], self.pairs[rows], self.coverage[rows])


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean `(dimension,)` and covariance `(dimension, dimension)` of all vectors of a kind, float32."""

    mean: NDArray[np.float32]
    covariance: NDArray[np.float32]

    @classmethod
    def of(cls, vectors: NDArray[np.float32] | NDArray[np.float16]) -> Moments:
        """The moments of `(count, dimension)` vectors."""
        dimension = vectors.shape[1]
        if not len(vectors):
            return cls(np.zeros(dimension, np.float32), np.zeros((dimension, dimension), np.float32))
        mean = vectors.mean(axis=0, dtype=np.float64)
        product = np.zeros((dimension, dimension))
        for start in range(0, len(vectors), _SUMMED_TOGETHER):
            part = vectors[start : start + _SUMMED_TOGETHER].astype(np.float32)
            product += part.T @ part
        return cls(mean.astype(np.float32), (product / len(vectors) - np.outer(mean, mean)).astype(np.float32))

    def deviations(self, vector: NDArray[np.float32], cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosines in standard deviations above the mean cosine of `vector` with all passages."""
        spread = float(np.sqrt(max(float(vector @ self.covariance @ vector), 0.0)))
        if spread <= 1e-6:
            return np.zeros(len(cosines), np.float32)
        deviations: NDArray[np.float32] = ((cosines - float(vector @ self.mean)) / spread).astype(np.float32)
        return deviations


def relevance(
    passages: NDArray[np.float32],
    sentences: NDArray[np.float32],
    match: WordMatch,
    preference: NDArray[np.float32] | float = 0.0,
) -> NDArray[np.float32]:
    """The fused score of each passage in 0..1, higher is better.

    `passages` and `sentences` are cosines in deviations, of the passage and of its best sentence; `preference` is added
    to the log-odds.
    """
    by_vectors = PASSAGE * passages + SENTENCE * sentences
    by_words = COVERAGE * match.coverage + WORDS * match.words + LOG_PAIRS * np.log1p(match.pairs)
    odds = np.clip(BIAS + by_vectors + by_words + preference, -30, 30)
    scores: NDArray[np.float32] = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return scores


def best_first(scores: NDArray[np.float32], ties: NDArray[np.int64]) -> NDArray[np.int64]:
    """Positions by score, highest first; equal scores by `ties`, lowest first, so that input order never shows."""
    return np.lexsort((ties, -scores)).astype(np.int64)


def ranks(scores: NDArray[np.float32], ties: NDArray[np.int64]) -> NDArray[np.int64]:
    """The 1-based rank of each position under `best_first`."""
    found = np.empty(len(scores), np.int64)
    found[best_first(scores, ties)] = np.arange(1, len(scores) + 1)
    return found


def distinct(
    items: Iterable[Item], *, text: Callable[[Item], str], group: Callable[[Item], Hashable], limit: int
) -> tuple[Item, ...]:
    """The first `limit` items in order, leaving out what is near-identical to one before it.

    Near-identical: same group, same numbers, and at least NEAR_IDENTICAL of all words shared; « close le 14 décembre »
    and « close le 15 décembre » are never near-identical.
    """
    kept: list[Item] = []
    seen: dict[Hashable, list[frozenset[str]]] = {}
    for item in items:
        if len(kept) == limit:
            break
        words, numbers = _words_and_numbers(text(item))
        alike = seen.setdefault((group(item), numbers), [])
        if not any(_share(words, other) >= NEAR_IDENTICAL for other in alike):
            alike.append(words)
            kept.append(item)
    return tuple(kept)


@lru_cache(maxsize=1024)
def _words_and_numbers(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    # The same passages come again and again: reading their words was a tenth of a question's time.
    words = frozenset(_WORD.findall(text.casefold()))
    return words, tuple(sorted(word for word in words if any(c.isdigit() for c in word)))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    union = len(one | other)
    return len(one & other) / union if union else 1.0


def top(scores: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
    """The positions of the `limit` highest positive scores, in ascending order; ties at the edge go to the lowest."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) <= limit:
        return positive.astype(np.int64)
    chosen = scores[positive]
    edge = -np.partition(-chosen, limit - 1)[limit - 1]
    above, at_edge = positive[chosen > edge], positive[chosen == edge]
    return np.sort(np.concatenate((above, at_edge[: limit - len(above)]))).astype(np.int64)


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """The probabilities along the last axis, of the same shape."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    likely: NDArray[np.float32] = raised / raised.sum(axis=-1, keepdims=True)
    return likely


def merged(*rows: NDArray[np.int64] | Sequence[int]) -> NDArray[np.int64]:
    """Every row number once, ascending."""
    return np.unique(np.concatenate([np.asarray(part, np.int64) for part in rows]))
