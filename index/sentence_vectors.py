"""Each sentence is encoded once, after its headings; the vector of a passage is made from those of its sentences.

Encoding passages as well doubled what a build costs and found no more (CONTRIBUTING, « Benchmarks »): the best sentence
tells which passage answers, and the mean of the sentences, less what all texts have in common, proposes passages. Short
sentences share a run, and a vector, with a neighbour: headings and the model's own marks are half of what they cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.plain_files import give_back, map_array, write_array
from index.records import Passage

_HEADINGS = 2
# Characters below which a sentence is encoded with the next (with the one before, when it is the last).
_SHORT = 100
# The weight of a sentence in its passage's vector: its characters to this power (PIAF's tuning part).
_LENGTH_POWER = 0.75
# Sentences about nothing in common: the mean of their vectors is what those of a model share (e5's all point nearly the
# same way), whatever is said.
_ORDINARY = (
    "La demande est à déposer avant la fin du mois.",
    "Il est né dans une petite ville du nord du pays.",
    "Les travaux ont commencé au printemps et ont duré deux ans.",
    "Cette mesure concerne tous les établissements publics.",
    "Le texte a été publié au journal officiel.",
    "Elle compte environ dix mille habitants.",
    "L'équipe a remporté le championnat pour la troisième fois.",
    "Les logiciels doivent être conformes à la norme.",
)


def sentence_texts(passage: Passage) -> tuple[str, ...]:
    """What is encoded for each run of sentences, after its nearest headings; a row or a lone run as it is searched."""
    runs = _runs(passage)
    if len(runs) < 2:
        return (passage.searchable,)
    headings = " › ".join(passage.headings[-_HEADINGS:])
    return tuple(f"{headings} : {passage.text[start - passage.start : end - passage.start]}" for start, end, _ in runs)


def _runs(passage: Passage) -> list[tuple[int, int, int]]:
    """Sentences that are encoded together, as (start, end, how many): a short one goes with a neighbour."""
    if passage.kind == "row":
        return [(passage.start, passage.end, len(passage.sentences))]
    runs: list[tuple[int, int, int]] = []
    for start, end in passage.sentences:
        if runs and runs[-1][1] - runs[-1][0] < _SHORT:
            first, _, count = runs.pop()
            runs.append((first, end, count + 1))
        else:
            runs.append((start, end, 1))
    if len(runs) > 1 and runs[-1][1] - runs[-1][0] < _SHORT:
        _, end, count = runs.pop()
        first, _, before = runs.pop()
        runs.append((first, end, before + count))
    return runs


def encoded_texts(passages: Iterable[Passage]) -> list[str]:
    """Every text that is encoded for a generation: the sentences of its passages, then the ordinary ones."""
    return [*(text for passage in passages for text in sentence_texts(passage)), *_ORDINARY]


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """Vectors `(runs, dimension)` float16 of unit length; those of passage `row` are from `starts[row]` to the next.

    A run is a sentence, or short ones together. After those of the passages come those of the ordinary sentences.
    """

    starts: NDArray[np.int64]
    vectors: NDArray[np.float16]

    @classmethod
    def of(cls, passages: Sequence[Passage], vectors: NDArray[np.float16]) -> SentenceVectors:
        """The vectors of the passages' sentences, given in the order of `encoded_texts`."""
        starts = np.zeros(len(passages) + 1, np.int64)
        np.cumsum([len(sentence_texts(passage)) for passage in passages], out=starts[1:])
        return cls(starts, vectors)

    @classmethod
    def open(cls, folder: Path) -> SentenceVectors:
        """Those saved in `folder`, memory-mapped."""
        return cls(map_array(folder / "sentence_starts.npy"), map_array(folder / "sentence_vectors.npy"))

    def save(self, folder: Path) -> None:
        """Writes both arrays into `folder`."""
        write_array(folder / "sentence_starts.npy", self.starts)
        write_array(folder / "sentence_vectors.npy", self.vectors)

    @property
    def of_sentences(self) -> NDArray[np.float16]:
        """The vectors of the passages' sentences alone."""
        return self.vectors[: int(self.starts[-1])]

    def of_passages(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """The vector of each passage, `(passages, dimension)` of unit length: its sentences' mean, less what is common.

        What is common depends on the model alone, never on the corpus: a passage's vector stays when others change.
        """
        common = self.vectors[int(self.starts[-1]) :].astype(np.float32).mean(axis=0)
        vectors = np.empty((len(passages), self.vectors.shape[1]), np.float32)
        for row, passage in enumerate(passages):
            own = self.vectors[self.starts[row] : self.starts[row + 1]].astype(np.float32)
            lengths = np.array([end - start for start, end, _ in _runs(passage)], np.float32)
            weights = lengths**_LENGTH_POWER if len(own) > 1 else np.ones(1, np.float32)
            mean = weights @ own / weights.sum() - common
            vectors[row] = mean / (np.linalg.norm(mean) or 1.0)
        return vectors

    def give_back(self) -> None:
        """Takes the mapped vectors out of this process's memory."""
        give_back(self.vectors)

    def cosines(self, row: int, passage: Passage, vector: NDArray[np.float32]) -> list[float]:
        """The cosine of each sentence of the passage, which stands at `row`, with `vector`."""
        first, last = int(self.starts[row]), int(self.starts[row + 1])
        cosines = self.vectors[first:last].astype(np.float32) @ vector
        counts = [count for *_, count in _runs(passage)] if last - first > 1 else [len(passage.sentences)]
        found: list[float] = np.repeat(cosines, counts).tolist()
        return found

    def best(self, rows: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The highest cosine of any sentence of each passage with `vector`."""
        if not len(rows):
            return np.zeros(0, np.float32)
        spans = [np.arange(start, stop) for start, stop in zip(self.starts[rows], self.starts[rows + 1], strict=True)]
        cosines = self.vectors[np.concatenate(spans)].astype(np.float32) @ vector
        best: NDArray[np.float32] = np.maximum.reduceat(cosines, np.cumsum([0, *(len(span) for span in spans[:-1])]))
        return best
