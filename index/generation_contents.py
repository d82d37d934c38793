"""What a generation holds, vectors aside: its documents, read now or taken over, and what was found in them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from index.build_report import Refusal
from index.corpus import Corpus
from index.dated_statements import Statement
from index.earlier import Earlier
from index.phrasings import Placed
from index.plain_files import json_line
from index.record_files import to_plain
from index.records import DayRange, Deadline, Document, DocumentInfo, Fact, Passage, Source
from index.vocabulary import Vocabulary


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
    known: Placed
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
        return (*self.corpus.warnings, *of_documents, *self.known.warnings)

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
    """The newest day that the documents' evidence can vouch for: never after it was retrieved, never in the future.

    A page dated by its month or year, and not known to have been retrieved later, may be of the first day of it.
    """
    known = (info.evidence for info in infos)
    days = [min(_vouched(one.published, one), today) for one in known if one.published is not None]
    return max(days, default=None)


def _vouched(published: DayRange, source: Source) -> date:
    """The first day of the last month or year that the date names, or when it was retrieved within that."""
    if source.retrieved_on is not None:
        return min(published.last, source.retrieved_on)
    if published.first == published.last:
        return published.last
    is_year = re.search(r"(?:^|/)\d{4}$", source.published_as_written) is not None
    return published.last.replace(day=1, month=1) if is_year else published.last.replace(day=1)
