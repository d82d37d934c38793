"""How long an answer takes: the cold command, then a warm assistant over the golden questions.

Run: python tests/benchmarks/latency.py [--index FOLDER] (built there first when it is not; else in a temporary folder)
Prints the machine, the wall time of `assistant ask` (the first run and the median of the others), and the median and
95th percentile of warm answers, each question asked once.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant.evaluating import read_questions
from assistant.loading import build_index, load_assistant
from assistant.settings import load_settings

CHECKOUT = Path(__file__).resolve().parents[2]
QUESTION = "Quelles professions rejoignent la vague 2 ?"
COLD_RUNS = 6


def main(folder: Path) -> None:
    settings = load_settings({"ASSISTANT_INDEX": str(folder), "ASSISTANT_DAY": "2026-11-23"})
    build_index(settings)
    print(f"machine: {os.cpu_count()} cores, {processor()}, Python {platform.python_version()}")
    cold = [cold_ask_s(folder) for _ in range(COLD_RUNS)]
    print(f"cold `assistant ask`: first {cold[0]:.2f} s, median of the others {median(cold[1:]):.2f} s")
    assistant = load_assistant(settings)
    assistant.answer(QUESTION)
    taken_ms = []
    for golden in read_questions(CHECKOUT / "corpus" / "questions.jsonl"):
        started = time.perf_counter()
        assistant.answer(golden.question, after=golden.after, day=golden.day)
        taken_ms.append(1000 * (time.perf_counter() - started))
    cuts = quantiles(taken_ms, n=20)
    print(f"warm answer: median {cuts[9]:.0f} ms, 95th percentile {cuts[18]:.0f} ms ({len(taken_ms)} questions)")


def cold_ask_s(folder: Path) -> float:
    """The wall time of one command in a process of its own, in seconds."""
    environment = {**os.environ, "ASSISTANT_INDEX": str(folder), "PYTHONPATH": str(CHECKOUT)}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "assistant", "ask", QUESTION, "--json"],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


def processor() -> str:
    """The processor's name as the system gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--index", type=Path)
    given = options.parse_args().index
    if given is not None:
        main(given.resolve())
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
