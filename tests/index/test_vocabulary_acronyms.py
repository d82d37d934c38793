"""Acronyms that documents expand themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.acronyms import learn_acronyms
from index.vocabulary import Term, Vocabulary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le dossier médical partagé (DMP) est…", {"DMP": "dossier médical partagé"}),
        ("Le DMP (dossier médical partagé) est…", {"DMP": "dossier médical partagé"}),
        ("un accueil. Répertoire national de l'offre (« RNO »)", {"RNO": "Répertoire national de l'offre"}),
        ("l’identité nationale de santé (INS, en bref)", {"INS": "identité nationale de santé"}),
        ("la messagerie sécurisée de santé (MSSanté)", {"MSSanté": "messagerie sécurisée de santé"}),
        ("Usage numérique en établissements (UN-E)", {"UN-E": "Usage numérique en établissements"}),
        ("le sigle DMP (trois lettres)", {}),
        ("un établissement de Lyon (ARS)", {}),
        ("le marché public (2024)", {}),
        ("rien. Fin de phrase médicale. Partagé (DMP)", {}),
        (
            "le DMP (dossier médical partagé), autrement dit dossier du malade patient (DMP)",
            {"DMP": "dossier médical partagé"},
        ),
    ],
)
def test_expansions_are_learned_when_the_initials_agree(text: str, expected: dict[str, str]) -> None:
    assert learn_acronyms(text) == expected


@given(st.text(max_size=120))
@settings(max_examples=100, deadline=None)
def test_nothing_is_learned_that_the_text_does_not_hold(text: str) -> None:
    spaced = " ".join(text.split())
    for acronym, expansion in learn_acronyms(text).items():
        assert acronym in text
        assert expansion in spaced


@given(st.lists(st.sampled_from(["lumière", "scène", "atelier", "région", "nord"]), min_size=2, max_size=5))
def test_initials_of_any_words_are_learned(words: list[str]) -> None:
    acronym = "".join(word[0] for word in words).upper()
    learned = learn_acronyms(f"Voici le {' '.join(words)} ({acronym}).")
    assert learned[acronym].endswith(words[-1])


def test_learned_acronyms_join_the_terms_or_stay_apart() -> None:
    vocabulary = Vocabulary.from_terms([Term("tr", "service", "Trace régionale"), Term("gl", "service", "GL")])
    richer = vocabulary.with_acronyms({"TR": "trace régionale", "GL": "grande lumière", "CLO": "comité local"})
    assert [m.tags[0].id for m in richer.find("la TR et la grande lumière")] == ["tr", "gl"]
    assert richer.acronyms == {"CLO": "comité local"}
    assert richer.expand("le CLO") == "le CLO (comité local)"
    assert vocabulary.find("la TR") == ()
