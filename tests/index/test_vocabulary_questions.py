"""The default vocabulary on the words of questions, and what serves every vocabulary: phrases apart, verbs, nouns."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.head_nouns import head_nouns
from index.records import Tag
from index.terms import Term
from index.vocabulary import Vocabulary
from index.vocabulary_file import terms_from


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load(Path(__file__).parents[2] / "corpus" / "vocabulary.toml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("maj segur V1", "segur-numerique vague-1"),
        ("première vague", "vague-1"),
        ("date pour le cabinet en première vague", "medecine-de-ville vague-1"),
        ("un cabinet de conseil, vague 1", "vague-1"),
        ("cabinet dentaire", "chirurgiens-dentistes"),
        ("cabinet de radio", "imagerie"),
        ("les kinés libéraux et nos infirmières", "infirmier masseur-kinesitherapeute"),
        ("le labo de ville", "biologie"),
        ("la ville de Paris", ""),
        ("les radios", "imagerie"),
        ("mon EHPAD", "esms"),
        ("une clinique ou le CHU", "etablissement-de-sante"),
        ("médecins hospitaliers", "etablissement-de-sante"),
        ("le logiciel métier", "lgc"),
        ("par mail sécurisé", "mssante"),
        ("le comité de suivi", "cosui"),
        ("volet continuité du programme cyber", "care care-domaine-2"),
        ("annuaires techniques", "care-domaine-1"),
        ("on commandait en juillet", "commande"),
        ("la version installée", "prestation"),
        ("déposer le solde", "solde"),
        ("le reste du paiement", "solde"),
        ("réclamer l'avance", "avance"),
        ("combien de temps à l'avance", ""),
        ("on est en avance", ""),
        ("pose du LGO", "lgo prestation"),
        ("la question se pose", ""),
        ("s'inscrire à l'ASP", "enrolement"),
        ("le dernier arrêté, à jour", ""),
        ("mise en conformité", ""),
        ("prestation sociale", ""),
        ("who pays the software vendor, the hospital?", "editeur hopital"),
    ],
)
def test_terms_of_questions(text: str, expected: str, vocabulary: Vocabulary) -> None:
    found = vocabulary.find(text, typing_errors=True)
    assert " ".join(sorted({tag.id for mention in found for tag in mention.tags})) == expected


def test_a_letter_that_touches_a_number_is_no_roman_numeral(vocabulary: Vocabulary) -> None:
    assert vocabulary.unknown_numbered("maj segur V1") == ()
    assert [tag.id for mention in vocabulary.find("vague II") for tag in mention.tags] == ["vague-2"]


def test_hospital_and_its_establishments_are_related(vocabulary: Vocabulary) -> None:
    assert vocabulary.related(Tag("lane", "hopital"), Tag("profession", "etablissement-de-sante"))


def test_a_phrase_may_mean_something_else() -> None:
    terms = terms_from(
        {"term": [{"id": "acompte", "kind": "milestone", "label": "Acompte", "not_in": ["acompte mensuel"]}]}, "test"
    )
    vocabulary = Vocabulary.from_terms(terms)
    assert vocabulary.find("l'acompte mensuel") == ()
    assert len(vocabulary.find("l'acompte mensuel, puis un acompte")) == 1


def test_nouns_that_open_the_names_of_a_kind() -> None:
    terms = (
        Term("a", "lane", "Rayon boulangerie"),
        Term("b", "lane", "Boucherie", ("rayon boucherie",)),
        Term("c", "software", "Outil", ("outil de caisse",)),
        Term("d", "software", "Outil de stock"),
    )
    assert head_nouns(terms) == {"rayon": "lane"}


def test_an_alias_that_says_what_somebody_does_names_no_kind() -> None:
    terms = (
        Term("a", "lane", "Classe A", ("moulins à vent",)),
        Term("b", "lane", "Classe B", ("moulins qui broient le grain", "moulins de rivière")),
    )
    assert head_nouns(terms) == {"class": "lane", "moulin": "lane"}
    assert head_nouns(terms, naming=True) == {"class": "lane"}


@pytest.mark.parametrize("verb", ["commandait", "commandaient", "commandera", "commandant", "commandez"])
def test_a_verb_is_known_in_its_commonest_forms(verb: str) -> None:
    vocabulary = Vocabulary.from_terms([Term("commande", "milestone", "Bon signé", ("commander",))])
    assert vocabulary.find(f"on {verb} en mai")
