"""A question is read without what greets, thanks and signs around it."""

from __future__ import annotations

import pytest

from assistant.letters import without_courtesy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bonjour, c'est quand ? Merci d'avance. Anna B.", "c'est quand ?"),
        ("Chère équipe, je cherche un lot. Lequel est-ce ? Bien à vous, Mme R.", "je cherche un lot. Lequel est-ce ?"),
        ("Madame, Monsieur, qui paie ?", "Monsieur, qui paie ?"),
        ("Quand ? Merci au guichet du port qui me l'a demandé trois fois hier matin encore.", None),
        ("Merci de donner la date du solde", None),
        ("Bonjour", None),
        ("date du solde", None),
    ],
)
def test_courtesy_is_left_out(text: str, expected: str | None) -> None:
    assert without_courtesy(text) == (expected or text)
