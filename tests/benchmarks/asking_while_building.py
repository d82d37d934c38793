"""What a build costs those who ask meanwhile: /api/ask alone, beside a build of the screens, beside a terminal's.

    python tests/benchmarks/asking_while_building.py [--quick]

One client asks one question after the other. The builds are whole ones (`--force`) of the default corpus into the very
index that the server answers from; the screens' build gives way to other processes (`--background`), the terminal's
does not. Each is cancelled when the questions are asked. Ratios are to the same questions asked alone, before and
after.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from load import TIMEOUT_S, ask
from measuring import CHECKOUT, Server, arguments, machine, save, serving, spread

from assistant.build_record import read_record
from assistant.evaluating import read_questions
from assistant.loading import build_index
from assistant.settings import load_settings

QUESTIONS, QUICK = 400, 120
COMMAND = [sys.executable, "-m", "assistant", "build", "--force"]


def main() -> None:
    options = arguments(__doc__).parse_args()
    number = QUICK if options.quick else QUESTIONS
    questions = [golden.question for golden in read_questions(CHECKOUT / "corpus" / "questions.jsonl")]
    asked = [questions[turn * 31 % len(questions)] for turn in range(number)]
    report = {"date": time.strftime("%Y-%m-%d"), "machine": machine(), "load": os.getloadavg()}
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "built"
        build_index(load_settings({"ASSISTANT_INDEX": str(index)}))
        with serving(index, ready="/ready") as server:
            phase(server, asked[:20])
            report["alone"] = phase(server, asked)
            report["beside the screens' build"] = beside(server, asked, index, "--background")
            report["beside the terminal's build"] = beside(server, asked, index)
            report["alone, after"] = phase(server, asked)
    alone = (report["alone"]["p95_ms"] + report["alone, after"]["p95_ms"]) / 2
    for name in ("alone", "beside the screens' build", "beside the terminal's build", "alone, after"):
        print(f"{name}: {report[name]}, 95th percentile {report[name]['p95_ms'] / alone:.2f} times that alone")
    bars = {"95th percentile, ms": {name: one["p95_ms"] for name, one in report.items() if "p95_ms" in one}}
    save(report, options.out, "asking-while-building", bars)


def beside(server: Server, asked: list[str], index: Path, *options: str) -> dict[str, float]:
    """The times of the questions while a whole build runs, which has begun to read and has not ended."""
    environment = {**os.environ, "ASSISTANT_INDEX": str(index), "PYTHONPATH": str(CHECKOUT)}
    building = subprocess.Popen(
        [*COMMAND, *options], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    begun = time.time()
    while (index / "last-build.json").stat().st_mtime < begun if (index / "last-build.json").exists() else True:
        time.sleep(0.1)
    measured = phase(server, asked)
    record = read_record(index)
    is_whole = building.poll() is None
    building.send_signal(signal.SIGTERM)
    building.wait()
    stage = f"{record.stage} {record.done}/{record.total}" if record else ""
    return {**measured, "still_building": is_whole, "at": stage}


def phase(server: Server, asked: list[str]) -> dict[str, float]:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=TIMEOUT_S)
    got = [ask(connection, question) for question in asked]
    connection.close()
    assert all(status == 200 for status, _ in got), [status for status, _ in got if status != 200][:3]
    return spread([taken for _, taken in got])


if __name__ == "__main__":
    main()
