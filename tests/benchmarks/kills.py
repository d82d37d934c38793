"""Builds killed at moments spread over their whole length, on a small corpus; the index in use answers after each.

Run: python tests/benchmarks/kills.py [--count 200] [--seed 1]
Prints at which stage they died (« fin »: they had finished) and what they left, all of it named by the next build.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conftest import SMALL_DOCUMENTS, SMALL_MANIFEST, SMALL_VOCABULARY
from fakes import write_corpus
from upkeep_trials import kill_builds


def main(folder: Path, count: int, seed: int) -> None:
    corpus = write_corpus(folder / "corpus", SMALL_DOCUMENTS, manifest=SMALL_MANIFEST, vocabulary=SMALL_VOCABULARY)
    started = time.monotonic()
    done = kill_builds(corpus, count, random.Random(seed))
    stages = ", ".join(f"{stage or 'avant la lecture'} {number}" for stage, number in done.stages.most_common())
    print(
        f"{count} builds killed ({stages}): the index in use answered after each, every later build succeeded; "
        f"{done.leftovers} leftovers, all named and removed; {time.monotonic() - started:.0f} s"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        main(Path(temporary), options.count, options.seed)
