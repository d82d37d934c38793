from __future__ import annotations

from datetime import date

from dated_documents import info, prose
from dated_questions import SmallIndex, asked

from assistant.citations import check
from assistant.dates_writer import write_dates
from assistant.drafts import Draft
from index.records import Passage


def draft_of(
    question: str, *passages: Passage, day: date = date(2026, 11, 23), published: object = "2023-05-24"
) -> Draft:
    days = published if isinstance(published, dict) else {passage.document_id: published for passage in passages}
    index = SmallIndex(passages, {name: info(name, of) for name, of in days.items()})
    draft = write_dates(asked(question, day=day), index)
    assert draft is not None
    assert check(draft.claims, index.documents, index.pages).dropped == 0
    return draft


PHARMACY = prose("pharmacie", "Pour la pharmacie, le solde du lot 1 est à déposer au plus tard le 28 avril 2023 à 14h.")
CLINIC = prose("clinique", "Pour le DOP, le solde du lot 1 est à déposer au plus tard le 14 décembre 2023 à 14h.")
CABINET = prose("cabinet", "Pour l'Agenda, le solde du lot 1 est à déposer au plus tard le 14 décembre 2023.")


def test_several_right_answers_are_all_listed_sectors_of_one_day_together() -> None:
    draft = draft_of("date limite du solde du lot 1 ?", PHARMACY, CLINIC, CABINET)
    first, second = (claim.text for claim in draft.claims)
    assert first == PHARMACY.text
    assert second.startswith("Solde · Lot 1, date limite — ")
    assert second.endswith(" : 14 décembre 2023")
    assert {"Cabinet", "Clinique"} <= set(second.split())
    assert [len(claim.quotations) for claim in draft.claims] == [1, 2]
    assert all(choice.endswith(" ?") for choice in draft.choices)
    assert set(draft.choices) == {
        "Solde, Lot 1, Pharmacie : quelle est la date limite ?",
        "Solde, Lot 1, Clinique : quelle est la date limite ?",
        "Solde, Lot 1, Cabinet : quelle est la date limite ?",
    }


def test_an_hour_that_everyone_is_given_is_said_for_all() -> None:
    everyone = prose("tous", "Les demandes de solde du lot 1 sont à déposer au plus tard le 14 décembre 2023 à 14h.")
    draft = draft_of("date limite du solde du lot 1 ?", everyone, CLINIC, CABINET)
    assert draft.claims[0].text.replace("\u202f", " ").replace("\xa0", " ").endswith("14 décembre 2023 à 14 h")


def test_a_choice_asked_as_it_is_leads_to_its_own_date() -> None:
    draft = draft_of("Solde, Lot 1, Pharmacie : quelle est la date limite ?", PHARMACY, CLINIC, CABINET)
    assert [claim.text for claim in draft.claims] == [PHARMACY.text]
    assert draft.choices == ()


MOVED = "Pour la pharmacie, la commande du lot 1, prévue au 18 décembre 2022, est reportée au 15 mars 2023."
INITIALLY = "quelle était la date initiale de la commande du lot 1 en pharmacie, avant le report ?"


def test_a_sentence_that_says_the_day_and_the_former_one_is_said_once() -> None:
    for question in ("date limite de commande du lot 1 en pharmacie ?", INITIALLY):
        draft = draft_of(question, prose("moved", MOVED))
        assert [claim.text for claim in draft.claims] == [MOVED]
    again = prose("again", MOVED.replace("est reportée", "a été reportée"))
    draft = draft_of(INITIALLY, prose("moved", MOVED), again)
    assert len(draft.claims) == 1
    short = prose("moved", MOVED.replace(" 2022", "").replace(" 2023", "").replace("18 décembre", "18 janvier"))
    draft = draft_of("date limite de commande du lot 1 en pharmacie ?", short, published="2023-01-05")
    (claim,) = draft.claims
    assert "15 mars (15 mars 2023)" in claim.text


def test_what_was_replaced_comes_behind_and_first_when_it_is_asked_for() -> None:
    older = prose("older", "Pour la pharmacie, la commande du lot 1 est à passer au plus tard le 18 décembre 2022.")
    newer = prose("newer", "Pour la pharmacie, la commande du lot 1 est à passer au plus tard le 15 mars 2023.")
    days = {"older": "2022-05-24", "newer": "2022-12-01"}
    draft = draft_of("date limite de commande du lot 1 en pharmacie ?", older, newer, published=days)
    assert [claim.text.startswith("Auparavant") for claim in draft.claims] == [False, True]
    former = draft_of(INITIALLY, older, newer, published=days)
    assert former.claims[0].text.startswith("Auparavant")


def test_days_are_counted_from_the_day_that_is_shown() -> None:
    draft = draft_of(
        "combien de jours reste-t-il pour le solde du lot 1 en pharmacie ?", PHARMACY, day=date(2023, 4, 18)
    )
    assert draft.lead == "Au 18 avril 2023 :"
    assert draft.claims[0].text.endswith("(il reste 10 jours).")
    assert draft.claims[0].derived[-1].value == "il reste 10 jours"


def test_an_opening_is_open_since() -> None:
    opening = prose("ouvre", "Pour la pharmacie, le dépôt des avances du lot 2 est ouvert depuis le 12 septembre 2024.")
    draft = draft_of("peut-on déjà demander l'avance du lot 2 en pharmacie ?", opening, day=date(2024, 9, 14))
    assert "(ouvert depuis 2 jours)" in draft.claims[0].text


def test_what_comes_next_needs_no_subject() -> None:
    draft = draft_of("quelles sont les prochaines échéances ?", PHARMACY, CLINIC, day=date(2023, 5, 1))
    assert [claim.text.startswith("Pour le DOP") for claim in draft.claims] == [True]


def test_a_deadline_ahead_from_an_old_page_is_to_be_verified() -> None:
    old = draft_of(
        "date limite du solde du lot 1 en pharmacie ?", PHARMACY, day=date(2023, 4, 1), published="2022-01-01"
    )
    assert any(notice.startswith("À vérifier") for notice in old.notices)
    recent = draft_of(
        "date limite du solde du lot 1 en pharmacie ?", PHARMACY, day=date(2023, 4, 1), published="2023-03-01"
    )
    assert recent.notices == ()
    past = draft_of("date limite du solde du lot 1 en pharmacie ?", PHARMACY, published="2022-01-01")
    assert past.notices == ()


def test_dates_that_contradict_each_other_are_both_shown() -> None:
    other = prose("autre", "Pour la pharmacie, le solde du lot 1 est à déposer au plus tard le 5 mai 2023.")
    draft = draft_of("date limite du solde du lot 1 en pharmacie ?", PHARMACY, other)
    assert len(draft.claims) == 2
    assert any("se contredisent" in notice for notice in draft.notices)


def test_a_long_calendar_says_that_it_is_cut() -> None:
    many = [
        prose(
            f"doc{n}",
            f"Pour la pharmacie, le solde du lot 1 est à déposer au plus tard le {n} avril 2023, {'x' * 150}.",
        )
        for n in range(1, 29)
    ]
    draft = draft_of("date limite du solde du lot 1 en pharmacie ?", *many)
    assert sum(len(claim.text) for claim in draft.claims) < 1400
    assert any("abrégée" in notice for notice in draft.notices)
