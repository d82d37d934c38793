"""Ids → row numbers, through a sorted array of their hashes that opening maps instead of reading every id."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.plain_files import map_array, write_array


class RowNumbers:
    """The row of each id; a row number counts from 0."""

    def __init__(self, hashes: NDArray[np.uint64], rows: NDArray[np.int64]) -> None:
        self._hashes = hashes
        self._rows = rows

    @classmethod
    def of(cls, ids: Sequence[str]) -> RowNumbers:
        """The numbers of these ids, by position.

        Raises:
            ValueError: an id comes twice.
        """
        hashes = _hashes(ids)
        order = np.argsort(hashes, kind="stable")
        if len(np.unique(hashes)) != len(ids):
            raise ValueError("an id comes twice")
        return cls(hashes[order], order.astype(np.int64))

    @classmethod
    def open(cls, folder: Path, name: str) -> RowNumbers:
        """What `save` wrote, memory-mapped."""
        return cls(map_array(folder / f"{name}.hashes.npy"), map_array(folder / f"{name}.rows.npy"))

    def save(self, folder: Path, name: str) -> None:
        """Writes two arrays into the folder."""
        write_array(folder / f"{name}.hashes.npy", self._hashes)
        write_array(folder / f"{name}.rows.npy", self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, name: str) -> int:
        """The row of one id, -1 for an unknown one."""
        return int(self.find([name])[0])

    def find(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """The rows of the ids in order, -1 for an unknown one."""
        wanted = _hashes(ids)
        if not len(self._rows):
            return np.full(len(wanted), -1, np.int64)
        places = np.minimum(np.searchsorted(self._hashes, wanted), len(self._hashes) - 1)
        return np.where(self._hashes[places] == wanted, self._rows[places], -1)


def _hashes(ids: Sequence[str]) -> NDArray[np.uint64]:
    return np.frombuffer(b"".join(blake2b(name.encode(), digest_size=8).digest() for name in ids), np.uint64)
