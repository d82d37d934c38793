"""Two dates asked for at once, the step after another, and how far a date was moved: on the documents that ship."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering import Assistant

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Combien de jours entre la commande et le solde du DUI en vague 1 ?",
            ("28 février 2024", "19 décembre 2024", "295 jours après le 28 février 2024"),
        ),
        (
            "Vague 1 : qui devait demander le solde en premier, le LGO ou le RIS ?",
            ("28 avril 2023", "14 décembre 2023"),
        ),
        ("DRIMbox : quelle étape vient après le dossier de conformité ? l'échéance suivante", ("16/09/2026",)),
        ("DRIMbox : l'étape d'avant le dossier de conformité, c'était quand ?", ("10/09/2025",)),
        ("De combien a-t-on repoussé la déclaration du domaine 1 de CaRE ?", ("30 juin 2025", "28 mars 2025")),
        ("Dates de candidature du domaine 1 de CaRE, de quand à quand ?", ("18 mars", "19 avril 2024")),
        ("Et la toute dernière fenêtre de SUN-ES, c'était quand ?", ("avril 2023",)),
        ("Quand finit la deuxième étape de HOP'EN 2 ?", ("2028",)),
        ("jusqu'à quand réclamer le reste de la somme, passerelle d'images ?", ("15/12/2027",)),
    ],
)
def test_dates_that_several_words_ask_for(question: str, said: tuple[str, ...], default_assistant: Assistant) -> None:
    answer = default_assistant.answer(question, day=DAY)
    assert answer.outcome in ("answered", "partial")
    assert all(one in answer.text for one in said), answer.text


def test_two_prices_are_no_two_dates(default_assistant: Assistant) -> None:
    answer = default_assistant.answer("Quel écart entre la prestation V2 et la prestation V1+V2 ?", day=DAY)
    assert "jours après" not in answer.text
