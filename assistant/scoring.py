"""How well a unit answers a question, and how sure an answer is: small learned functions of plain features. Pure.

The fitted numbers are in `scoring.json`; `tests/benchmarks/fit_scoring.py` remakes them and says on what.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from assistant.cues import Wanted
from assistant.units import Shapes, Unit

SENTENCE_FEATURES = (
    "own_cover", "titled_cover", "neighbour_cover", "passage_cover", "fused", "cosine", "exact_words", "inverse_rank",
    "log_length", "figure_present", "date_present", "name_present", "figure_absent", "date_absent", "name_absent",
    "is_first", "pairs", "rarest_word",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scorer:
    """A perceptron with one hidden layer: standardise, tanh, logistic. Shapes: (features,), (features, hidden), (hidden,)."""

    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    hidden: NDArray[np.float64]
    hidden_bias: NDArray[np.float64]
    output: NDArray[np.float64]
    output_bias: float

    def probabilities(self, features: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """Of each row of features, in 0..1; higher is better."""
        if not len(features):
            return np.zeros(0)
        scaled = (np.asarray(features, np.float64) - self.means) / self.scales
        logits = np.tanh(scaled @ self.hidden + self.hidden_bias) @ self.output + self.output_bias
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -40, 40))))


@cache
def load_scorer(name: str) -> Scorer:
    """The fitted function of that name in `scoring.json`."""
    fitted = json.loads(resources.files("assistant").joinpath("scoring.json").read_text(encoding="utf-8"))[name]
    arrays = {
        key: np.asarray(fitted[key], np.float64) for key in ("means", "scales", "hidden", "hidden_bias", "output")
    }
    return Scorer(**arrays, output_bias=float(fitted["output_bias"]))


@dataclass(frozen=True, slots=True)
class HitView:
    """What the search says of a passage: fused score, cosine and exact-word score in 0..1, its 1-based rank."""

    fused: float
    cosine: float
    exact_words: float
    rank: int


def sentence_features(
    units: Sequence[Unit],
    heading_stems: frozenset[str],
    rarities: Mapping[str, float],
    wanted: Wanted,
    hit: HitView,
) -> list[list[float]]:
    """One row of SENTENCE_FEATURES for each unit of one passage."""
    total = sum(rarities.values()) or 1.0
    rarest = max(rarities.values(), default=1.0) or 1.0
    stems = [frozenset(unit.stems) for unit in units]
    everything = heading_stems.union(*stems) if stems else heading_stems
    passage_cover = _cover(rarities, everything, total)
    rows: list[list[float]] = []
    for number, unit in enumerate(units):
        own = stems[number]
        around = own.union(heading_stems, *stems[max(0, number - 1) : number], *stems[number + 1 : number + 2])
        rows.append([
            _cover(rarities, own, total),
            _cover(rarities, own | heading_stems, total),
            _cover(rarities, around, total),
            passage_cover,
            hit.fused,
            hit.cosine,
            hit.exact_words,
            1.0 / hit.rank,
            math.log1p(len(unit.stems)),
            *_shape_features(wanted, unit.shapes),
            float(number == 0),
            _pairs(list(rarities), unit.stems),
            max((weight for stem, weight in rarities.items() if stem in own), default=0.0) / rarest,
        ])  # fmt: skip
    return rows


def _cover(rarities: Mapping[str, float], stems: frozenset[str], total: float) -> float:
    """The share of the question's words, weighted by rarity, that are among the stems."""
    return sum(weight for stem, weight in rarities.items() if stem in stems) / total


def _shape_features(wanted: Wanted, shapes: Shapes) -> tuple[float, ...]:
    wants = (wanted == "figure", wanted == "date", wanted == "who")
    has = (shapes.number, shapes.date, shapes.name)
    return (*(float(w and h) for w, h in zip(wants, has, strict=True)),
            *(float(w and not h) for w, h in zip(wants, has, strict=True)))  # fmt: skip


def _pairs(asked: Sequence[str], stems: Sequence[str]) -> float:
    """The share of neighbouring words of the question that are neighbours (within two words) in the unit too."""
    if len(asked) < 2:
        return 0.0
    places: dict[str, list[int]] = {}
    for place, stem in enumerate(stems):
        places.setdefault(stem, []).append(place)
    near = sum(
        any(0 < abs(a - b) <= 2 for a in places.get(first, ()) for b in places.get(second, ()))
        for first, second in zip(asked, asked[1:], strict=False)
    )
    return near / (len(asked) - 1)


def threshold_for(error_rate: float) -> float:
    """The least confidence at which the share of errors among what is asserted stays within `error_rate` (0..1).

    Read off the table of `scoring.json`, measured out of fold on the questions it was fitted on.
    """
    fitted = json.loads(resources.files("assistant").joinpath("scoring.json").read_text(encoding="utf-8"))
    table: list[list[float]] = fitted["thresholds"]
    return max(limit for rate, limit in table if rate <= error_rate) if any(r <= error_rate for r, _ in table) else 1.0
