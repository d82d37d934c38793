"""`python tests/benchmarks/screens.py [INDEX]`: how long each screen and a page image take on the default corpus.

Prints medians in milliseconds of the script's run (what the server does), after a first run that is not counted.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT))

from assistant.loading import load_assistant  # noqa: E402
from assistant.page_pictures import PagePictures, Wanted  # noqa: E402
from assistant.settings import load_settings  # noqa: E402

RUNS = 5
SCREENS = ("ask", "deadlines", "scopes", "documents", "about")


def median_ms(action: Callable[[], object], runs: int = RUNS) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main() -> None:
    if len(sys.argv) > 1:
        os.environ["ASSISTANT_INDEX"] = sys.argv[1]
    assistant = load_assistant(load_settings())
    at = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=60)
    at.session_state["assistant"] = assistant
    at.run()
    for name in SCREENS:
        at.switch_page(f"assistant/screens/{name}.py").run()
        assert not at.exception
        print(f"{name:<12} {median_ms(at.run):8.0f} ms")
    pictured = next((one for one in assistant.documents() if one.path.endswith(".pdf")), None)
    if pictured is None:
        return
    path, pages = assistant.document_path(pictured.id), assistant.pages(pictured.id)
    quote = pages[0].text[100:220]
    pictures = PagePictures()
    pictures.picture(Wanted(path, 1, 0.5))
    cold = [median_ms(lambda s=1.5 + i / 10: pictures.picture(Wanted(path, 1, s, quote, 100)), 1) for i in range(RUNS)]
    warm = median_ms(lambda: pictures.picture(Wanted(path, 1, 1.5, quote, 100)))
    pictures.close()
    print(f"{'page, cold':<12} {statistics.median(cold):8.0f} ms\n{'page, warm':<12} {warm:8.2f} ms")


if __name__ == "__main__":
    main()
