"""How well a unit answers a question, and how sure an answer is: small fitted functions of plain features. Pure.

The fitted numbers are in `scoring.json`; `tests/benchmarks/fit_scoring.py` remakes them and says on what.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

_MOST_LOGIT = 40
_MOST_LEAVES = 8
_ALL = np.uint8(255)
# The place of the lowest bit that is set.
_FIRST = np.array([0, *((bits & -bits).bit_length() - 1 for bits in range(1, 256))], np.intp)


@dataclass(frozen=True, slots=True)
class Trees:
    """Regression trees of at most eight leaves, of which the values of the leaves reached are added up.

    All nodes are asked at once (QuickScorer: Lucchese et al., SIGIR 2015): a row goes right where its feature is above
    the limit, which leaves out the leaves on the left; the first that is not left out is reached. `features`, `limits`
    and `kept`, one bit a leaf, have shape (trees, 7), `values` (trees, 8).
    """

    features: NDArray[np.intp]
    limits: NDArray[np.float64]
    kept: NDArray[np.uint8]
    values: NDArray[np.float64]

    @classmethod
    def of(cls, nested: Sequence[Any]) -> Self:
        """From trees written as [feature, limit, left, right], leaves as their value."""
        shape = (len(nested), _MOST_LEAVES - 1)
        features, limits = np.zeros(shape, np.intp), np.full(shape, np.inf)
        kept, values = np.full(shape, _ALL, np.uint8), np.zeros((len(nested), _MOST_LEAVES))
        for number, tree in enumerate(nested):
            leaves: list[float] = []
            nodes: list[tuple[int, float, int]] = []
            _unfold(tree, leaves, nodes)
            values[number, : len(leaves)] = leaves
            for place, (feature, limit, mask) in enumerate(nodes):
                features[number, place], limits[number, place], kept[number, place] = feature, limit, mask
        return cls(features, limits, kept, values)

    def sums(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each row of features, shape (rows,)."""
        is_right = (rows[:, self.features.ravel()] > self.limits.ravel()).reshape(len(rows), *self.features.shape)
        left = np.bitwise_and.reduce(np.where(is_right, self.kept, _ALL), axis=2)
        return np.asarray(self.values[np.arange(len(self.values)), _FIRST[left]].sum(axis=1))


def _unfold(tree: Any, leaves: list[float], nodes: list[tuple[int, float, int]]) -> int:
    """Adds a tree's leaves, from left to right, and its nodes with the leaves that are kept on the right of each.

    Gives the bits of the leaves added.
    """
    if not isinstance(tree, list):
        leaves.append(tree)
        return 1 << (len(leaves) - 1)
    feature, limit, left, right = tree
    on_left = _unfold(left, leaves, nodes)
    nodes.append((feature, limit, int(_ALL) & ~on_left))
    return on_left | _unfold(right, leaves, nodes)


@dataclass(frozen=True, slots=True)
class Scorer:
    """A linear function of standardised features and trees, together the logit of a probability.

    `means`, `scales` and `weights` have shape (features,).
    """

    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float
    trees: Trees

    @classmethod
    def of(cls, fitted: Mapping[str, Any]) -> Self:
        """From one entry of `scoring.json`."""
        means, scales, weights = (np.asarray(fitted[key], np.float64) for key in ("means", "scales", "weights"))
        return cls(means, scales, weights, float(fitted["bias"]), Trees.of(fitted["trees"]))

    def probabilities(self, features: NDArray[np.float64] | Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """Of each row of features, in 0..1; higher is better. Those beyond what it was fitted on are ignored."""
        if not len(features):
            return np.zeros(0)
        rows = np.asarray(features, np.float64)[:, : len(self.weights)]
        logits = (rows - self.means) / self.scales @ self.weights + self.bias + self.trees.sums(rows)
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -_MOST_LOGIT, _MOST_LOGIT))))


@cache
def _fitted() -> Mapping[str, Any]:
    text = resources.files("assistant").joinpath("scoring.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def load_scorer(name: str, *, is_known: bool = False) -> Scorer:
    """The function of that name in `scoring.json`, as fitted with known questions or without.

    `is_known` says that known questions lead to most of the corpus: there, leading nowhere says something too.
    """
    return Scorer.of(_fitted()["known" if is_known else "plain"][name])


def threshold_for(error_rate: float) -> float:
    """The least confidence at which the share of errors among what is asserted stays within `error_rate` (0..1).

    Read off the table of `scoring.json`, measured on the working half of the golden questions; where no confidence
    keeps the rate, the one with the fewest errors.
    """
    table: list[tuple[float, float]] = [(limit, wrong) for limit, wrong in _fitted()["thresholds"]]
    within = [limit for limit, wrong in table if wrong <= error_rate]
    return min(within) if within else min(table, key=lambda row: (row[1], row[0]))[0]
