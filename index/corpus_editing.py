"""What a maintainer changes in the documents of a corpus: add, describe, withdraw, take back. Each is one change.

Nothing here changes an answer: the next build does. What is written is what the reader of the corpus accepts, since it
judges the new manifest before anything is written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import toml_blocks
from index.corpus import corpus_of, listed_document
from index.corpus_changes import RETIRED, Change, Moving, Writing, changing, make, next_number
from index.entry_form import EntryForm, fields_of
from index.errors import CorpusError, EditRefused
from index.file_names import path_trouble
from index.opened_files import text_of
from index.toml_blocks import Value

MANIFEST, ENTRY = "manifest.toml", "entry.toml"
_LIST = "document"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A document that was withdrawn by change `number`; `title` is its former one, its path relative to documents/."""

    number: int
    path: str
    title: str


def save_entry(corpus: Path, form: EntryForm, *, seen: str, by: str) -> Change:
    """Writes the entry of a document that the corpus holds; one that the manifest does not name gets its entry.

    `seen` is the manifest's fingerprint when the form was opened.

    Raises:
        EditRefused: with what is wrong, in French; nothing was written.
    """
    with changing(corpus):
        text = text_of(corpus / MANIFEST)
        writing = _manifest(corpus, _with_entry(text, form), seen)
        return make(corpus, [writing], by=by, what=f"Entrée de « {form.path} » modifiée")


def add_document(
    corpus: Path, file: Path, form: EntryForm, *, seen: str, by: str, ends: Mapping[str, str] | None = None
) -> Change:
    """Takes a file that waits into `documents/`, with its entry.

    `ends` gives a last day of validity to documents that it replaces, by their paths; raises like `save_entry`.
    """
    trouble = path_trouble(form.path)
    target = corpus / "documents" / form.path
    if trouble or not target.resolve().is_relative_to((corpus / "documents").resolve()):
        raise EditRefused(trouble or "Ce dossier mène hors de documents/ : choisissez-en un autre.")
    with changing(corpus):
        text = text_of(corpus / MANIFEST)
        for path, day in (ends or {}).items():
            text = _with_fields(text, path, {"valid_until": day})
        writing = _manifest(corpus, _with_entry(text, form), seen)
        what = f"« {form.path} » ajouté" + (f", remplace {', '.join(form.replaces)}" if form.replaces else "")
        return make(corpus, [writing], [Moving(file, target)], by=by, what=what)


def withdraw(corpus: Path, path: str, *, seen: str, by: str) -> Change:
    """Moves a document out of `documents/`, into `retired/`, with its entry; raises like `save_entry`."""
    with changing(corpus):
        number = next_number(corpus)
        folder = corpus / RETIRED / f"{number:04d}"
        text = text_of(corpus / MANIFEST)
        place = _place(text, path)
        writings = []
        if place is not None:
            text, entry = toml_blocks.removed(text, _LIST, place)
            writings = [Writing(folder / ENTRY, entry, ""), _manifest(corpus, text, seen)]
        moving = Moving(corpus / "documents" / path, folder / path)
        return make(corpus, writings, [moving], by=by, what=f"« {path} » retiré", number=number)


def take_back(corpus: Path, number: int, *, seen: str, by: str) -> Change:
    """Puts a withdrawn document back with its entry; raises like `save_entry`."""
    with changing(corpus):
        found = next((one for one in withdrawn(corpus) if one.number == number), None)
        if found is None:
            raise EditRefused("Ce document n'est plus parmi les documents retirés : rechargez la page.")
        folder = corpus / RETIRED / f"{number:04d}"
        entry = _entry_of(folder)
        text = text_of(corpus / MANIFEST)
        writings = [_manifest(corpus, toml_blocks.appended(text, _LIST, entry), seen)] if entry else []
        moving = Moving(folder / found.path, corpus / "documents" / found.path)
        return make(corpus, writings, [moving], by=by, what=f"« {found.path} » remis")


def withdrawn(corpus: Path) -> tuple[Withdrawn, ...]:
    """The documents in `retired/`, the last withdrawn first."""
    found: list[Withdrawn] = []
    for folder in sorted((corpus / RETIRED).glob("[0-9]*"), reverse=True):
        entry = _entry_of(folder)
        for file in sorted(folder.rglob("*")):
            if folder.name.isdigit() and file.is_file() and file != folder / ENTRY and not file.name.startswith("."):
                path = file.relative_to(folder).as_posix()
                found.append(Withdrawn(int(folder.name), path, str(entry.get("title") or file.stem)))
    return tuple(found)


def entry_trouble(form: EntryForm) -> str:
    """What the reader of the corpus says against an entry by itself, as a French sentence; empty when it takes it."""
    if not form.id.strip() or not form.id.isprintable():
        return "L'identifiant manque : donnez-en un, par exemple « notice-2026 »."
    try:
        info = listed_document(_plain(fields_of(form, {})))
    except (TypeError, ValueError) as error:
        return f"{str(error)[:1].upper()}{str(error)[1:]}."
    return "Un document ne se remplace pas lui-même." if info.id in info.replaces else ""


def _with_entry(text: str, form: EntryForm) -> str:
    trouble = entry_trouble(form)
    if trouble:
        raise EditRefused(trouble)
    place = _place(text, form.path)
    if place is None:
        return toml_blocks.appended(text, _LIST, _given(fields_of(form, {})))
    return toml_blocks.changed(text, _LIST, place, fields_of(form, toml_blocks.tables(text, _LIST)[place]))


def _with_fields(text: str, path: str, fields: Mapping[str, Value]) -> str:
    place = _place(text, path)
    if place is None:
        raise EditRefused(f"« {path} » n'a pas d'entrée dans le manifeste : donnez-lui-en une d'abord.")
    return toml_blocks.changed(text, _LIST, place, fields)


def _given(fields: Mapping[str, Value]) -> dict[str, Value]:
    """The fields without those that would be removed."""
    return {
        name: _given(value) if isinstance(value, dict) else value for name, value in fields.items() if value is not None
    }


def _plain(fields: Mapping[str, Value]) -> dict[str, Any]:
    return dict(_given(fields))


def _place(text: str, path: str) -> int | None:
    return next(
        (place for place, table in enumerate(toml_blocks.tables(text, _LIST)) if table.get("path") == path), None
    )


def _manifest(corpus: Path, text: str, seen: str) -> Writing:
    """The manifest to be written, once the reader of the corpus takes it."""
    try:
        corpus_of(corpus, tomllib.loads(text))
    except CorpusError as error:
        raise EditRefused(str(error)) from error
    return Writing(corpus / MANIFEST, text, seen)


def _entry_of(folder: Path) -> dict[str, Any]:
    with suppress(OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, LookupError):
        entry: dict[str, Any] = tomllib.loads((folder / ENTRY).read_bytes().decode())[_LIST][0]
        return entry
    return {}
