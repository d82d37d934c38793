"""The fitted functions: trees and a linear part, added up as one can by hand."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.deciding import ANSWER_FEATURES
from assistant.fitted import Scorer, Trees, load_scorer, threshold_for
from assistant.scoring import SENTENCE_FEATURES

# The first feature up to 0.5, then the second up to 2; and a tree that is one leaf.
NESTED = [[0, 0.5, [1, 2.0, 1.0, 2.0], 4.0], 8.0]


@pytest.mark.parametrize(
    ("row", "expected"), [((0.5, 2.0), 9.0), ((0.0, 2.1), 10.0), ((0.6, 0.0), 12.0), ((-3.0, -3.0), 9.0)]
)
def test_the_leaves_reached_are_added(row: tuple[float, float], expected: float) -> None:
    assert Trees.of(NESTED).sums(np.array([row])).tolist() == [expected]


def test_no_trees_add_nothing() -> None:
    assert Trees.of([]).sums(np.zeros((3, 2))).tolist() == [0.0, 0.0, 0.0]


def test_the_linear_part_and_the_trees_make_one_probability() -> None:
    scorer = Scorer.of(
        {"means": [1.0, 0.0], "scales": [2.0, 1.0], "weights": [3.0, 0.5], "bias": -9.0, "trees": NESTED}
    )
    logit = (0.5 - 1.0) / 2.0 * 3.0 + 2.0 * 0.5 - 9.0 + 9.0
    assert scorer.probabilities([(0.5, 2.0)]).tolist() == pytest.approx([1 / (1 + np.exp(-logit))])
    assert scorer.probabilities([]).tolist() == []


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.parametrize(("name", "features"), [("sentence", SENTENCE_FEATURES), ("confidence", ANSWER_FEATURES)])
def test_what_was_fitted_is_of_the_features_at_hand(name: str, features: tuple[str, ...], is_known: bool) -> None:
    scorer = load_scorer(name, is_known=is_known)
    fitted_on = [one for one in features if is_known or not one.startswith("known")]
    assert features[: len(fitted_on)] == tuple(fitted_on)
    assert scorer.weights.shape == (len(fitted_on),)
    assert scorer.trees.features.max() < len(features)
    assert scorer.probabilities(np.zeros((2, len(features)))).shape == (2,)


def test_a_stricter_error_rate_asks_for_more_confidence() -> None:
    assert threshold_for(1.0) == 0.0
    limits = [threshold_for(rate) for rate in (0.2, 0.1, 0.05, 0.02)]
    assert limits == sorted(limits)
