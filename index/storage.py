"""Door for chromadb: nearest vectors, in a collection embedded in a generation or in a Chroma server.

A collection is a cache. The vectors that count are in the generation's plain files, so a collection that cannot be
opened or that fails is remade from them; ids are passage ids, and what it returns is scored again by exact products.
Importing chromadb costs 0.6 s: it is imported when a collection is first opened, or by `prepare`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit
from urllib.request import urlopen

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexingError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection

FOLDER = "chroma"
NAME = "passages"
MARKER = "complete.json"
# Neighbours kept a node, and candidates looked at while building and while searching: above Chroma's defaults (16, 100,
# 100), whose graph missed 6 % of own vectors on 20,000 random ones.
_HNSW: Any = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 200}
_BATCH = 2000
# A server that hangs must not keep a question waiting, and chromadb sets no limit; making a collection takes longer.
_ASKING_S, _MAKING_S = 2.0, 120.0


class CollectionUnusableError(IndexingError):
    """A collection is missing, damaged, incomplete or of another version; remaking it mends that."""


class Collection:
    """An open collection; `close` gives back its files and threads."""

    def __init__(self, client: Client, collection: ChromaCollection) -> None:
        self._client = client
        self._collection = collection

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[str]:
        """The ids of at most `limit` passages, nearest first (approximately).

        Raises:
            CollectionUnusableError: the collection failed.
        """
        with _ours():
            found = self._collection.query(query_embeddings=[vector.tolist()], n_results=limit, include=[])
            return list(found["ids"][0])

    def count(self) -> int:
        """How many passages it holds."""
        with _ours():
            return int(self._collection.count())

    def close(self) -> None:
        """Closes the client; the collection cannot be used afterwards."""
        with _ours():
            self._client.close()


def prepare() -> None:
    """Imports chromadb, which opening a collection would begin with; should it fail, opening says so."""
    with suppress(CollectionUnusableError), _ours():
        import chromadb  # noqa: F401


def create(folder: Path, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Makes the collection of a generation in `folder`, which must not exist; `vectors` is `(passages, dimension)`.

    Raises:
        CollectionUnusableError: Chroma failed.
    """
    with _ours():
        client = _embedded(folder)
        try:
            # The graph reaches the disk with the last passage; until then, opening would insert everything again.
            configuration: Any = {"hnsw": {**_HNSW, "sync_threshold": max(2, len(ids))}}
            collection = client.create_collection(NAME, embedding_function=None, configuration=configuration)
            _add(collection, ids, vectors)
        finally:
            client.close()
    _mark(folder, len(ids))


def update(
    folder: Path,
    previous: Path,
    removed: Sequence[str],
    ids: Sequence[str],
    vectors: NDArray[np.float32],
    *,
    total: int,
) -> None:
    """Makes a collection in `folder` by copying the closed one in `previous`, then removing and adding passages.

    Raises:
        CollectionUnusableError: the previous one is not whole, or Chroma failed.
    """
    _check_marker(previous, None)
    shutil.copytree(previous, folder)
    with _ours():
        client = _embedded(folder)
        try:
            collection = client.get_collection(NAME, embedding_function=None)
            for start in range(0, len(removed), _BATCH):
                collection.delete(ids=list(removed[start : start + _BATCH]))
            _add(collection, ids, vectors)
            count = collection.count()
        finally:
            client.close()
    _check_count(count, total)
    _mark(folder, total)


def open_embedded(folder: Path, *, total: int) -> Collection:
    """The collection in `folder`, which must hold `total` passages.

    Raises:
        CollectionUnusableError: it is missing, damaged, incomplete or of another version.
    """
    _check_marker(folder, total)
    with _ours():
        client = _embedded(folder)
        try:
            collection = Collection(client, client.get_collection(NAME, embedding_function=None))
            _check_count(collection.count(), total)
        except BaseException:
            client.close()
            raise
    return collection


def create_on_server(url: str, name: str, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Makes the collection of the generation `name` on a Chroma server; one that was begun is replaced.

    Raises:
        CollectionUnusableError: the server does not answer, or refuses.
    """
    with _ours():
        client = _server(url, _MAKING_S)
        try:
            if any(found.name == _server_name(name) for found in client.list_collections()):
                client.delete_collection(_server_name(name))
            collection = client.create_collection(
                _server_name(name),
                embedding_function=None,
                configuration={"hnsw": _HNSW},
                metadata={"passages": len(ids)},
            )
            _add(collection, ids, vectors)
        finally:
            client.close()


def open_on_server(url: str, name: str, *, total: int) -> Collection:
    """The collection of the generation `name` on a Chroma server.

    Raises:
        CollectionUnusableError: the server does not answer, or has not the whole collection.
    """
    with _ours():
        client = _server(url, _ASKING_S)
        collection = Collection(client, client.get_collection(_server_name(name), embedding_function=None))
        _check_count(collection.count(), total)
    return collection


def remove_from_server(url: str, names: Sequence[str]) -> None:
    """Removes the collections of generations that are no longer kept."""
    with _ours():
        client = _server(url, _MAKING_S)
        present = {found.name for found in client.list_collections()} if names else set()
        for name in names:
            if _server_name(name) in present:
                client.delete_collection(_server_name(name))
        client.close()


@contextmanager
def _ours() -> Iterator[None]:
    """Turns whatever Chroma raises into CollectionUnusableError, the panics of its Rust core included."""
    try:
        yield
    except (IndexingError, KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:
        raise CollectionUnusableError(f"Chroma : {type(error).__name__} : {error}") from error


def _settings(**values: Any) -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False, **values)


def _embedded(folder: Path) -> Client:
    import chromadb

    return cast("Client", chromadb.PersistentClient(path=str(folder), settings=_settings()))


def _server(url: str, limit_s: float) -> Client:
    """A client of the server, which answers within `limit_s` each time or counts as failed."""
    import chromadb

    parts = urlsplit(url if "//" in url else f"//{url}")
    is_secure = parts.scheme == "https"
    host, port = parts.hostname or "localhost", parts.port or (443 if is_secure else 8000)
    scheme = "https" if is_secure else "http"
    with urlopen(f"{scheme}://{host}:{port}/api/v2/heartbeat", timeout=_ASKING_S):  # noqa: S310 - http or https
        pass  # making a client asks it too, without a limit
    client = cast("Any", chromadb.HttpClient(host=host, port=port, ssl=is_secure, settings=_settings()))
    client._server._session.timeout = limit_s  # noqa: SLF001 - chromadb offers no other way
    return cast("Client", client)


def _server_name(generation: str) -> str:
    return f"generation-{generation}"


def _add(collection: ChromaCollection, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
    for start in range(0, len(ids), _BATCH):
        collection.upsert(ids=list(ids[start : start + _BATCH]), embeddings=np.array(vectors[start : start + _BATCH]))


def _mark(folder: Path, total: int) -> None:
    import chromadb

    marker = {"chromadb": chromadb.__version__, "passages": total}
    (folder / MARKER).write_text(json.dumps(marker), encoding="utf-8")


def _check_marker(folder: Path, total: int | None) -> None:
    import chromadb

    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        made_by, passages = marker["chromadb"], marker["passages"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CollectionUnusableError(f"{folder.name} : collection absente ou incomplète") from error
    if made_by != chromadb.__version__:
        raise CollectionUnusableError(
            f"collection écrite par chromadb {made_by}, version installée {chromadb.__version__}"
        )
    if total is not None:
        _check_count(passages, total)


def _check_count(count: int, total: int) -> None:
    if count != total:
        raise CollectionUnusableError(f"{count} passages au lieu de {total}")
