"""What is made once from the bundled weights and kept in the user's cache folder: int8 graph and table of pieces.

Every file is written under another name, flushed and renamed; the checksums come last. So a reader finds a whole set or
none, two processes that prepare at once write the same bytes, and a damaged file is found before it is used.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_GRAPH, _TABLE, _IDS = "encoder.onnx", "pieces.npy", "piece_ids.npy"
_SUMS = "checksums.json"


@dataclass(frozen=True, slots=True)
class PreparedModel:
    """The ONNX model, the sorted pieces (mapped) and their ids."""

    graph: bytes
    table: NDArray[np.bytes_]
    ids: NDArray[np.int32]


def read_prepared(folder: Path) -> PreparedModel | None:
    """What `folder` holds, or None when something is missing or differs from its checksum."""
    try:
        sums = json.loads((folder / _SUMS).read_bytes())
        graph = (folder / _GRAPH).read_bytes()
        contents = {_GRAPH: graph, **{name: (folder / name).read_bytes() for name in (_TABLE, _IDS)}}
        if sums != _checksums(contents):
            return None
        table, ids = (np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in (_TABLE, _IDS))
    except (OSError, ValueError):
        return None
    # Plain arrays over the same mapping: `np.memmap` makes each later indexing several times slower.
    return PreparedModel(graph, np.asarray(table), np.asarray(ids))


def make_writable(folder: Path) -> None:
    """Makes the folder and leaves checksums of nothing in it. Raises OSError when it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / _SUMS, b"{}")


def keep_prepared(folder: Path, prepared: PreparedModel) -> None:
    """Writes what `read_prepared` finds again. Raises OSError."""
    contents = {_GRAPH: prepared.graph, _TABLE: _as_npy(prepared.table), _IDS: _as_npy(prepared.ids)}
    for name, content in contents.items():
        _replace(folder / name, content)
    _replace(folder / _SUMS, json.dumps(_checksums(contents)).encode())


def _checksums(contents: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


def _as_npy(array: NDArray[np.generic]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = path.parent / name
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
