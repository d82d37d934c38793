"""A generation as its documents say it, read without a model: to compare it with another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index import sealing
from index.error_words import reason_of
from index.plain_files import JsonLines, read_json
from index.record_files import from_plain
from index.records import Deadline, DocumentInfo, Passage
from index.terms import Term
from index.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Edition:
    """The documents by id, in the corpus's order, each with the hash of its file and manifest entry; what they say."""

    name: str
    documents: Mapping[str, DocumentInfo]
    hashes: Mapping[str, str]
    passages: tuple[Passage, ...]
    deadlines: tuple[Deadline, ...]
    vocabulary: Vocabulary


def no_edition() -> Edition:
    """What there was before the first generation."""
    return Edition("", {}, {}, (), (), Vocabulary(()))


def read_edition(folder: Path) -> Edition:
    """The generation in `folder`.

    Raises:
        GenerationDamaged: it is not whole.
    """
    manifest = sealing.verify(folder, thorough=False)
    entries = manifest["documents"]
    try:
        infos = JsonLines(folder / "infos.jsonl", lambda value: from_plain(DocumentInfo, value))
        return Edition(
            name=manifest["name"],
            documents={info.id: info for info in infos},
            hashes={entry["id"]: entry["content_hash"] for entry in entries},
            passages=tuple(JsonLines(folder / "passages.jsonl", lambda value: from_plain(Passage, value))),
            deadlines=tuple(JsonLines(folder / "deadlines.jsonl", lambda value: from_plain(Deadline, value))),
            vocabulary=read_vocabulary(folder),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise sealing.damaged(folder, f"un de ses fichiers ne se lit pas ({reason_of(error)})") from error


def read_vocabulary(folder: Path) -> Vocabulary:
    """The terms that the passages of a generation were tagged with, with the acronyms and words of its documents."""
    plain = read_json(folder / "terms.json")
    words = (folder / "known_words.txt").read_text(encoding="utf-8").split()
    terms = [from_plain(Term, term) for term in plain["terms"]]
    return Vocabulary(terms, acronyms=plain["acronyms"], known_words=frozenset(words))
