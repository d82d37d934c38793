"""The login page and the limits, by HTTP."""

import logging

import pytest
from screens.fake_assistant import FakeAssistant
from starlette.testclient import TestClient

from assistant import routes
from assistant.access import COOKIE, Access
from assistant.access_settings import AccessSettings
from assistant.passwords import Passwords
from assistant.settings import load_settings

WORD = "jardin-potager-2026"


def client_of(access, address="10.0.0.1", base="http://assistant.example"):
    site = routes.create_site(FakeAssistant, load_settings({}), access)
    return TestClient(site, base_url=base, client=(address, 5000), follow_redirects=False)


@pytest.fixture
def access(tmp_path):
    return Access(AccessSettings(), Passwords(tmp_path / "access.json"))


def enter(client, word=WORD, **headers):
    return client.post("/connexion", data={"nom": "Ana", "mot": word, "vers": "manques"}, headers=headers)


def test_a_password_opens_a_session_by_a_guarded_cookie(access):
    access.passwords.set("support", WORD)
    answer = enter(client_of(access), **{"sec-fetch-site": "same-origin"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/manques")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    assert access.person(answer.cookies[COOKIE], None, is_local=False).role == "support"


def test_the_cookie_is_kept_to_https_where_the_site_is(tmp_path):
    access = Access(AccessSettings(address="https://assistant.example"), Passwords(tmp_path / "access.json"))
    access.passwords.set("support", WORD)
    assert "Secure" in enter(client_of(access)).headers["set-cookie"]


def test_a_wrong_password_or_another_site_gets_no_cookie_and_no_echo(access, caplog):
    access.passwords.set("support", WORD)
    with caplog.at_level(logging.DEBUG):
        for answer in (
            enter(client_of(access), "mot-de-passe-tapé"),
            enter(client_of(access), **{"sec-fetch-site": "cross-site"}),
        ):
            assert answer.status_code == 403
            assert "set-cookie" not in answer.headers
            assert "mot-de-passe-tapé" not in answer.text
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert WORD not in caplog.text
    assert "mot-de-passe-tapé" not in caplog.text


def test_too_many_tries_are_told_to_wait(access):
    access.passwords.set("support", WORD)
    client = client_of(access)
    answers = [enter(client, "faux-faux-faux") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [403] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.parametrize(
    "wanted", ["https://evil.example", "//evil.example", "", "../x", "verification?q=//x", "verification?a=b#c"]
)
def test_one_goes_to_staff_screens_alone(access, wanted):
    access.passwords.set("support", WORD)
    answer = client_of(access).post("/connexion", data={"nom": "Ana", "mot": WORD, "vers": wanted})
    assert answer.headers["location"] == "/verification"
    assert 'value="verification"' in client_of(access).get("/connexion", params={"vers": wanted}).text


def test_one_comes_back_to_the_exchange_that_was_linked(access):
    access.passwords.set("support", WORD)
    wanted = "verification?id=0a1b&view=seen"
    answer = client_of(access).post("/connexion", data={"nom": "Ana", "mot": WORD, "vers": wanted})
    assert answer.headers["location"] == "/verification?id=0a1b&view=seen"


def test_the_one_time_link(access):
    link = access.new_link()
    assert client_of(access).get("/connexion", params={"lien": link}).status_code == 403
    own = client_of(access, "127.0.0.1", "http://localhost:8501")
    assert own.get("/connexion", params={"lien": link}).status_code == 303
    assert own.get("/connexion", params={"lien": link}).status_code == 403


def test_without_password_the_page_says_what_to_do(access):
    page = client_of(access).get("/connexion")
    assert page.status_code == 200
    assert "lien à usage unique" in page.text
    assert "<form" not in page.text


def test_a_broken_body_is_no_crash(access):
    assert client_of(access).post("/connexion", content=b"\xff\x00&&=").status_code == 403


@pytest.mark.parametrize(
    "asked", [("POST", "/api/ask", {"json": {"question": "solde ?"}}), ("GET", "/simple", {"params": {"q": "solde ?"}})]
)
def test_asking_too_often_is_429_with_retry_after(tmp_path, asked):
    access = Access(AccessSettings(asks_per_address=2), Passwords(tmp_path / "access.json"))
    client = client_of(access)
    method, path, more = asked
    answers = [client.request(method, path, **more) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2].headers["retry-after"]) >= 1
    assert "Trop de questions" in answers[2].text
    assert client.get("/simple").status_code == 200
    assert client_of(access, "10.0.0.2").request(method, path, **more).status_code == 200
