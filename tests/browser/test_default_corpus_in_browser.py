"""The real command on the default corpus, as a newcomer has it: build, serve, ask, open the proof, see every screen."""

import os
import subprocess
import sys
import tempfile

import pytest
from browser.server import running

pytestmark = pytest.mark.browser
DESKTOP, PHONE = (1280, 800), (390, 844)
SCREENS = {
    "welcome": "/",
    "deadlines": "/echeances",
    "scopes": "/perimetres",
    "documents": "/documents",
    "about": "/a-propos",
}


@pytest.fixture(scope="module")
def base_url(tmp_path_factory):
    """The address of `assistant serve` over an index built by `assistant build`; overrides the one made by hand."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ASSISTANT_")}
    environment["ASSISTANT_INDEX"] = str(tmp_path_factory.mktemp("index"))
    command = [sys.executable, "-m", "assistant"]
    subprocess.run([*command, "build"], check=True, env=environment, stdout=subprocess.DEVNULL, timeout=280)
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


@pytest.mark.parametrize(("size", "dark", "look"), [(DESKTOP, False, "desktop"), (PHONE, True, "phone-dark")])
def test_every_screen_shows_the_default_corpus(open_page, screenshot, size, dark, look):
    for name, path in SCREENS.items():
        page = open_page(path, size, dark=dark)
        page.wait_for_timeout(800)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        screenshot(page, f"default-{name}-{look}")


def test_a_quotation_of_a_pdf_is_marked_on_its_page(open_page, screenshot):
    page = open_page("/documents")
    page.locator("[class*=st-key-document-] a", has_text="Guide").first.click()
    page.locator("h1", has_text="uide").wait_for()
    page.wait_for_function("document.querySelector('.page-image').naturalWidth > 500")
    screenshot(page, "default-document")


def test_the_plain_page_answers_without_javascript(open_page):
    page = open_page("/simple", script=False)
    page.locator(".examples a").first.click()
    page.locator("summary").first.click()
    page.locator("mark").first.wait_for(state="visible")
