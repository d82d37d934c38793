from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.keywords import K1, B, Keywords, _stems
from index.words import content_words, fold, passage_words, query_words

TEXTS = [
    "Le programme SUN-ES verse des forfaits d'usage.",
    "2 307 dossiers ont été déposés le 30 novembre 2022.",
    "La sage-femme utilise un logiciel de gestion de cabinet.",
    "Les référencements des éditeurs sont prolongés.",
]


def best(query: str, texts: list[str] = TEXTS) -> int | None:
    scores = Keywords.build(texts).scores(query)
    return int(scores.argmax()) if scores.max() > 0 else None


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("SUN-ES", 0),
        ("sunes", 0),
        ("SUN ES", 0),
        ("sun es", 0),
        ("forfait", 0),
        ("2307", 1),
        ("2 307", 1),
        ("2.307", 1),
        ("2\u202f307", 1),
        ("30/11/2022", 1),
        ("2022-11-30", 1),
        ("30 nov. 2022", 1),
        ("depose", 1),
        ("pièces déposées", 1),
        ("offre référencée, prolongée", 3),
        ("sage femme", 2),
        ("sagefemme", 2),
        ("SAGES-FEMMES", 2),
        ("referencement editeur", 3),
        ("l'éditeur", 3),
    ],
)
def test_spellings_of_one_thing_find_the_same_passage(query: str, row: int) -> None:
    assert best(query) == row


@pytest.mark.parametrize("query", ["", "   ", "quelle est la", "🙂", "Ελλάδα", "\x00\x1f"])
def test_a_question_without_a_known_word_scores_nothing(query: str) -> None:
    assert best(query) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("HospiConnect", "Hospi connect"),
        ("vague2", "la vague 2"),
        ("Hop'en 2", "HOP’EN2"),
        ("e-prescription", "eprescription"),
    ],
)
def test_words_typed_together_or_apart_meet(typed: str, found: str) -> None:
    assert set(query_words(typed)) & set(passage_words(found))


def test_an_acronym_in_capitals_is_no_stop_word() -> None:
    assert "mes" in passage_words("Mon espace santé (MES)")
    assert "mes" not in passage_words("mes données")


def test_a_sentence_in_capitals_has_no_acronyms() -> None:
    assert content_words("QUELLE EST LA DATE DU SOLDE") == ["date", "solde"]


def test_days_with_a_point_need_a_year() -> None:
    assert "10-12" not in passage_words("version 12.10")
    assert "2023-10-12" in passage_words("le 12.10.2023")


def test_coverage_is_the_share_of_the_question_by_rarity() -> None:
    keywords = Keywords.build(["vague un", "vague deux", "vague trois"])
    rarities = keywords.rarities("vague deux")
    share = rarities["vagu"] / sum(rarities.values())
    match = keywords.match("vague deux")
    assert match.coverage.tolist() == pytest.approx([share, 1.0, share])
    assert match.pairs.argmax() == 1
    assert keywords.match("inconnu").coverage.tolist() == [0.0, 0.0, 0.0]


def test_scores_are_those_of_bm25s(tmp_path: Path) -> None:
    import bm25s

    keywords = Keywords.build(TEXTS)
    keywords.save(tmp_path)
    opened = Keywords.open(tmp_path)
    stems = [opened.stems_of(row) for row in range(len(TEXTS))]
    peer = bm25s.BM25(k1=K1, b=B, method="lucene")
    peer.index(stems, show_progress=False)
    for query in ("dossiers déposés en novembre", "logiciel de la sage-femme"):
        wanted = [stem for stem in _stems(opened.stemmer, query_words(query)) if stem in peer.vocab_dict]
        assert np.allclose(opened.scores(query), peer.get_scores(list(dict.fromkeys(wanted))), atol=1e-6)


def test_an_index_of_nothing_opens(tmp_path: Path) -> None:
    Keywords.build([]).save(tmp_path)
    assert Keywords.open(tmp_path).scores("vague").shape == (0,)


def test_known_stems_are_not_made_again(tmp_path: Path) -> None:
    Keywords.build(TEXTS).save(tmp_path)
    earlier = Keywords.open(tmp_path)
    rows = {text: row for row, text in enumerate(TEXTS)}
    texts = [TEXTS[2], "Un texte nouveau.", TEXTS[0]]
    again = Keywords.build(texts, known=lambda text: earlier.stems_of(rows[text]) if text in rows else None)
    fresh = Keywords.build(texts)
    assert again.words.words == fresh.words.words
    assert np.array_equal(again.pairs.weights, fresh.pairs.weights)


def test_a_truncated_file_is_an_error(tmp_path: Path) -> None:
    Keywords.build(TEXTS).save(tmp_path)
    weights = tmp_path / "words.weights.npy"
    weights.write_bytes(weights.read_bytes()[:-4])
    with pytest.raises(ValueError, match="truncated"):
        Keywords.open(tmp_path)


def test_asking_imports_neither_bm25s_nor_scipy_nor_chromadb() -> None:
    heavy = ("bm25s", "scipy", "numba", "pandas", "chromadb", "torch", "langchain_core")
    code = f"import sys, index.searching, index.holding; print([m for m in {heavy} if m in sys.modules])"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_indexed_and_asked(text: str) -> None:
    scores = Keywords.build([text, "autre"]).scores(text)
    assert scores.shape == (2,)
    assert np.all(np.isfinite(scores))
    assert np.all(scores >= 0)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="abcéèàçœ 'ÀÉ-0123456789/.,", max_size=60))
def test_accents_and_case_never_matter(text: str) -> None:
    assert query_words(fold(text).casefold()) == query_words(text.casefold())


def test_the_passages_that_hold_every_word():
    keywords = Keywords.build(["le solde et l'avance", "le solde", "l'avance", "rien de cela"])
    solde, avance = keywords.stems("solde")[0], keywords.stems("avance")[0]
    assert keywords.words.holding([solde]).tolist() == [0, 1]
    assert keywords.words.holding([solde, avance]).tolist() == [0]
    assert keywords.words.holding([solde, "inconnu"]).tolist() == []
    assert keywords.words.holding([]).tolist() == []
