"""How much of a question's words a text holds, word by word or by a near one, weighted by rarity. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sys import intern

from index.synonyms import NEARNESS

# Stems are compared by this many first characters.
_ROOT = 6
_NOTHING: frozenset[str] = frozenset()


def roots(stems: Iterable[str]) -> frozenset[str]:
    """The beginnings of stems, by which « candidature » and « candidater » are the same word."""
    return frozenset(intern(stem[:_ROOT]) for stem in stems)


def root_of(stem: str) -> str:
    """The beginning of one stem."""
    return stem[:_ROOT]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The words of a question, made once to be looked for in many texts: the root of each, its rarity, near roots."""

    roots: tuple[str, ...]
    weights: tuple[float, ...]
    near: tuple[frozenset[str], ...]
    total: float

    @classmethod
    def of(cls, rarities: Mapping[str, float], near: Mapping[str, frozenset[str]] | None = None) -> Weighed:
        """The stems with their rarity; `near` gives the roots of the words near a stem."""
        others = tuple((near or {}).get(stem, _NOTHING) for stem in rarities)
        return cls(tuple(map(root_of, rarities)), tuple(rarities.values()), others, sum(rarities.values()))

    def cover(self, among: frozenset[str]) -> float:
        """The share of the words, weighted by rarity, whose roots are among these; 1 when there is no word."""
        held = sum(weight for root, weight in zip(self.roots, self.weights, strict=True) if root in among)
        return held / self.total if self.total else 1.0

    def near_cover(self, among: frozenset[str]) -> float:
        """The same share; a word of which only a near one is among these counts NEARNESS of its weight."""
        held = 0.0
        for root, weight, near in zip(self.roots, self.weights, self.near, strict=True):
            if root in among:
                held += weight
            elif near and not among.isdisjoint(near):
                held += NEARNESS * weight
        return held / self.total if self.total else 1.0

    def shares(self, own: frozenset[str], around: frozenset[str]) -> tuple[float, float, float, float]:
        """`cover` of both, then `near_cover` of both; `around` holds all of `own`. In one go: asked for every unit."""
        total = self.total
        if not total:
            return 1.0, 1.0, 1.0, 1.0
        in_own = in_around = near_own = near_around = 0.0
        for root, weight, near in zip(self.roots, self.weights, self.near, strict=True):
            if root in own:
                in_own, in_around = in_own + weight, in_around + weight
                near_own, near_around = near_own + weight, near_around + weight
                continue
            if near and not own.isdisjoint(near):
                near_own += NEARNESS * weight
            if root in around:
                in_around, near_around = in_around + weight, near_around + weight
            elif near and not around.isdisjoint(near):
                near_around += NEARNESS * weight
        return in_own / total, in_around / total, near_own / total, near_around / total

    def rarest(self, among: frozenset[str]) -> float:
        """The rarity of the rarest word whose root is among these, as a share of that of the rarest word of all."""
        held = (weight for root, weight in zip(self.roots, self.weights, strict=True) if root in among)
        return max(held, default=0.0) / (max(self.weights, default=1.0) or 1.0)
