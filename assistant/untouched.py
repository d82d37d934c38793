"""Which golden questions what changed can touch; of the others, a part that is asked all the same.

Word rarity and the spread of cosines change a little with any document: an answer that rests on nothing that changed
may still tip over. Such answers are few (CONTRIBUTING has the figures), those that are near tipping are asked, and the
part of the others shows when something shifts them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from assistant.answering import Assistant
from assistant.evaluating import Golden
from assistant.golden_answers import key, understood
from index.build_report import Basis, GoldenResult
from index.differing import Differing
from index.records import Tag
from index.searching import Index

# A passage counts as found when it scores nearly as much as the last one that was looked at.
_NEARLY = 0.8
# How near to the limit between sure and unsure a confidence tips over: the greatest drift but for a few.
_TIPPING = 0.03
# One in so many of the untouched questions is asked at each build, at least so many.
_PART, _LEAST = 12, 20


class Touching:
    """What changed, as it bears on questions that the former index answered."""

    def __init__(self, changed: Differing, candidate: Index, assistant: Assistant) -> None:
        self._changed = changed
        self._index = candidate
        self._assistant = assistant
        self._limit = assistant.writer(candidate).limit()

    def touches(self, golden: Golden, basis: Basis) -> bool:
        """Whether the answer that rests on `basis` has a cause to be another one now."""
        return (
            abs(basis.confidence - self._limit) < _TIPPING
            or not self._changed.passages.isdisjoint(basis.passages)
            or self._is_worded_otherwise(golden)
            or (basis.is_told and any(self._is_of(basis, terms) for terms in self._changed.dated))
            or self._finds_new(basis)
            or (self._changed.is_other_vocabulary and self._is_understood_otherwise(golden, basis))
        )

    def _is_worded_otherwise(self, golden: Golden) -> bool:
        """Whether a word of the question, or one that people say for it, became known or unknown."""
        if not self._changed.words:
            return False
        stems = {stem for text in (golden.question, *golden.after) for stem in self._index.stems(text)}
        return any(not self._changed.words.isdisjoint((stem, *self._index.near(stem))) for stem in stems)

    def _is_of(self, basis: Basis, terms: frozenset[Tag]) -> bool:
        """Whether a deadline or sum of these terms may be what is asked: it is about nothing else, nor about less."""
        vocabulary = self._index.vocabulary
        if any(vocabulary.conflicts(term, asked) for term in terms for asked in basis.tags):
            return False
        return not terms or not basis.tags or any(not terms.isdisjoint(vocabulary.kin(tag)) for tag in basis.tags)

    def _finds_new(self, basis: Basis) -> bool:
        if not self._changed.came or not basis.sought:
            return False
        text = self._index.vocabulary.expand(basis.sought)
        scores = self._index.relevance(text, self._changed.came, tags=frozenset(basis.tags))
        return float(scores.max()) >= _NEARLY * basis.least

    def _is_understood_otherwise(self, golden: Golden, basis: Basis) -> bool:
        query = self._assistant.understand(self._index, golden.question, after=golden.after, day=golden.day)
        return understood(query) != basis.understood


def part_of(untouched: Sequence[Golden], known: Mapping[str, GoldenResult], seed: str) -> list[Golden]:
    """Those that are asked all the same: taken over longest first, so that all come round; else drawn by `seed`."""

    def order(golden: Golden) -> tuple[int, str]:
        basis = known[key(golden)].basis
        return -basis.age if basis else 0, sha256(f"{seed} {key(golden)}".encode()).hexdigest()

    return sorted(untouched, key=order)[: max(_LEAST, len(untouched) // _PART)]
