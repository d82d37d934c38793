"""What a build has to do: each document of the corpus against the generation in use, by the hashes of what made it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.build_report import Refusal
from index.corpus import Corpus
from index.earlier import Earlier
from index.errors import UnreadableDocument
from index.reading import content_hash
from index.reading_formats import check_path
from index.recognition import identity
from index.record_files import to_plain
from index.records import DocumentInfo

CAUSES = ("code", "vocabulary", "phrasings", "programme", "settled", "model")


@dataclass(frozen=True, slots=True)
class Task:
    """One document: its hash, whether it is as before, and why it was refused without being read again."""

    info: DocumentInfo
    content_hash: str
    is_same: bool
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The documents in the corpus's order, what is gone, and the hashes of everything else that makes a generation."""

    tasks: tuple[Task, ...]
    removed: tuple[str, ...]
    inputs: Mapping[str, str]
    is_unchanged: bool

    def added(self, earlier: Earlier | None) -> tuple[str, ...]:
        """The paths of documents that were not in the generation in use."""
        known = _known(earlier)
        return tuple(task.info.path for task in self.tasks if not task.is_same and task.info.id not in known)

    def changed(self, earlier: Earlier | None) -> tuple[str, ...]:
        """The paths of documents that were there and differ."""
        known = _known(earlier)
        return tuple(task.info.path for task in self.tasks if not task.is_same and task.info.id in known)

    def reread(self, earlier: Earlier | None) -> tuple[str, ...]:
        """Those of `changed` whose file and entry are as before: the program differs, or all is to be done again."""
        known = {**earlier.entries, **{entry["id"]: entry for entry in earlier.refused.values()}} if earlier else {}
        return tuple(
            task.info.path
            for task in self.tasks
            if not task.is_same and known.get(task.info.id, {}).get("content_hash") == task.content_hash
        )

    def reused(self, earlier: Earlier | None) -> int:
        """How many passages are of documents that are not read again."""
        kept = {task.info.id for task in self.tasks if task.is_same}
        return sum(entry["passages"] for name, entry in earlier.entries.items() if name in kept) if earlier else 0

    def causes(self, earlier: Earlier | None) -> tuple[str, ...]:
        """The names of the inputs, documents and warnings aside, that differ."""
        before = earlier.inputs if earlier else self.inputs
        return tuple(name for name in CAUSES if before.get(name) != self.inputs[name])

    def unchanged(self) -> tuple[str, ...]:
        """The paths of documents that are as before."""
        return tuple(task.info.path for task in self.tasks if task.is_same and task.refusal is None)


def plan(corpus: Corpus, earlier: Earlier | None, *, model: str, force: bool) -> Plan:
    """What is the same as before and what is not; with `force`, nothing is."""
    inputs = {
        "code": code_hash() + identity(),
        "vocabulary": _file_hash(corpus.vocabulary_path),
        "phrasings": _file_hash(corpus.phrasings_path),
        "programme": _hash(to_plain(corpus.programme)),
        "settled": _hash([to_plain(settled) for settled in corpus.settled]),
        "warnings": _hash(list(corpus.warnings)),
        "model": model,
    }
    can_reuse = earlier is not None and not force and earlier.inputs["code"] == inputs["code"]
    tasks = tuple(_task(corpus, info, earlier if can_reuse else None) for info in corpus.documents)
    present = {task.info.id for task in tasks}
    removed = tuple(entry["path"] for name, entry in earlier.entries.items() if name not in present) if earlier else ()
    is_unchanged = (
        earlier is not None
        and can_reuse
        and not removed
        and all(task.is_same for task in tasks)
        and all(earlier.inputs.get(name) == value for name, value in inputs.items())
        and [task.info.id for task in tasks if task.refusal is None] == list(earlier.entries)
        and len(earlier.refused) == sum(task.refusal is not None for task in tasks)
    )
    return Plan(tasks, removed, inputs, is_unchanged)


def code_hash(package: Path = Path(__file__).parent) -> str:
    """The hash of a package's own files, by default this one's: another version reads every document again."""
    digest = hashlib.sha256()
    for path in sorted(package.glob("*.*")):
        if path.suffix in (".py", ".toml", ".json"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _task(corpus: Corpus, info: DocumentInfo, earlier: Earlier | None) -> Task:
    path = corpus.file_of(info)
    try:
        check_path(path)
        found = content_hash(path.read_bytes(), info)
    except UnreadableDocument as error:
        return Task(info, "", _was_refused(earlier, info, ""), Refusal(info.path, error.reason))
    except OSError:
        reason = "le fichier ne peut pas être ouvert ; vérifiez ses droits."
        return Task(info, "", _was_refused(earlier, info, ""), Refusal(info.path, reason))
    if earlier is None:
        return Task(info, found, is_same=False, refusal=None)
    if _was_refused(earlier, info, found):
        return Task(info, found, is_same=True, refusal=Refusal(info.path, earlier.refused[info.path]["reason"]))
    entry = earlier.entries.get(info.id)
    return Task(info, found, is_same=entry is not None and entry["content_hash"] == found, refusal=None)


def _was_refused(earlier: Earlier | None, info: DocumentInfo, found: str) -> bool:
    return earlier is not None and earlier.refused.get(info.path, {}).get("content_hash") == found


def _known(earlier: Earlier | None) -> frozenset[str]:
    """The ids of the documents that the generation in use holds or refused."""
    if earlier is None:
        return frozenset()
    return frozenset(earlier.entries) | frozenset(entry["id"] for entry in earlier.refused.values())


def _file_hash(path: Path | None) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path is not None else ""


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
