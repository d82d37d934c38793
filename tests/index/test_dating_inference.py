from __future__ import annotations

from datetime import date

import pytest

from index.dating import find_dates
from index.records import DayRange

WRITTEN = DayRange(date(2023, 5, 24), date(2023, 5, 24))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Les soldes sont à déposer au plus tard le 14 décembre à 14h.", "2023-12-14"),
        ("Les soldes sont à déposer au plus tard le 14 mars à 14h.", "2024-03-14"),
        ("Le guichet fermera le 24 mai.", "2023-05-24"),
        ("Les dossiers doivent arriver avant le 1er juin.", "2023-06-01"),
        ("La date limite est fixée au 20 septembre.", "2023-09-20"),
        ("Le dépôt reste possible jusqu'au 3 mars.", "2024-03-03"),
        ("Une annonce est prévue le 3 mars.", "2024-03-03"),
        ("Le dépôt est reporté au 30 novembre.", "2023-11-30"),
        ("La réunion du 3 mars prochain", "2024-03-03"),
        ("Le comité s'est réuni le 5 avril.", "2023-04-05"),
        ("Le 14 décembre, plusieurs centres ont déposé un dossier.", "2022-12-14"),
        ("Le guichet est resté ouvert jusqu'au 15 mars.", "2023-03-15"),
        ("La date limite était le 15 mars.", "2023-03-15"),
        ("Le texte, publié le 3 mars, n'a pas changé.", "2023-03-03"),
        ("La réunion du 3 juin dernier", "2022-06-03"),
    ],
)
def test_the_direction_of_the_sentence_gives_the_year(text: str, day: str) -> None:
    (found,) = find_dates(text, written=WRITTEN)
    assert str(found.first) == day
    assert found.year_inferred
    assert found.how == "année déduite de la date du document (24 mai 2023)"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("La dernière fenêtre s'est achevée fin avril.", "2023-04-21", "2023-04-30"),
        ("Le lot sera lancé à l'automne.", "2023-09-21", "2023-12-20"),
        ("Le lot sera lancé au premier trimestre.", "2024-01-01", "2024-03-31"),
        ("Il faut atteindre les cibles d'ici la fin de l'année.", "2023-09-01", "2023-12-31"),
        ("Les dépôts se feront du 15 décembre au 15 janvier.", "2023-12-15", "2024-01-15"),
        ("Les dépôts auront lieu en mai.", "2023-05-01", "2023-05-31"),
    ],
)
def test_intervals_without_a_year(text: str, first: str, last: str) -> None:
    (found,) = find_dates(text, written=WRITTEN)
    assert (str(found.first), str(found.last), found.year_inferred) == (first, last, True)


@pytest.mark.parametrize(
    "text",
    [
        "Réunion du comité le 14 décembre.",
        "Le 14 décembre, réunion.",
        "Rendez-vous lundi 3 mars prochain.",  # 3 March 2024 is a Sunday: the writer means another year
        "La date, initialement fixée au 28 mars.",
    ],
)
def test_without_a_direction_nothing_is_guessed(text: str) -> None:
    (found,) = find_dates(text, written=WRITTEN)
    assert found.first is None
    assert not found.year_inferred
    assert found.how


def test_no_inference_from_an_uncertain_day() -> None:
    text = "à déposer au plus tard le 14 décembre"
    month = DayRange(date(2023, 5, 1), date(2023, 5, 31))
    assert find_dates(text, written=month)[0].first is None
    assert find_dates(text, written=WRITTEN, written_is_estimated=True)[0].first is None
    assert find_dates(text, written=None)[0].first is None


def test_two_dates_of_one_article() -> None:
    text = (
        "Les travaux sont à terminer impérativement au 20 septembre, avec des demandes à déposer au plus tard le 14 "
        "décembre à 14h, après une fenêtre qui s'est achevée fin avril."
    )
    found = find_dates(text, written=WRITTEN)
    assert [str(one.first) for one in found] == ["2023-09-20", "2023-12-14", "2023-04-21"]
    assert [one.date_kind for one in found] == ["closes", "closes", "closes"]


def test_the_29th_of_february_waits_for_its_year() -> None:
    (found,) = find_dates("au plus tard le 29 février", written=WRITTEN)
    assert str(found.first) == "2024-02-29"


def test_a_day_counted_from_that_of_the_document() -> None:
    written = DayRange(date(2026, 10, 15), date(2026, 10, 15))
    (found,) = find_dates("La remise des offres s'arrête demain à midi.", written=written)
    assert (found.first, found.hour, found.date_kind, found.year_inferred) == (
        date(2026, 10, 16),
        "12:00",
        "closes",
        True,
    )
    assert found.text == "demain à midi"
    assert find_dates("La remise s'arrête demain.", written=None) == ()
    assert find_dates("L'atelier prépare l'école de demain, qui ouvrira.", written=written) == ()


@pytest.mark.parametrize(
    ("text", "first", "last", "kind"),
    [
        ("La caisse ouvrira à la fin du mois prochain.", "2026-11-21", "2026-11-30", "opens"),
        ("La fête a lieu le mois prochain.", "2026-11-01", "2026-11-30", "takes_place"),
        ("La halle fermera à la fin de l'année prochaine.", "2027-09-01", "2027-12-31", "closes"),
        ("Les semis commencent la semaine prochaine.", "2026-10-19", "2026-10-25", "takes_place"),
        ("La remise ferme jeudi prochain.", "2026-10-22", "2026-10-22", "closes"),
        ("Le label sera créé l'an prochain.", "2027-01-01", "2027-12-31", "takes_place"),
    ],
)
def test_what_comes_next_is_counted_from_the_day_of_the_document(text: str, first: str, last: str, kind: str) -> None:
    (found,) = find_dates(text, written=DayRange(date(2026, 10, 15), date(2026, 10, 15)))
    assert (str(found.first), str(found.last), found.date_kind, found.year_inferred) == (first, last, kind, True)
    assert all(one.first is None for one in find_dates(text, written=None) if "année" not in text)


def test_what_was_said_yesterday_does_not_happen_then() -> None:
    written = DayRange(date(2026, 10, 15), date(2026, 10, 15))
    found = find_dates("La halle ferme à la fin du mois prochain, a confirmé hier le maire.", written=written)
    assert [one.text for one in found] == ["fin du mois prochain"]
    assert [one.text for one in find_dates("La halle a fermé hier.", written=written)] == ["hier"]


@pytest.mark.parametrize("text", ["La grue doit arriver d'ici Pâques.", "Le four ferme avant Noël."])
def test_a_feast_is_a_date_without_days(text: str) -> None:
    (found,) = find_dates(text, written=WRITTEN)
    assert found.text in ("Pâques", "Noël")
    assert found.first is None


@pytest.mark.parametrize(
    ("text", "kinds", "moved"),
    [
        ("Remise jusqu'au 9 juin 2027, au lieu du 3 mai 2027.", ["closes", "closes"], ["to", "from"]),
        ("Le guichet ouvre le 9 juin 2027 (et non le 3 mai 2027).", ["opens", "opens"], ["to", "from"]),
        ("La date du 3 mai 2027 est maintenue.", ["closes"], [""]),
        ("La date d'ouverture du 3 mai 2027 reste inchangée.", ["opens"], [""]),
        ("Les carnets sont attendus le 3 mai 2027 au plus tard.", ["closes"], [""]),
    ],
)
def test_days_left_and_days_kept(text: str, kinds: list[str], moved: list[str]) -> None:
    found = find_dates(text, written=WRITTEN)
    assert [one.date_kind for one in found] == kinds
    assert [one.moved for one in found] == moved
