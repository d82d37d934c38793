"""Golden questions worded by the small model of the tests, which writes nonsense: is anything unproven ever shown?

    python tests/benchmarks/small_model.py [--every 1] [--passages 2] [--strategy write]

Needs the extra `test-model` with the weights (see pyproject.toml) and the index of the settings. Prints the figures of
`assistant evaluate --llm` and how many answers showed something unproven, judged by plain text comparison.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]

from proven_answers import unproven  # noqa: E402

from assistant.composing import Composing  # noqa: E402
from assistant.evaluating import evaluate, read_questions, summary  # noqa: E402
from assistant.language_model import Limits, open_language_model  # noqa: E402
from assistant.loading import load_assistant  # noqa: E402
from assistant.settings import load_settings  # noqa: E402
from assistant.wording_figures import Worded, wording_figures  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--passages", type=int, default=2)
    parser.add_argument("--strategy", choices=("quote", "write"), default="write")
    options = parser.parse_args()
    command = [sys.executable, str(CHECKOUT / "tests" / "small_model_server.py")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        measure(f"{server.stdout.readline().strip()}/v1", options)
        server.stdin.close()


def measure(address: str, options: argparse.Namespace) -> None:
    settings = replace(load_settings(), llm="openai:smollm2", llm_url=address)
    assistant = load_assistant(settings)
    model = open_language_model(settings, Limits(first_token_s=300.0, whole_s=400.0, reply_tokens=60))
    assistant._composing = Composing(model, options.strategy, most_passages=options.passages, passage_chars=900)
    questions = [one for one in read_questions(CHECKOUT / "corpus" / "questions.jsonl") if one.answerable]
    results = evaluate(questions[:: options.every], Worded(assistant))
    with assistant.reading() as index:
        figures = summary(results)
        figures["wording"] = wording_figures([result.answer for result in results], index)
        faults = [fault for result in results for fault in unproven(result.answer, index)]
    print(json.dumps({name: figures[name] for name in ("questions", "all", "wording")}, ensure_ascii=False, indent=1))
    print(f"unproven: {len(faults)}")
    for fault in faults:
        print(f"  {fault}")


if __name__ == "__main__":
    main()
