"""Compares what `assistant evaluate FILE --json` printed with the floors of `tests/floors.toml`.

Run: assistant evaluate corpus/questions.jsonl --json > quality.json; python tests/benchmarks/floors.py quality.json
Prints one line per figure and exits 1 when a floor is not reached.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

FLOORS = Path(__file__).resolve().parents[1] / "floors.toml"


def main(figures: Mapping[str, float], floors: Mapping[str, Mapping[str, float]]) -> int:
    missed = 0
    for side, bounds in floors.items():
        for name, bound in bounds.items():
            is_held = figures[name] >= bound if side == "at_least" else figures[name] <= bound
            missed += not is_held
            print(
                f"{name:<30}{figures[name]:>8.1%}  {side.replace('_', ' ')} {bound:.1%}  {'' if is_held else 'MISSED'}"
            )
    return 1 if missed else 0


if __name__ == "__main__":
    measured = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(f"{measured['questions']} questions: {measured['all']}")
    sys.exit(main(measured, tomllib.loads(FLOORS.read_text(encoding="utf-8"))))
