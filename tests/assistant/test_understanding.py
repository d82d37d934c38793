"""What a question names, what it asks a list of, and the words that no document holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.query import Query
from assistant.understanding import understand, understood
from index.vocabulary import Vocabulary

DAY = date(2026, 11, 23)
FOLDER = Path(__file__).parents[2]
HELD = frozenset("quelle date limite versement guichet ouvre ferme couloir prestation".split())  # noqa: SIM905


def asked(question: str, vocabulary: Vocabulary) -> Query:
    return understand(question, after=(), day=DAY, vocabulary=vocabulary, knows=HELD.__contains__)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("quelles professions en vague 2 ?", "profession"),
        ("quels paramédicaux sont dans la vague 2 ?", "profession"),
        ("qui est concerné par la vague 2 ?", "profession"),
        ("liste des couloirs", "lane"),
        ("quels sont les différents logiciels de la vague 1", "software"),
        ("quels acteurs pilotent le programme", "actor"),
        ("quels sont les objectifs de la vague 2 ?", None),
        ("quelles conditions pour SUN-ES", None),
        ("quand ouvre le couloir imagerie ?", None),
    ],
)
def test_what_a_list_is_wanted_of(question: str, kind: str | None, vocabulary: Vocabulary) -> None:
    assert asked(question, vocabulary).list_of == kind


@pytest.mark.parametrize(
    ("question", "kind"), [("Quelles filières au lot 2 ?", "lane"), ("liste des lots", "wave"), ("les sessions", None)]
)
def test_a_list_in_another_programme(question: str, kind: str | None, other_vocabulary: Vocabulary) -> None:
    assert asked(question, other_vocabulary).list_of == kind


def test_words_that_no_document_holds(vocabulary: Vocabulary) -> None:
    query = asked("quelle date de versement de la DRIMbox chez Softway, TVA et mycologie ?", vocabulary)
    assert query.foreign_words == ("softway", "tva", "mycologie")
    assert query.foreign_names == ("softway", "tva")


def test_everyday_words_and_words_that_ask_are_not_foreign(vocabulary: Vocabulary) -> None:
    assert asked("combien de jours pour le solde, quel pourcentage, svp ?", vocabulary).foreign_words == ()


def test_english_words_are_not_foreign(vocabulary: Vocabulary) -> None:
    query = asked("When is the deadline for the hospitals in wave 1?", vocabulary)
    assert query.is_english
    assert query.foreign_words == ()
    assert {tag.id for tag in query.tags} == {"hopital", "vague-1"}


@pytest.mark.parametrize("name", ["couloir vétérinaire", "couloir des ambulances"])
def test_a_kind_with_a_name_that_nobody_knows(name: str, vocabulary: Vocabulary) -> None:
    query = asked(f"Quand ouvre le {name} ?", vocabulary)
    assert [(unknown.kind, unknown.text) for unknown in query.unknown] == [("lane", name)]


def test_a_kind_with_a_known_name_is_none(vocabulary: Vocabulary) -> None:
    assert asked("Quand ouvre le couloir imagerie ?", vocabulary).unknown == ()
    assert asked("Quand ferme le couloir ?", vocabulary).unknown == ()


def test_what_was_understood_is_shown_in_order(vocabulary: Vocabulary) -> None:
    query = understand("et la biologie ?", after=["solde officine vague 1"], day=DAY, vocabulary=vocabulary)
    shown = [(one.id, one.inherited) for one in understood(query, vocabulary)]
    assert shown == [("biologie", False), ("solde", True), ("vague-1", True)]


def test_two_readings_are_kept_apart(vocabulary: Vocabulary) -> None:
    query = asked("logiciel pour ortho en vague 2", vocabulary)
    assert [{tag.id for tag in tags} for tags in query.alternatives] == [{"orthophoniste", "orthoptiste"}]


def test_a_typing_error_is_mended_in_the_wording(vocabulary: Vocabulary) -> None:
    assert asked("qd le solde de la vauge 1 ?", vocabulary).text == "quand le solde de la vague 1 ?"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Quels outils arrivent en vague 2, absents de la vague 1 ?", "Quels outils arrivent en vague 2, nouveaux ?"),
        (
            "Les logiciels financés en V2 qui n'existaient tout simplement pas en V1 ?",
            "Les logiciels financés en V2, nouveaux ?",
        ),
        (
            "Les dates de la vague 1 ne sont pas celles de la vague 2 ?",
            "Les dates de la vague 1 ne sont pas celles de la vague 2 ?",
        ),
    ],
)
def test_what_an_earlier_wave_did_not_have_is_new(question: str, text: str, vocabulary: Vocabulary) -> None:
    assert understand(question, after=(), day=DAY, vocabulary=vocabulary).text == text
