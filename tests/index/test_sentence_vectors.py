from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from fakes import LetterEncoder, letters

from index.records import Passage
from index.sentence_vectors import SentenceVectors, encoded_texts, sentence_texts
from index.splitting import sentence_spans

LONE = "Le guichet est clos."
LONG = "Les dossiers que les établissements ont déposés attendent chez les agences régionales, qui les lisent un à un."
LONGER = LONG[:-1] + ", puis disent à chacun ce qui y manque encore et jusqu'à quel jour il peut l'envoyer."
LAST = "Le solde suit toujours, mais il ne suit que si tout ce que l'agence avait demandé a été envoyé, puis relu."
THREE = f"{LONG} {LONGER} {LAST}"


def prose(text: str, *, headings: Sequence[str] = ("Calendrier", "Vague 1", "Solde")) -> Passage:
    spans = tuple(sentence_spans(text, 0, len(text)))
    return Passage("", "", "prose", None, 0, len(text), text, tuple(headings), spans, (), (), (), ())


def encoded(*passages: Passage) -> SentenceVectors:
    vectors = LetterEncoder().encode_passages(encoded_texts(passages)).astype(np.float16)
    return SentenceVectors.of(passages, vectors)


def test_sentences_are_encoded_after_their_nearest_headings_and_a_lone_one_as_it_is_searched() -> None:
    assert sentence_texts(prose(THREE))[:2] == (f"Vague 1 › Solde : {LONG}", f"Vague 1 › Solde : {LONGER}")
    assert sentence_texts(prose(LONE)) == (prose(LONE).searchable,)


def test_short_sentences_share_a_run_with_a_neighbour_and_its_cosine() -> None:
    begins, ends = prose(f"{LONE} {LONG} {LONGER}"), prose(f"{LONG} {LONGER} {LONE}")
    assert sentence_texts(begins) == (f"Vague 1 › Solde : {LONE} {LONG}", f"Vague 1 › Solde : {LONGER}")
    assert sentence_texts(ends) == (f"Vague 1 › Solde : {LONG}", f"Vague 1 › Solde : {LONGER} {LONE}")
    assert sentence_texts(prose(f"{LONE} Un solde suit.")) == (prose(f"{LONE} Un solde suit.").searchable,)
    first, second, third = encoded(begins).cosines(0, begins, letters("agences"))
    assert first == second != third
    first, second, third = encoded(ends).cosines(0, ends, letters("agences"))
    assert first != second == third


def test_each_passage_has_its_own_sentences() -> None:
    passages = prose(LONE), prose(THREE)
    vectors, asked = encoded(*passages), letters("agences régionales")
    expected = [[float(letters(text) @ asked) for text in sentence_texts(passage)] for passage in passages]
    for row in (0, 1):
        assert vectors.cosines(row, passages[row], asked) == pytest.approx(expected[row], abs=1e-3)
    rows = np.array([1, 0, 1])
    assert vectors.best(rows, asked) == pytest.approx([max(expected[row]) for row in rows], abs=1e-3)
    assert len(vectors.best(rows[:0], asked)) == 0


def test_the_vector_of_a_passage_depends_on_its_own_sentences_alone() -> None:
    alone, among = encoded(prose(THREE)), encoded(prose(LONE), prose(THREE))
    vector = alone.of_passages([prose(THREE)])[0]
    assert np.array_equal(among.of_passages([prose(LONE), prose(THREE)])[1], vector)
    assert np.linalg.norm(vector) == pytest.approx(1)


def test_the_longer_a_sentence_the_more_it_counts() -> None:
    vectors = encoded(prose(THREE))
    towards = vectors.of_passages([prose(THREE)])[0]
    common = vectors.vectors[3:].astype(np.float32).mean(axis=0)
    own = [vector.astype(np.float32) - common for vector in vectors.of_sentences]
    nearness = [float(towards @ vector / np.linalg.norm(vector)) for vector in own]
    assert nearness[1] == max(nearness)


def test_a_corpus_without_passages_has_no_vectors() -> None:
    nothing = encoded()
    assert nothing.of_passages(()).shape == (0, 26)
    assert len(nothing.of_sentences) == 0
