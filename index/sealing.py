"""A generation's seal: its manifest with the size and checksum of every file, and how one that differs is told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from index.errors import GenerationDamaged
from index.plain_files import flush_folder, read_json, sha256_of, write_json
from index.verdicts import VERDICT

FORMAT = 2
MANIFEST = "manifest.json"
# Files that Chroma itself writes to while it is read: a cache, not part of what is verified.
CACHE = "chroma"


def seal(folder: Path, manifest: dict[str, Any]) -> None:
    """Writes the manifest of a candidate, with the size and checksum of each of its files, and flushes all to disk."""
    files = {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": sha256_of(path)}
        for path in _verified_files(folder)
    }
    write_json(folder / MANIFEST, {"format": FORMAT, **manifest, "files": files})
    for path in (*_verified_files(folder), folder / MANIFEST):
        with path.open("rb") as file:
            os.fsync(file.fileno())
    flush_folder(folder)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a generation.

    Raises:
        GenerationDamaged: it cannot be read, or another version of the program wrote it.
    """
    try:
        manifest: dict[str, Any] = read_json(folder / MANIFEST)
        is_known = manifest["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(folder, "son fichier manifest.json est illisible") from error
    if not is_known:
        raise damaged(folder, "une autre version du programme l'a écrite")
    return manifest


def verify(folder: Path, *, thorough: bool) -> dict[str, Any]:
    """The manifest, once every file has been found with its size and, when `thorough`, its checksum.

    Raises:
        GenerationDamaged: naming the first file that differs.
    """
    manifest = read_manifest(folder)
    for name, expected in manifest["files"].items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != expected["bytes"]:
            raise damaged(folder, f"le fichier {name} manque ou n'a pas sa taille")
        if thorough and sha256_of(path) != expected["sha256"]:
            raise damaged(folder, f"le fichier {name} a été modifié")
    return manifest


def damaged(folder: Path, reason: str) -> GenerationDamaged:
    """The error for a generation that cannot be used, with the remedy."""
    return GenerationDamaged(
        f"La génération « {folder.name} » est inutilisable : {reason}. Lancez « assistant rollback » pour reprendre "
        "la précédente, ou « assistant build --force » pour reconstruire."
    )


def _verified_files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in (CACHE, MANIFEST, VERDICT)
    )
