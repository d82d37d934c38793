"""Golden answers made false by rule: how many does the check catch, how many true ones does it lose?

    python tests/benchmarks/false_replies.py [--every 4] [--half work|kept] [--questions FILE.jsonl]

The rules of the checks were set on the half `work`. Needs the index of the settings. Prints the counts, what escaped,
and how near true sentences are to their quotations.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from statistics import quantiles

CHECKOUT = Path(__file__).resolve().parents[2]
PARAPHRASES = CHECKOUT / "tests" / "assistant" / "wording_paraphrases.jsonl"
HELD_OUT = CHECKOUT / "tests" / "assistant" / "held_out_paraphrases.jsonl"
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]

from wording_proof import QUESTIONS, Proving, count, paraphrases  # noqa: E402

from assistant.loading import load_assistant  # noqa: E402
from assistant.proving import LEAST_NEARNESS  # noqa: E402
from assistant.settings import load_settings  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=4)
    parser.add_argument("--half", choices=("work", "kept"))
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--programme", help="whose paraphrases; needs ASSISTANT_CORPUS and ASSISTANT_INDEX")
    options = parser.parse_args()
    assistant = load_assistant(load_settings())
    with assistant.reading() as index:
        proving = Proving(index, assistant.writer(index).units)
        true = list(proving.golden(assistant, options.every, half=options.half, questions=options.questions))
        counted = count(proving, true)
        print(counted)
        for one in counted.escaped:
            print(f"  {one}")
        for path in (PARAPHRASES, HELD_OUT):
            faults = Counter(proving.fault_of(one) for one in paraphrases(path, options.programme))
            print(f"{path.stem}: {faults.total()}, kept {faults['']}, {dict(faults - Counter({'': faults['']}))}")
        own = [max(index.sentence_deviations(one.sentence, one.passage)) for one in true]
        pairs = zip(true, [*true[7:], *true[:7]], strict=True)
        other = [max(index.sentence_deviations(one.sentence, two.passage)) for one, two in pairs]
    for name, values in (("its own passage", own), ("another one", other)):
        cuts = quantiles(values, n=100)
        shown = ", ".join(f"{cut}th percentile {cuts[cut - 1]:.2f}" for cut in (1, 5, 50, 95, 99))
        below = sum(value < LEAST_NEARNESS for value in values) / len(values)
        print(f"nearness to {name}: {shown}; below {LEAST_NEARNESS}: {below:.1%}")


if __name__ == "__main__":
    main()
