from __future__ import annotations

import logging
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from fakes import LetterEncoder, write_corpus
from machines import Program, chroma, until
from numpy.typing import NDArray

from index import generations, storage
from index.building import build
from index.errors import IndexingError
from index.nearest import Nearest
from index.row_numbers import RowNumbers
from index.searching import Index

IDS = [f"document:{number:03d}" for number in range(300)]


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    found = np.random.default_rng(7).normal(size=(len(IDS), 16)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.fixture
def generation(tmp_path: Path, vectors: NDArray[np.float32]) -> Path:
    storage.create(tmp_path / storage.FOLDER, IDS, vectors)
    return tmp_path


@pytest.fixture
def nearest(generation: Path, vectors: NDArray[np.float32]) -> Iterator[Nearest]:
    found = Nearest(generation, vectors, RowNumbers.of(IDS), lambda: IDS)
    yield found
    found.close()


def test_the_collection_finds_what_exact_search_finds(nearest: Nearest, vectors: NDArray[np.float32]) -> None:
    assert nearest.warm()
    for query in vectors[::50]:
        rows, cosines = nearest.nearest(query, 10)
        exact_rows, exact_cosines = nearest.exact(query, 10)
        assert rows.tolist() == exact_rows.tolist()
        assert np.allclose(cosines, exact_cosines)
        assert np.all(np.diff(cosines) <= 0)


def test_more_neighbours_than_passages_gives_them_all(nearest: Nearest, vectors: NDArray[np.float32]) -> None:
    assert sorted(nearest.nearest(vectors[0], 1000)[0].tolist()) == list(range(len(IDS)))


def test_nobody_waits_for_a_collection_that_is_being_opened(
    nearest: Nearest, vectors: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(storage.Collection, "nearest", lambda *_: asked.append(1) or [IDS[42]])
    with nearest.opening():
        assert nearest.nearest(vectors[42], 1)[0].tolist() == [42]
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(nearest.nearest, vectors[7], 1).result(timeout=5)[0].tolist() == [7]
        assert not asked
    assert nearest.nearest(vectors[42], 1)[0].tolist() == [42]
    assert asked


@pytest.mark.parametrize("damage", ["missing", "marker", "sqlite", "graph", "version"])
def test_a_damaged_collection_is_remade_while_exact_search_serves(
    generation: Path, vectors: NDArray[np.float32], damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder = generation / storage.FOLDER
    if damage == "missing":
        shutil.rmtree(folder)
    elif damage == "marker":
        (folder / storage.MARKER).unlink()
    elif damage == "sqlite":
        (folder / "chroma.sqlite3").write_bytes(b"not a database" * 100)
    elif damage == "graph":
        for path in folder.rglob("*.bin"):
            path.write_bytes(b"\xff" * 64)
    else:
        (folder / storage.MARKER).write_text('{"chromadb": "0.4.1", "passages": 300}')
    found = Nearest(generation, vectors, RowNumbers.of(IDS), lambda: IDS)
    with caplog.at_level(logging.WARNING):
        assert found.nearest(vectors[42], 1)[0].tolist() == [42]
        found.wait_until_remade()
    assert "collection Chroma refaite" in caplog.text
    assert found.warm()
    assert found.nearest(vectors[42], 1)[0].tolist() == [42]
    found.close()
    assert not folder.exists()


def test_a_collection_with_too_few_passages_is_not_opened(generation: Path) -> None:
    with pytest.raises(storage.CollectionUnusableError, match="300 passages au lieu de 301"):
        storage.open_embedded(generation / storage.FOLDER, total=301)


def test_an_update_copies_removes_and_adds(generation: Path, vectors: NDArray[np.float32], tmp_path: Path) -> None:
    ids, kept = ["new:1", *IDS[10:]], np.vstack([vectors[:1], vectors[10:]])
    storage.update(tmp_path / "next", generation / storage.FOLDER, IDS[:10], ids[:1], kept[:1], total=len(ids))
    collection = storage.open_embedded(tmp_path / "next", total=len(ids))
    assert collection.nearest(vectors[0], 1) == ["new:1"]
    assert not set(IDS[:10]) & set(collection.nearest(vectors[5], 50))
    collection.close()
    before = storage.open_embedded(generation / storage.FOLDER, total=len(IDS))
    assert before.nearest(vectors[0], 1) == [IDS[0]]
    before.close()


def test_a_closed_index_searches_exactly(nearest: Nearest, vectors: NDArray[np.float32]) -> None:
    nearest.warm()
    nearest.close()
    assert nearest.nearest(vectors[3], 1)[0].tolist() == [3]


def test_closing_gives_files_back(generation: Path, vectors: NDArray[np.float32]) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.exists():
        pytest.skip("no /proc")
    counts = []
    for _ in range(4):
        found = Nearest(generation, vectors, RowNumbers.of(IDS), lambda: IDS)
        found.nearest(vectors[0], 5)
        found.close()
        counts.append(len(list(descriptors.iterdir())))
    # Three more openings; another thread of the process may have opened a file of its own.
    assert counts[-1] < counts[0] + 3


def test_two_open_collections_of_one_folder_close_apart(generation: Path, vectors: NDArray[np.float32]) -> None:
    one = storage.open_embedded(generation / storage.FOLDER, total=len(IDS))
    other = storage.open_embedded(generation / storage.FOLDER, total=len(IDS))
    one.close()
    assert other.nearest(vectors[1], 1) == [IDS[1]]
    other.close()


def test_unknown_ids_have_no_row() -> None:
    rows = RowNumbers.of(IDS)
    assert rows.find([IDS[7], "elsewhere", IDS[0]]).tolist() == [7, -1, 0]
    assert RowNumbers.of([]).find(["any"]).tolist() == [-1]


def test_an_id_that_comes_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        RowNumbers.of(["a", "b", "a"])


@pytest.fixture(scope="module")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A real Chroma server on a free port of this machine."""
    running = chroma(tmp_path_factory.mktemp("server"))
    running.wait()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def server(chroma_server: Program) -> str:
    return chroma_server.address


def test_a_server_holds_one_collection_a_generation(server: str, tmp_path: Path, vectors: NDArray[np.float32]) -> None:
    folder = tmp_path / "0001-abcdef01"
    folder.mkdir()
    storage.create_on_server(server, folder.name, IDS, vectors)
    storage.create_on_server(server, "0002-abcdef02", IDS[:10], vectors[:10])
    found = Nearest(folder, vectors, RowNumbers.of(IDS), lambda: IDS, chroma_url=server)
    assert found.warm()
    assert found.nearest(vectors[42], 3)[0][0] == 42
    found.close()
    storage.remove_from_server(server, ["0002-abcdef02", "0000-never"])
    with pytest.raises(storage.CollectionUnusableError):
        storage.open_on_server(server, "0002-abcdef02", total=10)


def test_without_its_server_search_is_exact(tmp_path: Path, vectors: NDArray[np.float32]) -> None:
    found = Nearest(tmp_path, vectors, RowNumbers.of(IDS), lambda: IDS, chroma_url="http://127.0.0.1:9")
    assert not found.warm()
    assert found.nearest(vectors[42], 1)[0].tolist() == [42]
    found.close()


def test_a_server_that_hangs_keeps_nobody_waiting(
    chroma_server: Program, tmp_path: Path, vectors: NDArray[np.float32]
) -> None:
    folder = tmp_path / "0001-abcdef03"
    folder.mkdir()
    storage.create_on_server(chroma_server.address, folder.name, IDS, vectors)
    found = Nearest(folder, vectors, RowNumbers.of(IDS), lambda: IDS, chroma_url=chroma_server.address)
    assert found.warm()
    chroma_server.send(signal.SIGSTOP)
    try:
        started = time.monotonic()
        assert found.nearest(vectors[42], 1)[0].tolist() == [42]
        assert time.monotonic() - started < 10
        assert "recherche exacte" in found.trouble
        started = time.monotonic()
        assert found.nearest(vectors[43], 1)[0].tolist() == [43]
        assert time.monotonic() - started < 1
    finally:
        chroma_server.send(signal.SIGCONT)
    until(found.warm, 20, "it is not used again")
    assert not found.trouble
    found.close()


def test_a_build_keeps_one_collection_a_generation_on_the_server(
    server: str, small_corpus: Path, tmp_path: Path
) -> None:
    encoder = LetterEncoder()
    names = []
    for number in range(generations.KEPT + 1):
        write_corpus(small_corpus, {"page.md": f"# Page\n\nVersion {number}.\n"})
        names.append(str(build(small_corpus, tmp_path / "built", encoder=encoder, chroma_url=server).generation))
    assert build(small_corpus, tmp_path / "built", encoder=encoder, chroma_url=server).is_unchanged
    index = Index.open(tmp_path / "built" / "generations" / names[-1], encoder=encoder, chroma_url=server)
    assert f"Version {generations.KEPT}." in index.search("version")[0].passage.text
    storage.open_on_server(server, names[-1], total=len(index.passages)).close()
    with pytest.raises(storage.CollectionUnusableError):
        storage.open_on_server(server, names[0], total=len(index.passages))
    index.close()


def test_a_build_without_its_server_leaves_the_index_in_use(small_corpus: Path, tmp_path: Path) -> None:
    encoder = LetterEncoder()
    first = build(small_corpus, tmp_path / "built", encoder=encoder).generation
    write_corpus(small_corpus, {"page.md": "# Page\n\nAutre.\n"})
    with pytest.raises(IndexingError, match="ASSISTANT_CHROMA_URL"):
        build(small_corpus, tmp_path / "built", encoder=encoder, chroma_url="http://127.0.0.1:9")
    assert generations.current(tmp_path / "built").name == first
