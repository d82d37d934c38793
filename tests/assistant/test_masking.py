"""What is masked before it is stored, and what only looks like a personal number."""

from __future__ import annotations

import pytest
from exchange_maker import exchange
from hypothesis import given
from hypothesis import strategies as st

from assistant.masking import mask, masked


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("appelez le 06 12 34 56 78 svp", "appelez le [téléphone masqué] svp"),
        ("0612345678", "[téléphone masqué]"),
        ("06.12.34.56.78 ou 06-12-34-56-78", "[téléphone masqué] ou [téléphone masqué]"),
        ("+33 6 12 34 56 78", "[téléphone masqué]"),
        ("+33 (0)6 12 34 56 78", "[téléphone masqué]"),
        ("0033612345678", "[téléphone masqué]"),
        ("07 – 00 – 11 – 22 – 33", "[téléphone masqué]"),
        ("06\u00a012\u202f34 56 78", "[téléphone masqué]"),
        ("nir 1 84 12 75 123 456 78", "nir [numéro de sécurité sociale masqué]"),
        ("184127512345678", "[numéro de sécurité sociale masqué]"),
        ("2 84 12 2A 123 456", "[numéro de sécurité sociale masqué]"),
        ("rpps 10001234567, adeli 759312345", "rpps [numéro masqué], adeli [numéro masqué]"),
        ("finess 750712184 et 2A0000014", "finess [numéro masqué] et [numéro masqué]"),
        ("siret 123 456 789 00012", "siret [numéro masqué]"),
        ("jeanne.d'arc@chu-lille.fr", "jeanne.d'[courriel masqué]"),
        ("a.b@chu.fr, a.b (at) chu.fr", "[courriel masqué], [courriel masqué]"),
        ("FR76 3000 6000 0112 3456 7890 189", "[IBAN masqué]"),
        ("fr7630006000011234567890189", "[IBAN masqué]"),
        ("0 800 123 456", "[numéro masqué]"),
        ("je suis Mme Jeanne Le-Goff, dentiste", "je suis Mme [nom masqué], dentiste"),
        ("Bonjour Dr. Dupont", "Bonjour Dr. [nom masqué]"),
        ("je m'appelle karim Ben Ali et", "je m'appelle [nom masqué] et"),
    ],
)
def test_personal_numbers_are_masked(typed: str, kept: str) -> None:
    assert mask(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "solde du 14/12/2023 au 28/04/2024",
        "le 2025-12-17 à 12 h",
        "entre 2023 et 2025, en 2023-2024",
        "2023 2024 2025",
        "12/2023 01/2024",
        "1 500 000 000 €, soit 1,5 milliard",
        "12 000 000 dossiers",
        "2 307 dossiers et 1 234 567 patients",
        "vague 2, domaine 1 bis, article 12",
        "HL7 v2, CDA-R2, HOP-DPI-Va1",
        "le prix chez Softway ?",
        "madame, monsieur, quelle date ?",
    ],
)
def test_dates_amounts_and_names_are_not(typed: str) -> None:
    assert mask(typed) == typed


@given(st.text())
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.text(alphabet="0123456789 .-/€aé@", max_size=60))
def test_no_eight_digits_in_a_row_are_left_but_days(text: str) -> None:
    import re

    for run in re.findall(r"\d{8,}", mask(text)):
        assert re.search(r"(19|20)\d\d", run) or "€" in text


def test_an_exchange_without_a_number_is_the_same() -> None:
    kept = exchange("Date limite du solde ?")
    assert masked(kept) is kept
