"""What the index knows of a document beside its text: what it replaces or is replaced by, counts, warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant import document_list
from index.records import Document

if TYPE_CHECKING:
    from assistant.answering import Assistant


@dataclass(frozen=True, slots=True)
class Known:
    """Titles of the documents that it replaces or that replace it, counts, and what reading it warned of."""

    replaces: Sequence[str]
    replaced_by: Sequence[str]
    pages: int
    passages: int
    deadlines: int
    warnings: Sequence[str]


def known(assistant: Assistant, document: Document) -> Known:
    """The facts of one document."""
    documents = assistant.documents()
    titles = {info.id: info.title for info in documents}
    with assistant.reading() as index:
        passages = len(index.passages_of(document.info.id))
    return Known(
        replaces=[titles.get(name, name) for name in document.info.replaces],
        replaced_by=[info.title for info in document_list.replaced_by(documents, document.info.id)],
        pages=len(document.pages),
        passages=passages,
        deadlines=sum(deadline.document_id == document.info.id for deadline in assistant.deadlines()),
        warnings=document.warnings,
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """What a list of documents says of each: how many pages (1 where there are none), passages, dates, warnings."""

    pages: int
    passages: int
    deadlines: int
    warnings: int


def counts(assistant: Assistant) -> dict[str, Counts]:
    """The counts of every document, by id."""
    dated = Counter(deadline.document_id for deadline in assistant.deadlines())
    with assistant.reading() as index:
        passages = {name: len(index.passages_of(name)) for name in index.documents}
    read = {name: assistant.document(name) for name in passages}
    return {
        name: Counts(len(read[name].pages), passages[name], dated[name], len(read[name].warnings)) for name in passages
    }
