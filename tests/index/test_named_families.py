"""Terms told apart by a letter, or by a season or year; what such families lack is unknown. Invented words."""

from __future__ import annotations

from datetime import date

import pytest
from dated_documents import info, prose, row

from index.deadlines import collect
from index.records import Deadline, Passage
from index.terms import Term
from index.vocabulary import Vocabulary

VOCABULARY = Vocabulary.from_terms(
    (
        *(Term(f"groupe-{name.lower()}", "lane", f"Groupe {name}", (f"gpe {name}",)) for name in "ABCD"),
        Term("p31", "wave", "Récolte de printemps 2031", ("printemps 2031",)),
        Term("a31", "wave", "Récolte d'automne 2031", ("automne 2031", "première récolte")),
        Term("depot", "milestone", "Dépôt du carnet", ("carnet", "remise du carnet")),
        Term("paie", "milestone", "Paiement", ("demande de paiement",)),
    )
)


def ids(text: str) -> list[str]:
    return [tag.id for mention in VOCABULARY.find(text, typing_errors=True) for tag in mention.tags]


def unknown(text: str) -> list[str]:
    return [one.text for one in VOCABULARY.unknown_numbered(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pour les groupes A, C et D, rien ne change.", ["groupe-a", "groupe-c", "groupe-d"]),
        ("les groupes B/C", ["groupe-b", "groupe-c"]),
        ("le groupe B ou le groupe D", ["groupe-b", "groupe-d"]),
        ("et pour le groupe c ?", ["groupe-c"]),
        ("taux groupe a ?", ["groupe-a"]),
        ("Le groupe a changé d'avis.", []),
        ("Le groupe d'experts s'est réuni.", []),
        ("la récolte d'automne de l'année 2031", ["a31"]),
        ("les dossiers de printemps 2031", ["p31"]),
    ],
)
def test_letters_seasons_and_years_name_terms(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le taux du groupe E", ["groupe E"]),
        ("le taux du groupe 5", ["groupe 5"]),
        ("les groupes A et F", ["F"]),
        ("la récolte d'automne 2033", ["récolte d'automne 2033"]),
        ("les résultats de l'automne 2033", ["automne 2033"]),
        ("la récolte 2040", ["récolte 2040"]),
        ("la récolte 2031", []),
        ("ce qui ouvrira au printemps 2033", []),
        ("un groupe de 5 personnes, le groupe 12 % plus cher", []),
        ("le printemps, puis 2033", []),
    ],
)
def test_what_a_family_lacks_is_unknown(text: str, expected: list[str]) -> None:
    assert unknown(text) == expected


def test_one_name_of_its_kind_makes_no_family() -> None:
    alone = Vocabulary.from_terms((Term("x", "lane", "Groupe X"), Term("p", "wave", "Printemps 2031")))
    assert alone.unknown_numbered("le groupe E et l'automne 2033") == ()


def collected(*passages: Passage, title: str = "") -> tuple[Deadline, ...]:
    documents = {passage.document_id: info(passage.document_id, "2031-05-20", title=title) for passage in passages}
    return collect(passages, documents, VOCABULARY, ())


def told(deadline: Deadline) -> tuple[str, ...]:
    return (deadline.date_kind, *sorted(tag.id for tag in deadline.tags))


def test_a_season_that_names_a_wave_is_no_date_and_says_which_row_it_is() -> None:
    (found,) = collected(
        row("doc", ("Automne 2031", "03/09/2031"), ("Récolte", "Carnets : clôture")),
    )
    assert (found.last_day, told(found)) == (date(2031, 9, 3), ("closes", "a31", "depot"))
    (found,) = collected(prose("doc", "Le carnet de la récolte d'automne 2031 est remis avant le 3 septembre 2031."))
    assert told(found) == ("closes", "a31", "depot")


def test_a_day_left_for_a_later_one_is_replaced_for_those_named_only() -> None:
    text = (
        "Le groupe B peut remettre le carnet d'automne 2031 jusqu'au 9 octobre 2031, au lieu du 3 septembre 2031. "
        "Pour les groupes A, C et D, la date du 3 septembre 2031 est maintenue."
    )
    put, left, kept = collected(prose("doc", text))
    assert (put.status, told(put)) == ("in_force", ("closes", "a31", "depot", "groupe-b"))
    assert (left.status, left.replaced_by, told(left)) == ("replaced", put.id, told(put))
    assert kept.status == "in_force"
    assert told(kept) == ("closes", "a31", "depot", "groupe-a", "groupe-c", "groupe-d")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Le carnet est reporté au 9 octobre 2031 pour les groupes A et C ; "
                "il reste fixé au 3 septembre 2031 pour les autres groupes."
            ),
            [("2031-10-09", "in_force", {"groupe-a", "groupe-c"}), ("2031-09-03", "in_force", set())],
        ),
        (
            "Au lieu du 3 septembre 2031, le groupe B remettra le carnet le 9 octobre 2031 au plus tard.",
            [("2031-09-03", "replaced", {"groupe-b"}), ("2031-10-09", "in_force", {"groupe-b"})],
        ),
        (
            "La date du 3 septembre 2031 est maintenue pour les groupes A, D ; le groupe C a jusqu'au 9 octobre 2031.",
            [("2031-09-03", "in_force", {"groupe-a", "groupe-d"}), ("2031-10-09", "in_force", {"groupe-c"})],
        ),
    ],
)
def test_a_postponement_is_for_those_it_names(text: str, expected: list[tuple[str, str, set[str]]]) -> None:
    found = collected(prose("doc", text))
    lanes = [{tag.id for tag in one.tags if tag.kind == "lane"} for one in found]
    assert [(str(one.last_day), one.status, own) for one, own in zip(found, lanes, strict=True)] == expected
    assert {one.date_kind for one in found} == {"closes"}


def test_a_sentence_for_all_is_not_about_the_sector_of_its_page() -> None:
    text = "Pour tous les candidats, le carnet est remis avant le 3 septembre 2031."
    (found,) = collected(prose("doc", text), title="Un délai pour le groupe B")
    assert told(found) == ("closes", "depot")
    (found,) = collected(
        prose("doc", "Le carnet est remis avant le 3 septembre 2031."), title="Un délai pour le groupe B"
    )
    assert told(found) == ("closes", "depot", "groupe-b")


def test_a_title_for_some_does_not_frame_a_page_that_dates_others() -> None:
    texts = (
        "Le carnet du groupe B est remis avant le 9 octobre 2031.",
        "Pour le groupe D, le 3 septembre 2031 est la date limite du carnet.",
        "Les paiements sont demandés avant le 1er mars 2032.",
    )
    pages = [prose("doc", text, start=200 * number) for number, text in enumerate(texts)]
    title = "Un délai pour le groupe B"
    assert told(collected(*pages, title=title)[-1]) == ("closes", "paie")
    at_home = prose("doc", "La réunion au groupe D a fixé la date du 3 septembre 2031.", start=200)
    assert told(collected(pages[0], at_home, pages[2], title=title)[-1]) == ("closes", "groupe-b", "paie")


def test_a_workshop_about_a_step_dates_no_step() -> None:
    cells, headers = ("Remplir sa demande de paiement", "03/09/2031"), ("Webinaire", "Jour")
    assert [told(one) for one in collected(row("doc", cells, headers))] == [("takes_place",)]
    opened = ("Atelier : remplir sa demande de paiement", "03/09/2031")
    assert [told(one) for one in collected(row("doc", opened, ("Quoi", "Jour")))] == [("takes_place",)]
    step = ("Demande de paiement", "03/09/2031")
    assert [told(one) for one in collected(row("doc", step, ("Étape", "Jour")))] == [("closes", "paie")]
    text = "L'atelier « Remplir sa demande de paiement » se tient le 3 septembre 2031."
    assert [told(one) for one in collected(prose("doc", text))] == [("takes_place",)]
