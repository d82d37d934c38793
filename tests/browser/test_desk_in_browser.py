"""The support desk in a real Chromium: asked, disliked, corrected, served verified, expired; and by keyboard alone."""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request

import pytest
from browser.server import running
from conftest import SMALL_DOCUMENTS, SMALL_MANIFEST, SMALL_VOCABULARY
from fakes import write_corpus

pytestmark = pytest.mark.browser
WORD = "jardin-potager-2026"
COMMAND = [sys.executable, "-m", "assistant"]
MAX_KEYS = 12
QUESTION = "date limite du solde de la vague 1 ?"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The small corpus with its index, and the environment of its commands."""
    folder = tmp_path_factory.mktemp("desk")
    corpus = write_corpus(folder / "corpus", SMALL_DOCUMENTS, manifest=SMALL_MANIFEST, vocabulary=SMALL_VOCABULARY)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    settings = {"CORPUS": corpus, "INDEX": folder / "built", "DAY": "2024-05-01"}
    environment = {**kept, **{f"ASSISTANT_{name}": str(value) for name, value in settings.items()}}
    run("build", environment)
    run("password", environment, typed=WORD)
    return corpus, environment


@pytest.fixture(scope="module")
def base_url(made):
    with running([*COMMAND, "serve", "--port", "{port}"], made[1], tempfile.gettempdir(), unsaid=(WORD,)) as address:
        yield address


def run(command, environment, *options, typed=""):
    done = subprocess.run(
        [*COMMAND, command, *options],
        env=environment,
        input=typed,
        text=True,
        capture_output=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def staff(open_page):
    page = open_page("/")
    page.goto(page.url.split("?")[0] + "connexion")
    page.get_by_label("Votre nom").fill("Ana")
    page.get_by_label("Mot de passe").fill(WORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Vérification").wait_for()
    return page


def ask(open_page, question):
    page = open_page("/")
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    page.locator(".source").first.wait_for()
    return page


def correct(page, screenshot):
    """Adds a sentence with its quotation to the answer that is reviewed, and serves it."""
    page.locator(".st-key-review-view-edit button").click()
    page.get_by_placeholder("Mots du passage cherché").fill("avance de la vague 2")
    page.keyboard.press("Enter")
    found = page.locator("[class*=st-key-found-]", has_text="3 juin 2024")
    found.get_by_role("button").click()
    page.locator(".picked mark", has_text="3 juin 2024").wait_for()
    page.get_by_role("button", name="Ajouter une phrase").click()
    second = page.get_by_label("Phrase 2")
    second.fill("L’avance de la vague 2, elle, ouvre le 3 juin 2024.")
    second.press("Tab")
    page.get_by_role("combobox", name="Citations qui la prouvent").last.click()
    page.get_by_role("option", name="[2]", exact=False).click()
    page.keyboard.press("Escape")
    screenshot(page, "review-edit")
    page.get_by_role("button", name="Enregistrer et servir").click()
    page.get_by_text("La réponse vérifiée est en service").wait_for()


def test_an_answer_is_disliked_corrected_served_to_the_next_and_returned_when_its_document_changes(
    open_page, screenshot, made
):
    asked = ask(open_page, QUESTION)
    asked.get_by_role("button", name="Pas utile").first.click()
    asked.get_by_text("Incomplet").click()
    asked.get_by_label("En quelques mots").fill("Il manque l’avance de la vague 2.")
    asked.get_by_role("button", name="Envoyer l’avis").click()
    asked.get_by_text("Merci").wait_for()

    page = staff(open_page)
    page.get_by_text("avis négatif").first.wait_for()
    screenshot(page, "review-queue")
    page.get_by_role("link", name="date limite du solde").click()
    page.locator(".proof mark", has_text="14 décembre 2023").wait_for()
    page.get_by_text("Il manque l’avance de la vague 2.").wait_for()
    screenshot(page, "review-exchange")
    correct(page, screenshot)

    served = ask(open_page, "Quelle est la date limite du solde de la vague 1 ?")
    served.get_by_text("Réponse vérifiée par une personne le").wait_for()
    assert "L’avance de la vague 2, elle, ouvre le 3 juin 2024" in served.locator(".answer").inner_text()
    screenshot(served, "ask-verified")

    corpus, environment = made
    calendar = corpus / "documents" / "calendrier.md"
    calendar.write_text(calendar.read_text().replace("14 décembre 2023", "18 janvier 2024"))
    run("build", environment, "--accept", "la date a été reculée")  # the gate holds verified answers
    page.goto(served.url.split("?")[0] + "verification")
    page.get_by_text("réponse vérifiée à revoir").wait_for()
    page.get_by_role("link", name="touchées par un document changé").click()
    page.get_by_text("changé").first.wait_for()
    screenshot(page, "review-affected")

    again = ask(open_page, QUESTION)
    again.get_by_text("18 janvier 2024").first.wait_for()
    assert again.locator(".verified-badge").count() == 0


class Keys:
    """The keyboard of a page, counting."""

    def __init__(self, page):
        self.page = page
        self.pressed = 0

    def press(self, key):
        self.pressed += 1
        self.page.keyboard.press(key)


def at_rest(page):
    """A key pressed while the page is being made anew may find no button yet."""
    page.locator("[data-test-script-state=notRunning]").first.wait_for()


def test_twenty_exchanges_are_reviewed_by_keyboard_alone(open_page, base_url):
    questions = [f"{QUESTION} Dossier {number}" for number in range(10)]
    questions += [f"Quand ouvre l’avance de la vague 2, dossier {number} ?" for number in range(6)]
    questions += [f"Qui vend la machine à café numéro {number} ?" for number in range(4)]
    for question in questions:
        body = json.dumps({"question": question}).encode()
        request = urllib.request.Request(f"{base_url}/api/ask", body, {"content-type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 200
    page = staff(open_page)
    page.get_by_role("button", name="Commencer").wait_for()
    keys, reviewed = Keys(page), set()
    keys.press("o")
    while len(reviewed) < 20:
        page.locator("h1.reviewed").wait_for()
        at_rest(page)
        name = page.locator("h1.reviewed").get_attribute("data-exchange")
        total = page.locator("[class*=st-key-cite-]").count()
        for done in range(1, total + 1):
            keys.press("1" if done % 3 else "2")
            page.get_by_text(f"{done} sur {total} citation").wait_for()
            at_rest(page)
        keys.press("v" if total else "x")
        page.locator(f".st-key-staff h1:not([data-exchange='{name}'])").wait_for()
        reviewed.add(name)
        assert keys.pressed <= MAX_KEYS
        keys.pressed = 0
    assert len(reviewed) == 20
