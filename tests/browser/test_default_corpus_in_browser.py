"""The real command on the default corpus, as a newcomer has it: build, serve, ask, open the proof, see every screen."""

import os
import sys
import tempfile
import tomllib
from pathlib import Path

import pytest
from browser.pages import has_no_sideways_scrolling, picture_is_shown, seen_in
from browser.server import running

pytestmark = pytest.mark.browser
CHECKOUT = Path(__file__).resolve().parents[2]
DESKTOP, PHONE = (1280, 800), (390, 844)
SCREENS = {
    "welcome": "/",
    "deadlines": "/echeances",
    "scopes": "/perimetres",
    "documents": "/documents",
    "about": "/a-propos",
}


@pytest.fixture(scope="module")
def base_url(default_index, tmp_path_factory):
    """The address of `assistant serve` over an index built by `assistant build`; overrides the one made by hand."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ASSISTANT_")}
    journal = tmp_path_factory.mktemp("journal") / "journal.sqlite"  # the index is shared, and only read
    environment |= {"ASSISTANT_INDEX": str(default_index), "ASSISTANT_JOURNAL": f"sqlite:///{journal}"}
    command = [sys.executable, "-m", "assistant"]
    with running([*command, "serve", "--port", "{port}"], environment, tempfile.gettempdir()) as address:
        yield address


def test_an_example_is_answered_and_its_source_opens_on_the_highlight(open_page, screenshot):
    page = open_page("/")
    page.locator("[class*=st-key-example-] button").first.click()
    page.locator(".source").first.wait_for()
    page.locator(".marker").first.click()
    page.locator(".excerpt mark").first.wait_for(state="visible")
    assert page.url.count("q=") == 1
    screenshot(page, "default-answer-desktop")


def test_a_date_of_an_answer_leads_to_the_calendar_kept_to_it(open_page):
    page = open_page("/?q=date+limite+du+solde+DPI+vague+1")
    date = page.locator("a.to-calendar", has_text="2023").first
    date.wait_for()
    with page.context.expect_page() as opened:
        date.click()
    calendar = opened.value
    calendar.locator(".due").first.wait_for()
    days = set(calendar.locator(".due .day").all_inner_texts())
    assert len(days) == 1
    assert days.pop() in calendar.locator(".kept-to").first.inner_text().replace("\u00a0", " ")


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_shows_the_default_corpus(open_page, screenshot, name):
    page = open_page(SCREENS[name])
    for size, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
        seen_in(page, scheme, size)
        assert has_no_sideways_scrolling(page), scheme
        screenshot(page, f"default-{name}-{size[0]}-{scheme}")


def test_every_pdf_is_shown_as_a_picture(open_page, screenshot):
    manifest = tomllib.loads((CHECKOUT / "corpus" / "manifest.toml").read_text(encoding="utf-8"))
    pictured = [entry["id"] for entry in manifest["document"] if entry["path"].endswith(".pdf")]
    assert pictured
    for document_id in pictured:
        page = open_page(f"/documents?doc={document_id}&page=1&start=0&end=40")
        assert picture_is_shown(page)
        page.locator(".as-read mark").first.wait_for()
    screenshot(page, "default-document-pdf")


def test_the_plain_page_answers_without_javascript(open_page):
    page = open_page("/simple", script=False)
    page.locator(".examples a").first.click()
    page.locator(".source summary").first.click()
    page.locator("mark").first.wait_for(state="visible")
