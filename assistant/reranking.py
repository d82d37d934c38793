"""Hits judged anew by a reranker that the settings name. Pure but for the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.records import Evidence, Hit

if TYPE_CHECKING:
    from index.encoding import Reranker


def reranked(question: str, hits: Sequence[Hit], reranker: Reranker | None) -> tuple[Hit, ...]:
    """The hits in the order of the mean of their score and the reranker's, which is kept as evidence."""
    if reranker is None or not hits:
        return tuple(hits)
    scores = [float(score) for score in reranker.scores(question, [hit.passage.searchable for hit in hits])]
    ranks = {place: rank for rank, place in enumerate(sorted(range(len(hits)), key=lambda at: -scores[at]), 1)}
    judged = [
        replace(
            hit,
            score=(hit.score + scores[place]) / 2,
            evidence=(*hit.evidence, Evidence("reranker", ranks[place], scores[place])),
        )
        for place, hit in enumerate(hits)
    ]
    return tuple(sorted(judged, key=lambda hit: -hit.score))
