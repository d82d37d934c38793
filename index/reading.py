"""Files become Documents: the dispatch on what a file is. The `reading_…` modules read one format each.

The libraries come in only when a file of their format does, so that importing this module costs nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from index.errors import UnreadableDocument
from index.hidden_instructions import in_markup, in_office, warnings_of
from index.parts import Reading
from index.reading_description import FileDescription, describe_file
from index.reading_formats import FORMAT_OF_SUFFIX, Format, open_file
from index.records import Document, DocumentInfo

SUFFIXES: frozenset[str] = frozenset(FORMAT_OF_SUFFIX)

_MAX_TEXT_CHARS = 20_000_000
_MODULE_OF_FORMAT: dict[Format, str] = {
    "pdf": "index.reading_pdf",
    "docx": "index.reading_docx",
    "xlsx": "index.reading_xlsx",
    "pptx": "index.reading_pptx",
    "html": "index.reading_html",
    "markdown": "index.reading_markdown",
    "text": "index.reading_text",
}
_NO_TEXT = "le fichier ne contient aucun texte ; vérifiez-le et déposez-le de nouveau."


def content_hash(content: bytes, info: DocumentInfo) -> str:
    """SHA-256 of the file's bytes and of what is known of it: it changes when either does."""
    return hashlib.sha256(content + b"\0" + repr(info).encode()).hexdigest()


def read_document(path: Path, info: DocumentInfo) -> Document:
    """The file as pages of text and blocks.

    Raises:
        UnreadableDocument: with a French sentence that holds the remedy; the path named is `info.path`.
    """
    try:
        reading = read_pages(path)
        return Document(info, content_hash(path.read_bytes(), info), reading.pages, reading.left_out, reading.warnings)
    except UnreadableDocument as refusal:
        raise UnreadableDocument(info.path, refusal.reason) from refusal


def read_pages(path: Path) -> Reading:
    """What stands in the file, whatever is known of it beside."""
    content, found = open_file(path)
    reading = _reader(found)(path, content)
    chars = sum(len(page.text) for page in reading.pages)
    if chars > _MAX_TEXT_CHARS:
        raise UnreadableDocument(path.name, f"le texte fait {chars} caractères, c'est trop ; découpez le fichier.")
    if not any(page.blocks for page in reading.pages) and not reading.warnings:
        raise UnreadableDocument(path.name, _NO_TEXT)
    return replace(reading, warnings=(*reading.warnings, *warnings_of(_hidden(found, content), reading.left_out)))


def _hidden(found: Format, content: bytes) -> Iterable[tuple[str, str]]:
    """What a file holds beside what its reader gives; a PDF's reader gives all."""
    if found in {"html", "markdown", "text"}:
        return in_markup(content.decode("utf-8", "replace"))
    return in_office(content) if found != "pdf" else ()


def _reader(found: Format) -> Callable[[Path, bytes], Reading]:
    reader: Callable[[Path, bytes], Reading] = import_module(_MODULE_OF_FORMAT[found]).read
    return reader


__all__ = ["SUFFIXES", "FileDescription", "content_hash", "describe_file", "read_document", "read_pages"]
