"""What several browser tests look for on a page."""

from playwright.sync_api import Page

# Four frames alike, nothing of Streamlit at work, pictures and fonts there; at most three seconds.
_STILL = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const size = () => [document.querySelectorAll("*").length, document.documentElement.scrollHeight,
    document.querySelector("[data-testid=stMain]")?.scrollHeight].join();
  const isBusy = () => document.querySelector("[data-testid=stSkeleton], [data-test-script-state=running]") ||
    [...document.images].some((image) => !image.complete && image.loading !== "lazy");
  await document.fonts.ready;
  const end = performance.now() + 3000;
  for (let before = "", alike = 0; alike < 4 && performance.now() < end; ) {
    await frame();
    const now = size();
    alike = now === before && !isBusy() ? alike + 1 : 0;
    before = now;
  }
}"""
_BACKGROUND = "getComputedStyle(document.querySelector('.stApp') || document.body).backgroundColor"


def settled(page: Page) -> Page:
    """The page once it has stopped moving: waited for, instead of a time that is too long or too short."""
    page.evaluate(_STILL)
    return page


def seen_in(page: Page, scheme: str, size: tuple[int, int] | None = None) -> Page:
    """The page in the light or the dark theme, in a window of this size, once it shows so."""
    if size is not None:
        page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for _ in range(100):
        shade = page.evaluate(_BACKGROUND)
        if (sum(int(part) for part in shade.strip("rgba()").split(",")[:3]) < 300) == (scheme == "dark"):
            break
        page.wait_for_timeout(20)
    return settled(page)


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
