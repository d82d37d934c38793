from __future__ import annotations

from datetime import date

import pytest
from dated_documents import (
    ADVANCE,
    BALANCE,
    CITY,
    FILE,
    GATEWAY,
    HOSPITAL,
    ONE,
    ORDER,
    PHARMACY,
    RECORD,
    SUN,
    TILL,
    TWO,
    WORK,
    deadline,
    info,
    prose,
    row,
    vocabulary,
)

from index.deadlines import about, collect, describe, in_force, open_or_close, standing
from index.records import Deadline, Passage, Tag
from index.terms import Term
from index.vocabulary import Vocabulary

NO_TERMS = Vocabulary.from_terms(())


def collected(*passages: Passage, published: object = "2023-05-24", title: str = "") -> tuple[Deadline, ...]:
    documents = {passage.document_id: info(passage.document_id, published, title=title) for passage in passages}
    return collect(passages, documents, vocabulary(), ())


def test_a_sentence_becomes_a_deadline_with_exact_spans() -> None:
    text = "Le lot 1 avance. Le solde du lot 1 est à déposer au plus tard le 14 décembre à 14h."
    (found,) = collected(prose("doc", text, start=100))
    assert (found.first_day, found.last_day, found.hour) == (date(2023, 12, 14), date(2023, 12, 14), "14:00")
    assert (found.precision, found.date_kind, found.year_inferred) == ("hour", "closes", True)
    assert found.tags == (ONE, BALANCE)
    for span in (found.span, found.mention):
        assert text[span.start - 100 : span.end - 100] == span.quote
    assert found.mention.quote == "14 décembre à 14h"
    assert found.span.quote.startswith("Le solde")


def test_unresolved_dates_make_no_deadline() -> None:
    assert collected(prose("doc", "Solde : deux mois après la fin du lot 1, le 14 décembre.")) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Commande avant le 15 mars 2024, solde au plus tard le 28 avril 2024.",
            [(ORDER,), (BALANCE,)],
        ),
        (
            "Le 15 mars 2024 est la date limite de commande et le 28 avril 2024 celle du solde.",
            [(ORDER,), (BALANCE,)],
        ),
        ("Commande et demande d'avance : 30/11/2022.", [(ORDER, ADVANCE)]),
        ("La commande d'une caisse et la demande d'avance ferment le 3 mars 2024.", [(TILL, ORDER, ADVANCE)]),
        (
            "Pour l'avance, au plus tard le 17 décembre 2025 pour le DOP et le 17 septembre 2025 pour la PAS.",
            [(RECORD, ADVANCE), (GATEWAY, ADVANCE)],
        ),
        (
            "Pour la PAS, l'avance est à demander au plus tard le 17 septembre 2025, trois mois avant celle du DOP.",
            [(GATEWAY, ADVANCE)],
        ),
        (
            "Le solde, initialement fixé au 28 avril 2023, est reporté au 14 décembre 2023.",
            [(BALANCE,), (BALANCE,)],
        ),
        (
            "Annoncé le 27 février 2025, le lot 2 prévoit un solde au plus tard le 14 décembre 2025.",
            [(TWO,), (TWO, BALANCE)],
        ),
    ],
)
def test_each_date_takes_the_terms_beside_it(text: str, expected: list[tuple[Tag, ...]]) -> None:
    assert [found.tags for found in collected(prose("doc", text))] == expected


def test_what_the_sentence_leaves_out_comes_from_near_to_far() -> None:
    text = "Revenons au lot 1. Les solutions sont là. Le solde est à déposer avant le 14 décembre 2023."
    (found,) = collected(prose("doc", text, headings=("Le lot 2", "Clinique")), title="Le lot 2")
    assert set(found.tags) == {BALANCE, ONE, HOSPITAL}


def test_an_earlier_sentence_that_names_several_leaves_the_question_open() -> None:
    text = "Le lot 2 complète le lot 1. Le solde est à déposer avant le 14 décembre 2023."
    (found,) = collected(prose("doc", text), title="Le lot 2")
    assert found.tags == (BALANCE,)


def test_another_paragraph_frames_nothing() -> None:
    text = "La clinique du lot 1.\n\nLe solde est à déposer avant le 14 décembre 2023."
    first = "Une introduction sans terme.\nUne autre.\n\n"
    (found,) = collected(prose("doc", first + text))
    assert found.tags == (BALANCE,)


def test_an_item_is_framed_by_what_introduces_its_list_and_not_by_its_siblings() -> None:
    text = "Dates limites pour la pharmacie :\n\n- commande du lot 1 : 15 mars 2023\n- solde : 28 avril 2023"
    order, balance = collected(prose("doc", text))
    assert set(order.tags) == {ORDER, ONE, PHARMACY}
    assert set(balance.tags) == {BALANCE, PHARMACY}
    assert {order.date_kind, balance.date_kind} == {"closes"}


def test_a_term_at_odds_with_the_sentence_is_not_taken() -> None:
    text = "Le solde de la caisse est à déposer avant le 28 avril 2023."
    (found,) = collected(prose("doc", text, headings=("Doc", "Clinique : le DOP, lot 1")))
    assert set(found.tags) == {TILL, BALANCE, ONE}


def test_an_unknown_wave_takes_none_from_around() -> None:
    (found,) = collected(
        prose("doc", "Le solde du lot 3 est à déposer avant le 28 avril 2025.", headings=("Doc", "Lot 2"))
    )
    assert TWO not in found.tags


def test_decrees_and_meetings_take_no_milestone_from_around() -> None:
    (found,) = collected(prose("doc", "Arrêté du 20 février 2025.", headings=("Doc", "Le solde du lot 1")))
    assert found.date_kind == "published"
    assert found.tags == (ONE,)
    assert open_or_close((found,)) == ()


def test_a_table_whose_columns_are_milestones_gives_one_deadline_a_cell() -> None:
    passage = row(
        "doc",
        ("DOP", "20/06/2024 à 14h", "12/09/2024 à 14h", "17/12/2025 à 12h"),
        ("Logiciel", "Ouverture du dossier administratif", "Ouverture de l'avance", "Date limite de l'avance"),
        headings=("Doc", "Lot 2"),
    )
    found = collected(passage)
    assert [one.date_kind for one in found] == ["opens", "opens", "closes"]
    assert [set(one.tags) for one in found] == [{RECORD, FILE, TWO}, {RECORD, ADVANCE, TWO}, {RECORD, ADVANCE, TWO}]
    assert [one.hour for one in found] == ["14:00", "14:00", "12:00"]
    assert {one.span.quote for one in found} == {passage.text}
    assert [one.headers[0].quote for one in found] == [header.quote for header in passage.headers[1:] if header]
    for one in found:
        start = one.mention.start - passage.start
        assert passage.text[start : start + len(one.mention.quote)] == one.mention.quote


def test_a_table_whose_rows_are_milestones() -> None:
    (found,) = collected(
        row("doc", ("Demande de solde", "14/12/2023"), ("Étape", "Date"), headings=("Doc", "Clinique, lot 1"))
    )
    assert (found.date_kind, set(found.tags)) == ("closes", {BALANCE, HOSPITAL, ONE})
    (found,) = collected(row("doc", ("Ouverture des commandes", "14/12/2023"), ("Étape", "Date")))
    assert found.date_kind == "opens"


def test_a_row_named_by_the_end_of_a_step() -> None:
    # « fin de la prestation » is a relative date, and still names the row.
    (found,) = collected(row("doc", ("Fin de la prestation du DOP", "14/12/2023"), ("Étape", "Le")))
    assert (found.date_kind, set(found.tags)) == ("closes", {WORK, RECORD})


def test_the_date_of_a_source_closes_nothing() -> None:
    found = collected(row("doc", ("Solde", "14/12/2023", "24/05/2023"), ("Étape", "Date limite", "Page du")))
    assert found[0].date_kind == "closes"
    assert found[1].date_kind != "closes"


def test_the_hour_in_a_column_of_its_own() -> None:
    (found,) = collected(row("doc", ("Avance", "17/12/2025", "12h"), ("Étape", "Date limite", "Heure")))
    assert (found.hour, found.precision, found.mention.quote) == ("12:00", "hour", "17/12/2025")


def test_of_several_dates_the_one_before_the_hour_has_it() -> None:
    cells = ("03/12/2026", "14 h", "Visite du lot 1", "27/11/2026")
    visit, booking = collected(row("doc", cells, ("Date", "Heure", "Quoi", "Inscription avant le")))
    assert (visit.hour, visit.precision, booking.hour, booking.date_kind) == ("14:00", "hour", None, "closes")


def test_a_quarter_in_a_table_of_milestones_is_expected() -> None:
    cells, columns = ("Pharmacie", "03/05/2027", "2e trimestre 2027"), ("Filière", "Commande", "Solde")
    assert [one.date_kind for one in collected(row("doc", cells, columns))] == ["closes", "expected"]


@pytest.mark.parametrize(
    "text", ["Fait à Nantes, le 24 mai 2023.", "Nantes, le 24 mai 2023", "Lettre aux lots, 24 mai 2023."]
)
def test_the_day_of_the_document_is_that_of_its_publication(text: str) -> None:
    assert [one.date_kind for one in collected(prose("doc", text))] == ["published"]
    (visit,) = collected(prose("doc", "La visite du lot 1 a été faite le 24 mai 2023."))
    assert visit.date_kind == "takes_place"


def test_the_sector_spoken_of_before_is_not_that_of_another_wave() -> None:
    before, item = (
        "La pharmacie aura son bilan. Le lot 2 ouvrira le 3 mai 2027.",
        "Pour la pharmacie :\n- lot 2 : 3 mai 2027 ;",
    )
    assert [one.tags for one in collected(prose("doc", before))] == [(TWO,)]
    assert [one.tags for one in collected(prose("doc", item))] == [(TWO, PHARMACY)]


def test_a_quoted_title_is_not_what_the_next_sentence_is_about() -> None:
    text = "L'atelier « Ouvrir une pharmacie » aura lieu le 3 mai 2027. La foire se tiendra le 9 juin 2027."
    assert [one.tags for one in collected(prose("doc", text))] == [(PHARMACY,), ()]
    text = "La pharmacie est servie le 3 mai 2027. Les clefs seront remises le 9 juin 2027."
    assert [one.tags for one in collected(prose("doc", text))] == [(PHARMACY,), (PHARMACY,)]


def test_a_date_merged_from_the_row_above_is_quoted_with_the_headers() -> None:
    from dataclasses import replace

    from index.records import Span

    passage = row("doc", ("Solde", "-"), ("Étape", "Date limite"))
    passage = replace(passage, cells=(passage.cells[0], Span(None, 900, 910, "14/12/2023")))
    (found,) = collected(passage)
    assert found.mention.start == 900
    assert [header.quote for header in found.headers] == ["14/12/2023", "Date limite"]


def test_the_paragraph_before_a_table_frames_its_rows() -> None:
    text = "Voici le calendrier du lot 1 pour la pharmacie."
    found = collected(prose("doc", text), row("doc", ("Solde", "28/04/2023"), ("Étape", "Date")))
    assert set(found[0].tags) == {BALANCE, ONE, PHARMACY}


def test_without_a_vocabulary_dates_are_found_all_the_same() -> None:
    passages = (
        prose("doc", "À déposer au plus tard le 14 décembre 2023."),
        row("doc", ("Fin", "3/3/2024"), ("A", "Date limite")),
    )
    found = collect(passages, {"doc": info("doc")}, NO_TERMS, ())
    assert [(one.date_kind, one.tags, one.status) for one in found] == [("closes", (), "in_force")] * 2


def test_ids_follow_the_words_and_not_their_place() -> None:
    text = "Le solde est à déposer avant le 14 décembre 2023."
    (before,) = collected(prose("doc", text))
    moved = collected(prose("doc", "Une phrase ajoutée avant. " + text))
    assert [one.id for one in moved] == [before.id]
    twice = collected(prose("doc", text), prose("doc", text, start=500))
    assert len({one.id for one in twice}) == 2


def test_a_summary_is_dated_by_its_source() -> None:
    source = info("source", "2023-05-24", authority=6).source
    document = info("doc", "2026-01-01", summarised=source)
    (found,) = collect(
        (prose("doc", "Le solde est à déposer au plus tard le 14 décembre."),), {"doc": document}, vocabulary(), ()
    )
    assert found.first_day == date(2023, 12, 14)


def test_a_year_without_milestone_or_obligation_closes_nothing() -> None:
    (found,) = collected(prose("doc", "Le lot 1 dispose de 250 millions jusqu'en 2025."))
    assert found.date_kind == "takes_place"


def test_in_force_gives_each_day_once_the_most_precise() -> None:
    plain, precise = (
        deadline("a", "2023-12-14", (ONE, BALANCE)),
        deadline("b", "2023-12-14", (ONE, BALANCE), hour="14:00"),
    )
    other = deadline("c", "2023-04-28", (ONE, PHARMACY, BALANCE))
    assert in_force((plain, precise, other), vocabulary()) == (other, precise)
    assert standing((plain,), vocabulary()) == (plain,)


def test_about_follows_what_belongs_to_what() -> None:
    general = deadline("a", "2023-12-14", (ONE, BALANCE))
    software = deadline("b", "2023-12-15", (ONE, RECORD, BALANCE))
    lane = deadline("c", "2023-12-16", (ONE, HOSPITAL, BALANCE))
    other = deadline("d", "2023-12-17", (ONE, TILL, BALANCE))
    every = (general, software, lane, other)
    assert about(every, (HOSPITAL,), vocabulary()) == (software, lane)
    assert about(every, (RECORD,), vocabulary()) == (software, lane)
    assert about(every, (GATEWAY,), vocabulary()) == (lane,)
    assert about(every, (Tag("profession", "pharmacien"),), vocabulary()) == (other,)
    assert about(every, (ONE, BALANCE), vocabulary()) == every
    assert about(every, (Tag("programme", "equip"),), vocabulary()) == every
    assert about(every, (SUN,), vocabulary()) == ()
    assert about(every, (CITY,), vocabulary()) == ()


def test_describe_names_the_terms_or_begins_the_sentence() -> None:
    assert (
        describe(deadline("a", "2023-12-14", (ONE, RECORD, HOSPITAL, WORK)), vocabulary()) == "Prestation · DOP · Lot 1"
    )
    bare = deadline("a", "2023-12-14", (), quote="Une phrase " * 20)
    assert len(describe(bare, vocabulary())) <= 80


def test_a_participle_that_describes_a_term_is_no_milestone_beside_another() -> None:
    terms = (*vocabulary().terms, Term("agrement", "milestone", "Agrément", ("agréé",)))
    with_participle = Vocabulary.from_terms(terms)
    documents = {"doc": info("doc")}
    agreed = Tag("milestone", "agrement")
    (found,) = collect(
        (prose("doc", "La commande d'une caisse agréée ferme le 3 mars 2024."),), documents, with_participle
    )
    assert found.tags == (TILL, ORDER)
    (found,) = collect(
        (prose("doc", "La caisse doit être agréée au plus tard le 3 mars 2024."),), documents, with_participle
    )
    assert agreed in found.tags


def test_what_two_statements_say_together_is_listed_once() -> None:
    order, advance = deadline("a", "2022-11-30", (ONE, ORDER)), deadline("b", "2022-11-30", (ONE, ADVANCE))
    both = deadline("c", "2022-11-30", (ONE, ORDER, ADVANCE))
    assert set(in_force((order, advance, both), vocabulary())) == {order, advance}
    assert in_force((order, both), vocabulary()) == (both,)
    assert set(in_force((order, deadline("c", "2022-12-01", (ONE, ORDER, ADVANCE))), vocabulary())) >= {order}


def test_a_period_beneath_a_milestone_is_not_its_deadline() -> None:
    (found,) = collected(
        row("doc", ("2022-2025", "Généralisation"), ("Période", "Étape"), headings=("Doc", "Solde du lot 1"))
    )
    assert (found.date_kind, found.tags) == ("takes_place", (ONE,))
    (found,) = collected(row("doc", ("Solde", "fin 2025"), ("Étape", "Date"), headings=("Doc", "Lot 1")))
    assert (found.date_kind, found.tags) == ("closes", (BALANCE, ONE))
    (found,) = collected(row("doc", ("Clinique", "3/3/2025"), ("Qui", "Date"), headings=("Doc", "Solde du lot 1")))
    assert found.date_kind == "closes"


def test_since_when_is_no_last_day() -> None:
    (found,) = collected(row("doc", ("Commande", "1er janvier 2021"), ("Étape", "Depuis quand")))
    assert found.date_kind == "takes_place"
