"""What an open generation holds: passages, documents, deadlines, facts. Files are mapped, never read whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from index.document_infos import Documents
from index.editions import read_vocabulary
from index.ends import End, ends_of
from index.plain_files import JsonLines, read_json
from index.record_files import from_plain
from index.records import Deadline, Document, DocumentInfo, Fact, LeftOut, Page, Passage, Programme
from index.row_numbers import RowNumbers
from index.vocabulary import Vocabulary

# How many of those read last stay decoded.
_KEPT_PASSAGES, _KEPT_DOCUMENTS = 1024, 64
_REMEMBERED_ROWS = 4096


class HeldRecords:
    """What a generation holds, by id. Safe to share between threads."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        self.folder = folder
        self.generation: str = manifest["name"]
        self.manifest = manifest
        day = manifest["corpus_as_of"]
        self.corpus_as_of = date.fromisoformat(day) if day else None
        self.passages: JsonLines[Passage] = JsonLines(
            folder / "passages.jsonl", lambda v: from_plain(Passage, v), keep=_KEPT_PASSAGES
        )
        infos = JsonLines(folder / "infos.jsonl", lambda v: from_plain(DocumentInfo, v))
        self.documents = Documents([entry["id"] for entry in manifest["documents"]], infos)
        self._read: JsonLines[Document] = JsonLines(
            folder / "documents.jsonl", lambda v: from_plain(Document, v), keep=_KEPT_DOCUMENTS
        )
        self._rows = RowNumbers.open(folder, "passages")
        # Not by a method of ours: a cycle would keep mapped files open until the garbage collector came by.
        self._row = lru_cache(_REMEMBERED_ROWS)(self._rows.row)

    @staticmethod
    def passages_in(folder: Path) -> JsonLines[Passage]:
        """The passages of the generation in `folder`, each decoded when it is asked for."""
        return JsonLines(folder / "passages.jsonl", lambda value: from_plain(Passage, value))

    def passage(self, name: str) -> Passage:
        """The passage of this id; KeyError when there is none."""
        return self.passages[self.row(name)]

    def row(self, name: str) -> int:
        """The row of the passage of this id, from 0; KeyError when there is none."""
        row = self._row(name)
        if row < 0:
            raise KeyError(name)
        return row

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document, in reading order; KeyError when there is no such document."""
        entry = self.manifest["documents"][self.documents.row(document_id)]
        return self.passages[entry["first"] : entry["first"] + entry["passages"]]

    def document(self, document_id: str) -> Document:
        """The document as read; KeyError when there is no such document."""
        return self._read[self.documents.row(document_id)]

    def document_pages(self, document_id: str) -> tuple[Page, ...]:
        """The text as read, frame by frame: what every quotation refers to."""
        return self.document(document_id).pages

    def left_out(self, document_id: str) -> tuple[LeftOut, ...]:
        """What was recognised as furniture in a document and is not indexed."""
        return self.document(document_id).left_out

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the build had to say of the corpus and of its documents, in French."""
        return tuple(self.manifest["warnings"])

    @cached_property
    def ends(self) -> dict[str, End]:
        """When each document that is replaced, or valid until a day, goes out of force."""
        return ends_of(self.documents.values())

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every deadline of the corpus."""
        return tuple(JsonLines(self.folder / "deadlines.jsonl", lambda value: from_plain(Deadline, value)))

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Every sum and meaning that the corpus states; none in a generation of before they were collected."""
        path = self.folder / "facts.jsonl"
        return tuple(JsonLines(path, lambda value: from_plain(Fact, value))) if path.exists() else ()

    @cached_property
    def programme(self) -> Programme:
        """What the screens say about the programme."""
        return from_plain(Programme, read_json(self.folder / "programme.json"))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The terms that the passages were tagged with, with the acronyms and the words that the documents hold."""
        return read_vocabulary(self.folder)

    def deadline(self, name: str) -> Deadline | None:
        """The deadline of this id, None when there is none."""
        return self._deadlines_by_id.get(name)

    def deadlines_of(self, passage_id: str) -> tuple[Deadline, ...]:
        """The deadlines stated in a passage."""
        return self._deadlines_by_passage.get(passage_id, ())

    def fact(self, name: str) -> Fact | None:
        """The fact of this id, None when there is none."""
        return self._facts_by_id.get(name)

    def facts_of(self, passage_id: str) -> tuple[Fact, ...]:
        """The facts stated in a passage."""
        return self._facts_by_passage.get(passage_id, ())

    @cached_property
    def _facts_by_id(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def _facts_by_passage(self) -> dict[str, tuple[Fact, ...]]:
        found: dict[str, tuple[Fact, ...]] = {}
        for fact in self.facts:
            found[fact.passage_id] = (*found.get(fact.passage_id, ()), fact)
        return found

    @cached_property
    def _deadlines_by_id(self) -> dict[str, Deadline]:
        return {deadline.id: deadline for deadline in self.deadlines}

    @cached_property
    def _deadlines_by_passage(self) -> dict[str, tuple[Deadline, ...]]:
        found: dict[str, tuple[Deadline, ...]] = {}
        for deadline in self.deadlines:
            found[deadline.passage_id] = (*found.get(deadline.passage_id, ()), deadline)
        return found
