"""Nearest passages: a Chroma collection proposes them, exact products over the memory-mapped vectors score them.

While no collection can be used (not open yet, damaged, of another version, server away) exact search answers, and an
embedded collection is remade in the background.
"""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import file_locks, storage
from index.row_numbers import RowNumbers

_log = logging.getLogger(__name__)
_RETRY_S = 5.0


class Nearest:
    """Search by vector in one generation. `vectors` is `(passages, dimension)` float32, of unit length."""

    def __init__(
        self,
        folder: Path,
        vectors: NDArray[np.float32],
        rows: RowNumbers,
        ids: Callable[[], Iterable[str]],
        *,
        chroma_url: str | None = None,
    ) -> None:
        self._folder = folder
        self._vectors = vectors
        self._rows = rows
        self._ids = ids
        self._chroma_url = chroma_url
        self._lock = threading.Lock()
        self._collection: storage.Collection | None = None
        self._is_closed = False
        self._retry_at = 0.0
        self._remaking: threading.Thread | None = None
        self._trouble = ""

    def nearest(self, vector: NDArray[np.float32], limit: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Row numbers of at most `limit` passages and their cosines, nearest first."""
        collection = self._opened()
        if collection is None:
            return self.exact(vector, limit)
        try:
            found = self._rows.find(collection.nearest(vector, min(limit, len(self._vectors))))
        except storage.CollectionUnusableError as error:
            self._give_up(collection, error)
            return self.exact(vector, limit)
        rows = np.unique(found[found >= 0])
        cosines = self.cosines(vector, rows)
        order = np.lexsort((rows, -cosines))
        return rows[order], cosines[order]

    def exact(self, vector: NDArray[np.float32], limit: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The same, from the product with every vector: the reference, and what serves without a collection."""
        cosines = self._vectors @ vector
        rows = np.argpartition(-cosines, limit - 1)[:limit] if limit < len(cosines) else np.arange(len(cosines))
        order = np.lexsort((rows, -cosines[rows]))
        return rows[order].astype(np.int64), cosines[rows[order]].astype(np.float32)

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The exact cosine of `vector` with each of the rows."""
        return (self._vectors[rows] @ vector).astype(np.float32)

    @property
    def trouble(self) -> str:
        """Why exact search answers without a collection; empty when one is in use, or none was asked yet."""
        return self._trouble

    def warm(self) -> bool:
        """Opens the collection now; whether one is in use."""
        return self._opened() is not None

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Opens the collection at the end of a block, where exact search answers: it is quicker than opening one."""
        with self._lock:
            yield
            self._try_to_open()

    def close(self) -> None:
        """Gives the collection back; searching goes on exactly, without one."""
        with self._lock:
            self._is_closed = True
            collection, self._collection = self._collection, None
        if collection is not None:
            collection.close()
        if self._remaking is not None:
            self._remaking.join()

    def wait_until_remade(self) -> None:
        """Waits for a collection that is being remade, if any."""
        remaking = self._remaking
        if remaking is not None:
            remaking.join()
            self._retry_at = 0.0

    def _opened(self) -> storage.Collection | None:
        if self._collection is not None or self._is_closed:
            return self._collection
        if self._lock.locked() or (self._trouble and time.monotonic() < self._retry_at):
            return None  # nobody waits for what failed, nor for the one who opens it
        with self._lock:
            self._try_to_open()
            return self._collection

    def _try_to_open(self) -> None:
        """Called under the lock."""
        is_worth_it = len(self._vectors) > 0 and not self._is_closed and time.monotonic() >= self._retry_at
        if self._collection is None and is_worth_it:
            try:
                self._collection = self._open()
                self._trouble = ""
            except storage.CollectionUnusableError as error:
                self._fall_back(error)

    def _open(self) -> storage.Collection:
        if self._chroma_url:
            return storage.open_on_server(self._chroma_url, self._folder.name, total=len(self._vectors))
        return storage.open_embedded(_collection_folder(self._folder), total=len(self._vectors))

    def _give_up(self, collection: storage.Collection, error: Exception) -> None:
        with self._lock:
            if self._collection is not collection:
                return
            self._collection = None
            self._fall_back(error)

    def _fall_back(self, error: Exception) -> None:
        """Says so, and has an embedded collection remade by a thread of its own. Called under the lock."""
        self._retry_at = time.monotonic() + _RETRY_S
        self._trouble = (
            f"{self._folder.name} : collection Chroma inutilisable ({error}) ; recherche exacte en attendant."
        )
        _log.warning("%s", self._trouble)
        if self._chroma_url or (self._remaking is not None and self._remaking.is_alive()):
            return
        self._remaking = threading.Thread(target=self._remake, name="remake-collection", daemon=True)
        self._remaking.start()

    def _remake(self) -> None:
        try:
            remade = remake(self._folder, list(self._ids()), self._vectors)
        except (OSError, storage.CollectionUnusableError) as error:
            _log.warning("%s : la collection Chroma n'a pas pu être refaite (%s).", self._folder.name, error)
            self._retry_at = time.monotonic() + 60 * _RETRY_S
            return
        self._retry_at = 0.0 if remade else time.monotonic() + _RETRY_S


def _collection_folder(folder: Path) -> Path:
    """The embedded collection of a generation: the one remade last, else the one it was built with."""
    whole = [path for path in folder.glob(f"{storage.FOLDER}*") if (path / storage.MARKER).is_file()]
    return max(whole, key=_remakes, default=folder / storage.FOLDER)


def _remakes(folder: Path) -> int:
    """How many times the collection in this folder had been made before."""
    number = folder.name.removeprefix(storage.FOLDER).lstrip("-")
    return int(number) if number.isdigit() else 0


def remake(folder: Path, ids: list[str], vectors: NDArray[np.float32]) -> bool:
    """Makes the embedded collection of a generation anew; False when another process is doing so.

    Raises:
        OSError, CollectionUnusableError: it could not be made.
    """
    try:
        with file_locks.held(folder / ".remaking"):
            started = time.monotonic()
            former = [path for path in folder.glob(f"{storage.FOLDER}*") if path.is_dir()]
            # Never the same path twice: a process that failed to open a folder cannot open that path again.
            fresh = folder / f"{storage.FOLDER}-{1 + max((_remakes(path) for path in former), default=0):03d}"
            storage.create(fresh, ids, vectors)
            for path in former:
                shutil.rmtree(path, ignore_errors=True)
            elapsed_s = time.monotonic() - started
    except BlockingIOError:
        return False
    _log.warning("%s : collection Chroma refaite, %d passages en %.1f s.", folder.name, len(ids), elapsed_s)
    return True
