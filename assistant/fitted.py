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


@dataclass(frozen=True, slots=True)
class Trees:
    """Regression trees of which the values of the leaves reached are added up; all nodes in arrays of shape (nodes,).

    A row goes to `left` where its feature is at most the limit, else to `right`; a leaf leads to itself. `roots` has
    shape (trees,); no leaf lies deeper than `depth`.
    """

    roots: NDArray[np.intp]
    features: NDArray[np.intp]
    limits: NDArray[np.float64]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    values: NDArray[np.float64]
    depth: int

    @classmethod
    def of(cls, nested: Sequence[Any]) -> Self:
        """From trees written as [feature, limit, left, right], leaves as their value."""
        nodes: list[list[float]] = []

        def add(tree: Any) -> tuple[int, int]:
            at = len(nodes)
            nodes.append([0, 0.0, at, at, 0.0])
            if not isinstance(tree, list):
                nodes[at][4] = tree
                return at, 0
            (left, left_depth), (right, right_depth) = add(tree[2]), add(tree[3])
            nodes[at] = [tree[0], tree[1], left, right, 0.0]
            return at, 1 + max(left_depth, right_depth)

        added = [add(tree) for tree in nested]
        table = np.array(nodes, np.float64).reshape(len(nodes), 5)
        feature, left, right = (table[:, column].astype(np.intp) for column in (0, 2, 3))
        roots = np.array([root for root, _ in added], np.intp)
        return cls(roots, feature, table[:, 1], left, right, table[:, 4], max((deep for _, deep in added), default=0))

    def sums(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each row of features, shape (rows,)."""
        nodes = np.tile(self.roots, (len(rows), 1))
        each = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            is_left = rows[each, self.features[nodes]] <= self.limits[nodes]
            nodes = np.where(is_left, self.left[nodes], self.right[nodes])
        return np.asarray(self.values[nodes].sum(axis=1))


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
        """Of each row of features, in 0..1; higher is better."""
        if not len(features):
            return np.zeros(0)
        rows = np.asarray(features, np.float64)
        logits = (rows - self.means) / self.scales @ self.weights + self.bias + self.trees.sums(rows)
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -_MOST_LOGIT, _MOST_LOGIT))))


@cache
def _fitted() -> Mapping[str, Any]:
    text = resources.files("assistant").joinpath("scoring.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def load_scorer(name: str) -> Scorer:
    """The fitted function of that name in `scoring.json`."""
    return Scorer.of(_fitted()[name])


def threshold_for(error_rate: float) -> float:
    """The least confidence at which the share of errors among what is asserted stays within `error_rate` (0..1).

    Read off the table of `scoring.json`, measured on the working half of the golden questions; where no confidence
    keeps the rate, the one with the fewest errors.
    """
    table: list[tuple[float, float]] = [(limit, wrong) for limit, wrong in _fitted()["thresholds"]]
    within = [limit for limit, wrong in table if wrong <= error_rate]
    return min(within) if within else min(table, key=lambda row: (row[1], row[0]))[0]
