"""The journal on SQLite and PostgreSQL: what is kept comes back as it was, and what should be forgotten is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from answer_maker import span
from exchange_maker import NINE, exchange, verified

from assistant.answers import Nearest
from assistant.desk_records import (
    Badge,
    Opinion,
    QueueFilter,
)
from assistant.errors import ExchangeUnknown, JournalUnavailable
from assistant.journal import Journal

TELEPHONE = "06 12 34 56 78"


def test_an_exchange_comes_back_as_it_was(journal: Journal) -> None:
    kept = exchange(terms=[("wave", "vague-1")], due_on=date(2026, 12, 1), verified=Badge("b", date(2026, 1, 2)))
    document = kept.answer.citations[0].document
    answer = replace(kept.answer, nearest=(Nearest("p", document, "texte"),), notices=("à noter",), choices=("a ?",))
    kept = replace(kept, answer=answer, without=("solde",), documents=frozenset({"d2", "d1"}), after=("avant ?",))
    journal.record(kept)
    assert journal.exchange(kept.id) == kept


def test_a_conversation_is_read_in_order(journal: Journal) -> None:
    first = exchange("une ?", conversation="c1", asked_at=NINE)
    second = exchange("deux ?", conversation="c1", asked_at=NINE + timedelta(seconds=1))
    for one in (second, first, exchange("autre ?")):
        journal.record(one)
    assert journal.conversation("c1") == (first, second)
    assert journal.conversation("c2") == ()


def test_texts_that_a_database_refuses_are_kept_without_what_it_refuses(journal: Journal) -> None:
    kept = exchange("nul \x00 et moitié \ud83d de caractère, é 😀 ' \" \\ %")
    journal.record(kept)
    assert journal.exchange(kept.id).question == "nul  et moitié ? de caractère, é 😀 ' \" \\ %"
    assert journal.listed(QueueFilter(text="caractere %"))[0].exchange == kept.id
    assert journal.listed(QueueFilter(text="caractere _")) == ()


def test_what_is_not_there_is_said_in_french(journal: Journal) -> None:
    for wrong in (journal.exchange, journal.verified):
        with pytest.raises(ExchangeUnknown, match="plus"):
            wrong("nothing")
    with pytest.raises(ExchangeUnknown):
        journal.set_state("nothing", "verified", by="Marie")
    with pytest.raises(ExchangeUnknown):
        journal.opine(Opinion("nothing", "up"))
    assert journal.audit_trail() == ()


def test_personal_numbers_are_masked_wherever_they_come_back(journal: Journal) -> None:
    kept = exchange(f"rappelez au {TELEPHONE}", after=(f"mon {TELEPHONE} ?",))
    answer = replace(kept.answer, lead=f"« {TELEPHONE} » n'est pas dans les documents.", choices=(f"{TELEPHONE} ?",))
    journal.record(replace(kept, answer=answer))
    back = journal.exchange(kept.id)
    journal.opine(Opinion(kept.id, "down", text=f"appelez {TELEPHONE}"))
    journal.note(kept.id, f"vu avec {TELEPHONE}", by="Marie")
    told = (back, journal.opinions(kept.id), journal.review(kept.id))
    assert "12 34" not in repr(told)
    assert back.question == "rappelez au [téléphone masqué]"
    assert back.answer.lead == "« [téléphone masqué] » n'est pas dans les documents."


def test_quotations_are_kept_as_they_stand(journal: Journal) -> None:
    kept = exchange(f"est-ce le {TELEPHONE} ?")
    quoted = replace(kept.answer.citations[0], span=span(f"Support : {TELEPHONE}"))
    journal.record(replace(kept, answer=replace(kept.answer, citations=(quoted,))))
    assert journal.exchange(kept.id).answer.citations == (quoted,)


def test_a_second_opinion_replaces_the_first(journal: Journal) -> None:
    kept = exchange()
    journal.record(kept)
    journal.opine(Opinion(kept.id, "down", 0, "wrong_date", "faux"))
    journal.opine(Opinion(kept.id, "down", 2, "unrelated_source"))
    journal.opine(Opinion(kept.id, "up"))
    assert [(one.citation, one.thumb, one.reason, one.text) for one in journal.opinions(kept.id)] == [
        (0, "up", None, ""),
        (2, "down", "unrelated_source", ""),
    ]


def test_a_review_keeps_state_assignment_notes_and_verdicts(journal: Journal) -> None:
    kept = exchange()
    journal.record(kept)
    assert journal.review(kept.id).state == "to_check"
    journal.assign(kept.id, "Paul", by="Marie")
    journal.set_state(kept.id, "to_correct", by="Paul")
    journal.note(kept.id, "La date est celle de l'avance.", by="Paul")
    journal.judge(kept.id, 1, "does_not_support", by="Paul")
    journal.judge(kept.id, 2, "partly", by="Paul")
    journal.judge(kept.id, 2, None, by="Paul")
    review = journal.review(kept.id)
    assert (review.state, review.assignee, review.changed_by) == ("to_correct", "Paul", "Paul")
    assert [(note.author, note.text) for note in review.notes] == [("Paul", "La date est celle de l'avance.")]
    assert review.verdicts == {1: "does_not_support"}


def test_every_change_of_staff_is_audited_with_it(journal: Journal) -> None:
    kept = exchange()
    journal.record(kept)
    journal.set_state(kept.id, "verified", by="Marie")
    journal.judge(kept.id, 1, "supports", by="Paul")
    journal.audit("Marie", "login")
    trail = journal.audit_trail()
    assert [(one.actor, one.action, one.subject, one.details) for one in trail] == [
        ("Marie", "login", "", ""),
        ("Paul", "verdict", kept.id, "1 supports"),
        ("Marie", "state", kept.id, "verified"),
    ]
    assert [one.action for one in journal.audit_trail(actor="Marie", limit=1, offset=1)] == ["state"]


def test_filters_and_search(journal: Journal) -> None:
    sure = exchange("Date du solde ?", terms=[("wave", "vague-1")], asked_at=NINE)
    unsure = exchange("Été à l'hôpital ?", outcome="not_found", confidence=0.2, asked_at=NINE + timedelta(days=3))
    for one in (sure, unsure):
        journal.record(one)
    journal.opine(Opinion(unsure.id, "down"))
    journal.set_state(sure.id, "verified", by="Marie")
    journal.assign(sure.id, "Marie", by="Marie")

    def found(wanted: QueueFilter) -> list[str]:
        return [one.question for one in journal.listed(wanted)]

    assert found(QueueFilter()) == [unsure.question, sure.question]
    of_unsure = [
        QueueFilter(state="to_check"),
        QueueFilter(outcome="not_found"),
        QueueFilter(thumb="down"),
        QueueFilter(below=0.5),
        QueueFilter(text="ete HOPITAL"),
        QueueFilter(since=date(2026, 11, 5)),
    ]
    of_sure = [
        QueueFilter(state="verified"),
        QueueFilter(assignee="Marie"),
        QueueFilter(term="vague-1"),
        QueueFilter(document="d1"),
        QueueFilter(until=date(2026, 11, 2)),
        QueueFilter(text="14 decembre"),
    ]
    assert [found(one) for one in of_unsure] == [[unsure.question]] * len(of_unsure)
    assert [found(one) for one in of_sure] == [[sure.question]] * len(of_sure)
    assert found(QueueFilter(term="vague")) == []
    assert found(QueueFilter(served_verified=True)) == []
    assert journal.counts() == {"to_check": 1, "verified": 1}


def test_the_same_words_count_as_one_question(journal: Journal) -> None:
    for words in ("Date du solde officine ?", "officine, solde : la date ?", "Date du solde biologie ?"):
        journal.record(exchange(words))
    assert sorted(one.asked for one in journal.listed(QueueFilter())) == [1, 2, 2]


def test_an_answer_that_was_worded_anew_is_one_question(journal: Journal) -> None:
    first = exchange("une ?", asked_at=NINE)
    second = replace(exchange("une ?", asked_at=NINE + timedelta(seconds=2)), rewords=first.id)
    for one in (first, second):
        journal.record(one)
    assert journal.exchange(second.id) == second
    assert [(one.exchange, one.asked) for one in journal.listed(QueueFilter())] == [(second.id, 1)]
    assert journal.counts() == {"to_check": 1}
    assert len(journal.tally(NINE.date()).exchanges) == 1
    journal.opine(Opinion(first.id, "down"))
    assert len(journal.listed(QueueFilter())) == 2


def test_forgetting_leaves_nothing_of_the_conversation(journal: Journal) -> None:
    kept, other = exchange("à oublier", conversation="c" * 32), exchange("à garder")
    for one in (kept, other):
        journal.record(one)
        journal.opine(Opinion(one.id, "down", text="avis"))
        journal.note(one.id, "note", by="Marie")
        journal.judge(one.id, 1, "partly", by="Marie")
    assert journal.forget("c" * 32, by="Marie") == 1
    with pytest.raises(ExchangeUnknown):
        journal.exchange(kept.id)
    assert journal.opinions(kept.id) == ()
    assert (journal.review(kept.id).notes, journal.review(kept.id).verdicts) == ((), {})
    assert journal.exchange(other.id) == other
    assert journal.audit_trail()[0].action == "forget"
    with pytest.raises(ExchangeUnknown, match="Aucune conversation"):
        journal.forget("c" * 32, by="Marie")
    assert len(journal.opinions(other.id)) == 1


def test_retention_erases_what_is_older_and_no_more(journal: Journal) -> None:
    old, new = exchange(asked_at=NINE), exchange(asked_at=NINE.replace(hour=0) + timedelta(days=1))
    answer = verified(exchange=old.id)
    for one in (old, new):
        journal.record(one)
    journal.add_verified(answer, by="Marie")
    assert journal.erase_before(date(2026, 11, 2)) == 0
    assert journal.erase_before(date(2026, 11, 3)) == 1
    assert [one.exchange for one in journal.listed(QueueFilter())] == [new.id]
    assert journal.verified_answers() == (replace(answer, exchange=None),)


def test_verified_answers_come_back_and_leave_service_once(journal: Journal) -> None:
    assert journal.verified_serial() is None
    older, newer = verified(), verified(verified_at=NINE + timedelta(days=1))
    for one in (newer, older):
        journal.add_verified(one, by="Marie")
    first = journal.verified_serial()
    assert journal.verified_answers("in_service") == (newer, older)
    assert journal.set_service(older.id, "returned", by="assistant", why=["Le document a changé."])
    assert not journal.set_service(older.id, "returned", by="assistant", why=["Le document a changé."])
    assert [one.action for one in journal.audit_trail()] == ["returned", "verify", "verify"]
    assert journal.verified_answers("in_service") == (newer,)
    assert journal.verified(older.id).returned_why == ("Le document a changé.",)
    assert journal.verified(older.id).returned_at is not None
    assert first not in (None, journal.verified_serial())


def test_the_generation_in_use_is_shared_with_those_before_it(journal: Journal, journal_url: str) -> None:
    assert journal.current_generation() is None
    for name in ("0001-a", "0002-b", "0001-a"):
        journal.choose_generation(name, by="Ana")
    other = Journal.open(journal_url)
    assert other.current_generation() == "0001-a"
    assert [one.generation for one in other.choices()] == ["0001-a", "0002-b", "0001-a"]
    assert {one.chosen_by for one in other.choices()} == {"Ana"}
    assert [(one.action, one.subject) for one in other.audit_trail(limit=1)] == [("generation", "0001-a")]
    other.close()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://someone:secret@nowhere/x",
        "nonsense",
        "postgresql://someone:secret@127.0.0.1:1/x",
        "sqlite:////proc/x/y",
    ],
)
def test_a_journal_that_cannot_be_opened_is_said_in_french_without_its_password(url: str) -> None:
    with pytest.raises(JournalUnavailable, match="ASSISTANT_JOURNAL") as caught:
        Journal.open(url)
    assert "secret" not in str(caught.value)
