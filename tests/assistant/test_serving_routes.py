import html
import json
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import schemathesis
from hypothesis import settings
from screens.fake_assistant import HOSTILE, FakeAssistant
from starlette.testclient import TestClient

from assistant import routes, simple_page
from assistant.screens import wording
from assistant.settings import load_settings
from assistant.turns import Busy, Turns
from index.errors import GenerationMissing


def missing():
    raise GenerationMissing("Aucun index n’a été construit. Lancez « assistant build ».")


@pytest.fixture
def client():
    fake = FakeAssistant()
    return TestClient(routes.create_site(lambda: fake, load_settings({})), raise_server_exceptions=False)


@pytest.fixture
def bare():
    return TestClient(routes.create_site(missing, load_settings({})), raise_server_exceptions=False)


def test_health_and_readiness(client, bare):
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").status_code == 200
    assert bare.get("/health").status_code == 200
    answer = bare.get("/ready")
    assert answer.status_code == 503
    assert "assistant build" in answer.json()["error"]


def test_a_question_gets_the_answer_of_the_contract(client):
    answer = client.post("/api/ask", json={"question": "le solde ?", "after": ["avant"], "day": "2026-11-22"}).json()
    assert answer["outcome"] == "answered"
    assert answer["citations"][3]["replaced_by"] == 2
    assert {"question", "query", "understood", "text", "statements", "nearest", "timings_ms"} <= set(answer)


@pytest.mark.parametrize(
    "body", [{}, {"question": 3}, {"question": "x", "day": "demain"}, {"question": "x", "more": 1}, [], "x"]
)
def test_an_invalid_question_is_refused_in_french(client, body):
    answer = client.post("/api/ask", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("Demande invalide")


def test_what_does_not_exist_is_json(client):
    assert client.get("/api/nothing").json() == {"error": routes.NOT_FOUND}
    assert client.get("/api/ask").status_code == 405
    assert client.get("/api").json()["openapi"].startswith("3.")


def test_an_unexpected_error_shows_nothing_of_itself(client):
    answer = client.post("/api/ask", json={"question": "panne"})
    assert answer.status_code == 500
    assert answer.json() == {"error": routes.UNEXPECTED}
    page = client.get("/simple", params={"q": "panne"})
    assert page.status_code == 500
    assert "secret" not in page.text


def test_a_question_without_an_index_is_unavailable(bare):
    assert bare.post("/api/ask", json={"question": "x"}).status_code == 503
    page = bare.get("/simple", params={"q": "x"})
    assert page.status_code == 503
    assert "assistant build" in page.text


class CrowdedAssistant(FakeAssistant):
    """Answers when `gate` opens, one question at a time; one more may wait."""

    def __init__(self) -> None:
        super().__init__()
        self.turns = Turns(1, places=1)
        self.gate = threading.Event()
        self.began = threading.Event()

    def answer(self, question, **options):
        with self.turns.turn():
            self.began.set()
            assert self.gate.wait(20)
            return super().answer(question, **options)


def test_too_many_questions_are_told_to_come_back_and_nothing_else_waits():
    crowded = CrowdedAssistant()
    with TestClient(routes.create_site(lambda: crowded, load_settings({}))) as client, ThreadPoolExecutor(2) as pool:
        ask = {"json": {"question": "le solde ?"}}
        taken = [pool.submit(client.post, "/api/ask", **ask)]
        assert crowded.began.wait(20)
        taken.append(pool.submit(client.post, "/api/ask", **ask))
        while not crowded.turns.waiting:
            time.sleep(0.01)
        refused = client.post("/api/ask", **ask)
        page = client.get("/simple", params={"q": "le solde ?"})
        assert client.get("/health").status_code == 200
        crowded.gate.set()
        assert [one.result(20).status_code for one in taken] == [200, 200]
    assert refused.status_code == page.status_code == 503
    assert int(refused.headers["retry-after"]) >= 1
    assert int(page.headers["retry-after"]) >= 1
    assert refused.json()["error"] == str(Busy())


def test_the_plain_page_shows_the_same_parts(client):
    page = client.get("/simple", params={"q": "le solde ?", "after": ["avant", "encore"]})
    assert page.headers["content-security-policy"] == simple_page.POLICY
    assert '<html lang="fr">' in page.text
    for part in ("<mark>14/12/2023</mark>", "remplacée par [2]", "une page plus ancienne", "seule la page d’origine"):
        assert part in page.text
    assert page.text.count('name="after"') == 3
    assert "/simple?q=le+solde+%3F&amp;after=avant&amp;after=encore&amp;without=vague-1" in page.text


def test_the_plain_page_runs_and_loads_nothing(client):
    page = client.get("/simple", params={"q": "piège " + HOSTILE, "after": [HOSTILE]}).text
    for active in ("<script", "<img", "<svg", 'href="javascript', ' src="'):
        assert active not in page


def test_the_plain_page_offers_examples_and_its_style(client):
    page = client.get("/simple").text
    assert "/simple?q=Que+paie+le+programme+%3F" in page
    assert client.get("/simple/style.css").headers["content-type"].startswith("text/css")
    assert client.get("/simple/page.js").headers["content-type"].startswith("text/javascript")


schema = schemathesis.openapi.from_asgi("/api/openapi.json", routes.create_site(FakeAssistant, load_settings({})))


@schema.parametrize()
@settings(max_examples=40, deadline=None)
def test_no_generated_request_breaks_a_route(case):
    case.call_and_validate()


def test_importing_the_server_loads_no_model_library():
    code = (
        "import json, sys, assistant.serving, assistant.routes;"
        "print(json.dumps([name for name in ('torch', 'transformers', 'streamlit') if name in sys.modules]))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(found.stdout) == []


def test_a_page_image_is_made_only_for_pages_of_the_corpus(client):
    made = client.get("/page-image", params={"doc": "guide", "page": 2, "start": 0, "end": 5})
    assert made.headers["content-type"] == "image/png"
    assert made.content.startswith(b"\x89PNG")
    for doc, page in (("guide", 9), ("fiche-vague-1", 1), ("../../etc/passwd", 1)):
        answer = client.get("/page-image", params={"doc": doc, "page": page})
        assert answer.status_code == 404
        assert answer.json()["error"]


def test_deadlines_as_json_and_as_a_calendar(client):
    found = client.get("/api/deadlines", params={"lane": "primaires"}).json()
    assert [one["id"] for one in found] == ["d2"]
    assert found[0]["status"] == "past"
    assert [one["id"] for one in client.get("/api/deadlines", params={"from": "2024-01-01"}).json()] == ["d3", "d5"]
    calendar = client.get("/deadlines.ics", params={"wave": "vague-1"})
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.text.count("BEGIN:VEVENT") == 4


@pytest.mark.parametrize("path", ["/api/deadlines", "/deadlines.ics"])
def test_an_unknown_term_is_refused_with_the_nearest_ones(client, path):
    answer = client.get(path, params={"lane": "primaire"})
    assert answer.status_code == 404
    assert "primaires" in answer.json()["error"]


def test_documents_open_without_javascript_at_their_quotation(client):
    answer = client.get("/simple", params={"q": "je suis jardinier"}).text
    address = re.search(r'href="(/simple/documents\?[^"]+)#citation"', answer)
    page = client.get(html.unescape(address[1]))
    assert page.headers["content-security-policy"] == simple_page.POLICY
    assert "<script" not in page.text
    assert 'id="citation"' in page.text
    assert "<mark>La vague 2 s’ouvre aux jardiniers et aux pépiniéristes.</mark>" in page.text
    assert 'src="/page-image?' in page.text
    assert wording.NEXT in page.text or wording.PREVIOUS in page.text


def test_the_plain_list_holds_every_document_and_says_what_is_not_there(client):
    page = client.get("/simple/documents").text
    for info in FakeAssistant().documents():
        assert f"/simple/documents?doc={info.id}" in page
    missing = client.get("/simple/documents", params={"doc": "rien"})
    assert missing.status_code == 404
    assert wording.NO_SUCH_DOCUMENT in missing.text
    assert wording.FILE_CHANGED in client.get("/simple/documents", params={"doc": "page-2022"}).text


def test_a_plain_question_can_be_kept_to_a_document(client):
    page = client.get("/simple", params={"doc": "guide"}).text
    assert '<input type="hidden" name="doc" value="guide">' in page
    assert "Réponses cherchées seulement dans" in page
