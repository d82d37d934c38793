"""Files dropped by a maintainer, waiting aside until they are taken into the corpus: no build reads them.

<folder>/3fa0…/notice.pdf         one folder for each file, named by the hash of what it holds
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from index.error_words import reason_of
from index.errors import EditRefused
from index.file_names import safe_name
from index.plain_files import flush_folder
from index.reading_formats import FORMAT_OF_SUFFIX, MAX_FILE_BYTES

MAX_WAITING = 50
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that waits. `id` is the beginning of its SHA-256: the same file dropped twice waits once."""

    id: str
    path: Path

    @property
    def name(self) -> str:
        """Its harmless name."""
        return self.path.name


def receive(folder: Path, given_name: str, content: bytes, *, limit_bytes: int = MAX_FILE_BYTES) -> Incoming:
    """Puts a dropped file aside, under a harmless name.

    Raises:
        EditRefused: it is empty, too large, of a format that is not read, there are too many, or it cannot be kept.
    """
    name = safe_name(given_name)
    suffix = Path(name).suffix
    if suffix not in FORMAT_OF_SUFFIX:
        known = " ".join(sorted(FORMAT_OF_SUFFIX))
        raise EditRefused(f"« {name} » : ce format n'est pas lu ; convertissez le fichier ({known}).")
    if not content:
        raise EditRefused(f"« {name} » est vide : déposez-le de nouveau.")
    if len(content) > limit_bytes:
        most = limit_bytes // 2**20
        raise EditRefused(f"« {name} » pèse {len(content) // 2**20} Mo, plus que la limite de {most} Mo : découpez-le.")
    identifier = hashlib.sha256(content).hexdigest()[:16]
    known_one = find(folder, identifier)
    if known_one is not None:
        return known_one
    if len(waiting(folder)) >= MAX_WAITING:
        raise EditRefused(f"Il y a déjà {MAX_WAITING} fichiers en attente : ajoutez-les au corpus ou écartez-les.")
    try:
        return _kept(folder / identifier, name, content)
    except OSError as error:
        raise EditRefused(
            f"« {name} » n'a pas pu être mis en attente dans « {folder} » ({reason_of(error)}) : vérifiez la "
            "place libre et le droit d'écrire dans ce dossier."
        ) from error


def waiting(folder: Path) -> tuple[Incoming, ...]:
    """The files that wait, the last dropped first."""
    found = [one for entry in folder.iterdir() if (one := _incoming(entry))] if folder.is_dir() else []
    return tuple(sorted(found, key=lambda one: (-one.path.stat().st_mtime_ns, one.id)))


def find(folder: Path, identifier: str) -> Incoming | None:
    """The file that waits under this id."""
    return _incoming(folder / identifier) if _ID.fullmatch(identifier) else None


def discard(folder: Path, identifier: str) -> None:
    """Lets a dropped file go; nothing of the corpus is touched."""
    if _ID.fullmatch(identifier):
        shutil.rmtree(folder / identifier, ignore_errors=True)


def _kept(folder: Path, name: str, content: bytes) -> Incoming:
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{os.getpid()}"
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(folder / name)
    flush_folder(folder)
    return Incoming(folder.name, folder / name)


def _incoming(folder: Path) -> Incoming | None:
    if not _ID.fullmatch(folder.name) or not folder.is_dir():
        return None
    files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    return Incoming(folder.name, files[0]) if files else None
