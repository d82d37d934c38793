"""Generations of the index: each is a folder written aside by one process, verified, then made current by one rename.

    <index>/current                 one line: the name of the generation in use
    <index>/lock                    held (flock) by the one process that writes
    <index>/pointing                held for a moment by whoever changes `current` when several machines agree on it
    <index>/generations/0012-9f3a…  complete and never changed afterwards, but for the Chroma cache
    <index>/building-…              aside, until it is complete; what a killed build left is cleared by the next one

Names begin with a number that grows by one: no clock is trusted for the order.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import file_locks
from index.errors import BuildInProgress, GenerationDamaged, GenerationMissing, IndexingError
from index.plain_files import flush_folder, write_atomically
from index.sealing import read_manifest, verify

_log = logging.getLogger(__name__)

KEPT = 3
# Who only looks whether a process writes holds the lock for a moment.
_PATIENCE_S = 0.2
_POINTING_S = 10.0
# Tells the other machines which generation is in use from now on; what it raises leaves the former one in use.
Announce = Callable[[str], None]
_NAME = re.compile(r"(\d{4,})-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete generation; `number` orders them, higher is newer."""

    name: str
    number: int
    folder: Path
    is_current: bool

    @property
    def manifest(self) -> dict[str, Any]:
        """What made it.

        Raises:
            GenerationDamaged: it cannot be read.
        """
        return read_manifest(self.folder)


def current_path(index_folder: Path) -> Path:
    """The small file that names the generation in use; it changes at each swap."""
    return index_folder / "current"


def current_name(index_folder: Path) -> str | None:
    """The name of the generation in use; None when there is none that can be."""
    try:
        return current(index_folder).name
    except IndexingError:
        return None


def current(index_folder: Path) -> Generation:
    """The generation in use.

    Raises:
        GenerationMissing: none was built.
        GenerationDamaged: the one named is not there.
    """
    try:
        name = current_path(index_folder).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise GenerationMissing(
            f"Aucun index dans « {index_folder} » : construisez-le avec « assistant build »."
        ) from error
    found = _generation(index_folder / "generations" / name, name)
    if found is None or not found.folder.is_dir():
        raise GenerationDamaged(
            f"La génération « {name} » n'est plus dans « {index_folder} » : lancez « assistant rollback » "
            "pour reprendre une génération précédente, ou « assistant build » pour reconstruire."
        )
    return found


def all_generations(index_folder: Path) -> tuple[Generation, ...]:
    """Every complete generation, oldest first."""
    try:
        name = current_path(index_folder).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        name = ""
    folder = index_folder / "generations"
    entries = folder.iterdir() if folder.is_dir() else ()
    found = [generation for entry in entries if (generation := _generation(entry, name)) is not None]
    return tuple(sorted(found, key=lambda generation: generation.number))


def _generation(folder: Path, current_name: str) -> Generation | None:
    match = _NAME.fullmatch(folder.name)
    return Generation(folder.name, int(match[1]), folder, folder.name == current_name) if match else None


@contextmanager
def writing(index_folder: Path) -> Iterator[None]:
    """Holds the index for the one process that may write; the lock goes with the process, however it ends.

    Raises:
        BuildInProgress: another process holds it; known at once.
    """
    descriptor = file_locks.take(_lock_path(index_folder), patience_s=_PATIENCE_S)
    if descriptor is None:
        raise BuildInProgress(
            f"Une autre construction est en cours dans « {index_folder} » : attendez sa fin, puis relancez."
        )
    try:
        yield
    finally:
        os.close(descriptor)


@contextmanager
def pointing(index_folder: Path) -> Iterator[None]:
    """Waits for its turn to ask which generation the machines agreed on and to make it current here."""
    with file_locks.held(index_folder / "pointing", patience_s=_POINTING_S):
        yield


def is_being_written(index_folder: Path) -> bool:
    """True while a process builds here or goes back to another generation."""
    return file_locks.is_taken(_lock_path(index_folder))


def _lock_path(index_folder: Path) -> Path:
    return index_folder / "lock"


def clear_leftovers(index_folder: Path) -> tuple[str, ...]:
    """Removes what killed builds left; returns the names. Call it while writing."""
    leftovers = [
        entry
        for entry in index_folder.iterdir()
        if entry.name.startswith(("building-", "removed-", ".current", ".last-build"))
    ]
    for entry in leftovers:
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    return tuple(sorted(entry.name for entry in leftovers))


def next_name(index_folder: Path, content_hash: str) -> str:
    """The name of the next generation: a number above all others, and the first digits of what it holds."""
    numbers = [generation.number for generation in all_generations(index_folder)]
    return f"{max(numbers, default=0) + 1:04d}-{content_hash[:8]}"


def publish(index_folder: Path, candidate: Path, name: str, announce: Announce | None = None) -> Generation:
    """Moves a sealed candidate among the generations and makes it current; the oldest go. Call it while writing.

    When it cannot be announced to the other machines it stays among the generations, complete, and is not current.
    """
    verify(candidate, thorough=False)
    folder = index_folder / "generations" / name
    folder.parent.mkdir(exist_ok=True)
    candidate.rename(folder)
    flush_folder(folder.parent)
    _choose(index_folder, name, announce)
    try:
        prune(index_folder)
    except OSError as error:  # the new one is in use: the next build clears up
        _log.warning("An old generation could not be removed: %s", error)
    return current(index_folder)


def prune(index_folder: Path) -> tuple[str, ...]:
    """Removes all but the newest KEPT generations and the current one; returns the names. Call it while writing."""
    generations = all_generations(index_folder)
    surplus = [generation for generation in generations[:-KEPT] if not generation.is_current]
    for generation in surplus:
        # Renamed first, so that a reader never finds a half-removed generation under its name.
        aside = index_folder / f"removed-{generation.name}"
        generation.folder.rename(aside)
        shutil.rmtree(aside)
    return tuple(generation.name for generation in surplus)


def point_to(index_folder: Path, name: str) -> Generation:
    """Makes the generation current that the machines agreed on; call it while pointing.

    Raises:
        GenerationDamaged: it is not here, or not whole yet; the current one stays.
    """
    folder = index_folder / "generations" / name
    if _generation(folder, name) is None or not folder.is_dir():
        raise GenerationDamaged(f"La génération « {name} » n'est pas dans « {index_folder} ».")
    verify(folder, thorough=False)
    write_atomically(current_path(index_folder), name + "\n")
    return current(index_folder)


def _choose(index_folder: Path, name: str, announce: Announce | None) -> None:
    """Makes a generation current, once the other machines have been told."""
    if announce is None:
        write_atomically(current_path(index_folder), name + "\n")
        return
    with pointing(index_folder):
        announce(name)
        write_atomically(current_path(index_folder), name + "\n")


def rollback(index_folder: Path, name: str | None = None, *, announce: Announce | None = None) -> Generation:
    """Makes an earlier generation current: the one named, else the newest that is older than the current one.

    Raises:
        GenerationMissing: there is no such generation.
        GenerationDamaged: it is not whole; the current one stays.
        BuildInProgress: a build is running.
    """
    with writing(index_folder):
        generations = all_generations(index_folder)
        number = next((g.number for g in generations if g.is_current), None)
        if name is None:
            wanted = next((g for g in reversed(generations) if number is None or g.number < number), None)
        else:
            wanted = next((g for g in generations if g.name == name), None)
        if wanted is None:
            known = ", ".join(g.name for g in generations if not g.is_current) or "aucune"
            asked = f"de génération « {name} »" if name else "de génération plus ancienne"
            raise GenerationMissing(f"Il n'y a pas {asked} dans « {index_folder} ». Autres générations : {known}.")
        verify(wanted.folder, thorough=True)
        _choose(index_folder, wanted.name, announce)
        return current(index_folder)
