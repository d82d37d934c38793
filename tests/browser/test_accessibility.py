"""axe-core on every screen: nothing serious, and nothing at all on the plain page."""

import pytest

pytestmark = pytest.mark.browser
SCREENS = ["/", "/?q=date+limite+du+solde", "/?q=jardinier", "/?q=pi%C3%A8ge", "/?q=vague+3", "/a-propos"]
PLAIN = ["/simple", "/simple?q=date+limite+du+solde", "/simple?q=vague+3", "/simple?q=bonjour&after=jardinier"]


def violations(page, axe):
    for summary in page.locator("summary").all():
        summary.click()
    page.wait_for_timeout(300)
    page.evaluate(axe)
    found = page.evaluate("axe.run(document)")["violations"]
    return [(entry["id"], entry["impact"], [node["html"][:160] for node in entry["nodes"]][:3]) for entry in found]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", SCREENS)
def test_no_serious_violation_on_a_screen(open_page, axe, path, dark):
    found = violations(open_page(path, dark=dark), axe)
    assert [entry for entry in found if entry[1] in {"serious", "critical"}] == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", PLAIN)
def test_no_violation_on_the_plain_page(open_page, axe, path, dark):
    assert violations(open_page(path, dark=dark), axe) == []
