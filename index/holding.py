"""The generation in use, shared by the readers of a process: a new one is picked up at the next question."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index import generations
from index.encoding import Encoder
from index.errors import GenerationDamaged, GenerationMissing, IndexingError
from index.query_vectors import QueryVectors
from index.searching import Index

_log = logging.getLogger(__name__)
_ATTEMPTS = 5

_Mark = tuple[int, int, int]


class _Shared:
    """An open index and how many readers have it; closed when it is retired and the last one is done."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.readers = 0
        self.is_retired = False


class IndexHolder:
    """Lends the index in use. `lease` never fails because of a swap: a reader keeps the generation it began with."""

    def __init__(self, index_folder: Path, *, encoder: Encoder, chroma_url: str | None = None) -> None:
        self._index_folder = index_folder
        self._chroma_url = chroma_url
        self._queries = QueryVectors(encoder)
        self._opening = threading.Lock()
        self._counting = threading.Lock()
        self._shared: _Shared | None = None
        self._mark: _Mark | None = None

    @contextmanager
    def lease(self) -> Iterator[Index]:
        """The index in use, for the length of one question.

        Raises:
            GenerationMissing: nothing has been built.
            GenerationDamaged: what was built cannot be opened, and there is nothing older open.
        """
        shared = self._borrow()
        try:
            yield shared.index
        finally:
            self._give_back(shared)

    def close(self) -> None:
        """Closes the index once its readers are done; a later lease opens it again."""
        with self._opening:
            self._replace(None)
            self._mark = None

    def _borrow(self) -> _Shared:
        for _ in range(_ATTEMPTS):
            shared = self._up_to_date()
            with self._counting:
                if not shared.is_retired:
                    shared.readers += 1
                    return shared
        raise GenerationDamaged("L'index change sans cesse : réessayez dans un instant.")

    def _give_back(self, shared: _Shared) -> None:
        with self._counting:
            shared.readers -= 1
            is_last = shared.is_retired and shared.readers == 0
        if is_last:
            _close(shared)

    def _up_to_date(self) -> _Shared:
        """The index of the generation in use. Opening a new one takes milliseconds: every reader waits for it."""
        shared = self._shared
        if shared is not None and self._read_mark() == self._mark:
            return shared
        with self._opening:
            if self._shared is None or self._read_mark() != self._mark:
                self._open_current()
            if self._shared is None:
                raise GenerationMissing(f"Aucun index dans « {self._index_folder} » : lancez « assistant build ».")
            return self._shared

    def _open_current(self) -> None:
        for attempt in range(_ATTEMPTS):
            mark = self._read_mark()
            try:
                folder = generations.current(self._index_folder).folder
                index = Index.open(folder, queries=self._queries, chroma_url=self._chroma_url)
            except IndexingError as error:
                # Swapped again meanwhile, and pruned: what is current now may well open.
                if attempt + 1 < _ATTEMPTS and self._read_mark() != mark:
                    continue
                if self._shared is None:
                    raise
                _log.warning("La génération en service reste « %s » : %s", self._shared.index.generation, error)
                self._mark = mark
                return
            self._replace(index)
            self._mark = mark
            return

    def _replace(self, index: Index | None) -> None:
        with self._counting:
            before, self._shared = self._shared, None if index is None else _Shared(index)
            if before is not None:
                before.is_retired = True
            is_idle = before is not None and before.readers == 0
        if before is not None and is_idle:
            _close(before)

    def _read_mark(self) -> _Mark | None:
        """What changes whenever the file that names the generation in use is replaced."""
        try:
            found = generations.current_path(self._index_folder).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size


def _close(shared: _Shared) -> None:
    try:
        shared.index.close()
    except IndexingError as error:
        _log.warning("La génération « %s » s'est mal fermée : %s", shared.index.generation, error)
