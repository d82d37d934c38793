"""What a build costs those who ask meanwhile: /api/ask alone, beside a build of the screens, beside a terminal's.

    python tests/benchmarks/asking_while_building.py [--quick]

One client asks one question after the other. The builds are whole ones (`--force`) of the default corpus; that of the
screens gives way to other processes (`--background`), that of the terminal does not. They are stopped and continued in
turns (SIGSTOP, SIGCONT), and each kind of round asks the same questions, so that what else the machine does falls on
all alike; each is first in a third of the turns, since a question asked again is answered sooner. Cancelled at the end.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from load import TIMEOUT_S, ask
from measuring import CHECKOUT, Server, arguments, machine, save, serving, spread

from assistant.build_record import read_record
from assistant.evaluating import read_questions
from assistant.loading import build_index
from assistant.settings import load_settings

ROUNDS, QUICK, EACH = 21, 9, 25
COMMAND = [sys.executable, "-m", "assistant", "build", "--force"]
ALONE, SCREENS, TERMINAL = "alone", "beside the screens' build", "beside a terminal's build"


def main() -> None:
    options = arguments(__doc__).parse_args()
    questions = [golden.question for golden in read_questions(CHECKOUT / "corpus" / "questions.jsonl")]
    report: dict[str, Any] = {"date": time.strftime("%Y-%m-%d"), "machine": machine()}
    with tempfile.TemporaryDirectory() as folder:
        served, other = Path(folder) / "served", Path(folder) / "other"
        build_index(load_settings({"ASSISTANT_INDEX": str(served)}))
        shutil.copytree(served, other)
        with (
            serving(served, ready="/ready") as server,
            building(served, "--background") as screens,
            building(other) as terminal,
        ):
            taken = rounds(
                server, questions, {SCREENS: screens, TERMINAL: terminal}, QUICK if options.quick else ROUNDS
            )
            for index in (served, other):
                record = read_record(index)
                print(index.name, "was at", record and (record.stage, record.done, record.total, record.outcome))
    for name, times in taken.items():
        report[name] = spread(times)
        ratio = report[name]["p95_ms"] / spread(taken[ALONE])["p95_ms"]
        print(f"{name}: {report[name]}, 95th percentile {ratio:.2f} times that alone")
    save(report, options.out, "asking-while-building", {"95th percentile, ms": {n: report[n]["p95_ms"] for n in taken}})


def rounds(
    server: Server, questions: Sequence[str], builds: dict[str, subprocess.Popen[bytes]], number: int
) -> dict[str, list[float]]:
    """Milliseconds of the questions asked alone and beside each build."""
    names = (ALONE, *builds)
    taken: dict[str, list[float]] = {name: [] for name in names}
    phase(server, questions[:EACH])
    for turn in range(number):
        asked = [questions[(turn * EACH + place) * 31 % len(questions)] for place in range(EACH)]
        for name in (*names[turn % 3 :], *names[: turn % 3]):
            if name in builds:
                os.killpg(builds[name].pid, signal.SIGCONT)
                time.sleep(0.5)
            taken[name] += phase(server, asked)
            if name in builds:
                assert builds[name].poll() is None, "the build has ended: ask fewer rounds"
                os.killpg(builds[name].pid, signal.SIGSTOP)
    return taken


@contextmanager
def building(index: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A whole build that has begun to read, stopped for now; cancelled at the end."""
    environment = {**os.environ, "ASSISTANT_INDEX": str(index), "PYTHONPATH": str(CHECKOUT)}
    (index / "last-build.json").unlink(missing_ok=True)
    process = subprocess.Popen(
        [*COMMAND, *options],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not (index / "last-build.json").exists():
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGSTOP)
        yield process
    finally:
        for sent in (signal.SIGTERM, signal.SIGCONT):
            os.killpg(process.pid, sent)
        process.wait()


def phase(server: Server, asked: Sequence[str]) -> list[float]:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=TIMEOUT_S)
    got = [ask(connection, question) for question in asked]
    connection.close()
    assert all(status == 200 for status, _ in got), [status for status, _ in got if status != 200][:3]
    return [taken for _, taken in got]


if __name__ == "__main__":
    main()
