"""From a written candidate to the generation in use: it is probed, shown to the gate, then swapped in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import generations, storage, verdicts
from index.build_report import GateVerdict
from index.encoding import Encoder
from index.errors import GateRefused, GenerationDamaged, IndexingError
from index.plain_files import map_array
from index.query_vectors import QueryVectors
from index.searching import Index

Gate = Callable[[Index, Index | None], GateVerdict]
_PROBES = 5
# An approximate search misses a few of its own vectors: that is no damage, many misses are.
_MISSED_SHARE = 0.2


def examine(candidate: Path, index_folder: Path, *, encoder: Encoder, gate: Gate | None) -> GateVerdict | None:
    """Asks the candidate for passages by their own vectors, then shows it to the gate beside the index in use.

    Raises:
        GenerationDamaged: it does not find its own passages.
        GateRefused: the gate said no.
    """
    queries = QueryVectors(encoder)
    index = Index.open(candidate, queries=queries)
    try:
        probes = range(0, len(index.passages), max(1, len(index.passages) // _PROBES))
        missed = [row for row in probes if not index.finds_itself(row)]
        if len(missed) > max(1, _MISSED_SHARE * len(probes)):
            raise GenerationDamaged(
                f"Le nouvel index ne retrouve pas son passage {missed[0]} : relancez la construction."
            )
        if gate is None:
            return None
        verdict = _ask(gate, index, index_folder, queries)
        verdicts.keep_verdict(candidate, verdict)
        return verdict
    finally:
        index.close()


def swap_in(
    candidate: Path,
    index_folder: Path,
    name: str,
    *,
    chroma_url: str | None,
    announce: generations.Announce | None = None,
) -> None:
    """Makes the candidate the generation in use, its collection on the Chroma server first when there is one.

    Raises:
        IndexingError: the server cannot be used; the index in use stays.
    """
    if chroma_url:
        put_on_server(candidate, name, chroma_url)
    before = [generation.name for generation in generations.all_generations(index_folder)]
    generations.publish(index_folder, candidate, name, announce)
    kept = {generation.name for generation in generations.all_generations(index_folder)}
    if chroma_url:
        _remove_from_server(chroma_url, [name for name in before if name not in kept])


def put_on_server(folder: Path, name: str, chroma_url: str) -> None:
    """Makes the collection of the generation in `folder` on the Chroma server, unless it is there and whole.

    Raises:
        IndexingError: the server cannot be used.
    """
    index_vectors: NDArray[np.float32] = map_array(folder / "vectors.npy")
    try:
        storage.open_on_server(chroma_url, name, total=len(index_vectors)).close()
    except storage.CollectionUnusableError:
        try:
            storage.create_on_server(chroma_url, name, _ids(folder), index_vectors)
        except storage.CollectionUnusableError as error:
            raise IndexingError(
                f"Le serveur Chroma « {chroma_url} » n'a pas pris l'index ({error}) : démarrez-le, ou retirez "
                "ASSISTANT_CHROMA_URL, puis relancez. L'index en service n'a pas changé."
            ) from error


def _remove_from_server(chroma_url: str, names: Sequence[str]) -> None:
    try:
        storage.remove_from_server(chroma_url, names)
    except storage.CollectionUnusableError:
        # They only take room; the next build removes those it finds without a generation.
        return


def _ids(folder: Path) -> list[str]:
    return [passage.id for passage in Index.passages_in(folder)]


def _ask(gate: Gate, candidate: Index, index_folder: Path, queries: QueryVectors) -> GateVerdict:
    current: Index | None = None
    try:
        current = Index.open(generations.current(index_folder).folder, queries=queries)
    except IndexingError:
        current = None
    try:
        verdict = gate(candidate, current)
    finally:
        if current is not None:
            current.close()
    if not verdict.is_accepted:
        raise GateRefused(verdict)
    return verdict
