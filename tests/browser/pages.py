"""What several browser tests look for on a page."""

from playwright.sync_api import Page


def picture_is_shown(page: Page) -> bool:
    """True once the picture of a PDF's page has loaded; asked again and again, as the page's policy forbids `eval`."""
    image = page.locator(".page-image")
    image.wait_for(state="attached")
    for _ in range(100):
        if image.evaluate("image => image.naturalWidth") > 500:
            return True
        page.wait_for_timeout(100)
    return False


def has_no_sideways_scrolling(page: Page) -> bool:
    """True when neither the window nor Streamlit's main part can be scrolled sideways."""
    return bool(
        page.evaluate(
            "[document.documentElement, document.querySelector('[data-testid=stMain]')]"
            ".every(part => !part || part.scrollWidth <= part.clientWidth)"
        )
    )
