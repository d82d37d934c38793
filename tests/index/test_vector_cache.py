"""Vectors that are computed once: an encoder whose vectors can be worked out by hand counts what it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.vector_cache import CachedEncoder, VectorStore


class LengthEncoder:
    """The vector of a text is its length and its number of « a », not of unit length: what comes back is comparable."""

    dimension = 2

    def __init__(self, identity: str = "lengths") -> None:
        self.identity = identity
        self.asked: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        self.asked += texts
        if progress:
            progress(len(texts))
        return np.array([[len(text), text.count("a")] for text in texts], dtype=np.float32).reshape(-1, 2)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        self.asked.append(text)
        return np.array([len(text), -1], dtype=np.float32)


def store_file(folder: Path) -> Path:
    (path,) = folder.glob("*.vectors")
    return path


def test_a_text_is_encoded_once_even_across_processes(tmp_path: Path) -> None:
    first, second = LengthEncoder(), LengthEncoder()
    expected = [[1, 1], [2, 0], [1, 1]]
    assert CachedEncoder(first, tmp_path).encode_passages(["a", "bb", "a"]).tolist() == expected
    assert first.asked == ["a", "bb"]
    cached = CachedEncoder(second, tmp_path)
    assert cached.encode_passages(["a", "bb", "a"]).tolist() == expected
    assert cached.encode_passages(["ccc", "a"]).tolist() == [[3, 0], [1, 1]]
    assert second.asked == ["ccc"]
    assert cached.encoded_count == 1


def test_models_do_not_share_vectors(tmp_path: Path) -> None:
    CachedEncoder(LengthEncoder("one"), tmp_path).encode_passages(["a"])
    other = LengthEncoder("two")
    CachedEncoder(other, tmp_path).encode_passages(["a"])
    assert other.asked == ["a"]


def test_the_whole_interface_is_passed_on(tmp_path: Path) -> None:
    cached = CachedEncoder(LengthEncoder(), tmp_path)
    assert (cached.identity, cached.dimension) == ("lengths", 2)
    assert cached.encode_passages([]).shape == (0, 2)


@pytest.mark.parametrize("cut", [1, 20, 44, 45, 80, 95, 96, 100, 10_000])
def test_a_file_cut_short_costs_only_what_is_missing(tmp_path: Path, cut: int) -> None:
    texts = ["a", "bb", "ccc"]
    CachedEncoder(LengthEncoder(), tmp_path).encode_passages(texts)
    path = store_file(tmp_path)
    path.write_bytes(path.read_bytes()[:-cut])
    for _ in range(2):
        encoder = LengthEncoder()
        assert CachedEncoder(encoder, tmp_path).encode_passages(texts).tolist() == [[1, 1], [2, 0], [3, 0]]
    assert encoder.asked == []


def test_damaged_records_are_encoded_again(tmp_path: Path) -> None:
    CachedEncoder(LengthEncoder(), tmp_path).encode_passages(["a", "bb"])
    path = store_file(tmp_path)
    content = bytearray(path.read_bytes())
    content[16 + 32] ^= 1
    path.write_bytes(content)
    encoder = LengthEncoder()
    assert CachedEncoder(encoder, tmp_path).encode_passages(["a", "bb"]).tolist() == [[1, 1], [2, 0]]
    assert encoder.asked == ["a"]
    assert VectorStore(tmp_path, "lengths", 2).get("a") is not None


def test_a_foreign_file_is_replaced(tmp_path: Path) -> None:
    CachedEncoder(LengthEncoder(), tmp_path).encode_passages(["a"])
    store_file(tmp_path).write_bytes(b"something else entirely, longer than a header")
    CachedEncoder(LengthEncoder(), tmp_path).encode_passages(["bb"])
    store = VectorStore(tmp_path, "lengths", 2)
    assert len(store) == 1
    assert store.get("a") is None


def test_progress_counts_all_texts(tmp_path: Path) -> None:
    cached = CachedEncoder(LengthEncoder(), tmp_path)
    cached.encode_passages(["a", "bb"])
    seen: list[int] = []
    cached.encode_passages(["a", "bb", *(str(number) for number in range(600))], progress=seen.append)
    assert seen == [2, 258, 514, 602]


def test_questions_are_remembered_and_cannot_be_changed(tmp_path: Path) -> None:
    encoder = LengthEncoder()
    cached = CachedEncoder(encoder, tmp_path)
    vector = cached.encode_query("abc")
    assert cached.encode_query("abc").tolist() == vector.tolist()
    assert encoder.asked == ["abc"]
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 0


def test_questions_are_kept_across_processes_apart_from_passages(tmp_path: Path) -> None:
    texts = [str(number) for number in range(70)]
    CachedEncoder(LengthEncoder(), tmp_path).encode_passages(texts)
    for text in texts:
        CachedEncoder(LengthEncoder(), tmp_path).encode_query(text)
    first, second = LengthEncoder(), LengthEncoder()
    cached, again = CachedEncoder(first, tmp_path), CachedEncoder(second, tmp_path)
    assert [cached.encode_query(text).tolist() for text in texts] == [[len(text), -1] for text in texts]
    assert first.asked == texts
    assert [again.encode_query(text).tolist() for text in texts] == [[len(text), -1] for text in texts]
    assert second.asked == texts[64:]  # the last few are forgotten when a process ends


def test_questions_from_several_threads(tmp_path: Path) -> None:
    cached = CachedEncoder(LengthEncoder(), tmp_path)
    threads = [Thread(target=lambda: [cached.encode_query("q" * (n % 50)) for n in range(500)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cached.encode_query("qqq").tolist() == [3, -1]


@settings(max_examples=25)
@given(st.lists(st.lists(st.text(max_size=4), max_size=5), max_size=4))
def test_same_vectors_as_without_a_cache(tmp_path_factory: pytest.TempPathFactory, calls: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("vectors")
    for texts in calls:
        cached = CachedEncoder(LengthEncoder(), folder)
        assert np.array_equal(cached.encode_passages(texts), LengthEncoder().encode_passages(texts))
