"""Upkeep in a real Chromium: a build the gate refuses, accepted with a reason, its digest, history and the way back."""

import json
import os
import subprocess
import sys
import tempfile
from urllib.parse import urlsplit

import pytest
from browser.pages import seen_in
from browser.server import running
from browser.test_accessibility import violations
from conftest import SMALL_DOCUMENTS, SMALL_MANIFEST, SMALL_VOCABULARY
from fakes import write_corpus
from file_makers import lines_pdf

pytestmark = pytest.mark.browser
WORD = "serre-et-verger-2026"
COMMAND = [sys.executable, "-m", "assistant"]
QUESTIONS = [
    {
        "id": "solde",
        "question": "date limite du solde de la vague 1 ?",
        "answerable": True,
        "gold": ["14 décembre 2023"],
    },
    {"id": "avance", "question": "quand ouvre l'avance de la vague 2 ?", "answerable": True, "gold": ["3 juin 2024"]},
]
REASON = "La date a été reculée par l’arrêté du 12 mai"
NOTICE = ["Avance de la vague 2", "", "Le dépôt des demandes d'avance de la vague 2 est clos le 30 juin 2025."]
LOOKS = [((1280, 800), "light", "desktop"), ((390, 844), "light", "phone"), ((1280, 800), "dark", "dark")]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The small corpus with two golden questions and its index, and the environment of its commands."""
    folder = tmp_path_factory.mktemp("upkeep")
    corpus = write_corpus(folder / "corpus", SMALL_DOCUMENTS, manifest=SMALL_MANIFEST, vocabulary=SMALL_VOCABULARY)
    (corpus / "questions.jsonl").write_text("".join(json.dumps(one) + "\n" for one in QUESTIONS), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    settings = {"CORPUS": corpus, "INDEX": folder / "built", "DAY": "2024-05-01"}
    environment = {**kept, **{f"ASSISTANT_{name}": str(value) for name, value in settings.items()}}
    for command, typed in (["build"], ""), (["password", "maintainer"], WORD):
        subprocess.run([*COMMAND, *command], env=environment, input=typed, text=True, timeout=280, check=True)
    return corpus, environment


@pytest.fixture(scope="module")
def base_url(made):
    with running([*COMMAND, "serve", "--port", "{port}"], made[1], tempfile.gettempdir(), unsaid=(WORD,)) as address:
        yield address


@pytest.fixture
def looked_at(screenshot, axe):
    """Pictures of a screen in every look; it fits and axe finds nothing serious."""

    def look(page, name):
        for size, scheme, suffix in LOOKS:
            seen_in(page, scheme, size)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} {suffix}"
            screenshot(page, f"upkeep-{name}-{suffix}")
        page.emulate_media(color_scheme="light")
        assert [found for found in violations(page, axe) if found[1] in {"serious", "critical"}] == [], name

    return look


def part(page, label):
    page.locator(".st-key-upkeep-parts").get_by_role("button", name=label).click()


def opened_by_the_maintainer(open_page):
    page = open_page("/")
    split = urlsplit(page.url)
    page.goto(f"{split.scheme}://{split.netloc}/connexion?vers=entretien")
    page.get_by_label("Votre nom").fill("Ana")
    page.get_by_label("Mot de passe").fill(WORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Entretien").wait_for()
    return page, f"{split.scheme}://{split.netloc}"


def test_a_file_is_dropped_looked_at_added_planned_withdrawn_and_brought_back(open_page, looked_at, made, tmp_path):
    corpus, _ = made
    page, address = opened_by_the_maintainer(open_page)
    notice = tmp_path / "Calendrier des vagues – été 2025.pdf"
    lines_pdf(notice, [NOTICE, ["Deuxième page", "", "Le guichet ferme le 30 septembre 2025."]])
    heavy = tmp_path / "lourd.txt"
    heavy.write_bytes(b"Une ligne de texte.\n" * 1_200_000)
    page.locator("input[type=file]").set_input_files([notice, heavy])
    page.get_by_text("2 fichiers en attente").wait_for(timeout=60_000)
    page.locator("[class*=st-key-waiting-]", has_text="lourd.txt").get_by_role("button", name="Écarter").click()
    page.get_by_text("Écarté : lourd.txt").wait_for()

    page.locator("[class*=st-key-waiting-] a", has_text="été 2025").click()
    page.get_by_text("Celui-ci le remplace").first.wait_for(timeout=60_000)
    page.locator(".found-dates", has_text="30 juin 2025").wait_for()
    page.locator(".st-key-text-read", has_text="Avance de la vague 2").wait_for()
    page.locator(".st-key-page-read img").wait_for()
    page.get_by_role("textbox", name="Publié le").first.fill("2025-13-01")
    page.get_by_role("textbox", name="Publié le").first.press("Enter")
    page.get_by_text("n'est pas une date").wait_for()
    looked_at(page, "file")
    page.get_by_role("textbox", name="Publié le").first.fill("2025-05")
    page.get_by_role("textbox", name="Publié le").first.press("Enter")
    page.get_by_text("n'est pas une date").wait_for(state="detached")
    page.locator(".st-key-add-document button:enabled").click()
    page.get_by_text("Enregistré : « Calendrier").wait_for()
    assert (corpus / "documents" / notice.name).read_bytes() == notice.read_bytes()
    assert 'published_on = "2025-05"' in (corpus / "manifest.toml").read_text(encoding="utf-8")

    part(page, "Construire")
    page.get_by_role("button", name="Voir ce qui changerait").click()
    page.get_by_text("1 document ajouté").wait_for(timeout=60_000)
    part(page, "Documents")
    page.locator("[class*=st-key-document-]", has_text="été 2025.pdf").locator("a").last.click()
    page.get_by_role("button", name="Enregistrer l’entrée").wait_for()
    looked_at(page, "document")
    page.get_by_role("button", name="Retirer ce document").click()
    page.get_by_role("button", name="Oui, le retirer").click()
    page.get_by_text("Ces fichiers sont dans le dossier retired/").wait_for()
    assert not (corpus / "documents" / notice.name).exists()
    looked_at(page, "withdrawn")
    page.get_by_role("button", name="Annuler la dernière modification").click()
    page.get_by_text("Annulé :").wait_for()
    assert (corpus / "documents" / notice.name).read_bytes() == notice.read_bytes()
    page.get_by_role("button", name="Annuler la dernière modification").click()
    page.locator("[class*=st-key-waiting-] a", has_text="été 2025").wait_for()
    page.goto(f"{address}/entretien?part=vocabulary&term=vague-2")
    page.locator(".use mark", has_text="vague 2").first.wait_for()
    looked_at(page, "term")


def test_a_refused_build_is_accepted_with_a_reason_and_taken_back(open_page, looked_at, made):
    page, address = opened_by_the_maintainer(open_page)
    corpus, _ = made
    calendar = corpus / "documents" / "calendrier.md"
    calendar.write_text(calendar.read_text().replace("14 décembre 2023", "18 janvier 2024"))

    part(page, "Construire")
    page.get_by_role("button", name="Voir ce qui changerait").click()
    page.get_by_text("1 document modifié").wait_for(timeout=60_000)
    looked_at(page, "preview")
    page.locator(".st-key-build button").click()
    page.locator(".st-key-cancel-build").wait_for()
    page.locator(".stages .is-current, .st-key-build-refusal").first.wait_for(timeout=120_000)
    looked_at(page, "running")
    page.reload()  # the build is none of the page's
    page.locator(".st-key-build-refusal").wait_for(timeout=180_000)
    before = page.locator(".gate .before", has_text="14 décembre 2023")
    before.first.wait_for()  # the refusal stands before what it holds is drawn
    assert before.count() == 1
    assert page.locator(".gate .after", has_text="18 janvier 2024").count() == 1
    looked_at(page, "refused")

    page.get_by_role("button", name="Accepter malgré tout").click()
    page.get_by_text("Donnez la raison").wait_for()
    page.get_by_label("Raison de l’accepter").fill(REASON)
    page.get_by_label("Raison de l’accepter").press("Control+Enter")
    page.get_by_role("button", name="Accepter malgré tout").click()
    page.locator(".ended-done").wait_for(timeout=180_000)
    looked_at(page, "accepted")

    part(page, "Historique")
    page.get_by_text(f"Acceptée malgré la garde : {REASON}").wait_for()
    looked_at(page, "history")
    page.get_by_role("button", name="Ce qu’elle change").first.click()
    page.locator(".changes del", has_text="14 décembre 2023").first.wait_for()
    looked_at(page, "changes")
    part(page, "Historique")
    page.get_by_role("button", name="La mettre en service").click()
    page.get_by_text("Les réponses viendront d’elle").wait_for()
    looked_at(page, "sure")
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_text("est en service.").wait_for()
    page.goto(f"{address}/?q=date+limite+du+solde+de+la+vague+1")
    page.get_by_text("14 décembre 2023").first.wait_for()
    page.goto(f"{address}/actions")
    page.get_by_text("remet en service une génération").wait_for()
    assert page.get_by_text(REASON).count() == 1
