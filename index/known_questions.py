"""The questions that sentences are known to answer, in a generation: kept, and compared with what is asked.

A sentence is found by its own words, and by such questions (doc2query: Nogueira et al., 2019; written by people here).
Nothing of them is ever shown: what answers is the sentence.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import ranking
from index.keywords import Keywords
from index.phrasings import Placed
from index.plain_files import JsonLines, map_array, write_array, write_json_lines
from index.postings import starts_of

_FOLDER = "phrasings"
_ARRAYS = ("vectors", "starts", "targets", "mean", "covariance")
# Log-odds that what answers the nearest known question answers this one: bias, cosine in deviations, share of the
# question's words that it holds, BM25 of its words, logarithm for its pairs.
_BIAS, _COSINE, _COVERAGE, _WORDS, _LOG_PAIRS = -4.07, 0.498, 2.054, 0.145, -0.319
# So many known questions are looked at, and count from this probability on.
_LOOKED_AT = 120
_LEAST = 0.02
# Of the questions of one sentence so many count, each for so much.
_TOGETHER, _SHARED = 6, 0.3


@dataclass(frozen=True, slots=True)
class KnownQuestions:
    """The placed questions of a generation. `vectors` is `(questions, dimension)` float32, of unit length.

    What answers question `n` is `targets[starts[n]:starts[n + 1]]`, rows of (passage, sentence).
    """

    vectors: NDArray[np.float32]
    starts: NDArray[np.int64]
    targets: NDArray[np.int64]
    keywords: Keywords
    moments: ranking.Moments

    @classmethod
    def open(cls, folder: Path) -> KnownQuestions | None:
        """Those saved in the generation `folder`, memory-mapped; None when it has none."""
        here = folder / _FOLDER
        if not here.is_dir():
            return None
        vectors, starts, targets, mean, covariance = (map_array(here / f"{name}.npy") for name in _ARRAYS)
        return cls(vectors, starts, targets, Keywords.open(here / "keywords"), ranking.Moments(mean, covariance))

    @property
    def passages(self) -> int:
        """How many passages hold what answers one of them."""
        return len(np.unique(self.targets[:, 0]))

    def answered_by(self, text: str, vector: NDArray[np.float32]) -> dict[tuple[int, int], float]:
        """The sentences that answer what is asked nearly like `text`, by (row, number), with the probability, 0..1."""
        match = self.keywords.match(text)
        cosines = self.moments.deviations(vector, self.vectors @ vector)
        by_words = _COVERAGE * match.coverage + _WORDS * match.words + _LOG_PAIRS * np.log1p(match.pairs)
        odds = _BIAS + _COSINE * cosines + by_words
        scores = (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
        nearest = ranking.top(np.where(scores >= _LEAST, scores, np.float32(0)), _LOOKED_AT)
        found: dict[tuple[int, int], list[float]] = {}
        for number in nearest[np.argsort(-scores[nearest], kind="stable")].tolist():
            for row, sentence in self.targets[int(self.starts[number]) : int(self.starts[number + 1])].tolist():
                found.setdefault((row, sentence), []).append(float(scores[number]))
        return {place: _together(each[:_TOGETHER]) for place, each in found.items()}


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
    targets = [place for places in placed.targets for place in places]
    moments = ranking.Moments.of(encoded)
    arrays: tuple[NDArray[Any], ...] = (
        encoded[-len(placed.questions) :].astype(np.float32),
        starts_of(placed.targets),
        np.array(targets, np.int64).reshape(len(targets), 2),
        moments.mean,
        moments.covariance,
    )
    for name, array in zip(_ARRAYS, arrays, strict=True):
        write_array(here / f"{name}.npy", array)
    Keywords.build(placed.questions).save(here / "keywords")
    write_json_lines(here / "questions.jsonl", placed.questions)
