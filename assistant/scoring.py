"""What a unit of a passage has of the answer to a question: plain features, one row a unit. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.agreement import Agreement
from assistant.covering import Weighed, root_of
from assistant.cues import Measure, Wanted
from assistant.units import Unit
from index.records import Tag

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
# The shares of the words that name no term, near words counting, that a unit and what is around it hold.
_NEAR_REST = [_COMPARED.index("near_rest_cover"), _COMPARED.index("near_rest_around_cover")]
SENTENCE_FEATURES = (
    *_COMPARED, *(f"{name}_deviation" for name in _COMPARED), "cosine_deviation", "best_cosine_deviation", *_PLAIN,
    "known", "known_deviation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HitView:
    """What the search says of a passage: fused score, cosine and exact-word score, its 1-based rank."""

    fused: float
    cosine: float
    exact_words: float
    rank: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a question is compared with units: its words, and the shape of answer wanted.

    `rest` are the words that name no term.
    """

    whole: Weighed
    rest: Weighed
    wanted: Wanted
    measure: Measure | None
    terms: frozenset[Tag]
    list_of: str | None


@dataclass(frozen=True, slots=True)
class Read:
    """A unit with what is known of it for one question. `around_roots` are its own, its headings' and neighbours'.

    `known` is the probability, 0..1, that what is asked is a question which it is known to answer.
    """

    unit: Unit
    heading_roots: frozenset[str]
    around_roots: frozenset[str]
    hit: HitView
    cosine: float
    known: float
    agreements: tuple[Agreement, ...]


def sentence_features(asked: Asked, read: Sequence[Read]) -> NDArray[np.float64]:
    """Shape (units, len(SENTENCE_FEATURES)), for all the candidates of one question together."""
    compared = np.array([_compared(asked, one) for one in read], np.float64).reshape(len(read), len(_COMPARED))
    cosines = _deviations(np.array([[one.cosine] for one in read], np.float64).reshape(len(read), 1))
    known = np.array([[one.known] for one in read], np.float64).reshape(len(read), 1)
    best = np.repeat(cosines.max(axis=0, keepdims=True), len(read), axis=0) if len(read) else cosines
    shapes = [shape for shape in _SHAPES if shape.wants(asked)]
    near_rest = compared[:, _NEAR_REST].tolist()
    plain = np.array(
        [_plain(asked, one, shapes, covers) for one, covers in zip(read, near_rest, strict=True)], np.float64
    ).reshape(len(read), len(_PLAIN))
    return np.hstack((compared, _deviations(compared), cosines, best, plain, known, _deviations(known)))


def _deviations(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each column less its mean, in its standard deviations."""
    if not len(columns):
        return columns
    return np.asarray((columns - columns.mean(axis=0)) / (columns.std(axis=0) + 1e-6))


def _compared(asked: Asked, one: Read) -> tuple[float, ...]:
    whole, unit = asked.whole, one.unit
    own_cover, neighbour_cover, near_cover, _ = whole.shares(unit.roots, one.around_roots)
    rest_cover, rest_around_cover, *near_rest = asked.rest.shares(unit.roots, one.around_roots)
    return (
        own_cover,
        whole.cover(unit.roots | one.heading_roots),
        neighbour_cover,
        rest_cover,
        rest_around_cover,
        one.hit.fused,
        _pairs(whole.roots, unit),
        whole.rarest(unit.roots),
        near_cover,
        *near_rest,
    )


def _plain(asked: Asked, one: Read, shapes: Sequence[_Shape], near_rest: Sequence[float]) -> tuple[float, ...]:
    """`shapes` are the wanted ones, `near_rest` the shares of the rest that the unit and what is around it hold."""
    unit, agreed = one.unit, one.agreements
    count = len(agreed) or 1
    text = unit.text.rstrip()
    return (
        agreed.count("own") / count,
        agreed.count("around") / count,
        agreed.count("absent") / count,
        *_shape_features(asked, unit, shapes),
        listed_terms(unit, asked.list_of),
        float(unit.passage.kind == "row"),
        float(text.endswith(":")),
        float(text.endswith("?")),
        float(min(len(unit.own_tags), 8)),
        math.log1p(len(unit.stems)),
        float(unit.position == 0),
        *(asked.rest.total * (1 - share) / 10 for share in near_rest),
    )


def listed_terms(unit: Unit, kind: str | None) -> float:
    """How much of a list of terms of the kind asked for the unit is: 1 from four terms on."""
    return min(sum(tag.kind == kind for tag in unit.own_tags), _WHOLE_LIST) / _WHOLE_LIST if kind else 0.0


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape of answer: whether a question wants it, and whether a unit has it."""

    wants: Callable[[Asked], bool]
    has: Callable[[Asked, Unit], bool]


_SHAPES = (
    _Shape(lambda asked: asked.measure == "amount", lambda _, unit: unit.shapes.amount),
    _Shape(lambda asked: asked.measure == "share", lambda _, unit: unit.shapes.share),
    _Shape(lambda asked: asked.measure == "count", lambda _, unit: unit.shapes.number),
    _Shape(lambda asked: asked.measure == "duration", lambda _, unit: unit.shapes.duration),
    _Shape(lambda asked: asked.wanted == "date", lambda _, unit: unit.shapes.date),
    _Shape(lambda asked: asked.wanted == "who", lambda _, unit: unit.shapes.name),
    _Shape(lambda asked: asked.wanted == "who", lambda _, unit: any(tag.kind == "actor" for tag in unit.own_tags)),
    _Shape(lambda asked: asked.wanted == "why", lambda _, unit: unit.shapes.cause),
    _Shape(lambda asked: asked.wanted == "yes_no", lambda _, unit: unit.shapes.modality),
    _Shape(lambda asked: asked.wanted == "definition", lambda asked, unit: bool(asked.terms & unit.opening_tags)),
    _Shape(lambda asked: asked.wanted == "list", lambda _, unit: _enumerates(unit.text)),
)


def _enumerates(text: str) -> bool:
    return text.count(",") + text.count(";") >= 2 or text.rstrip().endswith(":")


def _shape_features(asked: Asked, unit: Unit, shapes: Sequence[_Shape]) -> list[float]:
    """Whether each wanted shape is present, and absent."""
    features = [0.0] * (2 * len(_SHAPES))
    for shape in shapes:
        features[2 * _SHAPES.index(shape) + (not shape.has(asked, unit))] = 1.0
    del features[7]  # « duration_absent »: too rare in the questions at hand to be learned
    return features


def _pairs(asked: Sequence[str], unit: Unit) -> float:
    """The share of neighbouring words of the question, by their roots, that are neighbours in the unit too.

    Neighbours in the unit are within two words.
    """
    if sum(root in unit.roots for root in asked) < 2:
        return 0.0
    places: dict[str, list[int]] = {root: [] for root in asked}
    for place, stem in enumerate(unit.stems):
        if (root := root_of(stem)) in places:
            places[root].append(place)
    near = sum(
        any(0 < abs(a - b) <= 2 for a in places[first] for b in places[second])
        for first, second in pairwise(asked)
        if places[first] and places[second]
    )
    return near / (len(asked) - 1)
