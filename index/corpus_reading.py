"""One document of the corpus, read apart; what the manifest does not say of it is taken from the file itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.corpus import parse_published
from index.declared_ends import declared_end
from index.isolation import IsolatedReader
from index.reading import FileDescription
from index.recognition import with_scans_read
from index.records import Document, DocumentInfo


def read_corpus_document(reader: IsolatedReader, path: Path, info: DocumentInfo, content_hash: str) -> Document:
    """The document as read, under the hash of the file and of what the manifest says of it.

    Raises:
        UnreadableDocument: with the reason, in French.
    """
    known = info if info.is_listed else described(info, reader.describe(path))
    document = replace(reader.read(path, known), content_hash=content_hash)
    return _with_end(with_scans_read(document, path, reader))


def _with_end(document: Document) -> Document:
    """The document with the day until which it says itself that it is in force, where the manifest gives none."""
    end = declared_end(document.pages) if document.info.valid_until is None else None
    return document if end is None else replace(document, info=replace(document.info, valid_until=end))


def described(info: DocumentInfo, description: FileDescription) -> DocumentInfo:
    """What is known of a file that the manifest does not name: its own title, publisher, date and address."""
    try:
        published, as_written = parse_published(description.published_as_written)
    except ValueError:
        published, as_written = None, ""
    url = description.url if description.url and description.url.startswith(("https://", "http://")) else None
    source = replace(
        info.source,
        publisher=description.publisher,
        published=published,
        published_as_written=as_written,
        published_on_estimated=description.published_on_estimated,
        url=url,
    )
    return replace(info, title=description.title or info.title, source=source)
