"""Models by name or path. Door for sentence-transformers and torch, both imported by the functions that need them."""

from __future__ import annotations

import hashlib
import pickle
import re
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

_BATCH_TEXTS = 64
_HUB_TIMEOUT_S = 10.0
_REVISION_CHARACTERS = 12
_MODEL_FILES = frozenset({".json", ".safetensors", ".bin", ".txt", ".model"})
# The E5 family by its name, but for those of its models that want a whole instruction instead of a prefix.
_E5 = re.compile(r"(?:^|[-_.])e5(?:[-_.](?!.*instruct)|$)", re.IGNORECASE)


class NamedEncoder:
    """A sentence-transformers model. One instance serves any number of threads, one at a time."""

    def __init__(self, name: str, notify: Callable[[str], None] | None = None) -> None:
        from sentence_transformers import SentenceTransformer

        self._model: Any = _load(SentenceTransformer, name, notify)
        self.identity = _identity(name, self._model)
        self._question_prefix, self._passage_prefix = prefixes(name, self._model.prompts)
        self._lock = Lock()
        self.dimension = self._encode(["dimension"], "").shape[1]

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors `(texts, dimension)` float32 of unit length; texts of like length run together."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
        for start in range(0, len(order), _BATCH_TEXTS):
            batch = order[start : start + _BATCH_TEXTS]
            vectors[batch] = self._encode([texts[number] for number in batch], self._passage_prefix)
            if progress:
                progress(start + len(batch))
        return vectors

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The vector `(dimension,)` float32 of unit length of a question."""
        vector: NDArray[np.float32] = self._encode([text], self._question_prefix)[0]
        return vector

    def _encode(self, texts: Sequence[str], prefix: str) -> NDArray[np.float32]:
        # The tokeniser of a model is not made for two threads at once.
        with self._lock:
            raw = self._model.encode([_writable(text) for text in texts], prompt=prefix, show_progress_bar=False)
        vectors = np.asarray(raw, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
        return unit


class NamedReranker:
    """A sentence-transformers cross-encoder. One instance serves any number of threads, one at a time."""

    def __init__(self, name: str, notify: Callable[[str], None] | None = None) -> None:
        from sentence_transformers import CrossEncoder
        from torch.nn import Sigmoid

        self._model: Any = _load(CrossEncoder, name, notify)
        if self._model.num_labels != 1:
            raise ModelUnavailable(
                f"Le modèle « {name} » donne {self._model.num_labels} notes par texte au lieu d'une : "
                "ce n'est pas un modèle de reclassement. Choisissez-en un autre dans ASSISTANT_RERANKER."
            )
        self.identity = _identity(name, self._model)
        self._sigmoid = Sigmoid()
        self._lock = Lock()

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One score in 0..1 (a sigmoid) for each text, in their order; higher is better."""
        if not texts:
            return np.empty(0, dtype=np.float32)
        pairs = [(_writable(question), _writable(text)) for text in texts]
        with self._lock:
            raw = self._model.predict(pairs, activation_fn=self._sigmoid, show_progress_bar=False)
        return np.asarray(raw, dtype=np.float32).reshape(len(texts))


def prefixes(name: str, prompts: Mapping[str, str | None]) -> tuple[str, str]:
    """What stands before a question and before a passage: the model's own prompts, else what its family wants."""
    question = prompts.get("query") or ""
    passage = prompts.get("passage") or prompts.get("document") or ""
    if not question and not passage and _E5.search(Path(name).name):
        return "query: ", "passage: "
    return question, passage


def _load(kind: Callable[..., Any], name: str, notify: Callable[[str], None] | None) -> Any:
    """The model from the disk; a name that is not there yet is looked up on the hub, once, before it is downloaded."""
    from huggingface_hub.errors import HTTPError, RepositoryNotFoundError  # type: ignore[attr-defined]
    from safetensors import SafetensorError
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    is_folder = Path(name).is_dir()
    if not is_folder and _is_path(name):
        raise ModelUnavailable(f"Le dossier de modèle « {name} » n'existe pas : vérifiez le chemin.")
    try:
        return _from_disk(kind, name) or _from_hub(kind, name, notify)
    except RepositoryNotFoundError as error:
        raise ModelUnavailable(f"Le modèle « {name} » est inconnu : vérifiez son nom, ou donnez un dossier.") from error
    except (ConnectionError, HTTPError) as error:
        raise ModelUnavailable(
            f"Le modèle « {name} » n'est pas sur ce disque et ne peut pas être téléchargé : rétablissez l'accès au "
            "réseau le temps d'un téléchargement, ou donnez le chemin d'un dossier qui le contient."
        ) from error
    except (OSError, ValueError, RuntimeError, ImportError, LookupError, SafetensorError, pickle.PickleError) as error:
        raise ModelUnavailable(
            f"Le modèle « {name} » ne se charge pas ({type(error).__name__}) : il est incomplet, abîmé, ou demande du "
            "code qui n'est pas exécuté ici. Téléchargez-le à nouveau, ou choisissez un autre modèle."
        ) from error


def _from_disk(kind: Callable[..., Any], name: str) -> Any | None:
    try:
        return kind(name, local_files_only=True, trust_remote_code=False, device="cpu")
    except OSError:
        if Path(name).is_dir():
            raise
        return None


def _from_hub(kind: Callable[..., Any], name: str, notify: Callable[[str], None] | None) -> Any:
    from huggingface_hub import model_info

    # Without a network the loaders try again for more than a minute; this fails at once.
    model_info(name, timeout=_HUB_TIMEOUT_S)
    if notify:
        notify(f"Téléchargement du modèle « {name} »…")
    return kind(name, trust_remote_code=False, device="cpu")


def _is_path(name: str) -> bool:
    return Path(name).is_absolute() or name.startswith((".", "~")) or name.count("/") > 1


def _identity(name: str, model: Any) -> str:
    folder = Path(name)
    precision = str(next(model.parameters()).dtype).removeprefix("torch.")
    return f"{name} ({_digest(folder) if folder.is_dir() else _commit(model)}, {precision})"


def _commit(model: Any) -> str:
    commits = [getattr(getattr(module, "config", None), "_commit_hash", None) for module in model.modules()]
    return next((commit[:_REVISION_CHARACTERS] for commit in commits if commit), "unknown revision")


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in _MODEL_FILES:
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:_REVISION_CHARACTERS]


def _writable(text: str) -> str:
    """Without lone surrogates, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
