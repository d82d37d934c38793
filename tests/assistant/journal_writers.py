"""`python journal_writers.py URL write THREADS EACH`, or `… kill TIMES`: prints the ids that were acknowledged.

`kill` forks a writer again and again and ends it by SIGKILL while it writes.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]

from exchange_maker import exchange  # noqa: E402

from assistant.journal import Journal  # noqa: E402


def write(url: str, threads: int, each: int) -> None:
    journal = Journal.open(url)

    def one(_: int) -> str:
        kept = exchange()
        journal.record(kept)
        return kept.id

    with ThreadPoolExecutor(threads) as pool:
        for name in pool.map(one, range(threads * each)):
            print(name)
    journal.close()


def kill(url: str, times: int) -> None:
    chance = random.Random(7)
    for _ in range(times):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            write_until_killed(url, writing)
        os.close(writing)
        acknowledged = os.read(reading, 33)  # it writes by now
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(reading, 65536):
            acknowledged += more
        os.close(reading)
        print(*acknowledged.decode().split()[: len(acknowledged) // 33], sep="\n")


def write_until_killed(url: str, pipe: int) -> None:
    journal = Journal.open(url)
    while True:
        kept = exchange()
        journal.record(kept)
        os.write(pipe, f"{kept.id}\n".encode())


if __name__ == "__main__":
    if sys.argv[2] == "write":
        write(sys.argv[1], int(sys.argv[3]), int(sys.argv[4]))
    else:
        kill(sys.argv[1], int(sys.argv[3]))
