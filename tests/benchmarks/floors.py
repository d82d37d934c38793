"""Compares what `assistant evaluate FILE --json` printed with the floors of `tests/floors.toml`.

Run: assistant evaluate corpus/questions.jsonl --json > quality.json; python tests/benchmarks/floors.py quality.json
A second argument names another programme than `corpus`: a folder of `tests/corpus` (`lumiere`, `bassins`, `quais`).
Prints one line per figure and exits 1 when a floor is not reached.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

FLOORS = Path(__file__).resolve().parents[1] / "floors.toml"


def compared(figures: Mapping[str, float], programme: str) -> list[str]:
    """A line for each figure that the programme has a bound for; those that are not held end with MISSED."""
    lines = []
    for side, bounds in tomllib.loads(FLOORS.read_text(encoding="utf-8"))[programme].items():
        for name, bound in bounds.items():
            is_held = figures[name] >= bound if side == "at_least" else figures[name] <= bound
            told = f"{name:<30}{figures[name]:>8.1%}  {side.replace('_', ' ')} {bound:.1%}"
            lines.append(told if is_held else f"{told}  MISSED")
    return lines


if __name__ == "__main__":
    measured = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(f"{measured['questions']} questions: {measured['all']}")
    told = compared(measured, sys.argv[2] if len(sys.argv) > 2 else "corpus")
    print(*told, sep="\n")
    sys.exit(any(line.endswith("MISSED") for line in told))
