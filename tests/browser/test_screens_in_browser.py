"""The other screens: what they show, how they look, and that they work with the address alone."""

import pytest
from browser.pages import has_no_sideways_scrolling, picture_is_shown, seen_in, settled

pytestmark = pytest.mark.browser
DESKTOP, PHONE, SMALL = (1280, 800), (390, 844), (320, 640)
ZOOMED = (640, 400)  # what a desktop window shows at 200 %
LOOKS = [
    (DESKTOP, False, "desktop"),
    (DESKTOP, True, "dark"),
    (PHONE, False, "phone"),
    (SMALL, True, "small-dark"),
    (ZOOMED, False, "zoomed"),
]
SCREENS = {
    "deadlines": "/echeances?replaced=1",
    "scopes": "/perimetres",
    "scopes-one": "/perimetres?who=profession:jardinier",
    "documents": "/documents",
    "document-pdf": "/documents?doc=guide&page=2&start=420&end=470",
    "document-text": "/documents?doc=fiche-vague-1&start=150&end=170",
    "about": "/a-propos",
}


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_fits_every_window(open_page, screenshot, name):
    page = open_page(SCREENS[name])
    for size, dark, look in LOOKS:
        seen_in(page, "dark" if dark else "light", size)
        assert has_no_sideways_scrolling(page), look
        screenshot(page, f"{name}-{look}")
    assert page.locator("h1").count() == 1


def test_a_pdf_page_is_shown_with_its_quotation_marked(open_page):
    page = open_page(SCREENS["document-pdf"])
    assert picture_is_shown(page)
    page.get_by_role("button", name="Page précédente").click()
    page.get_by_text("Page 1 sur 2").wait_for()
    assert "page=1" in page.url


def test_a_document_opened_from_the_list_has_its_address(open_page):
    page = open_page("/documents")
    page.get_by_role("link", name="Guide du demandeur").click()
    page.wait_for_url("**doc=guide**")
    page.get_by_role("button", name="Page suivante").click()
    page.get_by_text("Page 2 sur 2").wait_for()


def test_a_quotation_opened_from_a_source_comes_into_view(open_page):
    page = open_page("/?q=date+limite+du+solde")
    with page.context.expect_page() as opened:
        page.locator(".source a", has_text="Lire dans le document").first.click()
    other = opened.value
    mark = other.locator(".as-read mark").first
    mark.wait_for(state="visible")
    settled(other)
    assert 0 < mark.bounding_box()["y"] < 800


def test_filters_change_the_address_and_the_calendar(open_page):
    page = open_page("/echeances")
    page.get_by_role("combobox", name="Couloir").click()
    page.get_by_role("option", name="Écoles primaires").click()
    page.wait_for_url("**lane=primaires**")
    page.get_by_text("1 passée ou remplacée").wait_for()
    assert page.locator("a[download]").get_attribute("href") == "/deadlines.ics?lane=primaires"


def test_the_conversation_survives_a_look_at_another_screen(open_page):
    page = open_page("/?q=date+limite+du+solde")
    page.locator(".source").first.wait_for()
    menu = page.locator(".st-key-menu")
    menu.get_by_text("Documents").click()
    page.get_by_text("Calendrier de 2022").first.wait_for()
    menu.get_by_text("Questions").click()
    page.locator(".source").first.wait_for()


def test_a_conversation_can_be_kept_to_a_document(open_page):
    page = open_page("/documents?doc=guide")
    page.get_by_text("Poser une question sur ce document seulement").click()
    page.get_by_text("Réponses cherchées seulement dans").wait_for()
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("je suis jardinier")
    box.press("Enter")
    page.locator(".source").first.wait_for()
    assert "doc=guide" in page.url


def test_the_picture_of_the_calendar_draws_a_sign_for_each_date(open_page):
    page = open_page("/echeances?replaced=1")
    signs = page.locator(".timeline .sign .shape")
    signs.first.wait_for()
    assert signs.count() == page.locator(".due").count()
    assert all(box and box["width"] > 8 for box in (sign.bounding_box() for sign in signs.all()))
    shapes = {sign.evaluate("sign => getComputedStyle(sign).clipPath") for sign in signs.all()}
    assert "none" not in shapes
