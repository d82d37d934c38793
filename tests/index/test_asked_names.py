"""What people call terms in questions is replaced by the terms' own names, where it means one of them."""

from __future__ import annotations

import pytest

from index.errors import CorpusError
from index.vocabulary import Vocabulary
from index.vocabulary_file import terms_from

_TERMS = [
    {"id": "paie", "kind": "actor", "label": "Caisse du fleuve", "asked_as": ["organisme payeur"]},
    {"id": "solde", "kind": "milestone", "label": "Solde", "asked_as": ["reste de la somme", "dernier versement"]},
    {"id": "versement", "kind": "milestone", "label": "Versement"},
    {
        "id": "relais",
        "kind": "software",
        "label": "Relais d'images",
        "asked_as": [{"alias": "passerelle", "near": ["images", "clichés"]}, "boîtier"],
    },
    {"id": "borne", "kind": "software", "label": "Borne", "asked_as": ["boîtier"]},
]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.from_terms(terms_from({"term": _TERMS}, "test"))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Quand l'Organisme-payeur verse-t-il le reste de la somme ?",
            "Quand l'Caisse du fleuve verse-t-il le Solde ?",
        ),
        ("le dernier versement, c'est quand", "le Solde, c'est quand"),
        ("quel versement ?", "quel versement ?"),
        ("la passerelle qui partage les clichés", "la Relais d'images qui partage les clichés"),
        ("la passerelle du port", "la passerelle du port"),
        ("le boîtier", "le boîtier"),
        ("la Caisse du fleuve", "la Caisse du fleuve"),
    ],
)
def test_a_question_in_the_terms_own_names(question: str, expected: str, vocabulary: Vocabulary) -> None:
    assert vocabulary.in_own_names(question) == expected


def test_documents_are_not_read_so(vocabulary: Vocabulary) -> None:
    assert vocabulary.find("l'organisme payeur") == ()


def test_what_counts_beside_other_words_names_them() -> None:
    table = {"id": "a", "kind": "actor", "label": "A", "asked_as": [{"alias": "b"}]}
    with pytest.raises(CorpusError, match="asked_as"):
        terms_from({"term": [table]}, "test")
