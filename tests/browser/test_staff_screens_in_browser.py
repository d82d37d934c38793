"""The staff screens: they fit every window, axe finds nothing serious, and hostile text stays text on them too."""

import sys
import tempfile
from pathlib import Path

import pytest
from browser.pages import seen_in
from browser.server import running
from browser.test_accessibility import violations

from assistant.passwords import Passwords

pytestmark = pytest.mark.browser
HERE = Path(__file__).resolve().parent
WORD = "jardin-potager-2026"
DESKTOP, PHONE, SMALL = (1280, 800), (390, 844), (320, 640)
LOOKS = [(DESKTOP, "light", "desktop"), (PHONE, "light", "phone"), (SMALL, "dark", "small-dark")]


@pytest.fixture(scope="module")
def base_url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("staff")
    Passwords(folder / "access.json").set("support", WORD)
    command = [sys.executable, str(HERE / "serve_fake.py"), "{port}", f"INDEX={folder}"]
    with running(command, None, tempfile.gettempdir(), unsaid=(WORD,)) as address:
        yield address


@pytest.fixture
def staff(open_page):
    """A page of staff, after three questions were asked: a table, a PDF, a trap."""
    names = {}
    for question in ("date+limite+du+solde", "jardinier", "pi%C3%A8ge"):
        page = open_page(f"/?q={question}")
        page.get_by_role("button", name="Pas utile").first.click()
        page.get_by_text("Merci").wait_for()
    page.goto(page.url.split("?")[0] + "connexion")
    page.get_by_label("Votre nom").fill("Ana")
    page.get_by_label("Mot de passe").fill(WORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Vérification").wait_for()
    links = page.locator("[class*=st-key-item-] a")
    links.nth(2).wait_for()
    for link in links.all():
        key = "piege" if "script" in link.inner_text() or "piège" in link.inner_text() else link.inner_text()[:9]
        names[key] = link.get_attribute("href").split("id=")[1]
    return page, names


def test_staff_screens_fit_are_accessible_and_run_nothing(staff, screenshot, axe, base_url):
    page, names = staff
    trap, table, pdf = names["piege"], names["date limi"], names["jardinier"]
    paths = {
        "review": "/verification",
        "review-table": f"/verification?id={table}",
        "review-pdf": f"/verification?id={pdf}",
        "review-trap": f"/verification?id={trap}",
        "review-trap-seen": f"/verification?id={trap}&view=seen",
        "review-replay": f"/verification?id={trap}&view=replay",
        "gaps": "/manques",
        "actions": "/actions",
    }
    for name, path in paths.items():
        page.goto(base_url + path)
        page.locator("footer").wait_for()
        for size, scheme, look in LOOKS:
            seen_in(page, scheme, size)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} {look}"
            screenshot(page, f"{name}-{look}")
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        assert page.evaluate("window.hacked") is None
        assert page.locator("main img:not(.page-image), a[href*=evil], a[href^=javascript], .katex").count() == 0
        assert [found for found in violations(page, axe) if found[1] in {"serious", "critical"}] == [], name
