"""Staff comes in: by an OIDC provider that really runs, by password, by the one-time link. A real Chromium does it."""

import json
import re
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser.server import running

from assistant.passwords import Passwords

pytestmark = pytest.mark.browser
HERE = Path(__file__).resolve().parent
WORD, SECRET = "jardin-potager-2026", "secret-du-client-oidc"
PEOPLE = (
    {"sub": "ana", "email": "ana@aide.example", "email_verified": True},
    {"sub": "chef", "email": "chef@chez.example", "email_verified": True, "groups": ["maintenance"]},
    {"sub": "faux", "email": "ana@aide.example", "email_verified": False},
)


@contextmanager
def served(folder, *settings, log=None):
    """The server around the assistant made by hand, under the name `localhost`, with these settings."""
    command = [sys.executable, str(HERE / "serve_fake.py"), "{port}", f"INDEX={folder}", *settings]
    with running(command, None, tempfile.gettempdir(), unsaid=("solde", WORD, SECRET), log=log) as address:
        yield address.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def with_provider(tmp_path_factory):
    """The address of a server whose staff logs in at a provider in another process."""
    claims = [part for person in PEOPLE for part in ("--user-claims", json.dumps(person))]
    command = [sys.executable, "-m", "oidc_provider_mock", "-H", "localhost", "-p", "{port}", *claims]
    well_known = "/.well-known/openid-configuration"
    with running(command, None, tempfile.gettempdir(), ready=well_known, unsaid=()) as provider:
        metadata = provider.replace("127.0.0.1", "localhost") + well_known
        settings = (
            "ADDRESS=http://localhost:{port}",
            f"OIDC_URL={metadata}",
            "OIDC_CLIENT=assistant",
            f"OIDC_SECRET={SECRET}",
            "SUPPORT=@aide.example",
            "MAINTAINERS=groups=maintenance",
        )
        with served(tmp_path_factory.mktemp("oidc"), *settings) as address:
            yield address


@pytest.fixture(scope="module")
def with_password(tmp_path_factory):
    folder = tmp_path_factory.mktemp("password")
    Passwords(folder / "access.json").set("support", WORD)
    with served(folder) as address:
        yield address


@pytest.fixture
def page(browser):
    context = browser.new_context(locale="fr-FR")
    yield context.new_page()
    context.close()


def log_in(page, address, sub):
    page.goto(f"{address}/verification")
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("button", name=sub, exact=True).click()
    page.wait_for_url(f"{address}/**")


def test_oidc_gives_the_role_of_the_claims_and_takes_it_back(page, with_provider):
    log_in(page, with_provider, "ana")
    page.goto(f"{with_provider}/verification")
    page.get_by_role("heading", name="Vérification").wait_for()
    page.get_by_text("ana@aide.example · assistance").wait_for()
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies["_streamlit_user"]["httpOnly"]
    assert cookies["_streamlit_user"]["sameSite"] == "Lax"
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_timeout(1500)
    assert not [cookie for cookie in page.context.cookies(with_provider) if cookie["name"] == "_streamlit_user"]
    page.goto(f"{with_provider}/verification")
    page.get_by_role("heading", name="Espace de l’équipe").wait_for()


def test_oidc_claims_of_a_group_give_the_maintainers_role(page, with_provider):
    log_in(page, with_provider, "chef")
    page.goto(f"{with_provider}/verification")
    page.get_by_text("chef@chez.example · maintenance").wait_for()


@pytest.mark.parametrize("sub", ["faux"])
def test_oidc_login_alone_opens_nothing(page, with_provider, sub):
    log_in(page, with_provider, sub)
    page.goto(f"{with_provider}/verification")
    page.get_by_text("Ce compte n’a pas ce rôle").wait_for()
    assert page.get_by_role("heading", name="Vérification").count() == 0


def test_a_forged_login_cookie_is_nobody(page, with_provider):
    forged = json.dumps({"email": "ana@aide.example", "email_verified": True, "iat": 4e9, "is_logged_in": True})
    page.context.add_cookies([{"name": "_streamlit_user", "value": forged.encode().hex(), "url": with_provider}])
    page.goto(f"{with_provider}/verification")
    page.get_by_role("heading", name="Espace de l’équipe").wait_for()


def test_a_password_opens_the_screens_until_one_leaves(page, with_password):
    page.goto(f"{with_password}/verification")
    page.get_by_role("link", name="Se connecter").click()
    page.get_by_label("Votre nom").fill("Ana")
    page.get_by_label("Mot de passe").fill("un-mauvais-mot")
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_text("pas le bon").wait_for()
    page.get_by_label("Votre nom").fill("Ana")
    page.get_by_label("Mot de passe").fill(WORD)
    page.screenshot(path=HERE / "screenshots" / "login.png")
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("heading", name="Vérification").wait_for()
    page.reload()
    page.get_by_text("Ana · assistance").wait_for()
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("heading", name="Espace de l’équipe").wait_for()
    page.reload()
    page.get_by_role("heading", name="Espace de l’équipe").wait_for()


def test_the_link_of_a_fresh_install(page, tmp_path):
    log = tmp_path / "log"
    with served(tmp_path / "index", log=log) as address:
        page.goto(f"{address}/verification")
        page.get_by_text("lien à usage unique").wait_for()
        link = re.search(r"\?lien=\S+", log.read_text())
        page.goto(f"{address}/connexion{link.group()}")
        page.get_by_text("poste local · maintenance").wait_for()
        page.goto(f"{address}/connexion{link.group()}")
        page.get_by_text("Ce lien n’est pas, ou n’est plus, valable").wait_for()
