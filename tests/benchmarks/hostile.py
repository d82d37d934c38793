"""Hundreds of hostile files, read one by one and then built as a corpus beside one sound document.

Run: python tests/benchmarks/hostile.py [--count 300] [--seed 1]
Prints how many were refused, how many could be read, the longest time and the most memory that one took, whether the
build reported every one of them and indexed the sound document. Exit code 1 when anything went wrong.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fakes import LetterEncoder, write_corpus
from file_makers import info
from hostile_files import make_hostile

from index.building import build
from index.errors import UnreadableDocument
from index.isolation import MEMORY_MB, TIMEOUT_S, IsolatedReader


def main(folder: Path, count: int, seed: int) -> int:
    corpus = write_corpus(folder / "corpus", {"sain.md": "# Sain\n\nLe guichet ferme le 3 juin 2024.\n"})
    made = make_hostile(corpus / "documents" / "hostile", count, seed=seed)
    outcomes: Counter[str] = Counter()
    longest_s, slowest = 0.0, ""
    with IsolatedReader() as reader:
        for path in made:
            started = time.monotonic()
            try:
                reader.read(path, info(path))
                outcomes["read"] += 1
            except UnreadableDocument:
                outcomes["refused"] += 1
            elapsed_s = time.monotonic() - started
            if elapsed_s > 5:
                print(f"  {elapsed_s:.1f} s: {path.name!r}", flush=True)
            if elapsed_s > longest_s:
                longest_s, slowest = elapsed_s, path.name
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{count} hostile files: {outcomes['refused']} refused, {outcomes['read']} read, 0 crashes", flush=True)
    print(
        f"longest: {longest_s:.1f} s of {TIMEOUT_S:.0f} s ({slowest!r}); most memory: {peak_mb:.0f} of {MEMORY_MB} MB"
    )
    started = time.monotonic()
    report = build(corpus, folder / "built", encoder=LetterEncoder())
    names = {*report.added, *(refusal.path for refusal in report.refused)}
    silent = [path for path in made if not _is_reported(path, corpus / "documents", names)]
    print(
        f"build: {len(report.added)} indexed, {len(report.refused)} refused, {len(silent)} passed over in silence, "
        f"{time.monotonic() - started:.0f} s; sound document indexed: {'sain.md' in report.added}"
    )
    for path in silent:
        print(f"  silent: {path!r}")
    is_within = longest_s < TIMEOUT_S + 5 and peak_mb < MEMORY_MB * 1.1
    return 0 if is_within and not silent and "sain.md" in report.added else 1


def _is_reported(path: Path, documents: Path, names: set[str]) -> bool:
    name = path.relative_to(documents).as_posix()
    return any(one == name or one.startswith(f"{name}/") for one in names)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(Path(temporary), options.count, options.seed))
