"""Processes that ask without pause while generations follow one another: errors, stale answers, memory.

Run: python tests/benchmarks/swaps.py [--readers 20] [--swaps 50] [--plot FILE.svg]
Prints one JSON document: questions, errors, the latest stale answer after a swap, the memory of a reader at each swap;
draws that memory as SVG when asked. Exit code 1 when an answer failed or was stale for more than 2 s.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conftest import SMALL_DOCUMENTS, SMALL_MANIFEST, SMALL_VOCABULARY
from fakes import write_corpus
from upkeep_trials import read_during_swaps

WIDTH, HEIGHT = 640, 240


def main(folder: Path, readers: int, swaps: int, plot: Path | None) -> int:
    corpus = write_corpus(folder / "corpus", SMALL_DOCUMENTS, manifest=SMALL_MANIFEST, vocabulary=SMALL_VOCABULARY)
    seen = read_during_swaps(corpus, readers=readers, swaps=swaps)
    half = seen.kilobytes[len(seen.kilobytes) // 2 :]
    growth = (half[-1] - half[0]) / max(1, len(half) - 1)
    figures = {"readers": readers, "swaps": swaps, **asdict(seen), "kilobytes_a_swap_in_second_half": round(growth, 1)}
    print(json.dumps(figures))
    if plot is not None:
        plot.write_text(_curve(seen.kilobytes), encoding="utf-8")
    return 0 if not seen.errors and seen.stale_s < 2 else 1


def _curve(kilobytes: Sequence[int]) -> str:
    """The memory of one reader at each swap, as a line."""
    top = max(kilobytes) * 1.1
    points = " ".join(
        f"{40 + at * (WIDTH - 60) / max(1, len(kilobytes) - 1):.0f},{HEIGHT - 30 - value / top * (HEIGHT - 60):.0f}"
        for at, value in enumerate(kilobytes)
    )
    label = f"{kilobytes[0] / 1024:.0f} MB at the first swap, {kilobytes[-1] / 1024:.0f} MB at swap {len(kilobytes)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
        f'<path d="M40 20V{HEIGHT - 30}H{WIDTH - 20}" fill="none" stroke="#888"/>'
        f'<polyline points="{points}" fill="none" stroke="#0b4f9c" stroke-width="2"/>'
        f'<text x="40" y="{HEIGHT - 10}">{label}</text></svg>\n'
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--swaps", type=int, default=50)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(Path(temporary), options.readers, options.swaps, options.plot))
