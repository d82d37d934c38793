"""How long an answer takes: cold by the command and by the web, then warm over the golden questions.

    python tests/benchmarks/latency.py [--index FOLDER] [--quick] [--browser]

Built in FOLDER first when it is not (else in a temporary folder). `import chromadb`, alone in a process, takes turns
with the cold command, which is compared with it. `--browser` adds the first answer in a browser (needs Chromium).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from measuring import CHECKOUT, arguments, environment, machine, memory_mb, save, serving, spread

from assistant.evaluating import read_questions
from assistant.loading import build_index, load_assistant
from assistant.settings import load_settings

QUESTION = "Quelles professions rejoignent la vague 2 ?"
DAY = "2026-11-23"


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--browser", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.index or Path(temporary)).resolve()
        settings = load_settings({"ASSISTANT_INDEX": str(folder), "ASSISTANT_DAY": DAY})
        build_index(settings)
        report: dict[str, Any] = {"date": time.strftime("%Y-%m-%d"), "machine": machine()}
        report["command"] = cold_command(folder, 3 if options.quick else 7)
        report["web"] = cold_web(folder, 2 if options.quick else 5)
        if options.browser:
            report["browser"] = cold_browser(folder, 1 if options.quick else 3)
        report["warm"] = warm(settings)
    show(report)
    command, web = report["command"], report["web"]
    bars = {
        "cold, seconds": {
            "import chromadb": command["import_chromadb_s"],
            "assistant ask": command["ask_s"],
            "web: /health": web["health_s"],
            "web: first answer": web["first_answer_s"],
        },
        "warm answer, ms": {"median": report["warm"]["p50_ms"], "95th percentile": report["warm"]["p95_ms"]},
    }
    save(report, options.out, "latency", bars)


def cold_command(folder: Path, runs: int) -> dict[str, float]:
    """Seconds of the whole process, medians; the two take turns, and the first turn fills the disk's cache."""
    commands = {
        "ask_s": [sys.executable, "-m", "assistant", "ask", QUESTION, "--json"],
        "import_chromadb_s": [sys.executable, "-c", "import chromadb"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(
                command, check=True, env={**environment(folder), "ASSISTANT_DAY": DAY}, stdout=subprocess.DEVNULL
            )
            taken[name].append(time.perf_counter() - started)
    medians = {name: round(median(seconds[1:]), 2) for name, seconds in taken.items()}
    beyond = median(ask - chroma for ask, chroma in zip(*(seconds[1:] for seconds in taken.values()), strict=True))
    return {**medians, "ask_minus_import_s": round(beyond, 2), "ask_first_s": round(taken["ask_s"][0], 2)}


def cold_web(folder: Path, runs: int) -> dict[str, float]:
    """From the start of `serve`: seconds to /health and to the first answer; what the first questions take then."""
    starts, firsts, asked = [], [], []
    for _ in range(runs):
        with serving(folder, ASSISTANT_DAY=DAY) as server:
            starts.append(time.perf_counter() - server.started)
            server.ask(QUESTION)
            firsts.append(time.perf_counter() - server.started)
        with serving(folder, ASSISTANT_DAY=DAY) as server:
            time.sleep(3)  # warmed up meanwhile
            questions = [golden.question for golden in read_questions(CHECKOUT / "corpus" / "questions.jsonl")[:200:20]]
            asked.append([server.ask(question) for question in questions])
            memory = memory_mb(server.process.pid)["resident"]
    return {
        "health_s": round(median(starts), 2),
        "first_answer_s": round(median(firsts), 2),
        "question_1_ms": round(median(times[0] for times in asked), 1),
        "questions_2_to_10_ms": round(median(time for times in asked for time in times[1:]), 1),
        "memory_mb": memory,
    }


def cold_browser(folder: Path, runs: int) -> dict[str, float]:
    """Seconds from the start of `serve` to an answer seen in a browser that was already open."""
    from playwright.sync_api import sync_playwright

    taken = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(runs):
            with serving(folder, ASSISTANT_DAY=DAY) as server:
                page = browser.new_page()
                page.goto(f"{server.address}/?q={QUESTION}")
                page.locator(".answer, .statement, [class*=statement]").first.wait_for(timeout=60_000)
                taken.append(time.perf_counter() - server.started)
                page.close()
        browser.close()
    return {"first_answer_s": round(median(taken), 2)}


def warm(settings: Any) -> dict[str, float]:
    """Each golden question once, in this process, after a warm-up as `serve` does it."""
    assistant = load_assistant(settings)
    assistant.warm()
    taken_ms = []
    for golden in read_questions(CHECKOUT / "corpus" / "questions.jsonl"):
        started = time.perf_counter()
        assistant.answer(golden.question, after=golden.after, day=golden.day)
        taken_ms.append(1000 * (time.perf_counter() - started))
    with assistant.reading() as index:
        passages = len(index.passages)
    return {**spread(taken_ms), "questions": len(taken_ms), "passages": passages}


def show(report: dict[str, Any]) -> None:
    print(f"{report['date']} — {report['machine']}")
    for part in ("command", "web", "browser", "warm"):
        for name, value in report.get(part, {}).items():
            print(f"{part:8} {name:24} {value}")


if __name__ == "__main__":
    main()
