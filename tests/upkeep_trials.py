"""Trials of upkeep that tests run a few times and benchmarks many: builds that are killed, readers during swaps."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from fakes import LetterEncoder, write_corpus

from index import generations, sealing
from index.building import build
from index.holding import IndexHolder
from index.searching import Index

CHECKOUT = Path(__file__).resolve().parents[1]
DAY = date(2024, 5, 1)
QUESTION, ANSWER = "date de clôture du solde de la vague 1", "14 décembre"

# One process imports everything once, and gives birth to those that build and read: starting Python for each takes
# longer than what is tried.
_BIRTH = multiprocessing.get_context("forkserver")
_BIRTH.set_forkserver_preload(["upkeep_trials", "bm25s", "chromadb", "index.holding", "onnxruntime"])


def _build(corpus: Path, force: bool, begun: Event, stage: Any) -> None:
    def told(name: str, _done: int, _total: int) -> None:
        stage.value = name.encode()

    begun.set()
    build(corpus, corpus.parent / "built", encoder=LetterEncoder(), force=force, progress=told)
    stage.value = b"fin"


def _read(built: Path, stop: Path, log: Path) -> None:
    """Asks until `stop` is there; logs when each question began, who answered, what, and the memory of the process."""
    holder = IndexHolder(built, encoder=LetterEncoder())
    with log.open("w", encoding="utf-8", buffering=1) as file:
        while not stop.exists():
            began = time.monotonic()
            try:
                with holder.lease() as index:
                    hits = index.search("numéro de la page")
                    said = [index.generation, next(h.passage.text for h in hits if "porte le" in h.passage.text)]
            except Exception as error:  # noqa: BLE001 whatever goes wrong is what the trial is about
                said = ["", f"{type(error).__name__}: {error}"]
            kilobytes = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4
            file.write(json.dumps([began, *said, kilobytes]) + "\n")
            time.sleep(0.02)


@dataclass(frozen=True, slots=True)
class Kills:
    """What became of killed builds: at which stage they died (« fin »: they had finished), and what they left."""

    stages: Counter[str]
    leftovers: int


def kill_builds(corpus: Path, count: int, chance: random.Random) -> Kills:
    """Kills `count` builds at moments spread over their whole length; AssertionError when anything suffers.

    After each, the index in use answers; after every fifth, a build succeeds and leaves nothing but generations.
    """
    built = corpus.parent / "built"
    build(corpus, built, encoder=LetterEncoder(), today=DAY)
    length_s = _length_s(corpus)
    stages: Counter[str] = Counter()
    leftovers = 0
    for number in range(count):
        share = (number + chance.random()) / count
        write_corpus(corpus, {"suite.md": f"# Suite\n\nLa suite porte le numéro {number}.\n"})
        is_forced = bool(number % 2)
        with _building(corpus, is_forced=is_forced) as (process, stage):
            time.sleep(share * length_s * 1.2)
            process.kill()
            process.join()
            stages[stage.value.decode()] += 1
        assert_answers(built)
        if number % 5 == 4 or number == count - 1:
            report = build(corpus, built, encoder=LetterEncoder(), today=DAY)
            leftovers += len(report.leftovers)
            assert_answers(built)
            names = {path.name for path in built.iterdir()}
            assert names == {"current", "generations", "lock"}, names
            assert len(generations.all_generations(built)) <= generations.KEPT
    return Kills(stages, leftovers)


def _length_s(corpus: Path) -> float:
    with _building(corpus, is_forced=True) as (process, _):
        began = time.monotonic()
        process.join()
        assert process.exitcode == 0, "a build that nobody disturbs failed"
    return time.monotonic() - began


@contextmanager
def _building(corpus: Path, *, is_forced: bool) -> Iterator[tuple[ForkServerProcess, Any]]:
    """A build in a process of its own, that has begun, and the stage that it is at."""
    begun, stage = _BIRTH.Event(), _BIRTH.Array("c", 32, lock=False)
    process = _BIRTH.Process(target=_build, args=(corpus, is_forced, begun, stage))
    process.start()
    assert begun.wait(60)
    yield process, stage
    process.kill()
    process.join()


def assert_answers(built: Path) -> None:
    """The index in use is whole and finds what it should."""
    folder = generations.current(built).folder
    sealing.verify(folder, thorough=True)
    index = Index.open(folder, encoder=LetterEncoder())
    assert ANSWER in index.search(QUESTION)[0].passage.text
    index.close()


@dataclass(frozen=True, slots=True)
class Swaps:
    """What readers saw: questions asked, errors, the latest stale answer after a swap (s), kilobytes at each swap."""

    questions: int
    errors: tuple[str, ...]
    stale_s: float
    kilobytes: tuple[int, ...]


def read_during_swaps(corpus: Path, *, readers: int, swaps: int, pause_s: float = 0.3) -> Swaps:
    """Has processes ask without pause while `swaps` generations follow one another."""
    built, stop = corpus.parent / "built", corpus.parent / "stop"
    order = [_next_page(corpus, built, 0)]
    logs = [corpus.parent / f"reader-{number}.jsonl" for number in range(readers)]
    processes = [_reading(built, stop, log) for log in logs]
    try:
        _wait_for(logs)
        swapped_at = [0.0]
        for number in range(1, swaps + 1):
            order.append(_next_page(corpus, built, number))
            swapped_at.append(time.monotonic())
            time.sleep(pause_s)
        time.sleep(1.0)
    finally:
        stop.touch()
        for process in processes:
            process.join(60)
    asked = [[json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] for log in logs]
    answers = [answer for own in asked for answer in own]
    errors = {text for _, name, text, _ in answers if name not in order or f"numéro {order.index(name)}." not in text}
    late = [
        began - swapped_at[order.index(name) + 1]
        for began, name, _, _ in answers
        if name in order and order.index(name) < swaps
    ]
    memory = [max((kb for began, _, _, kb in asked[0] if began <= moment), default=0) for moment in swapped_at[1:]]
    return Swaps(len(answers), tuple(sorted(errors)), max(0.0, *late), tuple(memory))


def _next_page(corpus: Path, built: Path, number: int) -> str:
    write_corpus(corpus, {"page.md": f"# Page\n\nCette page porte le numéro {number}.\n"})
    return str(build(corpus, built, encoder=LetterEncoder(), today=DAY).generation)


def _reading(built: Path, stop: Path, log: Path) -> ForkServerProcess:
    log.touch()
    process = _BIRTH.Process(target=_read, args=(built, stop, log))
    process.start()
    return process


def _wait_for(logs: list[Path], timeout_s: float = 120.0) -> None:
    ends = time.monotonic() + timeout_s
    while not all(log.stat().st_size for log in logs):
        assert time.monotonic() < ends, "the readers did not start"
        time.sleep(0.05)


def can_mount() -> bool:
    """Whether this process may mount a small disk in memory."""
    return sys.platform == "linux" and os.geteuid() == 0


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of that size in memory; OSError where it cannot be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        raise OSError(done.stderr.decode(errors="replace"))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)
