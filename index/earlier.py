"""What the generation in use holds that the next one can take over. Rows are the earlier generation's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import generations, sealing
from index.dated_statements import Statement
from index.errors import IndexingError
from index.keywords import Keywords
from index.known_questions import KnownQuestions, known_texts
from index.plain_files import JsonLines, map_array
from index.record_files import from_plain
from index.records import Document, DocumentInfo, Passage
from index.sentence_vectors import SentenceVectors, encoded_texts


class Earlier:
    """A generation opened without an encoder, every file of it verified."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = sealing.verify(folder, thorough=True)
        self.documents: JsonLines[Document] = JsonLines(folder / "documents.jsonl", lambda v: from_plain(Document, v))
        self.infos: JsonLines[DocumentInfo] = JsonLines(folder / "infos.jsonl", lambda v: from_plain(DocumentInfo, v))
        self.passage_lines: JsonLines[Passage] = JsonLines(folder / "passages.jsonl", lambda v: from_plain(Passage, v))
        self.statements: JsonLines[tuple[Statement, ...]] = JsonLines(
            folder / "statements.jsonl", lambda values: tuple(from_plain(Statement, value) for value in values)
        )
        self.keywords = Keywords.open(folder / "keywords")
        self.inputs: Mapping[str, str] = self.manifest["inputs"]
        self.entries: dict[str, Mapping[str, Any]] = {entry["id"]: entry for entry in self.manifest["documents"]}
        self.refused: dict[str, Mapping[str, str]] = {entry["path"]: entry for entry in self.manifest["refused"]}
        self._numbers = {name: number for number, name in enumerate(self.entries)}
        self._vectors: NDArray[np.float32] = map_array(folder / "vectors.npy")
        self._sentences = SentenceVectors.open(folder)

    @classmethod
    def current(cls, index_folder: Path) -> Earlier | None:
        """The generation in use; None when there is none, or none that can be used."""
        try:
            return cls(generations.current(index_folder).folder)
        except (IndexingError, OSError, ValueError, KeyError, TypeError):
            return None

    def number(self, name: str) -> int:
        """The position of a document, from 0."""
        return self._numbers[name]

    def rows_of(self, name: str) -> range:
        """The rows of a document's passages; empty when it is not here."""
        entry = self.entries.get(name)
        return range(entry["first"], entry["first"] + entry["passages"]) if entry else range(0)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, decoded once: several steps of a build look at all of them."""
        return tuple(self.passage_lines)

    @cached_property
    def encoded_rows(self) -> Mapping[str, int]:
        """The text that was encoded → its row, sentences first, then known questions.

        Empty when another program encoded other texts.
        """
        sentences = encoded_texts(self.passages)
        is_same = len(sentences) == len(self._sentences.vectors)
        texts = [*sentences, *known_texts(self.folder)] if is_same else []
        return {text: row for row, text in enumerate(texts)}

    @cached_property
    def _rows_by_searchable(self) -> Mapping[str, int]:
        return {passage.searchable: row for row, passage in enumerate(self.passages)}

    def stems(self, text: str) -> list[str] | None:
        """The stems of a passage's text, when it is here and the program that made them is the same."""
        row = self._rows_by_searchable.get(text)
        return None if row is None else self.keywords.stems_of(row)

    def vectors(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """The vectors of these passages, `(rows, dimension)`."""
        vectors: NDArray[np.float32] = self._vectors[np.asarray(rows, np.int64)]
        return vectors

    def encoded(self, rows: Sequence[int]) -> NDArray[np.float16]:
        """The vectors of these encoded texts, `(rows, dimension)`."""
        vectors: NDArray[np.float16] = self._encoded[np.asarray(rows, np.int64)]
        return vectors

    @cached_property
    def _encoded(self) -> NDArray[np.float16]:
        known = KnownQuestions.open(self.folder)
        sentences = self._sentences.vectors
        return sentences if known is None else np.concatenate((sentences, known.vectors.astype(np.float16)))
