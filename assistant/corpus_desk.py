"""The corpus as a maintainer changes it: files dropped, entries, withdrawals, terms. Each act is in the audit trail.

Nothing here changes an answer: the next build does.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant import build_runs
from assistant.errors import JournalUnavailable
from assistant.settings import Settings
from index import corpus_changes, corpus_editing, incoming, vocabulary_editing
from index.corpus import KINDS, Corpus, load_corpus
from index.corpus_changes import Change
from index.corpus_editing import MANIFEST, Withdrawn
from index.entry_form import EntryForm
from index.errors import EditRefused
from index.file_names import numbered
from index.first_look import FirstLook, first_look
from index.incoming import Incoming
from index.isolation import IsolatedReader
from index.opened_files import fingerprint, text_of
from index.records import DocumentInfo, Passage
from index.terms import Term
from index.vocabulary import Vocabulary
from index.vocabulary_editing import TermForm, find_uses
from index.vocabulary_file import read_terms

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.journal import Journal

KIND_NAMES = tuple(sorted(KINDS))
MAX_DROPPED_BYTES = 50 * 2**20
NOT_AUDITED = (
    "C’est fait ({what}), et gardé dans l’historique du corpus, mais les actions du personnel n’ont pas pu en être "
    "averties : {why}"
)


@dataclass(frozen=True, slots=True)
class Use:
    """A passage that holds one of a term's names, at `text[start:end]`."""

    document_id: str
    title: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Uses:
    """How many passages of how many documents hold a term's names, and the first of them."""

    passages: int
    documents: int
    first: tuple[Use, ...]


class CorpusDesk:
    """The corpus of the settings, changed by people whose acts the journal keeps."""

    def __init__(self, settings: Settings, journal: Journal) -> None:
        self.folder = settings.corpus
        self._index = settings.index
        self._incoming = settings.index / "incoming"
        self._vocabulary = settings.vocabulary or settings.corpus / "vocabulary.toml"
        self._given_vocabulary = settings.vocabulary
        self._journal = journal

    def corpus(self) -> Corpus:
        """The corpus as it is now, which the index in use may not know yet; raises like `load_corpus`."""
        return load_corpus(self.folder, vocabulary_path=self._given_vocabulary)

    def document(self, identifier: str) -> DocumentInfo:
        """What is now known of a document of the corpus.

        Raises:
            EditRefused: there is none of this id.
        """
        for info in self.corpus().documents:
            if info.id == identifier:
                return info
        raise EditRefused("Ce document n’est pas, ou n’est plus, dans le corpus : rechargez la page.")

    def is_writable(self) -> bool:
        """Whether the system lets this process write into the corpus folder."""
        return os.access(self.folder, os.W_OK)

    def term_trouble(self, form: TermForm, *, is_new: bool) -> str:
        """What the vocabulary's reader would say against a term, in French; empty when it takes it."""
        try:
            text = text_of(self._vocabulary)
            vocabulary_editing.with_term(text, self._vocabulary.name, form, is_new=is_new)
        except EditRefused as error:
            return str(error)
        return ""

    def waiting(self) -> tuple[Incoming, ...]:
        """The files that were dropped and wait."""
        return incoming.waiting(self._incoming)

    def waiting_file(self, identifier: str) -> Incoming | None:
        """The file that waits under this id."""
        return incoming.find(self._incoming, identifier)

    def free_path(self, name: str) -> str:
        """A path in `documents/` for a file of this name: numbered when the name is taken."""
        path, number = name, 2
        while (self.folder / "documents" / path).exists():
            path, number = numbered(name, number), number + 1
        return path

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """The documents that were withdrawn."""
        return corpus_editing.withdrawn(self.folder)

    def changes(self) -> tuple[Change, ...]:
        """What was changed, newest first."""
        return corpus_changes.history(self.folder)

    def last_change(self) -> Change | None:
        """What « undo » would undo."""
        return corpus_changes.last_change(self.folder)

    def manifest_seen(self) -> str:
        """The fingerprint of the manifest, to be given back with what is changed."""
        return fingerprint(self.folder / MANIFEST)

    def vocabulary_seen(self) -> str:
        """The fingerprint of the vocabulary."""
        return fingerprint(self._vocabulary)

    def terms(self) -> tuple[Term, ...]:
        """The terms of the vocabulary as it is now; none when there is no file.

        Raises:
            CorpusError: the file is wrong.
        """
        return read_terms(self._vocabulary) if self._vocabulary.is_file() else ()

    def look(self, assistant: Assistant, file: Incoming, reader: IsolatedReader) -> FirstLook:
        """What a build would read in a file that waits, compared with the documents of the index in use.

        Raises:
            UnreadableDocument: with the reason, in French.
        """
        with assistant.reading() as index:
            others: Mapping[str, tuple[DocumentInfo, Sequence[Passage]]] = {
                name: (info, index.passages_of(name)) for name, info in index.documents.items()
            }
        return first_look(file.path, Vocabulary.from_terms(self.terms()), others, reader)

    def receive(self, name: str, content: bytes, *, by: str) -> Incoming:
        """Puts a dropped file aside; raises EditRefused."""
        received = incoming.receive(self._incoming, name, content, limit_bytes=MAX_DROPPED_BYTES)
        self._journal.audit(by, "drop-file", received.id, received.name)
        return received

    def discard(self, identifier: str, *, by: str) -> None:
        """Lets a file that waits go."""
        known = self.waiting_file(identifier)
        incoming.discard(self._incoming, identifier)
        self._journal.audit(by, "discard-file", identifier, known.name if known else "")

    def add_document(
        self, identifier: str, form: EntryForm, *, seen: str, by: str, ends: Mapping[str, str] | None = None
    ) -> Change:
        """Takes a file that waits into the corpus; raises EditRefused."""
        file = self.waiting_file(identifier)
        if file is None:
            raise EditRefused("Ce fichier n’est plus en attente : rechargez la page.")
        change = corpus_editing.add_document(self.folder, file.path, form, seen=seen, by=by, ends=ends)
        incoming.discard(self._incoming, identifier)
        return self._noted(change, "add-document", form.id)

    def save_entry(self, form: EntryForm, *, seen: str, by: str) -> Change:
        """Writes a document's entry; raises EditRefused."""
        return self._noted(corpus_editing.save_entry(self.folder, form, seen=seen, by=by), "edit-entry", form.id)

    def withdraw(self, info: DocumentInfo, *, seen: str, by: str) -> Change:
        """Takes a document out of the corpus, into `retired/`; raises EditRefused, also while a build reads."""
        self._leave_build_alone()
        change = corpus_editing.withdraw(self.folder, info.path, seen=seen, by=by)
        return self._noted(change, "withdraw-document", info.id)

    def take_back(self, number: int, *, seen: str, by: str) -> Change:
        """Puts a withdrawn document back; raises EditRefused."""
        return self._noted(corpus_editing.take_back(self.folder, number, seen=seen, by=by), "restore-document")

    def undo(self, number: int, *, by: str) -> Change:
        """Undoes the last change, which must be this one; raises EditRefused, also while a build reads."""
        self._leave_build_alone()
        return self._noted(corpus_changes.undo(self.folder, number, by=by), "undo-change")

    def save_term(self, form: TermForm, *, seen: str, by: str, is_new: bool, shares: bool = False) -> Change:
        """Writes a term; with `shares`, even when a name of it means another term already.

        Raises:
            EditRefused: with what is wrong.
        """
        shared = () if shares else vocabulary_editing.shared_names(form, self.terms())
        if shared:
            said = ", ".join(f"« {name} » désigne déjà « {term.label} »" for name, term in shared)
            raise EditRefused(f"{said} : retirez ce nom, ou confirmez que les deux termes le partagent.")
        change = vocabulary_editing.save_term(self.folder, self._vocabulary, form, seen=seen, by=by, is_new=is_new)
        return self._noted(change, "edit-term", form.id)

    def remove_term(self, identifier: str, *, seen: str, by: str) -> Change:
        """Takes a term out of the vocabulary; raises EditRefused."""
        change = vocabulary_editing.remove_term(self.folder, self._vocabulary, identifier, seen=seen, by=by)
        return self._noted(change, "remove-term", identifier)

    def _leave_build_alone(self) -> None:
        """A file that goes while a build reads the corpus would be missing from what it builds."""
        if build_runs.standing(self._index).is_busy:
            raise EditRefused(
                "Une construction lit le corpus en ce moment : attendez sa fin, ou annulez-la, puis recommencez."
            )

    def _noted(self, change: Change, action: str, subject: str = "") -> Change:
        """The change, in the audit trail; a journal that is away does not make it undone, and that is said."""
        try:
            self._journal.audit(change.undone_by or change.by, action, subject or f"n° {change.number}", change.what)
        except JournalUnavailable as error:
            raise JournalUnavailable(NOT_AUDITED.format(what=change.what, why=error)) from error
        return change


def uses(assistant: Assistant, form: TermForm, *, limit: int = 8) -> Uses:
    """Where the passages of the index in use hold the names of a term as typed."""
    with assistant.reading() as index:
        passages = index.passages
        found = find_uses(form, [passage.text for passage in passages])
        kept = [passages[number] for number, _, _ in found]
        first = tuple(
            Use(one.document_id, index.documents[one.document_id].title, one.text, start, end)
            for one, (_, start, end) in zip(kept[:limit], found, strict=False)
        )
        return Uses(len(kept), len({one.document_id for one in kept}), first)
