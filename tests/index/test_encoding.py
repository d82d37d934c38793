"""Models by name: a small encoder and a small cross-encoder are written to disk, and each is used. No network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_models import bert_parts, write_encoder

from index.encoding import load_encoder, load_reranker
from index.encoding_models import prefixes
from index.errors import ModelUnavailable

TEXTS = ("La date limite du solde.", "Qui paie la vague ?", "La date.")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def plain(models: Path) -> str:
    return write_encoder(models / "plain")


def test_encoder_from_a_folder(plain: str) -> None:
    encoder = load_encoder(plain)
    seen: list[int] = []
    vectors = encoder.encode_passages(TEXTS, progress=seen.append)
    assert encoder.dimension == 32
    assert vectors.shape == (3, 32)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[1], encoder.encode_passages([TEXTS[1]])[0], atol=1e-5)
    assert np.allclose(vectors[1], encoder.encode_query(TEXTS[1]), atol=1e-5)
    assert seen == [3]
    assert encoder.encode_passages([]).shape == (0, 32)
    assert np.isfinite(encoder.encode_query("\ud800 \0")).all()


def test_identity_follows_the_files(plain: str, models: Path) -> None:
    identity = load_encoder(plain).identity
    assert plain in identity
    assert "float32" in identity
    assert load_encoder(plain).identity == identity
    changed = write_encoder(models / "changed", prompts={"query": "query: "})
    assert load_encoder(changed).identity.removeprefix(changed) != identity.removeprefix(plain)


def test_prefixes_of_the_family_and_prompts_are_used(models: Path, plain: str) -> None:
    without = load_encoder(plain)
    by_name = load_encoder(write_encoder(models / "small-e5-french"))
    by_prompts = load_encoder(write_encoder(models / "prompted", prompts={"query": "qui ", "document": "la "}))
    text = "date limite"
    assert np.allclose(by_name.encode_query(text), without.encode_query(f"query: {text}"), atol=1e-5)
    assert np.allclose(by_name.encode_passages([text])[0], without.encode_query(f"passage: {text}"), atol=1e-5)
    assert np.allclose(by_prompts.encode_query(text), without.encode_query(f"qui {text}"), atol=1e-5)
    assert np.allclose(by_prompts.encode_passages([text])[0], without.encode_query(f"la {text}"), atol=1e-5)


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("intfloat/multilingual-e5-base", {}, ("query: ", "passage: ")),
        ("/models/e5-small/", {}, ("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", {}, ("", "")),
        ("BAAI/bge-m3", {}, ("", "")),
        ("some/core5-model", {}, ("", "")),
        ("intfloat/e5-base", {"query": "q ", "document": "d "}, ("q ", "d ")),
        ("other/model", {"query": "q ", "passage": "p ", "document": "d "}, ("q ", "p ")),
        ("other/model", {"query": None, "document": ""}, ("", "")),
    ],
)
def test_prefixes(name: str, prompts: dict[str, str | None], expected: tuple[str, str]) -> None:
    assert prefixes(name, prompts) == expected


def test_reranker_from_a_folder(models: Path) -> None:
    reranker = load_reranker(bert_parts(models / "reranker", 1))
    scores = reranker.scores("Qui paie ?", TEXTS)
    assert scores.shape == (3,)
    assert scores.dtype == np.float32
    assert ((scores > 0) & (scores < 1)).all()
    assert len(set(scores.tolist())) == 3
    assert np.allclose(scores[::-1], reranker.scores("Qui paie ?", TEXTS[::-1]), atol=1e-5)
    assert reranker.scores("Qui paie ?", []).shape == (0,)
    assert "reranker" in reranker.identity


def test_a_classifier_is_no_reranker(models: Path) -> None:
    with pytest.raises(ModelUnavailable, match="3 notes"):
        load_reranker(bert_parts(models / "classifier", 3))


@pytest.mark.parametrize("load", [load_encoder, load_reranker])
def test_missing_folder(load: Any, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="n'existe pas"):
        load(str(tmp_path / "absent"))


@pytest.mark.parametrize("load", [load_encoder, load_reranker])
def test_empty_folder(load: Any, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="ne se charge pas"):
        load(str(tmp_path))


def test_damaged_weights(models: Path) -> None:
    folder = write_encoder(models / "damaged")
    (weights,) = Path(folder).rglob("*.safetensors")
    weights.write_bytes(b"\0" * 100)
    with pytest.raises(ModelUnavailable, match="abîmé"):
        load_encoder(folder)


@pytest.mark.enable_socket
def test_unknown_name_without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants, hf_api

    # A port of this machine where nobody listens.
    monkeypatch.setattr(hf_api.api, "endpoint", "http://127.0.0.1:9")
    with pytest.raises(ModelUnavailable, match="ne peut pas être téléchargé"):
        load_encoder("someone/model")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelUnavailable, match="ne peut pas être téléchargé"):
        load_reranker("someone/model")


def test_importing_costs_nothing() -> None:
    code = (
        "import sys, index.encoding, index.encoding_models, index.vector_cache; heavy = {'torch', 'transformers',"
        "'sentence_transformers', 'chromadb', 'onnxruntime'}; print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
