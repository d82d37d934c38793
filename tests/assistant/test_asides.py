"""Greetings, advice, other subjects and attempts to change the rules; and questions that only look like them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.understanding import understand
from index.vocabulary import Vocabulary

LABELLED = [
    tuple(part.strip() for part in line.split("|", 1))
    for line in (Path(__file__).parent / "asides.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
DAY = date(2026, 11, 23)


def test_enough_are_labelled_both_ways() -> None:
    about = sum(label == "-" for label, _ in LABELLED)
    assert about >= 40
    assert len(LABELLED) - about >= 40


@pytest.mark.parametrize(("label", "question"), LABELLED)
def test_what_is_none_of_its_business(label: str, question: str, vocabulary: Vocabulary) -> None:
    found = understand(question, after=(), day=DAY, vocabulary=vocabulary).aside
    assert (found or "-") == label


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Quelle est la hauteur de la tour Eiffel ?", "other"),
        ("asdf qsdf jklm", "other"),
        ("Quelle est la hauteur du solde ?", None),
        ("Quelle solution retenir ?", None),
        ("Quelle solution biscornue ?", None),
        ("Quelle solution le RGPD ou l'URSSAF préfèrent retenir ?", "other"),
    ],
)
def test_nothing_that_the_documents_know(question: str, expected: str | None, vocabulary: Vocabulary) -> None:
    held = {"solution", "retenir"}
    query = understand(question, after=(), day=DAY, vocabulary=vocabulary, knows=held.__contains__)
    assert query.aside == expected


def test_an_aside_is_no_turn_of_the_conversation(vocabulary: Vocabulary) -> None:
    query = understand(
        "et la biologie ?", after=["solde officine vague 1 ?", "merci !"], day=DAY, vocabulary=vocabulary
    )
    assert {tag.id for tag in query.tags} == {"biologie", "solde", "vague-1"}
