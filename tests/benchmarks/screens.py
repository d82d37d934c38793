"""`python tests/benchmarks/screens.py [INDEX]`: how long each screen and a page image take on the default corpus.

Prints medians in milliseconds: of the script's run (what the server does); in Chromium, from the click in the menu to
the screen's own parts; of a PDF's page as a picture with a quotation marked, drawn anew and then kept. What is first is
not counted.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]

from browser.server import running  # noqa: E402

from assistant.answering import Assistant  # noqa: E402
from assistant.loading import load_assistant  # noqa: E402
from assistant.page_pictures import PagePictures, Wanted  # noqa: E402
from assistant.settings import load_settings  # noqa: E402

RUNS = 5
# The screen's script, its name in the menu, and what is there once it is shown.
SCREENS = (
    ("deadlines", "Échéances", ".dues"),
    ("scopes", "Périmètres", ".matrix"),
    ("documents", "Documents", ".st-key-document-list"),
    ("about", "À propos", ".document-card"),
    ("ask", "Questions", ".welcome"),
)


def median_ms(action: Callable[[], object], runs: int = RUNS) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def scripts(assistant: Assistant) -> dict[str, float]:
    """The script of each screen, run again."""
    at = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=60)
    at.session_state["assistant"] = assistant
    at.run()
    taken = {}
    for name, _, _ in SCREENS:
        at.switch_page(f"assistant/screens/{name}.py").run()
        assert not at.exception
        taken[name] = median_ms(at.run)
    return taken


def opened(index: str) -> dict[str, float]:
    """Each screen opened in Chromium from another one, by the menu; empty where Chromium is missing."""
    from playwright.sync_api import Error, sync_playwright

    environment = {**os.environ, "ASSISTANT_INDEX": index, "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-m", "assistant", "serve", "--port", "{port}"]
    taken: dict[str, list[float]] = {name: [] for name, _, _ in SCREENS}
    with running(command, environment, tempfile.gettempdir()) as address, sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
        except Error:
            return {}
        page = browser.new_page(locale="fr-FR")
        page.goto(address)
        page.locator(".welcome").wait_for()
        for turn in range(RUNS + 1):
            for name, label, part in SCREENS:
                start = time.perf_counter()
                page.locator(".st-key-menu").get_by_text(label, exact=True).click()
                page.locator(part).first.wait_for(state="visible")
                if turn:
                    taken[name].append(1000 * (time.perf_counter() - start))
        browser.close()
    return {name: statistics.median(times) for name, times in taken.items()}


def pictures(assistant: Assistant) -> tuple[float, float]:
    """The first page of each PDF at the size of the documents screen, drawn anew; then the last one again."""
    maker = PagePictures()
    wanted = []
    for info in assistant.documents():
        if info.path.endswith(".pdf"):
            quote = assistant.pages(info.id)[0].text[100:220]
            wanted += [
                Wanted(assistant.document_path(info.id), 1, scale, quote, 100) for scale in (2.0, 1.99, 1.98, 1.97)
            ]
    maker.picture(Wanted(wanted[0].path, 1, 0.5))  # starts the child process
    cold = statistics.median(median_ms(lambda one=one: maker.picture(one), 1) for one in wanted)  # type: ignore[misc]
    warm = median_ms(lambda: maker.picture(wanted[-1]), 50)
    maker.close()
    return cold, warm


def main() -> None:
    index = sys.argv[1] if len(sys.argv) > 1 else str(CHECKOUT / "index" / "built")
    os.environ["ASSISTANT_INDEX"] = index = str(Path(index).resolve())
    assistant = load_assistant(load_settings())
    run, shown = scripts(assistant), opened(index)
    print(f"{'screen':<12} {'script':>8} {'in Chromium':>12}   median of {RUNS}, ms")
    for name, _, _ in SCREENS:
        print(f"{name:<12} {run[name]:8.0f} {shown.get(name, float('nan')):12.0f}")
    cold, warm = pictures(assistant)
    print(f"page image, drawn {cold:.0f} ms, kept {warm:.2f} ms; load of the machine {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
