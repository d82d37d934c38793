"""How far the stated confidence can be relied on: in each tenth of it, the share of answers that are right.

    python tests/benchmarks/reliability.py [--half work|kept] [--index FOLDER]

Asks the golden questions of the half and compares, for those answered or answered in part, the confidence of the answer
with its verdict. The expected calibration error is the mean gap
between the two, weighted by how many questions fall in each tenth (Naeini, Cooper and Hauskrecht, 2015). The plot has
stated confidence to the right, the share right upwards, a circle for each tenth, the diagonal where both agree.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measuring import CHECKOUT, arguments, machine

from assistant.evaluating import Result, evaluate, read_questions
from assistant.loading import build_index, load_assistant
from assistant.settings import load_settings

_TENTHS = 10
_SIDE, _EDGE = 400, 50


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--half", choices=("work", "kept"), default="kept")
    parser.add_argument("--index", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.index or Path(temporary)).resolve()
        settings = load_settings({"ASSISTANT_INDEX": str(folder), "ASSISTANT_DAY": "2026-11-23"})
        build_index(settings)
        asked = [one for one in read_questions(CHECKOUT / "corpus/questions.jsonl") if one.half == options.half]
        tenths = by_tenth(evaluate(asked, load_assistant(settings)))
    total = sum(tenth["questions"] for tenth in tenths)
    error = sum(tenth["questions"] * abs(tenth["stated"] - tenth["right"]) for tenth in tenths) / max(1, total)
    for tenth in tenths:
        print(f"  stated {tenth['stated']:.2f}: {tenth['right']:.2f} right of {tenth['questions']}")
    print(f"expected calibration error {error:.3f} over {total} answers, half « {options.half} »")
    options.out.mkdir(parents=True, exist_ok=True)
    report = {"date": time.strftime("%Y-%m-%d"), "machine": machine(), "half": options.half, "error": error}
    (options.out / "reliability.json").write_text(json.dumps({**report, "tenths": tenths}, indent=1), encoding="utf-8")
    (options.out / "reliability.svg").write_text(plot(tenths), encoding="utf-8")
    print(f"{options.out / 'reliability'}.json and .svg")


def by_tenth(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Of each tenth of confidence that has answers: how many, their mean confidence, the share that is right."""
    asserted = [one for one in results if one.answer.outcome in ("answered", "partial")]
    tenths = []
    for tenth in range(_TENTHS):
        found = [one for one in asserted if min(int(one.answer.confidence * _TENTHS), _TENTHS - 1) == tenth]
        if found:
            stated = sum(one.answer.confidence for one in found) / len(found)
            right = sum(one.verdict == "right" for one in found) / len(found)
            tenths.append({"questions": len(found), "stated": round(stated, 3), "right": round(right, 3)})
    return tenths


def plot(tenths: Sequence[dict[str, Any]]) -> str:
    """The reliability diagram as SVG; the area of a circle is the number of questions."""
    most = max((tenth["questions"] for tenth in tenths), default=1)
    circles = "".join(
        f'<circle cx="{_EDGE + _SIDE * tenth["stated"]:.1f}" cy="{_EDGE + _SIDE * (1 - tenth["right"]):.1f}" '
        f'r="{4 + 14 * (tenth["questions"] / most) ** 0.5:.1f}" fill="#0f5a6b" fill-opacity="0.75"/>'
        for tenth in tenths
    )
    far = _EDGE + _SIDE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{far + _EDGE}" height="{far + _EDGE}" font-family="sans-serif"'
        f' font-size="13"><rect width="100%" height="100%" fill="#fff"/><path d="M{_EDGE} {far}L{far} {_EDGE}" '
        f'stroke="#888" stroke-dasharray="4"/><path d="M{_EDGE} {_EDGE}V{far}H{far}" fill="none" stroke="#000"/>'
        f'<text x="{far}" y="{far + 30}" text-anchor="end">stated confidence, 0 to 1</text>'
        f'<text x="{_EDGE}" y="{_EDGE - 15}">share right, 0 to 1</text>{circles}</svg>\n'
    )


if __name__ == "__main__":
    main()
