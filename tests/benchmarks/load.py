"""Many people at once, on loopback: clients of /api/ask, then pages of a browser.

    python tests/benchmarks/load.py [--index FOLDER] [--quick] [--no-browser]

Each level has so many clients that ask at the same moment, each on its own connection, one question after the other
without a pause: people pause, so this is the worst case. No question comes twice, so that nothing but passages is
remembered; then 50 clients ask what 50 asked before. The last level is more than may wait: some are told to come back
(503). /health is asked meanwhile, to see that it never waits. Clients and server share the machine. Bounded in
count and time. Then 20 pages, open in Chromium, are asked at once (most of the time is Chromium's); the last figures
are the server's memory before, while and after they were open.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import shutil
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from measuring import CHECKOUT, Server, arguments, machine, memory_mb, processor_s, save, serving, spread

from assistant.evaluating import read_questions
from assistant.loading import build_index
from assistant.settings import load_settings

LEVELS = {1: 40, 10: 12, 50: 6, 200: 3, 400: 1}  # clients → questions of each
QUICK = {1: 20, 10: 4, 50: 2, 200: 1, 400: 1}
AGAIN = 50
PAGES = 20
TIMEOUT_S = 60


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--index", type=Path, default=CHECKOUT / "index" / "built")
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    build_index(load_settings({"ASSISTANT_INDEX": str(options.index.resolve())}))
    questions = [golden.question for golden in read_questions(CHECKOUT / "corpus" / "questions.jsonl")]
    report: dict[str, Any] = {"date": time.strftime("%Y-%m-%d"), "machine": machine(), "clients": {}}
    with serving(options.index.resolve(), ready="/ready") as server:
        time.sleep(3)
        report["memory_at_start_mb"] = memory_mb(server.process.pid)
        fresh = cycle(questions)
        for clients, each in (QUICK if options.quick else LEVELS).items():
            asked = [list(islice(fresh, each)) for _ in range(clients)]
            report["clients"][clients] = level(server, asked)
            print_level(f"{clients:4} clients", report["clients"][clients])
            if clients == AGAIN:
                report["again"] = level(server, asked)
                print_level("  the same again", report["again"])
        if not options.no_browser:
            report["pages"] = asyncio.run(pages(server, questions))
            print("pages", json.dumps(report["pages"]))
    bars = {
        "95th percentile, ms, by clients": {str(count): one["p95_ms"] for count, one in report["clients"].items()},
        "questions a second, by clients": {str(count): one["per_s"] for count, one in report["clients"].items()},
    }
    save(report, options.out, "load", bars)


def level(server: Server, questions: list[list[str]]) -> dict[str, Any]:
    """What clients with these questions got: times, statuses, the longest wait of /health, the server's memory.

    `processor_ms` is what the server used for each answer.
    """
    clients, each = len(questions), len(questions[0])
    start, over = threading.Barrier(clients + 1), threading.Event()
    slowest_health: list[float] = []
    prober = threading.Thread(target=probe, args=(server, over, slowest_health))
    prober.start()

    def client(asked: list[str]) -> list[tuple[int, float]]:
        connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=TIMEOUT_S)
        start.wait()
        got = [ask(connection, question) for question in asked]
        connection.close()
        return got

    with ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(client, asked) for asked in questions]
        start.wait()
        began, used_s = time.perf_counter(), processor_s(server.process.pid)
        got = [one for future in running for one in future.result(2 * TIMEOUT_S * each)]
        elapsed_s = time.perf_counter() - began
    over.set()
    prober.join()
    statuses = Counter(status for status, _ in got)
    answered = [taken for status, taken in got if status == 200]
    return {
        **spread(answered),
        "per_s": round(len(answered) / elapsed_s, 1),
        "processor_ms": round(1000 * (processor_s(server.process.pid) - used_s) / max(1, len(answered)), 1),
        "statuses": {str(status): count for status, count in statuses.items()},
        "longest_health_ms": round(max(slowest_health, default=0.0), 1),
        "memory_mb": memory_mb(server.process.pid)["resident"],
    }


def ask(connection: http.client.HTTPConnection, question: str) -> tuple[int, float]:
    """Status (0: no answer at all) and milliseconds of one question."""
    began = time.perf_counter()
    try:
        body = json.dumps({"question": question})
        connection.request("POST", "/api/ask", body, {"content-type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        if answer.status == 503 and not answer.headers["retry-after"]:
            return 0, 0.0
        return answer.status, 1000 * (time.perf_counter() - began)
    except (OSError, http.client.HTTPException):
        connection.close()
        return 0, 1000 * (time.perf_counter() - began)


def probe(server: Server, over: threading.Event, taken_ms: list[float]) -> None:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=TIMEOUT_S)
    while not over.wait(0.1):
        began = time.perf_counter()
        connection.request("GET", "/health")
        connection.getresponse().read()
        taken_ms.append(1000 * (time.perf_counter() - began))
    connection.close()


async def pages(server: Server, questions: list[str]) -> dict[str, Any]:
    """Milliseconds until each page, open before, shows its answer, all asking at once; the server's memory."""
    from playwright.async_api import async_playwright

    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        before = memory_mb(server.process.pid)["resident"]
        began = time.perf_counter()
        opened = [await open_page(browser, server) for _ in range(PAGES)]
        opening_s = time.perf_counter() - began
        asked = zip(opened, questions, strict=False)
        taken = await asyncio.gather(*(ask_page(page, question) for page, question in asked))
        meanwhile = memory_mb(server.process.pid)["resident"]
        await browser.close()
    time.sleep(5)
    after = memory_mb(server.process.pid)["resident"]
    return {**spread(taken), "pages": PAGES, "opening_s": round(opening_s, 1), "memory_mb": [before, meanwhile, after]}


async def open_page(browser: Any, server: Server) -> Any:
    page = await browser.new_page()
    await page.goto(server.address, timeout=1000 * TIMEOUT_S)
    await page.get_by_test_id("stChatInputTextArea").wait_for(timeout=1000 * TIMEOUT_S)
    return page


async def ask_page(page: Any, question: str) -> float:
    box = page.get_by_test_id("stChatInputTextArea")
    await box.fill(question)
    began = time.perf_counter()
    await box.press("Enter")
    await page.locator("[role=alert]").first.wait_for(state="attached", timeout=2000 * TIMEOUT_S)
    return 1000 * (time.perf_counter() - began)


def print_level(name: str, measured: dict[str, Any]) -> None:
    print(f"{name}: " + ", ".join(f"{name} {value}" for name, value in measured.items()), flush=True)


if __name__ == "__main__":
    main()
