"""A query's hits → the units that might answer it, scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.agreement import WEIGHTS, Agreement, agreements
from assistant.scoring import HitView, Scorer, sentence_features
from assistant.understanding import Query
from assistant.units import Unit, Units
from index.records import Hit
from index.searching import Index
from index.words import fold

SEARCHED_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with its score in 0..1, higher is better, and how it agrees with the terms asked, kind by kind."""

    unit: Unit
    score: float
    meaning: float
    features: tuple[float, ...]
    agreements: tuple[Agreement, ...]
    hit: HitView

    @property
    def is_about_it(self) -> bool:
        """Whether every kind of term that was asked is named by the unit or around it."""
        return all(agreement in ("own", "around") for agreement in self.agreements)


def find_candidates(
    query: Query, hits: Sequence[Hit], index: Index, units: Units, scorer: Scorer
) -> tuple[Candidate, ...]:
    """The units of the hits that do not speak of something else, best first."""
    rarities = index.rarities(query.text)
    rows: list[tuple[Unit, HitView, tuple[Agreement, ...], list[float]]] = []
    for rank, hit in enumerate(hits, 1):
        view = _view(hit, rank)
        read = units.of(hit.passage)
        headings = frozenset(
            index.stems(" ".join((*hit.passage.headings, *(h.quote for h in hit.passage.headers if h))))
        )
        features = sentence_features(read, headings, rarities, query.wanted, view)
        rows.extend(
            (unit, view, agreements(unit, query.tags, index.vocabulary), row)
            for unit, row in zip(read, features, strict=True)
        )
    meanings = scorer.probabilities([row for *_, row in rows])
    candidates = [
        Candidate(
            unit, float(meaning) * _weight(agreed) * _fitness(query, unit), float(meaning), tuple(row), agreed, view
        )
        for (unit, view, agreed, row), meaning in zip(rows, meanings, strict=True)
    ]
    kept = [candidate for candidate in candidates if "conflict" not in candidate.agreements]
    return tuple(sorted(kept, key=lambda candidate: -candidate.score))


def _view(hit: Hit, rank: int) -> HitView:
    scores = {evidence.retriever: evidence.score for evidence in hit.evidence}
    return HitView(hit.score, scores.get("vectors", 0.0), scores.get("exact words", 0.0), rank)


def _weight(found: Sequence[Agreement]) -> float:
    weight = 1.0
    for one in found:
        weight *= WEIGHTS[one]
    return weight


def _fitness(query: Query, unit: Unit) -> float:
    """Whether the unit has the shape of what is wanted, in 0..1."""
    shapes = unit.shapes
    if query.wanted == "figure" and not shapes.number:
        return 0.35
    if query.wanted == "date" and not shapes.date:
        return 0.35
    if unit.text.rstrip().endswith("?"):
        return 0.3
    if query.wanted == "definition":
        return 1.0 if _defines(query, unit) else 0.6
    return 1.0


def _defines(query: Query, unit: Unit) -> bool:
    """Whether the unit looks like the definition of an asked term: it begins with it, or expands it in brackets."""
    text = fold(unit.reading).casefold()
    head = text[:80]
    names = [tag.id.replace("-", " ") for tag in query.tags]
    begins = any(name in fold(head).replace("-", " ") for name in names)
    return begins and any(mark in text for mark in (" est ", " sont ", "(", " : ", "designe", "signifie", " vise "))
