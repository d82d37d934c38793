"""The vocabulary of the default corpus: what people type, and what must never be mistaken."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.records import Tag
from index.vocabulary import Vocabulary

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load(CORPUS / "vocabulary.toml")


def ids(vocabulary: Vocabulary, text: str) -> list[str]:
    return ["|".join(tag.id for tag in m.tags) for m in vocabulary.find(text, typing_errors=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date limite solde vague 1", ["solde", "vague-1"]),
        ("V2 v 2 vague2 va2 « vague n° 2 » 2e vague", ["vague-2"] * 6),
        ("deuxième vague, 2ème vague, seconde vague", ["vague-2"] * 3),
        ("les deux vagues", ["vague-1", "vague-2"]),
        ("SUN ES, sunes, SUN-ES, Sun'es", ["sun-es"] * 4),
        ("hop en 2 et hopen2", ["hopen-2", "hopen-2"]),
        ("chirugien dentiste", ["chirurgien-dentiste"]),
        ("je suis dentiste", ["chirurgien-dentiste"]),
        ("kiné ou kine", ["masseur-kinesitherapeute"] * 2),
        ("IDEL, infirmière libérale", ["infirmier"] * 2),
        ("mon labo, ma radio, ma pharmacie", ["biologie", "imagerie", "officine"]),
        ("segur numerrique", ["segur-numerique"]),
        ("ofissine vage 2", ["officine", "vague-2"]),
        ("mail sécurisé", ["mssante"]),
        ("quand commander et installer ?", ["commande", "prestation"]),
        ("demander le solde", ["solde"]),
        ("fenêtre 4 et phase 2", ["sun-es-fenetre-4", "hopen-2-phase-2"]),
        ("MS2 et D1", ["ms2", "care-domaine-1"]),
        ("D1 bis", ["care-domaine-1-bis"]),
        ("ortho", ["orthophoniste|orthoptiste"]),
        ("HL7 v2", ["hl7-v2"]),
        ("une idée à mes amis : ce care va bien", []),
        ("5 ans après", []),
        ("RI, RIS et DUI", ["ri", "ris", "dui"]),
        ("la signature de la VA", ["verification-aptitude"]),
        ("quels sont les sons", []),
        ("le programme SONS", ["sons"]),
        ("guichet care", ["care"]),
    ],
)
def test_what_people_type(vocabulary: Vocabulary, text: str, expected: list[str]) -> None:
    assert ids(vocabulary, text) == expected


@pytest.mark.parametrize(
    "text", ["vague 1bis", "vague 1 bis", "phase 2", "fenêtre 4", "MS2", "D1", "vague 3", "V3", "12"]
)
def test_never_wave_one_or_two(vocabulary: Vocabulary, text: str) -> None:
    assert not [name for name in ids(vocabulary, text) if name.startswith("vague")]


@pytest.mark.parametrize(
    "text", ["vague 3", "troisième vague", "vague 1bis", "V3", "domaine 9", "fenêtre 7", "phase 5"]
)
def test_numbers_nobody_knows(vocabulary: Vocabulary, text: str) -> None:
    (unknown,) = vocabulary.unknown_numbered(f"quelle date pour la {text} ?")
    assert unknown.text == text


def test_professions_lead_to_their_software(vocabulary: Vocabulary) -> None:
    (dentist,) = vocabulary.find("dentiste")
    lane = Tag("lane", "chirurgiens-dentistes")
    assert lane in vocabulary.belonging(dentist.tags[0])
    assert Tag("software", "lgc-chirurgiens-dentistes") in vocabulary.members(lane)
    (ehpad,) = vocabulary.find("EHPAD")
    assert vocabulary.related(ehpad.tags[0], Tag("software", "dui"))
    assert vocabulary.conflicts(ehpad.tags[0], Tag("software", "dpi"))


def test_every_profession_and_software_of_a_lane_is_in_one(vocabulary: Vocabulary) -> None:
    for profession in vocabulary.terms_of("profession"):
        assert [tag for tag in profession.within if tag.kind == "lane"]
    for part in vocabulary.terms_of("part"):
        assert [tag for tag in vocabulary.belonging(part.tag) if tag.kind == "programme"]
    assert len(vocabulary.terms) >= 140


def test_every_label_names_its_term(vocabulary: Vocabulary) -> None:
    for term in vocabulary.terms:
        found = [m for m in vocabulary.find(term.label) if m.text == term.label]
        assert found, term.id
        assert term.tag in found[0].tags
        assert not [m for m in vocabulary.find(term.label, typing_errors=True) if not m.is_exact], term.id


def test_nothing_is_mended_in_plain_french(vocabulary: Vocabulary) -> None:
    text = (
        "Quel est le prix d'une maison à la campagne ? Je voudrais savoir combien coûte la rénovation d'un logement, "
        "qui décide des travaux, et si les voisins doivent donner leur accord avant le début du chantier."
    )
    assert vocabulary.find(text, typing_errors=True) == ()
    assert vocabulary.correct(text) == text
