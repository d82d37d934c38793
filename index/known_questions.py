"""The questions that sentences are known to answer, in a generation: kept, and compared with what is asked.

A sentence is found by its own words, and by such questions (doc2query: Nogueira et al., 2019; written by people here).
Nothing of them is ever shown: what answers is the sentence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import ranking
from index.keywords import Keywords
from index.known_answers import KnownAnswers
from index.phrasings import Placed
from index.plain_files import JsonLines, map_array, write_array, write_json_lines
from index.postings import starts_of

_FOLDER = "phrasings"
_ARRAYS = ("vectors", "answers", "starts", "targets", "mean", "covariance")
# Log-odds that what answers the nearest known question answers this one: bias, cosine in deviations, share of the
# question's words that it holds, BM25 of its words, logarithm for its pairs.
_BIAS, _COSINE, _COVERAGE, _WORDS, _LOG_PAIRS = -4.07, 0.498, 2.054, 0.145, -0.319
# So many known questions are looked at, and count from this probability on.
_LOOKED_AT = 120
_LEAST = 0.02
# Of the questions of one sentence so many count, each for so much.
_TOGETHER, _SHARED = 6, 0.3
# From so many answers on their shares are compared, which tell more than the nearest questions; fewer are told apart
# too easily. So many are looked at; what a follow-up says itself counts again, for so much. Log-odds that a sentence
# answers: bias, logarithm of the share of its answers.
_MANY = 200
_ANSWERS = 40
_OWN = 0.35
_BIAS_OF_SHARE, _LOG_SHARE = 1.472, 0.965

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class KnownQuestions:
    """The placed questions of a generation. `vectors` is `(questions, dimension)` float32, of unit length.

    Question `n` has the answer `answers[n]`; answer `a` is `targets[starts[a]:starts[a + 1]]`, rows of (passage,
    sentence).
    """

    vectors: NDArray[np.float32]
    answers: NDArray[np.int64]
    starts: NDArray[np.int64]
    targets: NDArray[np.int64]
    keywords: Keywords
    moments: ranking.Moments
    learned: KnownAnswers

    @classmethod
    def open(cls, folder: Path) -> KnownQuestions | None:
        """Those saved in the generation `folder`, memory-mapped; None when it has none."""
        here = folder / _FOLDER
        if not here.is_dir():
            return None
        vectors, answers, starts, targets, mean, covariance = (map_array(here / f"{name}.npy") for name in _ARRAYS)
        moments, learned = ranking.Moments(mean, covariance), KnownAnswers.open(here / "learned")
        return cls(vectors, answers, starts, targets, Keywords.open(here / "keywords"), moments, learned)

    @property
    def passages(self) -> int:
        """How many passages hold what answers one of them."""
        return len(np.unique(self.targets[:, 0]))

    def answered_by(self, asked: Sequence[tuple[str, NDArray[np.float32]]]) -> dict[Place, float]:
        """The sentences that answer what is asked, by (row, number), with the probability of each, 0..1.

        `asked` is the whole question with its vector, then what a follow-up says itself, which counts again.
        """
        return self._by_share(asked) if len(self.starts) > _MANY else self._by_nearest(*asked[0])

    def _by_nearest(self, text: str, vector: NDArray[np.float32]) -> dict[Place, float]:
        match = self.keywords.match(text)
        cosines = self.moments.deviations(vector, self.vectors @ vector)
        by_words = _COVERAGE * match.coverage + _WORDS * match.words + _LOG_PAIRS * np.log1p(match.pairs)
        odds = _BIAS + _COSINE * cosines + by_words
        scores = (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
        nearest = ranking.top(np.where(scores >= _LEAST, scores, np.float32(0)), _LOOKED_AT)
        found: dict[Place, list[float]] = {}
        for number in nearest[np.argsort(-scores[nearest], kind="stable")].tolist():
            for place in self._places(int(self.answers[number])):
                found.setdefault(place, []).append(float(scores[number]))
        return {place: _together(each[:_TOGETHER]) for place, each in found.items()}

    def _by_share(self, asked: Sequence[tuple[str, NDArray[np.float32]]]) -> dict[Place, float]:
        whole, *own = [self.learned.logits(vector, self.keywords.numbered(text)) for text, vector in asked]
        likely = ranking.softmax(sum((_OWN * one for one in own), whole))
        shares: dict[Place, float] = {}
        for answer in ranking.top(likely, _ANSWERS).tolist():
            for place in self._places(answer):
                shares[place] = shares.get(place, 0.0) + float(likely[answer])
        return {place: _likely(share) for place, share in shares.items()}

    def _places(self, answer: int) -> list[Place]:
        return list(map(tuple, self.targets[int(self.starts[answer]) : int(self.starts[answer + 1])].tolist()))


def _likely(share: float) -> float:
    """The probability that a sentence answers, by the share of its answers among all."""
    return 1 / (1 + math.exp(-_BIAS_OF_SHARE - _LOG_SHARE * math.log(share)))


def _together(probabilities: Sequence[float]) -> float:
    """What several known questions of one sentence say together: that not all of them lead astray.

    They resemble each other, so that each tells less than it would alone; calibrated like the weights above.
    """
    return 1 - math.prod(1 - each for each in probabilities) ** _SHARED


def known_texts(folder: Path) -> Sequence[str]:
    """The known questions of the generation in `folder`, in order."""
    path = folder / _FOLDER / "questions.jsonl"
    return tuple(JsonLines(path, str)) if path.exists() else ()


def save(folder: Path, placed: Placed, encoded: NDArray[np.float16]) -> None:
    """Writes the questions into the generation `folder`.

    `encoded` are all vectors of the generation, theirs the last: what is near is near beside what is usual in it.
    """
    if not placed.questions:
        return
    here = folder / _FOLDER
    here.mkdir()
    numbers: Mapping[tuple[Place, ...], int] = {places: n for n, places in enumerate(dict.fromkeys(placed.targets))}
    targets = [place for places in numbers for place in places]
    moments = ranking.Moments.of(encoded)
    arrays: tuple[NDArray[Any], ...] = (
        encoded[-len(placed.questions) :].astype(np.float32),
        np.array([numbers[places] for places in placed.targets], np.int64),
        starts_of(tuple(numbers)),
        np.array(targets, np.int64).reshape(len(targets), 2),
        moments.mean,
        moments.covariance,
    )
    for name, array in zip(_ARRAYS, arrays, strict=True):
        write_array(here / f"{name}.npy", array)
    keywords = Keywords.build(placed.questions)
    keywords.save(here / "keywords")
    KnownAnswers.fit(placed.questions, arrays[0], keywords, arrays[1]).save(here / "learned")
    write_json_lines(here / "questions.jsonl", placed.questions)
