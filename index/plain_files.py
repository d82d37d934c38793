"""The plain files of a generation: arrays and JSON lines, written once, then memory-mapped and never read whole."""

from __future__ import annotations

import hashlib
import json
import mmap
import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

Record = TypeVar("Record")


def write_array(path: Path, array: NDArray[Any]) -> None:
    """Writes one array as `.npy`."""
    np.save(path, array, allow_pickle=False)


def map_array(path: Path) -> NDArray[Any]:
    """The array of a `.npy` file, memory-mapped and read-only (an empty array is read).

    Raises:
        OSError, ValueError: the file is missing or damaged.
    """
    with path.open("rb") as file:
        version = np.lib.format.read_magic(file)
        read_header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, is_fortran, dtype = read_header(file)
        start = file.tell()
        if is_fortran or dtype.hasobject:
            raise ValueError(f"{path}: unexpected layout")
        count = int(np.prod(shape, dtype=np.int64))
        if os.fstat(file.fileno()).st_size < start + count * dtype.itemsize:
            raise ValueError(f"{path}: truncated")
        if count == 0:
            return np.zeros(shape, dtype)
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    # A plain array over the map: numpy.memmap costs ten times as much at each slice.
    array: NDArray[Any] = np.frombuffer(mapped, dtype, count, start).reshape(shape)
    return array


def give_back(*arrays: NDArray[Any]) -> None:
    """Takes mapped arrays out of this process's memory; the system keeps their pages as long as it has room."""
    for array in arrays:
        base: Any = array
        while isinstance(base, np.ndarray):
            base = base.base
        _give_back(base.obj if isinstance(base, memoryview) else base)


def _give_back(mapped: object) -> None:
    if isinstance(mapped, mmap.mmap):
        mapped.madvise(mmap.MADV_DONTNEED)


class JsonLines(Sequence[Record]):
    """The records of a JSON-lines file, each decoded when it is asked for; the file is memory-mapped.

    The last `keep` records asked for stay decoded.
    """

    def __init__(self, path: Path, decode: Callable[[Any], Record], *, keep: int = 0) -> None:
        self._keep = keep
        self._decoded: OrderedDict[int, Record] = OrderedDict()
        self._lock = Lock()
        self._starts: NDArray[np.int64] = map_array(path.with_suffix(".starts.npy"))
        self._decode = decode
        self._bytes: bytes | mmap.mmap = b""
        if int(self._starts[-1]):
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if len(self._bytes) != int(self._starts[-1]):
            raise ValueError(f"{path}: {len(self._bytes)} bytes instead of {int(self._starts[-1])}")

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, row: int) -> Record: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[Record, ...]: ...
    def __getitem__(self, row: int | slice) -> Record | tuple[Record, ...]:
        if isinstance(row, slice):
            return tuple(self[number] for number in range(*row.indices(len(self))))
        if not self._keep:
            return self._decode(json.loads(self.line(row)))
        with self._lock:
            found = self._decoded.get(row)
        if found is None:
            found = self._decode(json.loads(self.line(row)))
        with self._lock:
            self._decoded[row] = found
            self._decoded.move_to_end(row)
            while len(self._decoded) > self._keep:
                self._decoded.popitem(last=False)
        return found

    def give_back(self) -> None:
        """Takes the mapped file out of this process's memory; what is decoded stays."""
        _give_back(self._bytes)

    def line(self, row: int) -> bytes:
        """The line itself, its end included."""
        position = row + len(self) if row < 0 else row
        if not 0 <= position < len(self):
            raise IndexError(row)
        return self._bytes[int(self._starts[position]) : int(self._starts[position + 1])]

    def __iter__(self) -> Iterator[Record]:
        for row in range(len(self)):
            yield self[row]


def write_json_lines(path: Path, values: Iterable[Any]) -> None:
    """Writes one value a line, and beside them where each line starts (`.starts.npy`, the end included)."""
    write_lines(path, (json_line(value) for value in values))


def json_line(value: Any) -> bytes:
    """A value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Writes lines that are JSON already, as `write_json_lines` does."""
    starts = [0]
    with path.open("wb") as file:
        for line in lines:
            file.write(line)
            starts.append(starts[-1] + len(line))
    write_array(path.with_suffix(".starts.npy"), np.array(starts, np.int64))


def write_json(path: Path, value: Any) -> None:
    """Writes one JSON document; a file's name that is not UTF-8 passes as escapes."""
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def read_json(path: Path) -> Any:
    """The JSON document of a file.

    Raises:
        OSError, ValueError: the file is missing or damaged.
    """
    return json.loads(path.read_text(encoding="utf-8"))


def write_atomically(path: Path, text: str) -> None:
    """Writes a small file so that a reader sees the old text or the new one, even after a power cut."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Makes the renames done in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
