"""Whose sector a question names only to say who asks."""

from __future__ import annotations

from datetime import date

import pytest
from dated_documents import vocabulary

from assistant.askers import sectors_of_asker
from assistant.understanding import understand

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Juriste en pharmacie, sur quel article reposent ces décrets ?", {"pharmacie"}),
        ("bonjour, comptable d'une pharmacie : quelle adresse pour joindre le guichet ?", {"pharmacie"}),
        ("Je suis ouvrier en pharmacie, à qui écrire ?", {"pharmacie"}),
        ("Pharmacie : à qui écrire ?", set()),
        ("Pour une pharmacie, à qui écrire ?", set()),
        ("En dehors des pharmacies, quels métiers sont aidés ?", set()),
        ("À qui écrit une pharmacie, et pourquoi ?", set()),
        ("Juriste en pharmacie, combien touche une pharmacie ?", set()),
        ("Juriste en pharmacie, quelle est la date limite ?", set()),
        ("Juriste en pharmacie, lot 2, à qui écrire ?", set()),
        ("Ouvrier en pharmacie, suis-je concerné ?", set()),
    ],
)
def test_the_sector_of_who_asks_is_told_from_the_one_asked_about(question: str, expected: set[str]) -> None:
    known = vocabulary()
    query = understand(question, after=(), day=DAY, vocabulary=known)
    assert {tag.id for tag in sectors_of_asker(query, known)} == expected
