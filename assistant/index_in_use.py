"""What screens, routes and commands read of the index in use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

from assistant import provenance
from assistant.desk_records import Versions
from assistant.errors import DocumentUnknown
from index.records import Deadline, Document, DocumentInfo, Hit, LeftOut, Page, Programme
from index.searching import Index
from index.vocabulary import Vocabulary

Lease = Callable[[], AbstractContextManager[Index]]


class IndexInUse:
    """The index that `lease` lends: each call reads the generation that is in use then."""

    def __init__(self, lease: Lease, corpus_folder: Path, today: Callable[[], date]) -> None:
        self._lease = lease
        self._documents_folder = corpus_folder / "documents"
        self._today = today

    def today(self) -> date:
        """The day that questions are read on when they give none."""
        return self._today()

    def reading(self) -> AbstractContextManager[Index]:
        """The index in use, lent for a `with` block."""
        return self._lease()

    def search(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        """The passages that bear on a text, with their evidence."""
        with self._lease() as index:
            return index.search(text, limit=limit)

    @property
    def programme(self) -> Programme:
        """What the screens say about the programme."""
        with self._lease() as index:
            return index.programme

    @property
    def vocabulary(self) -> Vocabulary:
        """The programme's terms."""
        with self._lease() as index:
            return index.vocabulary

    @property
    def corpus_as_of(self) -> date | None:
        """The day up to which the documents were read."""
        with self._lease() as index:
            return index.corpus_as_of

    @property
    def generation(self) -> str:
        """The name of the generation in use."""
        with self._lease() as index:
            return index.generation

    def versions(self, documents: Iterable[str]) -> Versions:
        """What the index in use was made from, with the content hash of these documents (those that it holds)."""
        with self._lease() as index:
            return provenance.versions(index, documents)

    def next_due(self, passages: Iterable[str], day: date) -> date | None:
        """The first day, from `day` on, that a deadline in force of these passages falls on."""
        with self._lease() as index:
            return provenance.next_due(index, passages, day)

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Every document of the index, in the corpus's order."""
        with self._lease() as index:
            return tuple(index.documents.values())

    def deadlines(self) -> tuple[Deadline, ...]:
        """Every dated statement of the corpus."""
        with self._lease() as index:
            return index.deadlines

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """The document's text as read; the frame of every quotation.

        Raises:
            DocumentUnknown: no document has that id.
        """
        return self.document(document_id).pages

    def left_out(self, document_id: str) -> tuple[LeftOut, ...]:
        """What was left out of a document as furniture.

        Raises:
            DocumentUnknown: no document has that id.
        """
        return self.document(document_id).left_out

    def document(self, document_id: str) -> Document:
        """The document as read.

        Raises:
            DocumentUnknown: no document has that id.
        """
        with self._lease() as index:
            if document_id not in index.documents:
                raise DocumentUnknown(f"Aucun document ne porte l'identifiant « {document_id} ».")
            return index.document(document_id)

    def document_path(self, document_id: str) -> Path:
        """The document's file in the corpus.

        Raises:
            DocumentUnknown: no document has that id, or its file is not inside the corpus any more.
        """
        info = self.document(document_id).info
        folder = self._documents_folder.resolve()
        path = (folder / info.path).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            raise DocumentUnknown(f"Le fichier du document « {document_id} » n'est plus dans le corpus.")
        return path
