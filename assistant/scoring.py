"""How well a unit answers a question, and how sure an answer is: small fitted functions of plain features. Pure.

The fitted numbers are in `scoring.json`; `tests/benchmarks/fit_scoring.py` remakes them and says on what.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.agreement import Agreement
from assistant.cues import Measure, Wanted
from assistant.units import Unit
from index.records import Tag
from index.synonyms import NEARNESS

# Stems are compared by this many first characters.
_ROOT = 6
_WHOLE_LIST = 4
# Compared among the candidates of one question: given as they are and as deviations from the candidates' mean.
_COMPARED = (
    "own_cover", "titled_cover", "neighbour_cover", "rest_cover", "rest_around_cover", "fused", "pairs", "rarest_word",
    "near_cover", "near_rest_cover", "near_rest_around_cover",
)  # fmt: skip
_PLAIN = (
    "own_terms", "around_terms", "absent_terms", "amount_present", "amount_absent", "share_present", "share_absent",
    "count_present", "count_absent", "duration_present", "date_present", "date_absent", "name_present", "name_absent",
    "actor_present", "actor_absent", "cause_present", "cause_absent", "modality_present", "modality_absent",
    "definition_present", "definition_absent", "list_present", "list_absent", "listed_terms",
    "is_row", "opens_list", "is_question", "terms", "log_length", "is_first", "missing", "missing_around",
)  # fmt: skip
SENTENCE_FEATURES = (
    *_COMPARED, *(f"{name}_deviation" for name in _COMPARED), "cosine_deviation", "best_cosine_deviation", *_PLAIN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression on standardised features; `means`, `scales` and `weights` have shape (features,)."""

    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float

    def probabilities(self, features: NDArray[np.float64] | Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """Of each row of features, in 0..1; higher is better."""
        if not len(features):
            return np.zeros(0)
        logits = (np.asarray(features, np.float64) - self.means) / self.scales @ self.weights + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -40, 40))))


@cache
def _fitted() -> Mapping[str, Any]:
    text = resources.files("assistant").joinpath("scoring.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def load_scorer(name: str) -> Logistic:
    """The fitted function of that name in `scoring.json`."""
    fitted = _fitted()[name]
    means, scales, weights = (np.asarray(fitted[key], np.float64) for key in ("means", "scales", "weights"))
    return Logistic(means, scales, weights, float(fitted["bias"]))


def threshold_for(error_rate: float) -> float:
    """The least confidence at which the share of errors among what is asserted stays within `error_rate` (0..1).

    Read off the table of `scoring.json`, measured on the working half of the golden questions; where no confidence
    keeps the rate, the one with the fewest errors.
    """
    table: list[tuple[float, float]] = [(limit, wrong) for limit, wrong in _fitted()["thresholds"]]
    within = [limit for limit, wrong in table if wrong <= error_rate]
    return min(within) if within else min(table, key=lambda row: (row[1], row[0]))[0]


@dataclass(frozen=True, slots=True)
class HitView:
    """What the search says of a passage: fused score, cosine and exact-word score, its 1-based rank."""

    fused: float
    cosine: float
    exact_words: float
    rank: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a question is compared with units: its stems with their rarity, and the shape of answer wanted.

    `rest` are the stems of the words that name no term; `near` gives the roots of the words near a stem.
    """

    rarities: Mapping[str, float]
    rest: Mapping[str, float]
    near: Mapping[str, frozenset[str]]
    wanted: Wanted
    measure: Measure | None
    terms: frozenset[Tag]
    list_of: str | None


@dataclass(frozen=True, slots=True)
class Read:
    """A unit with what is known of it for one question. `around_stems` are those of headings and neighbours."""

    unit: Unit
    heading_stems: frozenset[str]
    around_stems: frozenset[str]
    hit: HitView
    cosine: float
    agreements: tuple[Agreement, ...]


def sentence_features(asked: Asked, read: Sequence[Read]) -> NDArray[np.float64]:
    """Shape (units, len(SENTENCE_FEATURES)), for all the candidates of one question together."""
    compared = np.array([_compared(asked, one) for one in read], np.float64).reshape(len(read), len(_COMPARED))
    cosines = _deviations(np.array([[one.cosine] for one in read], np.float64).reshape(len(read), 1))
    best = np.repeat(cosines.max(axis=0, keepdims=True), len(read), axis=0) if len(read) else cosines
    plain = np.array([_plain(asked, one) for one in read], np.float64).reshape(len(read), len(_PLAIN))
    return np.hstack((compared, _deviations(compared), cosines, best, plain))


def _deviations(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each column less its mean, in its standard deviations."""
    if not len(columns):
        return columns
    return np.asarray((columns - columns.mean(axis=0)) / (columns.std(axis=0) + 1e-6))


def _compared(asked: Asked, one: Read) -> tuple[float, ...]:
    rarities = asked.rarities
    own = roots(one.unit.stems)
    around = own | roots(one.around_stems)
    rarest = max(rarities.values(), default=1.0) or 1.0
    return (
        cover(rarities, own),
        cover(rarities, own | roots(one.heading_stems)),
        cover(rarities, around),
        cover(asked.rest, own),
        cover(asked.rest, around),
        one.hit.fused,
        _pairs(list(rarities), one.unit.stems),
        max((weight for stem, weight in rarities.items() if stem[:_ROOT] in own), default=0.0) / rarest,
        near_cover(rarities, own, asked.near),
        near_cover(asked.rest, own, asked.near),
        near_cover(asked.rest, around, asked.near),
    )


def _plain(asked: Asked, one: Read) -> tuple[float, ...]:
    unit, agreed = one.unit, one.agreements
    count = len(agreed) or 1
    text = unit.text.rstrip()
    return (
        agreed.count("own") / count,
        agreed.count("around") / count,
        agreed.count("absent") / count,
        *_shape_features(asked, unit),
        listed_terms(unit, asked.list_of),
        float(unit.passage.kind == "row"),
        float(text.endswith(":")),
        float(text.endswith("?")),
        float(min(len(unit.own_tags), 8)),
        math.log1p(len(unit.stems)),
        float(unit.position == 0),
        *_missing(asked, one),
    )


def _missing(asked: Asked, one: Read) -> tuple[float, float]:
    """The rarity of the words, terms apart, that neither the unit nor (secondly) what is around it says, in tens."""
    own = roots(one.unit.stems)
    around = own | roots(one.around_stems)
    total = sum(asked.rest.values())
    missing, missing_around = (total * (1 - near_cover(asked.rest, held, asked.near)) / 10 for held in (own, around))
    return missing, missing_around


def listed_terms(unit: Unit, kind: str | None) -> float:
    """How much of a list of terms of the kind asked for the unit is: 1 from four terms on."""
    return min(sum(tag.kind == kind for tag in unit.own_tags), _WHOLE_LIST) / _WHOLE_LIST if kind else 0.0


def _shape_features(asked: Asked, unit: Unit) -> tuple[float, ...]:
    """Whether each wanted shape is present, and absent."""
    measure, wanted, shapes = asked.measure, asked.wanted, unit.shapes
    pairs = (
        (measure == "amount", shapes.amount),
        (measure == "share", shapes.share),
        (measure == "count", shapes.number),
        (measure == "duration", shapes.duration),
        (wanted == "date", shapes.date),
        (wanted == "who", shapes.name),
        (wanted == "who", any(tag.kind == "actor" for tag in unit.own_tags)),
        (wanted == "why", shapes.cause),
        (wanted == "yes_no", shapes.modality),
        (wanted == "definition", bool(asked.terms & unit.opening_tags)),
        (wanted == "list", unit.text.count(",") + unit.text.count(";") >= 2 or unit.text.rstrip().endswith(":")),
    )
    features = [float(value) for wants, has in pairs for value in (wants and has, wants and not has)]
    del features[7]  # « duration_absent »: too rare in the questions at hand to be learned
    return tuple(features)


def roots(stems: Iterable[str]) -> frozenset[str]:
    """The beginnings of stems, by which « candidature » and « candidater » are the same word."""
    return frozenset(stem[:_ROOT] for stem in stems)


def cover(rarities: Mapping[str, float], among: frozenset[str]) -> float:
    """The share of a question's words, weighted by rarity, whose roots are among these; 1 when there is no word."""
    total = sum(rarities.values())
    return sum(weight for stem, weight in rarities.items() if stem[:_ROOT] in among) / total if total else 1.0


def near_cover(rarities: Mapping[str, float], among: frozenset[str], near: Mapping[str, frozenset[str]]) -> float:
    """The same share; a word of which only a near one is among these counts NEARNESS of its weight."""
    total = sum(rarities.values())
    held = 0.0
    for stem, weight in rarities.items():
        if stem[:_ROOT] in among:
            held += weight
        elif not among.isdisjoint(near.get(stem, frozenset())):
            held += NEARNESS * weight
    return held / total if total else 1.0


def _pairs(asked: Sequence[str], stems: Sequence[str]) -> float:
    """The share of neighbouring words of the question that are neighbours (within two words) in the unit too."""
    if len(asked) < 2:
        return 0.0
    places: dict[str, list[int]] = {}
    for place, stem in enumerate(stems):
        places.setdefault(stem[:_ROOT], []).append(place)
    near = sum(
        any(0 < abs(a - b) <= 2 for a in places.get(first[:_ROOT], ()) for b in places.get(second[:_ROOT], ()))
        for first, second in pairwise(asked)
    )
    return near / (len(asked) - 1)
