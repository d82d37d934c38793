import pytest
from browser.pages import has_no_sideways_scrolling, settled

from assistant.screens import wording

pytestmark = pytest.mark.browser
DESKTOP, PHONE, SMALL = (1280, 800), (390, 844), (320, 640)
TABLE = "/?q=date+limite+du+solde"


def test_asking_opening_a_source_and_seeing_the_highlight(open_page, screenshot):
    page = open_page("/")
    assert page.evaluate("document.documentElement.lang") == "fr"
    screenshot(page, "ask-welcome-desktop")
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("date limite du solde ?")
    box.press("Enter")
    mark = page.locator("mark", has_text="14/12/2023")
    mark.wait_for(state="attached")
    assert not mark.is_visible()
    page.get_by_label("source 2", exact=True).first.click()
    mark.wait_for(state="visible")
    assert "q=date+limite+du+solde" in page.url
    screenshot(page, "ask-answer-desktop")


def test_a_source_opens_with_the_keyboard_alone(open_page):
    page = open_page(TABLE)
    summary = page.locator(".source summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.locator("details[open] mark").first.wait_for(state="visible")


def test_the_address_reproduces_the_answer(open_page):
    page = open_page(TABLE)
    page.locator(".source").first.wait_for()
    page.reload()
    page.locator(".source").first.wait_for()
    assert page.locator("[data-turn]").count() == 1


def test_the_newest_question_comes_into_view(open_page):
    page = open_page(TABLE)
    box = page.get_by_test_id("stChatInputTextArea")
    for words in ("je suis jardinier", "et le solde ?"):
        box.fill(words)
        box.press("Enter")
        page.locator(".question", has_text=words).wait_for()
        page.locator(".source").last.wait_for()
        settled(page)
    assert page.locator(".question").last.bounding_box()["y"] < 300


def test_streamlit_says_its_labels_in_french(open_page):
    page = open_page("/")
    assert page.get_by_test_id("stChatInputSubmitButton").get_attribute("aria-label") == "Envoyer la question"


@pytest.mark.parametrize("path", ["/?q=pi%C3%A8ge", "/simple?q=pi%C3%A8ge"])
def test_hostile_text_neither_runs_nor_loads(open_page, screenshot, path):
    page = open_page(path)
    page.locator(".source summary").first.click()
    page.locator("mark").first.wait_for(state="visible")
    settled(page)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, .stApp img, a[href^='http'][href*=evil], a[href^=javascript], .katex").count() == 0
    shown = page.locator(".excerpt").inner_text()
    assert "<script>window.hacked=1</script>" in shown
    if not path.startswith("/simple"):
        button = page.locator("[class*=st-key-choice-] button").first.inner_text().replace("\u2060", "")
        assert "![image](http://evil.invalid/b.png)" in button
        assert "$\\frac{1}{2}$ :material/skull: :smile: :red[rouge] `code` **gras**" in button
    screenshot(page, "ask-hostile" if path.startswith("/?") else "simple-hostile")


@pytest.mark.parametrize(
    ("size", "dark", "name"), [(PHONE, False, "phone"), (SMALL, True, "small-dark"), (DESKTOP, True, "dark")]
)
def test_every_window_fits(open_page, screenshot, size, dark, name):
    for path, screen in (("/", "ask-welcome"), (TABLE, "ask-answer"), ("/?q=jardinier", "ask-partial")):
        page = open_page(path, size, dark=dark)
        assert has_no_sideways_scrolling(page)
        screenshot(page, f"{screen}-{name}")


@pytest.mark.parametrize(("size", "dark", "name"), [(DESKTOP, False, "desktop"), (SMALL, True, "small-dark")])
def test_the_plain_page_without_javascript(open_page, screenshot, size, dark, name):
    page = open_page("/simple", size, dark=dark, script=False)
    page.get_by_role("searchbox").fill("date limite du solde")
    page.get_by_role("button", name=wording.ASK_SUBMIT).click()
    page.locator(".source summary").nth(1).click()
    page.locator("mark", has_text="14/12/2023").wait_for(state="visible")
    page.get_by_role("searchbox").fill("je suis jardinier")
    page.get_by_role("button", name=wording.ASK_SUBMIT).click()
    assert page.locator(".earlier").inner_text() == "date limite du solde"
    page.screenshot(path=f"tests/browser/screenshots/simple-{name}.png", full_page=True)


def test_an_answer_is_announced_once_and_downloads_as_a_pdf(open_page):
    page = open_page(TABLE)
    page.locator(".source").first.wait_for()
    assert page.get_by_role("alert").all_inner_texts() == ["Réponse, 4 sources."]
    with page.expect_download() as download:
        page.get_by_role("button", name=wording.DOWNLOAD_PDF).click()
    assert download.value.suggested_filename == "reponse.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF")
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("je suis jardinier")
    box.press("Enter")
    page.locator("[data-turn='2']").wait_for()
    page.get_by_role("alert").filter(has_text="Réponse partielle, 2 sources.").wait_for(state="attached")
    assert page.get_by_role("alert").count() == 1
