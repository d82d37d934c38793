"""Writes a candidate generation: every plain file, the exact words, the Chroma collection, then the sealed manifest."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import known_questions, ranking, sealing, splitting, storage
from index.earlier import Earlier
from index.encoding import Encoder
from index.generation_contents import Contents
from index.keywords import Keywords
from index.plain_files import write_array, write_json, write_json_lines, write_lines
from index.record_files import to_plain
from index.records import Passage
from index.row_numbers import RowNumbers
from index.sentence_vectors import SentenceVectors
from index.tag_rows import TagRows
from index.words import fold

_log = logging.getLogger(__name__)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_LIBRARIES = ("bm25s", "chromadb", "langchain-text-splitters", "numpy", "PyStemmer", "pypdf", "trafilatura")
# Beyond this share of passages removed or added, a graph made anew is better than one with so many holes.
_LARGEST_UPDATE = 0.3


@dataclass(frozen=True, slots=True)
class Origin:
    """The name of a generation, when it was made (as a clock says, which may be wrong), by which model, for whom."""

    name: str
    built_at: datetime
    model: Encoder
    by: str


def write_candidate(
    folder: Path, origin: Origin, contents: Contents, encoded: NDArray[np.float16], *, earlier: Earlier | None
) -> None:
    """Writes a whole generation into `folder`, which is made, and seals it.

    `encoded` are the vectors of the passages' sentences, then of the known questions.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _write_documents(folder, contents)
    of_questions = len(encoded) - len(contents.known.questions)
    sentences = SentenceVectors.of(contents.passages, encoded[:of_questions])
    known_questions.save(folder, contents.known, encoded)
    vectors = sentences.of_passages(contents.passages)
    write_array(folder / "vectors.npy", vectors)
    sentences.save(folder)
    _write_moments(folder, "passage", ranking.Moments.of(vectors))
    _write_moments(folder, "sentence", ranking.Moments.of(sentences.of_sentences))
    texts = [passage.searchable for passage in contents.passages]
    Keywords.build(texts, known=earlier.stems if earlier else None).save(folder / "keywords")
    _write_known_words(folder / "known_words.txt", texts)
    _write_collection(folder / storage.FOLDER, contents.passages, vectors, earlier)
    sealing.seal(folder, _manifest(origin, contents, vectors, earlier))


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


def _write_moments(folder: Path, kind: str, moments: ranking.Moments) -> None:
    write_array(folder / f"{kind}_mean.npy", moments.mean)
    write_array(folder / f"{kind}_covariance.npy", moments.covariance)


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
