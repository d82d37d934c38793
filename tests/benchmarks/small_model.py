"""Golden questions worded by the small model of the tests, which writes nonsense: is anything unproven ever shown?

    python tests/benchmarks/small_model.py LINES.jsonl [--every 1] [--passages 1] [--chars 700] [--tokens 40]
                          [--recheck [--marked]]

Needs the extra `test-model` with the weights (see pyproject.toml) and the index of the settings. Writes one line for
each question as soon as it is answered, and goes on after the last one when started again. `--recheck` asks no model
but checks the replies written down anew, with the checks as they are now; `--marked` gives every sentence of theirs the
marker of the passage shown, so that it is not the missing marker that saves us. Prints what became of all of them, and
whether anything shown is unproven, judged by plain text comparison.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests")]

from proven_answers import unproven  # noqa: E402
from small_model_server import served  # noqa: E402

from assistant.composing import Composing, Model  # noqa: E402
from assistant.errors import LanguageModelFailed  # noqa: E402
from assistant.evaluating import Golden, judge, read_questions  # noqa: E402
from assistant.language_model import Limits, ModelReply  # noqa: E402
from assistant.loading import load_assistant  # noqa: E402
from assistant.providers import open_language_model  # noqa: E402
from assistant.replies import sentences  # noqa: E402
from assistant.settings import load_settings  # noqa: E402
from assistant.wording_figures import Worded  # noqa: E402

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.prompting import Prompt


@dataclass
class Kept:
    """A model whose last reply is kept; without a model, one that replies what was written down."""

    model: Model | None
    name: str = "smollm2"
    is_local: bool = True
    last: ModelReply | None = field(default=None)

    def reply(self, prompt: Prompt, **options: Any) -> ModelReply:
        if self.model is not None:
            self.last = self.model.reply(prompt, **options)
        if self.last is None:
            raise LanguageModelFailed("Rien n'a été écrit.", "", is_dead=False)
        return self.last


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--passages", type=int, default=1)
    parser.add_argument("--chars", type=int, default=700)
    parser.add_argument("--tokens", type=int, default=40)
    parser.add_argument("--strategy", choices=("quote", "write"), default="write")
    parser.add_argument("--recheck", action="store_true")
    parser.add_argument("--marked", action="store_true")
    options = parser.parse_args()
    questions = read_questions(CHECKOUT / "corpus" / "questions.jsonl")[:: options.every]
    written = {line["id"]: line for line in read_lines(options.lines)}
    if options.recheck:
        kept = Kept(None)
        assistant = opened(kept, options)
        known = [golden for golden in questions if golden.id in written]
        print_figures([rechecked(golden, written[golden.id], kept, assistant, options) for golden in known])
        return
    with small_model(options) as model:
        kept = Kept(model)
        assistant = opened(kept, options)
        with options.lines.open("a", encoding="utf-8") as file:
            for golden in questions:
                if golden.id not in written:
                    written[golden.id] = line = asked(golden, kept, assistant)
                    print(json.dumps(line, ensure_ascii=False), file=file, flush=True)
    print_figures(list(written.values()))


@contextmanager
def small_model(options: argparse.Namespace) -> Iterator[Model]:
    with served() as address:
        settings = replace(load_settings(), llm="openai:smollm2", llm_url=address)
        yield open_language_model(settings, Limits(first_token_s=300.0, whole_s=400.0, reply_tokens=options.tokens))


def opened(kept: Kept, options: argparse.Namespace) -> Assistant:
    assistant = load_assistant(replace(load_settings(), llm=None))
    assistant._composing = Composing(
        kept, options.strategy, most_passages=options.passages, passage_chars=options.chars
    )
    return assistant


def read_lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def asked(golden: Golden, kept: Kept, assistant: Assistant) -> dict[str, Any]:
    """What became of one question; `reply` is None when the model was not asked or failed."""
    given = kept.last if kept.model is None else None
    kept.last = given
    answer = Worded(assistant).answer(golden.question, after=golden.after, day=golden.day)
    wording = answer.wording
    with assistant.reading() as index:
        faults = unproven(answer, index)
    return {
        "id": golden.id,
        "verdict": judge(golden, answer)[0],
        "failed": wording is None and bool(answer.statements),
        "reply": asdict_of(kept.last) if wording is not None else None,
        "sentences": [sentence.fault for sentence in wording.sentences] if wording is not None else [],
        "is_shown": wording is not None and wording.is_shown,
        "shown": [statement.text for statement in answer.statements] if wording and wording.is_shown else [],
        "unproven": faults,
        "evidence_ms": round(answer.timings_ms["total"], 1),
        "first_token_ms": round(wording.first_token_ms) if wording is not None else 0,
        "checked_ms": round(answer.timings_ms.get("wording", 0.0)),
    }


def asdict_of(reply: ModelReply | None) -> dict[str, Any] | None:
    if reply is None:
        return None
    return {"text": reply.text, "input_tokens": reply.input_tokens, "output_tokens": reply.output_tokens}


def rechecked(
    golden: Golden, line: dict[str, Any], kept: Kept, assistant: Assistant, options: argparse.Namespace
) -> dict[str, Any]:
    """The line as it would be now, with its times as they were."""
    said = line["reply"]
    text = str(said["text"]) if said else ""
    if options.marked:
        text = " ".join(f"{one.rstrip(' .:;?!')} [1]." for one in sentences(text))
    kept.last = ModelReply(text, 0.0, 0.0, said["input_tokens"], said["output_tokens"]) if said else None
    now = asked(golden, kept, assistant)
    return {**now, **{name: line[name] for name in ("evidence_ms", "first_token_ms", "checked_ms")}}


def print_figures(lines: list[dict[str, Any]]) -> None:
    """The counts, and everything that is unproven."""
    replied = [line for line in lines if line["reply"] is not None]
    faults = Counter(fault or "kept" for line in replied for fault in line["sentences"])
    figures = {
        "questions": len(lines),
        "verdicts": dict(Counter(line["verdict"] for line in lines)),
        "replies": len(replied),
        "failed": sum(line["failed"] for line in lines),
        "sentences": faults.total(),
        "kept": faults["kept"],
        "faults": dict((faults - Counter(kept=faults["kept"])).most_common()),
        "worded": sum(line["is_shown"] for line in lines),
        "tokens": {side: sum(line["reply"][f"{side}_tokens"] for line in replied) for side in ("input", "output")},
        "evidence_ms": median_of([line["evidence_ms"] for line in lines]),
        "first_token_ms": median_of([line["evidence_ms"] + line["first_token_ms"] for line in replied]),
        "checked_ms": median_of([line["evidence_ms"] + line["checked_ms"] for line in replied]),
    }
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    for line in lines:
        for text in line["shown"]:
            print(f"shown, {line['id']}: {text}")
    wrong = [f"{line['id']}: {fault}" for line in lines for fault in line["unproven"]]
    print("\n".join((f"unproven: {len(wrong)}", *wrong)))


def median_of(values: list[float]) -> float:
    return round(median(values), 1) if values else 0.0


if __name__ == "__main__":
    main()
