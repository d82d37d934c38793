from __future__ import annotations

from datetime import date

import pytest

from index.dating import find_dates, format_interval, normalise_dates, parse_day_expression, parse_hour
from index.records import DayRange

WRITTEN = DayRange(date(2023, 5, 24), date(2023, 5, 24))


def days(text: str) -> tuple[str, str] | None:
    """The first and last day of the only date of the text."""
    (found,) = find_dates(text, written=WRITTEN)
    return (found.first.isoformat(), found.last.isoformat()) if found.first and found.last else None


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("le 14 décembre 2023", None),
        ("14 décembre 2023 à 14h", "14:00"),
        ("14 décembre 2023 à 14 h 30", "14:30"),
        ("14 décembre 2023 à 14:00", "14:00"),
        ("14 décembre 2023, 14 heures", "14:00"),
        ("14 décembre 2023 (12h)", "12:00"),
        ("le 14 décembre 2023 à midi", "12:00"),
        ("le 14 décembre 2023 à minuit", "24:00"),
        ("avant 12h le 14 décembre 2023", "12:00"),
        ("le 14/12/2023", None),
        ("14/12/2023 12h", "12:00"),
        ("14.12.23", None),
        ("14/12/23", None),
        ("14-12-2023", None),
        ("2023-12-14", None),
        ("2023-12-14T14:00:00Z", "14:00"),
        ("jeudi 14 décembre 2023", None),
        ("14 déc. 2023", None),
        ("LE 14 DÉCEMBRE 2023", None),
        ("le 14 decembre 2023", None),
        ("14\u00a0décembre\u202f2023 à 14\u00a0h", "14:00"),
        ("14  décembre\n2023", None),
        ("14décembre 2023", None),
        ("14 / 12 / 2023", None),
        ("le 14 décembre de l'année 2023", None),
    ],
)
def test_a_day_in_every_spelling(text: str, hour: str | None) -> None:
    (found,) = find_dates(text, written=None)
    assert (found.first, found.last) == (date(2023, 12, 14), date(2023, 12, 14))
    assert found.hour == hour
    assert found.precision == ("hour" if hour else "day")
    assert not found.year_inferred
    assert found.how == ""


@pytest.mark.parametrize(
    "text", ["le 1er juin 2024", "1 er juin 2024", "le premier juin 2024", "ler juin 2024", "1ᵉʳ juin 2024"]
)
def test_the_first_of_a_month(text: str) -> None:
    assert days(text) == ("2024-06-01", "2024-06-01")


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("en mai 2023", "2023-05-01", "2023-05-31", "month"),
        ("05/2023", "2023-05-01", "2023-05-31", "month"),
        ("en févr. 2024", "2024-02-01", "2024-02-29", "month"),
        ("début mai 2023", "2023-05-01", "2023-05-10", "month"),
        ("à la mi-mai 2023", "2023-05-11", "2023-05-20", "month"),
        ("à la fin du mois d'avril 2023", "2023-04-21", "2023-04-30", "month"),
        ("T1 2027", "2027-01-01", "2027-03-31", "quarter"),
        ("Q3 2025", "2025-07-01", "2025-09-30", "quarter"),
        ("2T 2025", "2025-04-01", "2025-06-30", "quarter"),
        ("au premier trimestre 2025", "2025-01-01", "2025-03-31", "quarter"),
        ("1er trimestre de l'année 2025", "2025-01-01", "2025-03-31", "quarter"),
        ("dernier trimestre 2025", "2025-10-01", "2025-12-31", "quarter"),
        ("au second semestre 2024", "2024-07-01", "2024-12-31", "range"),
        ("S1 2024", "2024-01-01", "2024-06-30", "range"),
        ("à l'automne 2023", "2023-09-21", "2023-12-20", "season"),
        ("pour l'été 2025", "2025-06-21", "2025-09-20", "season"),
        ("hiver 2023-2024", "2023-12-21", "2024-03-20", "season"),
        ("en 2024", "2024-01-01", "2024-12-31", "year"),
        ("d'ici la fin 2023", "2023-09-01", "2023-12-31", "year"),
        ("début 2024", "2024-01-01", "2024-04-30", "year"),
        ("mi-2024", "2024-05-01", "2024-08-31", "year"),
        ("en 2024-2025", "2024-01-01", "2025-12-31", "range"),
        ("en 2024 et 2025", "2024-01-01", "2025-12-31", "range"),
        ("de 2021 à 2023", "2021-01-01", "2023-12-31", "range"),
        ("de 2021 à 2023-2024", "2021-01-01", "2024-12-31", "range"),
        ("2024-25", "2024-01-01", "2025-12-31", "range"),
        ("du 18 mars au 19 avril 2024", "2024-03-18", "2024-04-19", "range"),
        ("du 3 au 7 mai 2024", "2024-05-03", "2024-05-07", "range"),
        ("18-19 avril 2024", "2024-04-18", "2024-04-19", "range"),
        ("entre le 3 mars et le 5 avril 2024", "2024-03-03", "2024-04-05", "range"),
        ("du 15 décembre au 15 janvier 2024", "2023-12-15", "2024-01-15", "range"),
        ("du 15 décembre 2023 au 15 janvier", "2023-12-15", "2024-01-15", "range"),
        ("du 18/03/2024 au 19/04/2024", "2024-03-18", "2024-04-19", "range"),
        ("septembre-octobre 2021", "2021-09-01", "2021-10-31", "range"),
        ("sept.-oct. 2021", "2021-09-01", "2021-10-31", "range"),
        ("de septembre 2021 à décembre 2023", "2021-09-01", "2023-12-31", "range"),
        ("de fin mars à mi-avril 2024", "2024-03-21", "2024-04-20", "range"),
    ],
)
def test_intervals_and_their_precision(text: str, first: str, last: str, precision: str) -> None:
    (found,) = find_dates(text, written=None)
    assert (str(found.first), str(found.last), found.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "deux mois après la signature",
        "dans un délai de 30 jours",
        "à la fin du programme",
        "le 14 décembre",
        "en mai",
        "hiver 2023",
    ],
)
def test_what_cannot_be_resolved_stays_text(text: str) -> None:
    (found,) = find_dates(text, written=None)
    assert found.first is None
    assert found.last is None


def test_an_enumeration_shares_month_and_year() -> None:
    found = find_dates("les 15, 18 et 28 avril 2023", written=None)
    assert [(one.text, str(one.first)) for one in found] == [
        ("15", "2023-04-15"),
        ("18", "2023-04-18"),
        ("28 avril 2023", "2023-04-28"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "la vague 2, la phase 2 et le lot 3",
        "article L. 1111-24 du code",
        "décret n° 2019-1036",
        "décret 2023-1057",
        "tél. 01 41 58 09 19",
        "01.41.58.09.19",
        "05-06-07-08-09",
        "un centre ouvert 24/7",
        "2.307 établissements",
        "100 000 euros HT",
        "14,12 €",
        "82 % des établissements",
        "version 14.12.23",
        "v1.2.23",
        "10.12.20.23",
        "FINESS 750712184",
        "1 85 05 78 006 084 36",
        "score de 3-2",
        "les 3/4 des structures",
        "2024 établissements",
        "il a été 3 fois reconduit",
        "deux maisons et 2 marches",
        "30 février 2024",
        "31/04/2024",
        "axe 4 mars",
    ],
)
def test_no_date_in_other_numbers(text: str) -> None:
    assert find_dates(text, written=WRITTEN) == ()


def test_a_named_number_does_not_hide_the_month_after_it() -> None:
    (found,) = find_dates("la vague 2 mai 2024", written=None)
    assert found.text == "mai 2024"


def test_the_day_put_is_of_the_kind_of_the_day_left() -> None:
    left, put, kept = find_dates("Ouverture repoussée du 2 au 16 mars 2026, clôture le 30 avril 2026.", written=None)
    assert [one.date_kind for one in (left, put, kept)] == ["opens", "opens", "closes"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("à déposer au plus tard le 14 décembre 2023", "closes"),
        ("avant le 1er juin 2024", "closes"),
        ("la date limite est le 3 mars 2024", "closes"),
        ("ouvert jusqu'au 3 mars 2024", "closes"),
        ("clôture : 3 mars 2024", "closes"),
        ("d'ici fin 2023", "closes"),
        ("La prestation est à finaliser au 20 septembre 2023", "closes"),
        ("Le guichet doit fermer pour le 20 septembre 2023", "closes"),
        ("le 17 décembre 2025 avant midi", "closes"),
        ("Le 28 février 2024 clôt les commandes", "closes"),
        ("candidatures ouvertes du 18 mars au 19 avril 2024", "closes"),
        ("à compter du 1er juin 2024", "opens"),
        ("à partir de mars 2024", "opens"),
        ("dès le 1er juin 2024", "opens"),
        ("ouverture du guichet le 12/09/2024", "opens"),
        ("La demande peut être déposée depuis le 12 septembre 2024", "opens"),
        ("arrêté du 20 février 2025", "published"),
        ("décret n° 2019-1036 du 8 octobre 2019", "published"),
        ("publié le 3 mars 2024", "published"),
        ("les dates limites publiées le 15 novembre 2024", "published"),
        ("déploiement prévu en 2024-2025", "expected"),
        ("attendu au premier trimestre 2027", "expected"),
        ("à l'horizon 2026", "expected"),
        ("le comité s'est tenu le 5 avril 2023", "takes_place"),
        ("Le 5 avril 2023", "takes_place"),
    ],
)
def test_the_kind_of_a_date(text: str, kind: str) -> None:
    assert find_dates(text, written=WRITTEN)[0].date_kind == kind


def test_each_date_of_a_sentence_has_its_own_kind() -> None:
    text = "Le guichet ouvre le 12/09/2024 à 14h et ferme le 17/12/2025 à 12h."
    assert [one.date_kind for one in find_dates(text, written=None)] == ["opens", "closes"]


@pytest.mark.parametrize(
    "text",
    [
        "Versé au plus tard le 3 mai 2027 pour la vigne, le 8 juin 2027 pour le blé et le 2 mai 2028 pour le lin.",
        "Rendu au plus tard le 3 mai 2027 dans le delta ; le 8 juin 2027 en plaine et, en montagne, le 2 mai 2028.",
        "Remis avant le 3 mai 2027 (pour la vigne), avant le 8 juin 2027 (pour le blé), le 2 mai 2028 (pour le lin)",
    ],
)
def test_the_days_of_an_enumeration_are_all_last_days(text: str) -> None:
    assert [one.date_kind for one in find_dates(text, written=None)] == ["closes"] * 3


def test_another_clause_does_not_go_on_an_enumeration() -> None:
    text = "À rendre avant le 3 mai 2027 pour la vigne, et le conseil qui suit la vendange vote le 8 juin 2027."
    assert [one.date_kind for one in find_dates(text, written=None)] == ["closes", "takes_place"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("La bourse n'ouvrira pas avant le 3 mai 2027.", "expected"),
        ("Le premier tirage aura lieu au plus tôt le 3 mai 2027.", "expected"),
        ("Aucune offre ne peut être remise avant le 3 mai 2027.", "opens"),
        ("Les 40 serres chauffées avant l'été 2026 ont produit davantage.", "takes_place"),
        ("La ferme avait vendu ses serres avant le 3 mai 2027.", "takes_place"),
        ("Le syndic demande qu'un rappel soit envoyé avant l'été 2027.", "expected"),
        ("La préfète demande que les serres soient vidées avant le 3 mai 2027.", "closes"),
        ("La commission a demandé de vider les serres avant le 3 mai 2027.", "closes"),
        ("Douze villages n'avaient pas encore ouvert leur compte au 3 mai 2027.", "takes_place"),
        ("La chambre ouvre deux stages : du 3 au 5 mai 2027 à Nîmes.", "takes_place"),
        ("Les inscriptions aux stages sont ouvertes du 3 au 5 mai 2027.", "closes"),
        ("Le portail sera fermé du 3 au 5 mai 2027.", "takes_place"),
        ("Le portail ferme le 3 mai 2027.", "closes"),
        ("La deuxième session s'est achevée le 3 mai 2027.", "closes"),
    ],
)
def test_what_reads_like_a_last_day_and_is_none(text: str, kind: str) -> None:
    assert [one.date_kind for one in find_dates(text, written=None)] == [kind]


def test_the_season_of_every_year_is_no_date() -> None:
    written = DayRange(date(2026, 5, 24), date(2026, 5, 24))
    assert find_dates("Les travaux ne doivent pas gêner la saison d'hiver ni les sports d'été.", written=written) == ()
    (found,) = find_dates("Au plus fort de l'hiver 2022, les serres ont dû fermer.", written=written)
    assert (found.first, found.last) == (None, None)


def test_the_context_gives_a_bare_date_its_kind() -> None:
    (found,) = find_dates("17/12/2025", written=None, context="Date limite de la demande d'avance")
    assert found.date_kind == "closes"
    (found,) = find_dates("17/12/2025", written=None, context="Ouverture du guichet")
    assert found.date_kind == "opens"
    (found,) = find_dates("17/12/2025", written=None)
    assert not found.is_cued


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("première quinzaine de mars 2026", "2026-03-01 2026-03-15 range"),
        ("seconde quinzaine de février 2028", "2028-02-16 2028-02-29 range"),
        ("la semaine du mercredi 11 mars 2026", "2026-03-09 2026-03-15 range"),
        ("le premier lundi de mars 2026", "2026-03-02 2026-03-02 day"),
        ("le dernier vendredi d'avril 2026", "2026-04-24 2026-04-24 day"),
        ("jusqu'au dernier jour de février 2028", "2028-02-29 2028-02-29 day"),
        ("du 05 au 27.02.2026", "2026-02-05 2026-02-27 range"),
        ("entre le 3 mars 2026 inclus et le 17 mars 2026", "2026-03-03 2026-03-17 range"),
        ("2e trim. 2026", "2026-04-01 2026-06-30 quarter"),
        ("le 31 mars 2026 (23 h 59, heure de Paris)", "2026-03-31 2026-03-31 hour"),
        ("le 3 mars a été", ""),
        ("15/04/2026-30/04/2026", "2026-04-15 2026-04-30 range"),
        ("2026/04/15", "2026-04-15 2026-04-15 day"),
        ("le quinze avril 2026", "2026-04-15 2026-04-15 day"),
        ("le vingt et un avril 2026", "2026-04-21 2026-04-21 day"),
        ("vague deux mai 2026", "2026-05-01 2026-05-31 month"),
        ("numéro 12/03/2026-45", ""),
    ],
)
def test_other_ways_to_write_days(text: str, found: str) -> None:
    said = [f"{one.first} {one.last} {one.precision}" for one in find_dates(text, written=None) if one.first]
    assert said == ([found] if found else [])


def test_the_days_of_an_enumeration_share_its_year() -> None:
    found = find_dates("Les acomptes sont payés les 15 mars, 15 juin et 15 décembre 2026.", written=None)
    assert [str(one.first) for one in found] == ["2026-03-15", "2026-06-15", "2026-12-15"]


def test_the_months_of_an_enumeration_share_its_year() -> None:
    found = find_dates("Le jury se réunit en mars, juin, septembre et décembre 2026.", written=None)
    assert [(one.text, one.first and one.first.month, one.first and one.first.year) for one in found] == [
        ("mars", 3, 2026), ("juin", 6, 2026), ("septembre", 9, 2026), ("décembre 2026", 12, 2026),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Le dépôt ferme 30 jours avant le 3 mars 2026.",
        "La clôture a lieu 15 jours après le 3 mars 2026.",
        "Le solde est versé dans les 15 jours suivant le 3 mars 2026.",
        "Le dépôt ferme au lendemain du 3 mars 2026.",
        "La réponse est donnée à J+30.",
        "Le dossier est à remettre sous quinzaine.",
        "La salle ferme 48 heures avant le 3 mars 2026.",
    ],
)
def test_what_is_counted_from_a_day_or_an_event_is_no_day(text: str) -> None:
    assert [one.first for one in find_dates(text, written=None)] in ([None], [])


def test_a_period_begins_on_the_day_that_it_is_counted_from() -> None:
    found = find_dates("La convention court pour trois ans à compter du 1er avril 2026.", written=None)
    assert [(one.text, one.date_kind) for one in found if one.first] == [("1er avril 2026", "opens")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Passé le 3 mars 2026, les dossiers sont refusés.", "closes"),
        ("Au-delà du 3 mars 2026, le dossier est refusé.", "closes"),
        ("Aucune demande ne sera acceptée après le 3 mars 2026.", "closes"),
        ("Aucun incident n'a été signalé après le 3 mars 2026.", "takes_place"),
        ("L'incident s'est passé le 3 mars 2026.", "takes_place"),
        ("Le dépôt n'est pas possible avant le 3 mars 2026.", "opens"),
        ("Les dossiers qui ne sont pas déposés avant le 3 mars 2026 sont rejetés.", "closes"),
        ("La réunion est maintenue au 3 mars 2026.", "takes_place"),
        ("Le dépôt est maintenu au 3 mars 2026.", "closes"),
        ("La date du 3 mars 2026 est confirmée.", "closes"),
        ("Délai : 31 mars 2026.", "closes"),
        ("Le dépôt ferme comme en 2025.", "takes_place"),
        ("La caisse est fermée le dernier jour ouvré de mars 2026.", "closes"),
        ("L'ouvrage est exposé le 3 mars 2026.", "takes_place"),
        ("Le dépôt se fait à partir de la mi-avril 2026.", "opens"),
        ("Le dépôt ne se fera qu'après le 15 avril 2026.", "expected"),
        ("L'examen est reporté au 3 mars 2026.", "takes_place"),
        ("La clôture pourrait être repoussée au 3 mars 2026.", "expected"),
    ],
)
def test_kinds_that_the_words_around_give(text: str, kind: str) -> None:
    (found,) = find_dates(text, written=None)
    assert found.date_kind == kind


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("Le dépôt est reporté du 28 mars au 30 juin 2025.", ["from", "to"]),
        ("La date limite, initialement fixée au 28 mars 2025, est reportée au 30 juin 2025.", ["from", "to"]),
        ("Le guichet est prolongé jusqu'au 30 juin 2025.", ["to"]),
        ("La remise est repoussée à la fin de l'année 2025.", ["to"]),
        ("Le 30 juin 2025 au lieu du 28 mars 2025.", ["to", "from"]),
        ("Les avances du 28 mars au 30 juin 2025.", [""]),
        ("Le tirage, prévu le 28 mars 2025, sera fait au plus tard le 30 juin 2025.", ["from", "to"]),
        ("La foire, annoncée pour le 28 mars 2025, aura finalement lieu le 30 juin 2025.", ["from", "to"]),
        ("La foire, prévue le 28 mars 2025, sera suivie d'un bilan le 30 juin 2025.", ["", ""]),
        ("La foire est prévue le 28 mars 2025.", [""]),
        ("Prévue à l'origine le 28 mars 2025, la foire aura lieu le 30 juin 2025.", ["from", "to"]),
        ("La foire aura lieu le 30 juin 2025 et non le 28 mars 2025.", ["to", "from"]),
        ("Au lieu du 28 mars 2025, la foire se tiendra le 30 juin 2025.", ["from", "to"]),
        ("La clôture est avancée du 30 juin au 28 mars 2025.", ["from", "to"]),
        ("La clôture, prévue le 30 juin 2025, est ramenée au 28 mars 2025.", ["from", "to"]),
        ("La foire du 28 mars 2025 est repoussée de deux semaines, au 11 avril 2025.", ["from", "to"]),
        ("La foire est reportée du 3-5 mars 2025 au 17-19 mars 2025.", ["from", "to"]),
        ("La clôture n'est pas le 28 mars 2025 mais le 30 juin 2025.", ["from", "to"]),
        ("La clôture n'est pas reportée au 30 juin 2025 : elle reste fixée au 28 mars 2025.", ["from", "to"]),
        ("Le guichet devait ouvrir le 28 mars 2025 mais n'ouvrira que le 30 juin 2025.", ["from", "to"]),
        ("Le 28 mars 2025 n'est plus la date limite : déposez avant le 30 juin 2025.", ["from", "to"]),
        ("Clôture le 30 juin 2025 (28 mars 2025 initialement).", ["to", "from"]),
        (
            "La clôture, fixée initialement au 28 mars 2025 puis au 3 mai 2025, est finalement le 30 juin 2025.",
            ["from", "from", "to"],
        ),
        ("La fermeture, prévue fin mars 2025, n'interviendra que fin juin 2025.", ["from", "to"]),
        ("Le guichet, initialement ouvert jusqu'au 28 mars 2025, reste ouvert jusqu'au 30 juin 2025.", ["from", "to"]),
        ("La limite, qui avait été fixée au 28 mars 2025, est maintenant le 30 juin 2025.", ["from", "to"]),
        ("La remise, attendue pour le 28 mars 2025, est fixée au 30 juin 2025.", ["from", "to"]),
        ("La clôture est passée du 28 mars au 30 juin 2025.", ["from", "to"]),
        ("L'avis annonce le report de la clôture au 30 juin 2025.", ["to"]),
        ("La foire du 28 mars 2025 est reportée : nouvelle date, le 30 juin 2025.", ["from", "to"]),
        ("La foire du 28 mars 2025 est décalée d'une semaine (4 avril 2025).", ["from", "to"]),
        ("Le délai prévu au 28 mars 2025 est porté au 30 juin 2025.", ["from", "to"]),
        ("L'obligation prévue au 28 mars 2025 ne s'appliquera qu'au 30 juin 2025.", ["from", "to"]),
        ("La clôture est au 30 juin 2025 après avoir été envisagée au 28 mars 2025.", ["to", "from"]),
        ("La foire n'a pu se tenir le 28 mars 2025 ; elle est reprogrammée le 30 juin 2025.", ["from", "to"]),
        ("Le dépôt, qui s'achevait le 28 mars 2025, se poursuit jusqu'au 30 juin 2025.", ["from", "to"]),
        ("Dépôt le 17 mars 2025, jury le 9 juin 2025 au lieu du 26 mai 2025.", ["", "to", "from"]),
        ("La foire du 28 mars 2025 est annulée.", ["off"]),
        ("La foire du 28 mars 2025 est reportée.", ["off"]),
        ("La foire des 28 et 29 mars 2025 a dû être annulée.", ["off", "off"]),
        ("ANNULÉ : foire du 28 mars 2025.", ["off"]),
        ("Foire du 28 mars 2025 (annulée)", ["off"]),
        ("La foire ne se tiendra finalement pas le 28 mars 2025.", ["off"]),
        ("La foire aurait dû se tenir le 28 mars 2025.", ["off"]),
        ("La foire prévue le 28 mars 2025 est reportée sine die.", ["off"]),
        ("L'échéance du 28 mars 2025 est décalée de deux mois.", ["off"]),
        ("Initialement prévue le 28 mars 2025, la foire est abandonnée.", ["off"]),
        ("Le guichet n'ouvre pas le 28 mars 2025.", ["off"]),
        ("La date limite du 28 mars 2025 a été supprimée.", ["off"]),
    ],
)
def test_moved_dates(text: str, moved: list[str]) -> None:
    assert [one.moved for one in find_dates(text, written=None)] == moved


@pytest.mark.parametrize(
    "text",
    [
        "Le projet, présenté le 28 mars 2025, sera voté le 30 juin 2025.",
        "Lancé le 28 mars 2025, le programme s'achève le 30 juin 2025.",
        "La phase 1 court du 28 mars au 30 juin 2025.",
        "La foire se passe du 28 mars au 30 juin 2025.",
        "La demande d'avance du 28 mars au 30 juin 2025 est ouverte.",
        "Les règles sont différentes du 28 mars au 30 juin 2025.",
        "La clôture pourrait être reportée au 30 juin 2025.",
        "La fédération souhaite que l'échéance du 28 mars 2025 soit repoussée au 30 juin 2025.",
        "L'échéance du 28 mars 2025 n'est pas reportée.",
        "La date initiale du 28 mars 2025 est maintenue.",
        "Les demandes déposées avant le 28 mars 2025 sont annulées.",
        "L'arrêté du 28 mars 2025 est annulé.",
        "La foire du 28 mars 2025 n'est pas annulée.",
        "La foire du 28 mars 2025 est maintenue.",
        "Le 28 mars 2025, au lieu de se réunir, le comité a voté par écrit.",
        "Les conventions signées avant le 28 mars 2025 restent valables jusqu'au 30 juin 2025.",
        "L'annulation est possible jusqu'au 28 mars 2025.",
        "Le dépôt ne se fait pas seulement le 28 mars 2025 mais aussi le 30 juin 2025.",
        "Le guichet ouvre le 28 mars 2025 et ferme le 30 juin 2025.",
        "Le dépôt se fait au plus tôt le 28 mars 2025 et non plus tard que le 30 juin 2025.",
    ],
)
def test_dates_that_nothing_moves(text: str) -> None:
    assert not any(one.moved for one in find_dates(text, written=None))


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("Le guichet ouvre le 28 mars 2025 et sa clôture est reportée au 30 juin 2025.", ["", "to"]),
        ("Les dossiers ferment le 28 mars 2025 ; la foire est reportée au 30 juin 2025.", ["", "to"]),
        ("L'arrêté du 28 mars 2025 reporte la clôture au 30 juin 2025.", ["", "to"]),
        ("L'écrit est reporté au 28 mars 2025, l'oral au 30 juin 2025.", ["to", ""]),
        ("La clôture reste fixée au 28 mars 2025, l'oral étant déplacé au 30 juin 2025.", ["", "to"]),
    ],
)
def test_a_move_leaves_no_date_of_another_thing(text: str, moved: list[str]) -> None:
    assert [one.moved for one in find_dates(text, written=None)] == moved


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("le 14 décembre 2023 à 14 h", "le 2023-12-14 14:00"),
        ("le 14/12/2023 14h00", "le 2023-12-14 14:00"),
        ("le 14 décembre", "le 12-14"),
        ("en avril 2023", "en 2023-04"),
        ("fin avril 2023", "fin 2023-04"),
        ("T1 2027 = premier trimestre 2027", "2027-T1 = 2027-T1"),
        ("en 2024 et 2025", "en 2024/2025"),
        ("2024-2025", "2024/2025"),
        ("du 3 au 7 mai 2024", "2024-05-03/2024-05-07"),
        ("à 14h, à 14 h 00", "à 14:00, à 14:00"),
        ("24 heures de formation, vague 2", "24 heures de formation, vague 2"),
    ],
)
def test_one_spelling_for_comparing(text: str, plain: str) -> None:
    assert normalise_dates(text) == plain


def test_a_day_without_year_is_part_of_the_day_with_it() -> None:
    assert normalise_dates("14 décembre") in normalise_dates("au plus tard le 14 décembre 2023 à 14h")


def test_parse_day_expression_wants_the_whole_text() -> None:
    found = parse_day_expression(" 14/12/2023 à 14h. ")
    assert found is not None
    assert format_interval(found.first, found.last, found.precision, found.hour) == "14 décembre 2023 à 14 h"
    assert parse_day_expression("avant le 14/12/2023") is None
    assert parse_day_expression("solde") is None


@pytest.mark.parametrize(
    ("text", "hour"), [("14h", "14:00"), ("12 h 30", "12:30"), ("9:05", "09:05"), ("25h", None), ("14", None)]
)
def test_parse_hour(text: str, hour: str | None) -> None:
    assert parse_hour(text) == hour


@pytest.mark.parametrize(
    ("first", "last", "precision", "hour", "text"),
    [
        ("2023-12-14", "2023-12-14", "hour", "14:00", "14 décembre 2023 à 14 h"),
        ("2023-12-14", "2023-12-14", "hour", "09:30", "14 décembre 2023 à 9 h 30"),
        ("2024-06-01", "2024-06-01", "day", None, "1er juin 2024"),
        ("2023-04-01", "2023-04-30", "month", None, "avril 2023"),
        ("2023-04-21", "2023-04-30", "month", None, "fin avril 2023"),
        ("2027-01-01", "2027-03-31", "quarter", None, "1er trimestre 2027"),
        ("2023-09-21", "2023-12-20", "season", None, "automne 2023"),
        ("2023-12-21", "2024-03-20", "season", None, "hiver 2023-2024"),
        ("2023-01-01", "2023-12-31", "year", None, "2023"),
        ("2023-09-01", "2023-12-31", "year", None, "fin 2023"),
        ("2024-01-01", "2025-12-31", "range", None, "2024-2025"),
        ("2024-07-01", "2024-12-31", "range", None, "2e semestre 2024"),
        ("2024-03-18", "2024-04-19", "range", None, "du 18 mars au 19 avril 2024"),
        ("2024-05-03", "2024-05-07", "range", "12:00", "du 3 au 7 mai 2024 à 12 h"),
        ("2021-09-01", "2021-10-31", "range", None, "de septembre à octobre 2021"),
        ("2021-04-01", "2021-06-30", "range", None, "d'avril à juin 2021"),
    ],
)
def test_printing(first: str, last: str, precision: str, hour: str | None, text: str) -> None:
    printed = format_interval(date.fromisoformat(first), date.fromisoformat(last), precision, hour)  # type: ignore[arg-type]
    assert printed == text


def test_a_long_text_of_dates_is_read_in_good_time() -> None:
    # Reading each date's surroundings without bound took 48 s here.
    assert len(find_dates("14 décembre 2023 et le " * 2000, written=None)) == 2000
