"""A query's hits → the units that might answer it, scored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.agreement import EXCLUSIVE_KINDS, SECTOR_KINDS, Agreement, agreements
from assistant.averages import asks_for_each, says_each
from assistant.covering import Weighed, roots
from assistant.cues import folded
from assistant.date_said import is_of_days, named_days
from assistant.fitted import Scorer, load_scorer
from assistant.scoring import SENTENCE_FEATURES, Asked, HitView, Read, sentence_features
from assistant.understanding import Query
from assistant.units import Unit, Units, is_end_of_sentence
from index.records import Hit
from index.searching import Index
from index.vocabulary import Vocabulary

SEARCHED_PASSAGES = 20
_REST_COVER, _KNOWN = (SENTENCE_FEATURES.index(name) for name in ("rest_cover", "known"))
# From this probability on a unit is known to answer, whatever words and shape it has.
_KNOWN_ENOUGH = 0.5
_NEARLY_ALL = 0.8
# « Oui. » says nothing without its question.
_LEAST_WORDS = 2
# A paragraph of its own so short and without a full stop is a caption or a signature.
_CAPTION_CHARS = 80
_ENDS = frozenset(".!?…;»)")
_TIMES = re.compile(r"\bcombien de fois\b", re.IGNORECASE)
_TIMES_SAID = re.compile(r"\bfois\b|\bversements?\b|\btranches?\b", re.IGNORECASE)
# Nouns are the same by this many first letters.
_ROOT = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with the probability, 0..1, that it answers, and how it agrees with the terms asked, kind by kind."""

    unit: Unit
    score: float
    features: tuple[float, ...]
    agreements: tuple[Agreement, ...]
    hit: HitView

    @property
    def document_id(self) -> str:
        """The document that it stands in."""
        return self.unit.passage.document_id

    @property
    def is_known(self) -> bool:
        """Whether what is asked is most like questions that the unit is known to answer."""
        return self.known >= _KNOWN_ENOUGH

    @property
    def known(self) -> float:
        """The probability, 0..1, that what is asked is a question which the unit is known to answer."""
        return self.features[_KNOWN]

    def agrees_like(self, other: Candidate) -> bool:
        """Whether it is about every kind of term that the other is about."""
        return all(
            mine != "absent" or theirs == "absent"
            for mine, theirs in zip(self.agreements, other.agreements, strict=True)
        )

    def lacks_shape(self, query: Query) -> bool:
        """Whether the kind of figure, date or address that was asked for is not there."""
        shapes = self.unit.shapes
        wanted = {
            "amount": shapes.amount, "share": shapes.share or shapes.amount,
            "count": shapes.number or shapes.amount or shapes.share or self._counts_what_is_asked(query),
            "duration": shapes.duration or shapes.date, "contact": shapes.contact,
            "person": shapes.person,
        }  # fmt: skip
        if query.wanted == "date" and not shapes.date:
            return True
        if _TIMES.search(query.text) and not _TIMES_SAID.search(self.unit.text):
            return True
        if query.measure == "amount" and not self._is_for_each(folded(query.text)):
            return True
        return query.measure is not None and not wanted[query.measure]

    def _is_for_each(self, asked: str) -> bool:
        """Whether the sums that it states are for each of something, where that is asked."""
        said = self.unit.passage.searchable if self.unit.headers else self.unit.text
        return not asks_for_each(asked) or says_each(folded(said))

    def _counts_what_is_asked(self, query: Query) -> bool:
        """Whether the unit counts in words what the question names: « quatre objectifs »."""
        asked = folded(query.text)
        return any(re.search(rf"\b{re.escape(folded(noun)[:_ROOT])}", asked) for noun in self.unit.shapes.counted)


def find_candidates(
    query: Query, hits: Sequence[Hit], index: Index, units: Units, scorer: Scorer
) -> tuple[Candidate, ...]:
    """The units of the hits that do not speak of something else, best first."""
    known = index.answered_by(query.text, query.own_text)
    read = [one for rank, hit in enumerate(hits, 1) for one in _read(query, hit, rank, index, units, known)]
    kept = [
        one
        for one in read
        if "conflict" not in one.agreements and len(one.unit.stems) >= _LEAST_WORDS and says_something(one.unit)
    ]
    rest = index.rarities(without_terms(query.text, index.vocabulary))
    whole = index.rarities(query.text)
    near = {stem: roots(index.near(stem)) for stem in whole}
    weighed = Weighed.of(whole, near), Weighed.of(rest, near)
    asked = Asked(*weighed, query.wanted, query.measure, frozenset(query.tags), query.list_of)
    features = sentence_features(asked, kept)
    scores = scorer.probabilities(features)
    new = [number for number, one in enumerate(kept) if index.is_unknown(one.unit.passage.document_id)]
    if new:
        scores[new] = load_scorer("sentence").probabilities(features[new])
    found = [
        Candidate(one.unit, float(score), tuple(row), one.agreements, one.hit)
        for one, score, row in zip(kept, scores, features.tolist(), strict=True)
    ]
    return tuple(sorted(found, key=lambda candidate: -candidate.score))


def says_something(unit: Unit) -> bool:
    """Whether the unit is no caption that stands alone, nor the end of a sentence begun on the page before."""
    passage = unit.passage
    if passage.kind == "row":
        return True
    if is_end_of_sentence(passage) and unit.position == 0:
        return False
    is_line = len(passage.sentences) == 1 and len(unit.text) <= _CAPTION_CHARS and ":" not in unit.text
    return not is_line or unit.text.rstrip()[-1:] in _ENDS


def covers_terms(query: Query, best: Candidate) -> bool:
    """Whether the candidate is about every wave, part, sector and dated milestone that the query names."""
    needed = SECTOR_KINDS | {"wave", "part"}
    if query.wanted == "date" and best.features[_REST_COVER] < _NEARLY_ALL:
        needed |= {"milestone"}  # a step that is only named beside what is dated need not be named with it
    kinds = list(dict.fromkeys(tag.kind for tag in query.tags))
    return all(agreement != "absent" for kind, agreement in zip(kinds, best.agreements, strict=True) if kind in needed)


def of_period(candidates: Sequence[Candidate], query: Query) -> list[Candidate]:
    """For a figure of a time that the question names, the candidates that name no other; all, when each names one."""
    days = named_days(query.text) if query.wanted == "figure" else ()
    kept = (
        [
            one
            for one in candidates
            if is_of_days(one.unit.passage.searchable if one.unit.passage.kind == "row" else one.unit.text, days)
        ]
        if days
        else []
    )
    return kept or list(candidates)


def without_others(
    found: Sequence[Candidate], query: Query, subject: Query, vocabulary: Vocabulary
) -> tuple[Candidate, ...]:
    """The candidates less those of another wave, part or sector than the query names beside its subject.

    A term that most of the corpus names is left out of the subject: it tells little apart, but what names another of
    its kind instead is of that other.
    """
    left_out = {tag.kind for tag in query.tags if tag not in subject.tags and tag.kind in EXCLUSIVE_KINDS}
    told = [tag for tag in query.tags if tag.kind in left_out]
    return tuple(one for one in found if "conflict" not in agreements(one.unit, told, vocabulary))


def without_terms(text: str, vocabulary: Vocabulary) -> str:
    """The text without the terms that it names."""
    for mention in reversed(vocabulary.find(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return text


def _read(
    query: Query, hit: Hit, rank: int, index: Index, units: Units, known: Mapping[tuple[int, int], float]
) -> Iterator[Read]:
    view = _view(hit, rank)
    passage = hit.passage
    headings = units.heading_roots(passage)
    found = units.of(passage)
    cosines = index.sentence_cosines(query.text, passage)
    row = index.row(passage.id)
    for number, unit in enumerate(found):
        around = headings.union(*(one.roots for one in found[max(0, number - 1) : number + 2]))
        agreed = agreements(unit, query.tags, index.vocabulary)
        yield Read(unit, headings, around, view, cosines[number], known.get((row, number), 0.0), agreed)


def _view(hit: Hit, rank: int) -> HitView:
    scores = {evidence.retriever: evidence.score for evidence in hit.evidence}
    return HitView(hit.score, scores.get("vectors", 0.0), scores.get("exact words", 0.0), rank)
