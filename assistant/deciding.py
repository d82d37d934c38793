"""Whether the best quotations answer the question: a calibrated probability. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.candidates import Candidate
from assistant.fitted import Scorer
from assistant.scoring import SENTENCE_FEATURES
from assistant.understanding import Query

_TAKEN = (
    "own_cover", "titled_cover", "neighbour_cover", "rest_cover", "rest_around_cover", "near_cover",
    "near_rest_cover", "near_rest_around_cover", "pairs", "rarest_word",
    "best_cosine_deviation", "cosine_deviation", "own_terms", "around_terms", "absent_terms", "is_row", "is_first",
    "log_length", "missing", "missing_around",
)  # fmt: skip
_MISSING = ("amount_absent", "share_absent", "count_absent", "date_absent", "name_absent", "definition_absent")
_PRESENT = ("amount_present", "share_present", "count_present", "duration_present", "date_present", "name_present")
_KINDS = ("date", "figure", "definition", "how", "why", "who", "list", "yes_no")
ANSWER_FEATURES = (
    "score", "other_score", "fused", "cosine", "exact_words", "fused_gap", "unseen_share", "shape_missing",
    "shape_present", "has_terms", "question_words", "foreign_words", "foreign_names",
    *(f"wants_{kind}" for kind in _KINDS), *_TAKEN, "known", "known_deviation", "known_elsewhere",
)  # fmt: skip


def answer_features(
    query: Query,
    candidates: Sequence[Candidate],
    rarities: Mapping[str, float],
    unseen: frozenset[str],
    second: float,
    known: float,
) -> list[float]:
    """One row of ANSWER_FEATURES for the best of the candidates.

    `unseen` are the question's stems of which no passage holds a word, nor one near it; `second` is the fused score of
    the second passage found; `known` the highest probability, 0..1, of any unit to be known to answer.
    """
    best = candidates[0]
    features = dict(zip(SENTENCE_FEATURES, best.features, strict=True))
    total = sum(rarities.values()) or 1.0
    others = [one.score for one in candidates[1:] if one.unit.passage.id != best.unit.passage.id]
    return [
        best.score,
        max(others, default=0.0),
        best.hit.fused,
        best.hit.cosine,
        best.hit.exact_words,
        best.hit.fused - second,
        sum(rarities[stem] for stem in unseen) / total,
        max(features[name] for name in _MISSING),
        max(features[name] for name in _PRESENT),
        float(bool(best.agreements)),
        min(len(rarities), 12) / 12,
        float(min(len(query.foreign_words), 3)),
        float(min(len(query.foreign_names), 2)),
        *(float(query.wanted == kind) for kind in _KINDS),
        *(features[name] for name in _TAKEN),
        features["known"],
        features["known_deviation"],
        max(0.0, known - features["known"]),
    ]


def confidence(features: Sequence[float], scorer: Scorer) -> float:
    """The calibrated probability, 0..1, that the best quotations answer the question."""
    return float(scorer.probabilities([features])[0])
