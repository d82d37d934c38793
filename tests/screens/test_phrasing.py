"""French phrases made of parts: what is told apart, shortened, joined."""

from datetime import date

import pytest

from assistant.markup import NO_BREAK, unbroken
from assistant.screens import phrasing, staff_wording, wording
from index.records import DayRange, Source


@pytest.mark.parametrize(
    ("choices", "labels"),
    [
        (
            ["Solde, Vague 1, Officine : quelle est la date ?", "Solde, Vague 1, Ville : quelle est la date ?"],
            ["Officine", "Ville"],
        ),
        (["Qui paie le SONS ?", "Quand ouvre la vague 2 ?"], ["Qui paie le SONS ?", "Quand ouvre la vague 2 ?"]),
        (["Avance : quelle date ?", "Avance : quelle date ?"], ["Avance : quelle date ?", "Avance : quelle date ?"]),
        (["Avance : quelle est la date ?"], ["Avance : quelle est la date ?"]),
        (
            ["Date du solde de la vague 1 pour les collèges ?", "Date du solde de la vague 2 ?"],
            ["Date du solde de la vague 1 pour les collèges ?", "Date du solde de la vague 2 ?"],
        ),
        (["la date du solde", "la date du solde hospitalier"], ["la date du solde", "la date du solde hospitalier"]),
    ],
)
def test_choices_show_what_tells_them_apart(choices, labels):
    assert phrasing.told_apart(choices) == labels


def test_a_row_is_said_without_its_bars_nor_its_bullet():
    assert phrasing.gist("- Solde |  14/12/2023 | ") == phrasing.gist("| Solde | 14/12/2023 |") == "Solde · 14/12/2023"


def test_months_of_a_year_name_it_once():
    months = DayRange(date(2022, 10, 1), date(2022, 11, 30))
    said = phrasing.published(Source("ANS", "page", 1, months, "", False, None, None))
    assert said == "octobre à novembre 2022"


def test_no_line_begins_or_ends_with_a_sign():
    assert unbroken("« oui » ; non : 5 % de plus ? a : b") == (
        f"«{NO_BREAK}oui{NO_BREAK}»{NO_BREAK}; non{NO_BREAK}: 5{NO_BREAK}% de plus{NO_BREAK}? a{NO_BREAK}: b"
    )
    for module in (wording, staff_wording):
        texts = [value for name, value in vars(module).items() if name.isupper() and isinstance(value, str)]
        assert [text for text in texts if unbroken(text) != text] == []
