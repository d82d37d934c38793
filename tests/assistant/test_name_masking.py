"""What leaves the machine holds no name, address or number of a person."""

from __future__ import annotations

import pytest

from assistant.name_masking import NAME, without_names

KNOWN = {
    "quelle", "est", "la", "date", "vague", "ségur", "marie", "ans", "dmp", "mon", "espace", "santé", "solde", "pour",
    "hôpital", "officine", "paris",
}  # fmt: skip


def knows(word: str) -> bool:
    return word.casefold() in KNOWN


@pytest.mark.parametrize(
    "text",
    [
        "Je m'appelle Jeanne Morvan, suis-je concernée ?",
        "je m’appelle jeanne morvan",
        "Mme Morvan veut savoir la date",
        "M. Yann Le Goff demande le solde",
        "le docteur Morvan est-il concerné ?",
        "Dr. Morvan : date du solde ?",
        "ma patiente Morvan a un DMP",
        "Quelle date pour Jeanne Morvan ?",
        "date du solde pour Jean-Marc Morvan",
        "Jeanne Morvan demande la date",
        "cordialement, Morvan",
        "MORVAN veut la date",
    ],
)
def test_names_are_masked(text: str) -> None:
    made = without_names(text, knows)
    assert "orvan" not in made.casefold()
    assert NAME in made


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("écrire à jeanne.morvan@exemple.fr svp", "morvan"),
        ("mon numéro 06 12 34 56 78", "34 56"),
        ("tél +33 6 12 34 56 78", "34 56"),
        ("NIR 2 85 05 78 006 084 36", "006"),
        ("RPPS 10001234567 concerné ?", "10001234567"),
    ],
)
def test_numbers_and_addresses_are_masked(text: str, gone: str) -> None:
    assert gone not in without_names(text, knows)


@pytest.mark.parametrize(
    "text",
    [
        "Quelle est la date du solde de la vague 1 ?",
        "Quand ferme le guichet du Ségur à l'hôpital ?",
        "Mon espace santé : c'est quoi ?",
        "Le DMP et l'ANS",
        "date limite au 14 décembre 2023 à 14 h ?",
        "Les 2 307 dossiers de 2024",
        "Suis-je concerné ? Quelle vague ?",
    ],
)
def test_what_asks_is_kept(text: str) -> None:
    assert without_names(text, knows) == text
