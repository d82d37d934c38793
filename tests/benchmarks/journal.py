"""`python tests/benchmarks/journal.py`: how long an exchange takes to be committed, on SQLite and PostgreSQL.

The peer is the bare driver writing the same row with the same guarantee (it survives the process) in the same run.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]

from exchange_maker import exchange  # noqa: E402
from postgres_server import postgres  # noqa: E402

from assistant.journal import Journal  # noqa: E402
from assistant.journal_exchanges import new_id  # noqa: E402
from assistant.journal_rows import exchange_rows  # noqa: E402

TIMES = 500


def main() -> None:
    kept = exchange("Date limite du solde de la vague 1 ? Rappelez au 06 12 34 56 78.")
    with tempfile.TemporaryDirectory() as folder:
        bare = milliseconds(bare_sqlite(Path(folder) / "bare.sqlite3", kept))
        show("sqlite3 alone", bare, bare)
        journal = Journal.open(f"sqlite:///{folder}/journal.sqlite3")
        show("journal, SQLite", milliseconds(lambda: journal.record(replace(kept, id=new_id()))), bare)
        journal.close()
    with postgres() as url:
        journal = Journal.open(url)
        show("PostgreSQL, no fsync", milliseconds(lambda: journal.record(replace(kept, id=new_id()))), bare)
        journal.close()


def bare_sqlite(path: Path, kept: object) -> Callable[[], None]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("CREATE TABLE exchange (id TEXT PRIMARY KEY, content TEXT)")
    row, _ = exchange_rows(kept)  # type: ignore[arg-type]
    content = json.dumps(row, default=str)
    return lambda: connection.execute("INSERT INTO exchange VALUES (?, ?)", (new_id(), content)).close()


def milliseconds(write: Callable[[], None]) -> list[float]:
    took = []
    for _ in range(TIMES):
        started = perf_counter()
        write()
        took.append(1000 * (perf_counter() - started))
    return took


def show(name: str, took: list[float], peer: list[float]) -> None:
    ratio = median(took) / median(peer)
    print(
        f"{name:22} median {median(took):6.2f} ms   95th percentile {quantiles(took, n=20)[-1]:6.2f} ms   × {ratio:.1f}"
    )


if __name__ == "__main__":
    main()
