"""Whether the best quotations answer the question: a calibrated probability. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.candidates import Candidate
from assistant.scoring import SENTENCE_FEATURES, Scorer
from assistant.understanding import Query

ANSWER_FEATURES = (
    "meaning", "next_meaning", "own_cover", "titled_cover", "passage_cover", "fused", "cosine", "exact_words",
    "fused_gap", "unknown_share", "shape_missing", "own_share", "absent_share", "has_terms",
    "rarest_word", "question_words", "pairs",
)  # fmt: skip


def answer_features(
    query: Query, candidates: Sequence[Candidate], rarities: Mapping[str, float], unseen: frozenset[str], second: float
) -> list[float]:
    """One row of ANSWER_FEATURES for the best candidate.

    `unseen` are the question's stems that no passage holds; `second` is the fused score of the second passage found.
    """
    best = candidates[0]
    features = dict(zip(SENTENCE_FEATURES, best.features, strict=True))
    total = sum(rarities.values()) or 1.0
    agreed = best.agreements
    count = len(agreed) or 1
    others = [one.meaning for one in candidates[1:] if one.unit.passage.id != best.unit.passage.id]
    missing = features["figure_absent"] + features["date_absent"] + features["name_absent"]
    return [
        best.meaning,
        max(others, default=0.0),
        features["own_cover"],
        features["titled_cover"],
        features["passage_cover"],
        best.hit.fused,
        best.hit.cosine,
        best.hit.exact_words,
        best.hit.fused - second,
        sum(rarities[stem] for stem in unseen) / total,
        min(missing, 1.0),
        agreed.count("own") / count,
        agreed.count("absent") / count,
        float(bool(agreed)),
        features["rarest_word"],
        min(len(rarities), 12) / 12,
        features["pairs"],
    ]


def confidence(features: Sequence[float], scorer: Scorer) -> float:
    """The calibrated probability, 0..1, that the best quotations answer the question."""
    return float(scorer.probabilities([features])[0])
