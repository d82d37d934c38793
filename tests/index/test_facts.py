"""Sums and meanings: what they are of, and which replaces which."""

from __future__ import annotations

from decimal import Decimal

import pytest
from dated_documents import ONE, SUN, info, prose, row, vocabulary

from index.amounts import amounts_of, whole_amount
from index.attribution import TermReader
from index.facts import collect
from index.meanings import is_same_meaning, meanings_of
from index.records import Fact, Passage


def facts(*told: tuple[Passage, str, int]) -> dict[str, Fact]:
    """The facts of documents given with their day and authority, by document."""
    documents = {one.document_id: info(one.document_id, day or None, authority=rank) for one, day, rank in told}
    found = collect([one for one, _, _ in told], documents, TermReader(vocabulary()))
    return {fact.document_id: fact for fact in found}


OLD = prose("ancien", "Le budget annoncé pour Usage+ est de 600 M€ de 2021 à 2025.")
NEW = prose("neuf", "Le programme Usage+ dispose de 630 millions d'euros.")


def test_the_later_of_equal_authority_replaces() -> None:
    found = facts((OLD, "2022", 4), (NEW, "2024", 4))
    assert found["ancien"].status == "replaced"
    assert found["ancien"].replaced_by == found["neuf"].id
    assert (found["neuf"].status, found["neuf"].value, found["neuf"].about) == ("in_force", "630000000", (SUN,))


@pytest.mark.parametrize(("day", "authority"), [("2024", 6), ("2022", 4), ("", 1)])
def test_a_weaker_or_undated_or_not_later_source_contradicts(day: str, authority: int) -> None:
    found = facts((OLD, "2022", 4), (NEW, day, authority))
    assert {fact.status for fact in found.values()} == {"conflict"}
    assert found["ancien"].conflicts_with == (found["neuf"].id,)


@pytest.mark.parametrize(
    "text",
    [
        "L'enveloppe de 2024 pour Usage+ est de 87 millions d'euros.",  # one year is not the whole
        "Le programme Équip dispose de 630 millions d'euros.",  # another programme
        "Usage+ dispose de 210 M€, dont 158 M€ pour la Fenêtre 1.",  # several sums
        "Le coût de Usage+ est de 630 M€.",  # not the same kind of sum
        "Le budget de Usage+ est d'environ 600 M€.",  # the same in round figures
    ],
)
def test_what_is_not_said_of_the_same_thing_stands_beside_it(text: str) -> None:
    assert facts((OLD, "2022", 4), (prose("neuf", text), "2024", 4))["ancien"].status == "in_force"


def test_a_row_without_a_word_for_it_is_what_the_same_sum_is_elsewhere() -> None:
    silent = row("rangee", ("Programme entier", "2021-2025", "600 M€"), ("Phase de Usage+", "Années", "À retenir"))
    found = facts((OLD, "2022", 4), (silent, "2022", 5), (NEW, "2024", 4))
    assert found["rangee"].replaced_by == found["neuf"].id


def test_the_subject_is_the_sentences_else_the_nearest_headings() -> None:
    told = prose("lot", "Plus de 150 millions d'euros y ont été consacrés.", headings=("Usage+", "Le lot 1"))
    assert facts((told, "2022", 4))["lot"].about == (ONE,)


def test_a_meaning_replaces_another_and_agrees_with_its_plural() -> None:
    old = prose(
        "ancien", "Un outil, la DRIM, présentée ce jour-là comme la « diffusion des images médicales », arrive."
    )
    new = prose("neuf", "DRIM signifie Données de radiologie et d'imagerie médicale.")
    same = prose("meme", "Les données de radiologie et d'imagerie médicales (DRIM) sont partagées.")
    found = facts((old, "2023", 6), (new, "2024", 3), (same, "2025", 6))
    assert [found[name].status for name in ("ancien", "neuf", "meme")] == ["replaced", "in_force", "in_force"]


def test_meanings_are_read_where_a_text_spells_them_out() -> None:
    assert dict(meanings_of("Le dossier médical partagé (DMP) est là.")) == {"DMP": "dossier médical partagé"}
    assert not dict(meanings_of("La DRIM est un outil."))
    assert is_same_meaning("dossier médical partagé", "dossiers médicaux partagés")
    assert not is_same_meaning("diffusion des images médicales", "données de radiologie et d'imagerie")


def test_sums_are_read_in_every_spelling() -> None:
    texts = ("2 milliards d'euros", "2 000 000 000 €", "2 Md€", "2000 M€")
    assert {amounts_of(text) for text in texts} == {frozenset({Decimal(2_000_000_000).normalize()})}
    assert amounts_of("tantôt 600 tantôt 630 millions") == {Decimal("6E+8"), Decimal("6.3E+8")}
    assert not amounts_of("la vague 2, l'article 1111, 2 millions de documents")
    amount = whole_amount("Le budget est de 250 M€ jusqu'en 2025.", "jusqu'en 2025")
    assert amount is not None
    assert amount.period == "→2025"


def test_two_things_of_one_acronym_do_not_replace_each_other() -> None:
    one = prose("foire", "Le comité des abeilles noires (CAN) compte douze ruchers.")
    other = prose("atelier", "La charte annuelle de nettoyage (CAN) est signée en mars.")
    found = facts((one, "2022", 4), (other, "2024", 4))
    assert {fact.status for fact in found.values()} == {"in_force"}
    assert {fact.acronym for fact in found.values()} == {"CAN"}
