"""Vectors that are computed once: those of passages, and of the questions that builds ask, kept on disk.

A store is one file for one model: a header, then records of one size (key, vector, checksum), only ever added at the
end. What was cut short or damaged is not found, so the worst that a crash costs is encoding a few texts again.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.encoding import Encoder

_MAGIC = b"vectors1"
_KEY_BYTES = 32
_CHUNK_TEXTS = 256
# So many new questions are kept at once: each time the disk is waited for, and a build that ends forgets fewer.
_QUERIES_KEPT_TOGETHER = 64


class VectorStore:
    """Vectors by text, of one model. One writer at a time (who builds holds a lock); the file is mapped, not read."""

    def __init__(self, folder: Path, identity: str, dimension: int) -> None:
        self._identity = identity.encode()
        self._path = folder / f"{hashlib.sha256(self._identity).hexdigest()[:16]}.vectors"
        self._header = _MAGIC + dimension.to_bytes(8, "little")
        self._record = np.dtype([("key", f"V{_KEY_BYTES}"), ("vector", "<f4", (dimension,)), ("checksum", "<u4")])
        self._records = self._map()
        self._numbers = {key: number for number, key in enumerate(_keys(self._records))}

    def __len__(self) -> int:
        return len(self._numbers)

    def get(self, text: str) -> NDArray[np.float32] | None:
        """The vector `(dimension,)` float32 of `text`; None when it is not there, or damaged."""
        number = self._numbers.get(self._key(text))
        if number is None:
            return None
        record = self._records[number]
        vector: NDArray[np.float32] = np.array(record["vector"], dtype=np.float32)
        return vector if record["checksum"] == _checksum(record["key"].tobytes(), vector) else None

    def add(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keeps vectors `(texts, dimension)`; they are on disk when this returns."""
        added = np.zeros(len(texts), dtype=self._record)
        for number, (text, vector) in enumerate(zip(texts, vectors.astype(np.float32, copy=False), strict=True)):
            key = self._key(text)
            added[number] = (np.void(key), vector, _checksum(key, vector))
        first = len(self._records)
        self._append(added.tobytes())
        self._records = self._map()
        self._numbers.update((key, first + number) for number, key in enumerate(_keys(added)))

    def _append(self, content: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        whole = self._header if len(self._records) == 0 else b""
        end = len(self._header) + len(self._records) * self._record.itemsize if not whole else 0
        with os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644), "r+b") as file:
            # A record that was cut short would put all later ones out of step.
            file.truncate(end)
            file.seek(end)
            file.write(whole + content)
            file.flush()
            os.fsync(file.fileno())

    def _map(self) -> NDArray[np.void]:
        """The whole records of the file; none when it is missing, foreign or of another dimension."""
        nothing = np.empty(0, dtype=self._record)
        try:
            with self._path.open("rb") as file:
                if file.read(len(self._header)) != self._header:
                    return nothing
                count = (file.seek(0, os.SEEK_END) - len(self._header)) // self._record.itemsize
                return np.memmap(file, self._record, "r", len(self._header), (count,)) if count else nothing
        except FileNotFoundError:
            return nothing

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(self._identity + b"\0" + text.encode("utf-8", "surrogatepass")).digest()


class CachedEncoder:
    """An encoder that asks another one only for what it has not seen. Same interface, same vectors."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.identity = encoder.identity
        self.dimension = encoder.dimension
        self.encoded_count = 0
        self._encoder = encoder
        self._folder = folder
        self._unkept: dict[str, NDArray[np.float32]] = {}
        self._lock = Lock()

    @cached_property
    def _store(self) -> VectorStore:
        # Whoever only asks questions never opens it.
        return VectorStore(self._folder, self.identity, self.dimension)

    @cached_property
    def _questions(self) -> VectorStore:
        # A file of its own: a text may be encoded otherwise as a question than as a passage.
        return VectorStore(self._folder, f"{self.identity}, questions", self.dimension)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors `(texts, dimension)` float32 of unit length; `progress` takes the number of texts done so far.

        New ones are kept chunk by chunk: a build that is interrupted goes on where it stopped. `encoded_count` grows by
        the number of texts that really were encoded.
        """
        found = {text: self._store.get(text) for text in dict.fromkeys(texts)}
        missing = [text for text, vector in found.items() if vector is None]
        done = len(texts) - len(missing)
        if progress and done:
            progress(done)
        for start in range(0, len(missing), _CHUNK_TEXTS):
            chunk = missing[start : start + _CHUNK_TEXTS]
            vectors = self._encoder.encode_passages(chunk, _shifted(progress, done + start))
            self._store.add(chunk, vectors)
            found.update(zip(chunk, vectors, strict=True))
            self.encoded_count += len(chunk)
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for number, text in enumerate(texts):
            vectors[number] = found[text]
        return vectors

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The vector `(dimension,)` of a question, read-only; golden questions come again at each build."""
        with self._lock:
            kept = self._unkept.get(text) if text in self._unkept else self._questions.get(text)
        # Outside the lock: one question never waits for another.
        vector = self._encoder.encode_query(text) if kept is None else kept
        vector.flags.writeable = False
        if kept is None:
            with self._lock:
                self._keep(text, vector)
        return vector

    def _keep(self, text: str, vector: NDArray[np.float32]) -> None:
        self._unkept[text] = vector
        if len(self._unkept) >= _QUERIES_KEPT_TOGETHER:
            self._questions.add(list(self._unkept), np.array(list(self._unkept.values())))
            self._unkept.clear()


def _shifted(progress: Callable[[int], None] | None, before: int) -> Callable[[int], None] | None:
    if progress is None:
        return None
    return lambda done: progress(before + done)


def _keys(records: NDArray[np.void]) -> list[bytes]:
    keys = np.ascontiguousarray(records["key"]).tobytes()
    return [keys[start : start + _KEY_BYTES] for start in range(0, len(keys), _KEY_BYTES)]


def _checksum(key: bytes, vector: NDArray[np.float32]) -> int:
    return zlib.crc32(np.ascontiguousarray(vector).tobytes(), zlib.crc32(key))
