"""Figures that a later text changes, and those that only look so. Invented words."""

from __future__ import annotations

import pytest
from dated_documents import info, prose, row

from index.amended_figures import collect, figures_of
from index.attribution import TermReader
from index.records import Fact, Passage
from index.terms import Term
from index.vocabulary import Vocabulary

READER = TermReader(
    Vocabulary.from_terms(
        (Term("haies", "lane", "Haies"), Term("mares", "lane", "Mares"), Term("buses", "lane", "Buses"))
    )
)
BASE = prose("base", "Le taux du prêt est de 30 % pour les haies et de 45 % pour les mares. Le délai est de deux mois.")


def changed(later: str, *, base: Passage = BASE, base_day: str = "2023-05-24", day: str = "2024-05-24") -> list[Fact]:
    later_one = prose("later", later)
    known = {"base": info("base", base_day), "later": info("later", day)}
    return list(collect((base, later_one), known, READER))


@pytest.mark.parametrize(
    ("later", "old", "new"),
    [
        ("Le taux de 30 % prévu pour les haies est remplacé par le taux de 35 %.", "30 %", "35 %"),
        ("Le taux du prêt pour les haies passe de 30 % à 35 %.", "30 %", "35 %"),
        ("Le taux du prêt pour les mares est porté à 50 %.", "45 %", "50 %"),
        ("Les mots « 30 % pour les haies » sont remplacés par les mots « 32 % pour les haies ».", "30 %", "32 %"),
        ("Le taux est de 50 % pour les mares, au lieu de 45 %.", "45 %", "50 %"),
        ("Le délai est porté à trois mois.", "deux mois", "trois mois"),
    ],
)
def test_the_former_figure_is_replaced_by_the_new_one(later: str, old: str, new: str) -> None:
    found = changed(later)
    assert {one.value: one.status for one in found} == {old: "replaced", new: "in_force"}
    (former,) = (one for one in found if one.status == "replaced")
    (newer,) = (one for one in found if one.status == "in_force")
    assert (former.document_id, former.replaced_by, newer.document_id) == ("base", newer.id, "later")


@pytest.mark.parametrize(
    "later",
    [
        "Le taux du prêt pour les haies serait porté à 35 %.",
        "Le taux du prêt pour les buses est porté à 35 %.",
        "Le taux de 30 % prévu pour les mares est remplacé par le taux de 35 %.",
        "La remise des haies est portée à 12 %.",
        "Elle est portée à 50 % pour les communes rurales.",
        "Le délai est porté à trois mois pour les îles.",
        "Les mots « 30 % des buses neuves » sont remplacés par les mots « 32 % des buses neuves ».",
        "Le taux du prêt est de 30 % pour les haies.",
        "Le taux de réussite des haies est de 61 %, contre 30 % auparavant.",
    ],
)
def test_a_wish_another_sector_or_another_thing_changes_nothing(later: str) -> None:
    assert changed(later) == []


def test_the_article_that_is_cited_is_changed() -> None:
    later = "À l'article 7, les mots : « 30 % » sont remplacés par les mots : « 35 % »."
    texts = {heading: prose("base", "Elle couvre 30 % du coût.", headings=("Texte", heading)) for heading in
             ("Article 7", "Article 9", "Montants")}  # fmt: skip
    assert {one.value for one in changed(later, base=texts["Article 7"])} == {"30 %", "35 %"}
    assert changed(later, base=texts["Article 9"]) == []
    assert changed(later, base=texts["Montants"]) == []


def test_an_older_text_changes_nothing() -> None:
    assert changed("Le taux du prêt pour les haies passe de 30 % à 35 %.", day="2022-01-01") == []


def test_a_row_is_changed_too() -> None:
    cells = row("base", ("Haies", "30 %"), ("Prêt", "Taux"))
    found = changed("Le taux du prêt pour les haies passe de 30 % à 35 %.", base=cells)
    assert [one.value for one in found if one.status == "replaced"] == ["30 %"]


def test_figures_in_one_spelling() -> None:
    text = "1 200 euros, 12 %, 12 pour cent, trois mois, 2,5 millions d'euros, le 3 mai"
    assert [(one.number, one.unit) for one in figures_of(text)] == [
        ("1200", "€"), ("12", "%"), ("12", "%"), ("3", "mois"), ("2.5", "m€"),
    ]  # fmt: skip
