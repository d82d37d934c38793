"""axe-core on every screen: nothing serious, and nothing at all on the plain page."""

import pytest
from browser.pages import seen_in

pytestmark = pytest.mark.browser
SCREENS = [
    "/",
    "/?q=date+limite+du+solde",
    "/?q=jardinier",
    "/?q=pi%C3%A8ge",
    "/?q=vague+3",
    "/a-propos",
    "/echeances?replaced=1",
    "/perimetres",
    "/perimetres?who=profession:jardinier",
    "/documents",
    "/documents?doc=guide&page=2&start=10&end=40",
    "/documents?doc=page-2022",
]
PLAIN = [
    "/simple",
    "/simple?q=date+limite+du+solde",
    "/simple?q=vague+3",
    "/simple?q=bonjour&after=jardinier",
    "/simple?doc=guide",
    "/simple/documents",
    "/simple/documents?doc=guide&page=2&start=10&end=40",
    "/simple/documents?doc=page-2022",
    "/simple/documents?doc=rien",
]


def violations(page, axe):
    """What axe finds with everything unfolded, in the light theme and in the dark one."""
    for summary in page.locator("summary").all():
        summary.click()
    page.evaluate(axe)
    found = []
    for scheme in ("light", "dark"):
        seen_in(page, scheme)
        found += page.evaluate("axe.run(document)")["violations"]
    return [(entry["id"], entry["impact"], [node["html"][:160] for node in entry["nodes"]][:3]) for entry in found]


@pytest.mark.parametrize("path", SCREENS)
def test_no_serious_violation_on_a_screen(open_page, axe, path):
    found = violations(open_page(path), axe)
    assert [entry for entry in found if entry[1] in {"serious", "critical"}] == []


@pytest.mark.parametrize("path", PLAIN)
def test_no_violation_on_the_plain_page(open_page, axe, path):
    assert violations(open_page(path), axe) == []
