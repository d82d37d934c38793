"""Writes a candidate generation: every plain file, the exact words, the Chroma collection, then the sealed manifest."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import generations, ranking, splitting, storage
from index.build_report import Refusal
from index.corpus import Corpus
from index.earlier import Earlier
from index.encoding import Encoder
from index.keywords import Keywords
from index.plain_files import json_line, write_array, write_json, write_json_lines, write_lines
from index.record_files import to_plain
from index.records import Deadline, Document, DocumentInfo, Fact, Passage
from index.row_numbers import RowNumbers
from index.sentence_vectors import SentenceVectors
from index.superseding import Statement
from index.tag_rows import TagRows
from index.vocabulary import Vocabulary
from index.words import fold

_log = logging.getLogger(__name__)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_LIBRARIES = ("bm25s", "chromadb", "langchain-text-splitters", "numpy", "PyStemmer", "pypdf", "trafilatura")
# Beyond this share of passages removed or added, a graph made anew is better than one with so many holes.
_LARGEST_UPDATE = 0.3


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """A document, read now or waiting in an earlier generation, and the acronyms that it spells out."""

    info: DocumentInfo
    content_hash: str
    acronyms: Mapping[str, str]
    warnings: tuple[str, ...]
    _document: Document | None
    _earlier: Earlier | None

    @classmethod
    def read(cls, document: Document, acronyms: Mapping[str, str]) -> DocumentParts:
        """A document that was read now."""
        return cls(document.info, document.content_hash, acronyms, document.warnings, document, None)

    @classmethod
    def taken_over(cls, earlier: Earlier, name: str) -> DocumentParts:
        """A document that is as in an earlier generation; its text is not read before it is asked for."""
        entry = earlier.entries[name]
        info = earlier.infos[earlier.number(name)]
        return cls(info, entry["content_hash"], entry["acronyms"], tuple(entry["warnings"]), None, earlier)

    @property
    def is_taken_over(self) -> bool:
        """Whether an earlier generation holds it as it is."""
        return self._earlier is not None

    def document(self) -> Document:
        """The document as read."""
        if self._document is not None:
            return self._document
        if self._earlier is None:
            raise ValueError(self.info.id)
        return self._earlier.documents[self._earlier.number(self.info.id)]

    def line(self) -> bytes:
        """The document as a JSON line, copied where an earlier generation has it."""
        if self._earlier is not None:
            return self._earlier.documents.line(self._earlier.number(self.info.id))
        return json_line(to_plain(self.document()))

    def lines_of(self, found: Found) -> tuple[list[bytes], bytes]:
        """The passages as JSON lines, and the statements as one; copied where an earlier generation has them."""
        if self._earlier is not None and found.is_taken_over:
            rows = self._earlier.rows_of(self.info.id)
            statements = self._earlier.statements.line(self._earlier.number(self.info.id))
            return [self._earlier.passage_lines.line(row) for row in rows], statements
        passages = [json_line(to_plain(passage)) for passage in found.passages]
        return passages, json_line([to_plain(statement) for statement in found.statements])


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a document: its tagged passages and its dated statements.

    `is_taken_over` when an earlier generation holds both as they are.
    """

    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...]
    is_taken_over: bool


@dataclass(frozen=True)
class Contents:
    """What a generation holds, vectors aside. `found` is in the order of the `parts`."""

    corpus: Corpus
    parts: tuple[DocumentParts, ...]
    found: tuple[Found, ...]
    deadlines: tuple[Deadline, ...]
    facts: tuple[Fact, ...]
    vocabulary: Vocabulary
    refused: tuple[Refusal, ...]
    refused_hashes: Mapping[str, tuple[str, str]]
    inputs: Mapping[str, str]
    corpus_as_of: date | None

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, in the order of the documents."""
        return tuple(passage for found in self.found for passage in found.passages)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the corpus and its documents have to say, in French; a document's warnings begin with its path."""
        of_documents = [f"{part.info.path} : {warning}" for part in self.parts for warning in part.warnings]
        return (*self.corpus.warnings, *of_documents)

    @cached_property
    def content_hash(self) -> str:
        """The hash of everything the generation is made from: the same corpus and program give the same."""
        made_from = [*sorted(self.inputs.items()), *((part.info.id, part.content_hash) for part in self.parts)]
        return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()

    def entries(self) -> list[dict[str, Any]]:
        """The manifest's lines on the documents, in order."""
        first = 0
        entries: list[dict[str, Any]] = []
        for part, found in zip(self.parts, self.found, strict=True):
            count = len(found.passages)
            entries.append(
                {
                    "id": part.info.id,
                    "path": part.info.path,
                    "content_hash": part.content_hash,
                    "first": first,
                    "passages": count,
                    "acronyms": dict(part.acronyms),
                    "warnings": list(part.warnings),
                }
            )
            first += count
        return entries


def tagging_hash(inputs: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """The hash of what decides the tags and dates of a passage, its own text aside."""
    made_from = [inputs["code"], [to_plain(term) for term in vocabulary.terms]]
    return hashlib.sha256(json.dumps(made_from, ensure_ascii=False).encode()).hexdigest()


def as_of(infos: Iterable[DocumentInfo], today: date) -> date | None:
    """The newest day that the documents' evidence can vouch for: never after it was retrieved, never in the future."""
    days = [
        min(day for day in (source.published.last, source.retrieved_on, today) if day is not None)
        for source in (info.evidence for info in infos)
        if source.published is not None
    ]
    return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Origin:
    """The name of a generation, when it was made (as a clock says, which may be wrong), by which model, for whom."""

    name: str
    built_at: datetime
    model: Encoder
    by: str


def write_candidate(
    folder: Path, origin: Origin, contents: Contents, vectors: NDArray[np.float32], *, earlier: Earlier | None
) -> None:
    """Writes a whole generation into `folder`, which is made, and seals it; `vectors`: of passages, then sentences."""
    vectors, sentences = vectors[: len(contents.passages)], vectors[len(contents.passages) :]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _write_documents(folder, contents)
    write_array(folder / "vectors.npy", vectors)
    SentenceVectors.of(contents.passages, sentences).save(folder)
    moments = ranking.Moments.of(vectors)
    write_array(folder / "mean.npy", moments.mean)
    write_array(folder / "covariance.npy", moments.covariance)
    texts = [passage.searchable for passage in contents.passages]
    Keywords.build(texts, known=earlier.stems if earlier else None).save(folder / "keywords")
    _write_known_words(folder / "known_words.txt", texts)
    _write_collection(folder / storage.FOLDER, contents.passages, vectors, earlier)
    generations.seal(folder, _manifest(origin, contents, vectors, earlier))


def _write_documents(folder: Path, contents: Contents) -> None:
    write_lines(folder / "documents.jsonl", (part.line() for part in contents.parts))
    write_json_lines(folder / "infos.jsonl", (to_plain(part.info) for part in contents.parts))
    lines = [part.lines_of(found) for part, found in zip(contents.parts, contents.found, strict=True)]
    write_lines(folder / "passages.jsonl", (line for passages, _ in lines for line in passages))
    write_lines(folder / "statements.jsonl", (statements for _, statements in lines))
    write_json_lines(folder / "deadlines.jsonl", (to_plain(deadline) for deadline in contents.deadlines))
    write_json_lines(folder / "facts.jsonl", (to_plain(fact) for fact in contents.facts))
    write_json(folder / "programme.json", to_plain(contents.corpus.programme))
    vocabulary = contents.vocabulary
    terms = {"terms": [to_plain(term) for term in vocabulary.terms], "acronyms": vocabulary.acronyms}
    write_json(folder / "terms.json", terms)
    if contents.corpus.vocabulary_path is not None:
        shutil.copyfile(contents.corpus.vocabulary_path, folder / "vocabulary.toml")
    RowNumbers.of([passage.id for passage in contents.passages]).save(folder, "passages")
    TagRows.of(contents.passages).save(folder)


def _write_known_words(path: Path, texts: Iterable[str]) -> None:
    """The words of the documents, which are never taken for typing errors: folded, letters only, three or more."""
    words = {word for text in texts for word in _LETTERS.findall(fold(text).casefold())}
    path.write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")


def _write_collection(
    folder: Path, passages: tuple[Passage, ...], vectors: NDArray[np.float32], earlier: Earlier | None
) -> None:
    """The Chroma collection: a copy of the earlier one, brought up to date, where little changed; else made anew."""
    ids = [passage.id for passage in passages]
    try:
        if earlier is not None and _update_collection(folder, ids, vectors, earlier):
            return
        shutil.rmtree(folder, ignore_errors=True)
        storage.create(folder, ids, vectors)
    except storage.CollectionUnusableError as error:
        shutil.rmtree(folder, ignore_errors=True)
        _log.warning("Chroma n'a pas pu être écrit (%s) ; la recherche exacte servira.", error)


def _update_collection(folder: Path, ids: list[str], vectors: NDArray[np.float32], earlier: Earlier) -> bool:
    before = {passage.id: row for row, passage in enumerate(earlier.passages)}
    kept = {name: before[name] for name in ids if name in before}
    rows = {name: row for row, name in enumerate(ids)}
    same = [name for name, row in kept.items() if np.array_equal(earlier.vectors([row])[0], vectors[rows[name]])]
    unchanged = frozenset(same)
    removed = [name for name in before if name not in rows]
    written = [row for row, name in enumerate(ids) if name not in unchanged]
    if len(removed) + len(written) > _LARGEST_UPDATE * max(1, len(ids)):
        return False
    try:
        storage.update(
            folder,
            earlier.folder / storage.FOLDER,
            removed,
            [ids[row] for row in written],
            vectors[written],
            total=len(ids),
        )
    except (OSError, storage.CollectionUnusableError) as error:
        _log.warning("La collection précédente n'a pas pu être reprise (%s) ; elle est refaite.", error)
        return False
    return True


def _manifest(
    origin: Origin, contents: Contents, vectors: NDArray[np.float32], earlier: Earlier | None
) -> dict[str, Any]:
    hashes = contents.refused_hashes
    return {
        "name": origin.name,
        "built_at": origin.built_at.isoformat(timespec="seconds"),
        "built_by": origin.by,
        "based_on": earlier.folder.name if earlier else None,
        "corpus_as_of": contents.corpus_as_of.isoformat() if contents.corpus_as_of else None,
        "model": {"identity": origin.model.identity, "dimension": origin.model.dimension},
        "splitter": {"version": splitting.VERSION, "passage_chars": splitting.PASSAGE_CHARS},
        "libraries": {library: _version(library) for library in _LIBRARIES},
        "content_hash": contents.content_hash,
        "inputs": dict(contents.inputs),
        "counts": {
            "documents": len(contents.parts),
            "passages": len(vectors),
            "deadlines": len(contents.deadlines),
        },
        "documents": contents.entries(),
        "refused": [
            {
                "path": refusal.path,
                "id": hashes[refusal.path][0],
                "content_hash": hashes[refusal.path][1],
                "reason": refusal.reason,
            }
            for refusal in contents.refused
        ],
        "warnings": list(contents.warnings),
    }


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
