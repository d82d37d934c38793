"""An answer that a language model worded, on the ask screen, on the plain page and over the JSON route."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient
from screens.app_runs import ask, opened, shown
from screens.fake_assistant import FakeAssistant

from assistant import routes
from assistant.settings import load_settings

MODEL = "ministral-3:8b"


class WithModel(FakeAssistant):
    language_model = MODEL


class WithDeadModel(WithModel):
    def reworded(self, question, **options):
        raise RuntimeError(f"secret {question}")


@pytest.fixture
def client():
    with TestClient(routes.create_site(WithModel, load_settings({}))) as client:
        yield client


def test_the_checked_wording_replaces_the_quotation_and_says_who_wrote_it():
    at = ask(opened(WithModel()), "le solde ?")
    page = shown(at)
    assert "En clair\u00a0: " in page
    assert f"Rédigé par {MODEL}" in page
    assert "2 phrases non prouvées écartées" in page.casefold()


def test_the_question_is_asked_once_and_stays_one_exchange():
    assistant = WithModel()
    at = ask(opened(assistant), "le solde ?")
    assert shown(at).count("le solde ?") == 1
    assert len(at.session_state["exchanges"]) == 1
    at = ask(at, "les jardiniers ?")
    assert len(at.session_state["exchanges"]) == 2
    assert assistant.asked[-1]["after"] == ("le solde ?",)


def test_the_quotation_stands_when_the_model_breaks():
    at = ask(opened(WithDeadModel()), "le solde ?")
    page = shown(at)
    assert "En clair" not in page
    assert "secret" not in page
    assert "28/04/2023" in page


def test_without_a_model_nobody_is_named():
    assert "Rédigé" not in shown(ask(opened(), "le solde ?"))


def test_the_plain_page_shows_the_quotation_and_links_to_the_wording(client):
    page = client.get("/simple", params={"q": "le solde ?"}).text
    assert "En clair" not in page
    assert f"Voir la réponse rédigée par {MODEL}" in page
    worded = client.get("/simple", params={"q": "le solde ?", "wording": "1"}).text
    assert "En clair" in worded
    assert f"Rédigé par {MODEL}" in worded
    assert "Voir la réponse rédigée" not in worded


def test_the_route_gives_the_last_answer_or_one_line_for_each(client):
    asked = {"question": "le solde ?"}
    last = client.post("/api/ask", json=asked).json()
    assert last["written_by"] == MODEL
    assert last["wording"]["dropped"] == 2
    assert [sentence["text"] for sentence in last["wording"]["sentences"]][1:] == ["", ""]
    got = client.post("/api/ask", json=asked, headers={"accept": routes.LINES})
    lines = [json.loads(line) for line in got.text.splitlines()]
    assert [line["written_by"] for line in lines] == ["quotation", MODEL]
    assert lines[0]["conversation"] == lines[1]["conversation"]


def test_every_answer_that_was_shown_is_in_the_journal():
    from assistant.desk import desk_in_memory

    desk = desk_in_memory(WithModel())  # type: ignore[arg-type]
    first = desk.ask("le solde ?")
    second = desk.reword(first)
    assert second is not None
    kept = desk.journal.conversation(first.conversation)
    assert [exchange.answer.written_by for exchange in kept] == ["quotation", MODEL]
    assert kept[1].answer.wording == second.answer.wording
