"""Comparisons: which two terms are compared, and the answer on the default corpus."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.comparing import is_opposed, sides_of
from assistant.query import Query
from assistant.understanding import understand
from index.vocabulary import Vocabulary

FOLDER = Path(__file__).parents[2]


def asked(question: str, vocabulary: Vocabulary) -> Query:
    return understand(question, after=(), day=date(2026, 11, 23), vocabulary=vocabulary)


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("différence de périmètre entre la vague 2 et la vague 1", ("vague-2", "vague-1")),
        ("SUN-ES ou SONS, lequel choisir ?", ("sun-es", "sons")),
        ("compte rendu : envoi DMP vs envoi MSSanté ?", ("dmp", "mssante")),
        ("solde et avance, quelle différence ?", ("solde", "avance")),
        ("quelle différence avec la vague 1 ?", None),
    ],
)
def test_the_two_sides(question: str, sides: tuple[str, str] | None, vocabulary: Vocabulary) -> None:
    found = sides_of(asked(question, vocabulary), vocabulary)
    assert (found and tuple(tag.id for tag in found)) == sides


@pytest.mark.parametrize(
    ("question", "is_one"),
    [
        ("but de la vague 1 contre but de la vague 2 ?", True),
        ("périmètre vague 1 / vague 2", True),
        ("les vagues 1 et 2 du Ségur", False),
        ("que peut-on contre la fraude en vague 1 ?", False),
    ],
)
def test_what_opposes_without_a_word_for_it(question: str, is_one: bool, vocabulary: Vocabulary) -> None:
    assert is_opposed(asked(question, vocabulary), vocabulary) is is_one
