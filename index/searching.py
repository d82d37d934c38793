"""An open generation: its passages, documents and deadlines, and the search over them. Opening maps its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import ranking, sealing
from index.encoding import Encoder
from index.errors import GenerationDamaged
from index.held_records import HeldRecords
from index.held_words import HeldWords
from index.keywords import Keywords
from index.known_questions import KnownQuestions, Place
from index.nearest import Nearest
from index.plain_files import give_back, map_array
from index.query_vectors import QueryVectors
from index.records import (
    Deadline,
    Evidence,
    Hit,
    Passage,
    Tag,
)
from index.sentence_vectors import SentenceVectors
from index.tag_rows import TagRows

# How many passages each retriever proposes for one question.
CANDIDATES = 100
# After so many searches, what mapped files hold of memory is given back.
_SEARCHES_BETWEEN = 8
_REMEMBERED = 64
_MOSTLY = 0.5


class Index(HeldRecords, HeldWords):
    """One generation, open. Safe to share between threads; `close` it when its last reader is done."""

    def __init__(
        self, folder: Path, manifest: Mapping[str, Any], queries: QueryVectors, chroma_url: str | None
    ) -> None:
        HeldRecords.__init__(self, folder, manifest)
        HeldWords.__init__(self, Keywords.open(folder / "keywords"))
        self._vectors: NDArray[np.float32] = map_array(folder / "vectors.npy")
        self._sentences = SentenceVectors.open(folder)
        self._moments = _moments(folder, "passage")
        self._sentence_moments = _moments(folder, "sentence")
        self._tags = TagRows.open(folder)
        self._queries = queries
        known = KnownQuestions.open(folder)
        self._answered_by = _remembering(known, queries)
        # Whether known questions lead to most passages.
        self.is_mostly_known = known is not None and known.passages >= _MOSTLY * len(self.passages)
        self._known_documents = _led_to(known, manifest["documents"])
        self._searches = count(1)
        self._nearest = Nearest(folder, self._vectors, self._rows, _ids_of(self.passages), chroma_url=chroma_url)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        encoder: Encoder | None = None,
        queries: QueryVectors | None = None,
        chroma_url: str | None = None,
    ) -> Index:
        """The generation in `folder`, searched with the encoder that made it (or a cache of its query vectors).

        Raises:
            GenerationDamaged: a file is missing or damaged, or another model made the vectors; says what mends it.
        """
        if queries is None:
            if encoder is None:
                raise TypeError("an encoder or its query vectors")
            queries = QueryVectors(encoder)
        manifest = sealing.verify(folder, thorough=False)
        if manifest["model"]["identity"] != queries.encoder.identity:
            raise GenerationDamaged(
                f"La génération « {folder.name} » a été construite avec le modèle « {manifest['model']['identity']} », "
                f"le modèle choisi est « {queries.encoder.identity} » : lancez « assistant build », ou reprenez ce "
                "modèle dans ASSISTANT_EMBEDDING_MODEL."
            )
        try:
            return cls(folder, manifest, queries, chroma_url)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise sealing.damaged(folder, f"{type(error).__name__} : {error}") from error

    def search(
        self, text: str, *, limit: int = 10, tags: frozenset[Tag] = frozenset(), asked: str = "", own: str = ""
    ) -> tuple[Hit, ...]:
        """The passages that bear on the text, best first, without near-identical ones.

        `tags` are wanted terms: a passage that carries them rises, one that carries others of the same kind sinks.
        `asked` is the question that is compared with the known ones, with its `own` words as in `answered_by`: the
        text, unless it was expanded.
        """
        if not len(self.passages) or limit < 1:
            return ()
        vector = self._queries.vector(text)
        known = self._known_rows(asked or text, own)
        match = self.keywords.match(text)
        found, _ = self._nearest.nearest(vector, max(CANDIDATES, 2 * limit))
        worded = ranking.top(match.words, max(CANDIDATES, 2 * limit))
        rows = ranking.merged(found, worded, self._carrying(tags, match.words), np.flatnonzero(known))
        scores, best = self._scored(vector, match, rows, tags, known)
        if next(self._searches) % _SEARCHES_BETWEEN == 0:
            self._give_back()
        return self._hits(rows, scores, best, match.words[rows], known[rows], limit)

    def relevance(self, text: str, rows: Sequence[int], *, tags: frozenset[Tag] = frozenset()) -> NDArray[np.float32]:
        """How much these passages bear on the text, each as `search` would score it: `(rows,)`, higher is better."""
        match = self.keywords.match(text)
        found = self._scored(
            self._queries.vector(text), match, np.asarray(rows, np.int64), tags, self._known_rows(text)
        )
        return found[0]

    def _scored(
        self,
        vector: NDArray[np.float32],
        match: ranking.WordMatch,
        rows: NDArray[np.int64],
        tags: frozenset[Tag],
        known: NDArray[np.float32],
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The fused score of each of the rows, and the cosine of its best sentence."""
        best = self._sentences.best(rows, vector)
        passages = self._moments.deviations(vector, self._nearest.cosines(vector, rows))
        sentences = self._sentence_moments.deviations(vector, best)
        preference = self._preference(tags)[rows] + ranking.KNOWN * known[rows]
        return ranking.relevance(passages, sentences, match.at(rows), preference), best

    def answered_by(self, text: str, own: str = "") -> Mapping[Place, float]:
        """The sentences known to answer what is asked nearly like the text, by (row of the passage, number in it).

        With the probability, 0..1, that they do. `own` is the part of the text that a follow-up says itself.
        """
        return self._answered_by(text, own)

    def is_unknown(self, document_id: str) -> bool:
        """Whether no known question leads to the document where they lead to most others: a new one, say.

        That nothing is known to be answered by it then says nothing.
        """
        return self.is_mostly_known and document_id not in self._known_documents

    def _known_rows(self, text: str, own: str = "") -> NDArray[np.float32]:
        """Of each passage, the highest of these probabilities."""
        found = np.zeros(len(self.passages), np.float32)
        for (row, _), likely in self.answered_by(text, own).items():
            found[row] = max(found[row], likely)
        return found

    def ask_ahead(self, text: str) -> None:
        """Begins to understand a text that is compared soon, beside what is done meanwhile."""
        self._queries.ahead(text)

    def likeness(self, first: str, second: str) -> float:
        """The cosine of two questions with each other, higher is better."""
        return float(self._queries.vector(first) @ self._queries.vector(second))

    def finds_itself(self, row: int) -> bool:
        """Whether a passage's own vector leads to it, or to one with the same vector."""
        _, cosines = self._nearest.nearest(self.vector(row), 3)
        return bool(len(cosines)) and float(cosines[0]) > 0.999

    def sentence_cosines(self, text: str, passage: Passage) -> list[float]:
        """The cosine of the text with each sentence of the passage, in their order; higher is better."""
        return self._sentences.cosines(self.row(passage.id), passage, self._queries.vector(text))

    def sentence_deviations(self, text: str, passage: Passage) -> list[float]:
        """The same cosines in standard deviations above the mean cosine of the text with all sentences."""
        cosines = np.asarray(self.sentence_cosines(text, passage), np.float32)
        return [float(value) for value in self._sentence_moments.deviations(self._queries.vector(text), cosines)]

    def vector(self, row: int) -> NDArray[np.float32]:
        """The passage's vector, `(dimension,)` float32 of unit length."""
        vector: NDArray[np.float32] = self._vectors[row]
        return vector

    def tag_count(self, tag: Tag) -> int:
        """How many passages carry the term."""
        return len(self._tags.rows(tag))

    def deadlines_holding(self, stems: Iterable[str]) -> list[Deadline]:
        """The deadlines stated in passages that hold a word of every stem, in order."""
        rows = self.keywords.words.holding(stems)
        return [self.deadlines[number] for number in np.flatnonzero(np.isin(self._deadline_rows, rows)).tolist()]

    @cached_property
    def _deadline_rows(self) -> NDArray[np.int64]:
        """The row of each deadline's passage."""
        return self._rows.find([deadline.passage_id for deadline in self.deadlines])

    @property
    def trouble(self) -> str:
        """Why the search does without the collection of vectors, in French; empty when it does not."""
        return self._nearest.trouble

    @contextmanager
    def warming(self) -> Iterator[None]:
        """Does now what the first question would wait for; the collection last, after what is done in the block."""
        with self._nearest.opening():
            self.search(self.programme.name, limit=1)
            _ = self.vocabulary, self.deadlines_of("")
            yield
        self.search(self.programme.name, limit=1)

    def close(self) -> None:
        """Gives back the collection's files and threads."""
        self._nearest.close()

    def _give_back(self) -> None:
        """Each question touches a few rows here and there, and each touch maps what lies around: in time, all of it."""
        give_back(self._vectors)
        self._sentences.give_back()
        self.passages.give_back()
        self._read.give_back()

    def _wanted(self, tags: frozenset[Tag]) -> dict[Tag, frozenset[Tag]]:
        """Each wanted term with those that count as it: what belongs to it."""
        return {tag: self.vocabulary.members(tag) for tag in tags}

    def _preference(self, tags: frozenset[Tag]) -> NDArray[np.float32]:
        if not tags:
            return np.zeros(len(self.passages), np.float32)
        bonus, penalty = ranking.WANTED_BONUS, ranking.OTHER_PENALTY
        return self._tags.preference(self._wanted(tags), bonus=bonus, penalty=penalty)

    def _carrying(self, tags: frozenset[Tag], exact_words: NDArray[np.float32]) -> NDArray[np.int64]:
        """Of the passages that carry every wanted term, those with the best exact words: candidates too."""
        if not tags:
            return np.zeros(0, np.int64)
        carrying = self._tags.carrying(self._wanted(tags))
        if len(carrying) <= CANDIDATES:
            return carrying
        return carrying[ranking.top(exact_words[carrying] + 1e-6, CANDIDATES)]

    def _hits(
        self,
        rows: NDArray[np.int64],
        scores: NDArray[np.float32],
        cosines: NDArray[np.float32],
        exact_words: NDArray[np.float32],
        known: NDArray[np.float32],
        limit: int,
    ) -> tuple[Hit, ...]:
        near, worded, asked = (ranking.ranks(one, rows) for one in (cosines, exact_words, known))

        def hit(position: int) -> Hit:
            evidence = [Evidence("vectors", int(near[position]), float(cosines[position]))]
            if exact_words[position] > 0:
                evidence.append(Evidence("exact words", int(worded[position]), float(exact_words[position])))
            if known[position] > 0:
                evidence.append(Evidence("known questions", int(asked[position]), float(known[position])))
            return Hit(self.passages[int(rows[position])], float(scores[position]), tuple(evidence))

        return ranking.distinct(
            (hit(int(position)) for position in ranking.best_first(scores, rows)),
            text=lambda hit: hit.passage.searchable,
            group=lambda hit: (hit.passage.kind, frozenset((*hit.passage.tags, *hit.passage.context_tags))),
            limit=limit,
        )


def _moments(folder: Path, kind: str) -> ranking.Moments:
    return ranking.Moments(map_array(folder / f"{kind}_mean.npy"), map_array(folder / f"{kind}_covariance.npy"))


def _remembering(known: KnownQuestions | None, queries: QueryVectors) -> Callable[[str, str], Mapping[Place, float]]:
    """What the known questions say of a text and its own words; asked more than once for each question."""
    if known is None:
        return lambda _text, _own: {}

    @lru_cache(_REMEMBERED)
    def answered_by(text: str, own: str) -> Mapping[Place, float]:
        said = [text, own] if own else [text]
        return known.answered_by([(one, queries.vector(one)) for one in said])

    return answered_by


def _led_to(known: KnownQuestions | None, entries: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The documents that some known question leads to, by the entries of the manifest."""
    rows = np.unique(known.targets[:, 0]) if known is not None else np.zeros(0, np.int64)
    spans = ((one["id"], np.searchsorted(rows, (one["first"], one["first"] + one["passages"]))) for one in entries)
    return frozenset(name for name, (first, end) in spans if first < end)


def _ids_of(passages: Sequence[Passage]) -> Callable[[], Iterator[str]]:
    # Not a method of the index: a cycle would keep its mapped files open until the garbage collector came by.
    return lambda: (passage.id for passage in passages)
