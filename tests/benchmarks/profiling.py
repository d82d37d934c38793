"""Where the time of a build and of questions goes, and what the next bottleneck is. Needs the `bench` extra.

    python tests/benchmarks/profiling.py [--index FOLDER] [--quick]

The default corpus is built anew in a temporary folder, then golden questions are asked of a warm assistant, under
pyinstrument. Printed: the share of each of our modules (time spent in it and in libraries that it called), most first.
The whole profiles are written as HTML.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from measuring import CHECKOUT, arguments, machine, save
from pyinstrument import Profiler
from pyinstrument.frame import Frame

from assistant.evaluating import read_questions
from assistant.loading import load_assistant
from assistant.settings import load_settings

SHOWN = 10


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--index", type=Path, default=CHECKOUT / "index" / "built", help="a built index, to ask")
    options = parser.parse_args()
    report: dict[str, Any] = {"date": time.strftime("%Y-%m-%d"), "machine": machine()}
    report["build"] = measured(profile_build(), options.out, "build")
    report["question"] = measured(
        profile_questions(options.index, 60 if options.quick else 400), options.out, "question"
    )
    for name in ("build", "question"):
        print(f"\n{name}: {report[name]['seconds']} s")
        for module, share in report[name]["shares"].items():
            print(f"{share:6.1f} %  {module}")
    bars = {f"{name}, % of the time": report[name]["shares"] for name in ("build", "question")}
    save(report, options.out, "profile", bars)


def profile_build() -> Profiler:
    from index.building import build
    from index.encoding import load_encoder

    encoder = load_encoder("bundled")
    with tempfile.TemporaryDirectory() as folder, Profiler(interval=0.002) as profiler:
        build(CHECKOUT / "corpus", Path(folder), encoder=encoder)
    return profiler


def profile_questions(index: Path, count: int) -> Profiler:
    assistant = load_assistant(load_settings({"ASSISTANT_INDEX": str(index.resolve())}))
    assistant.warm()
    questions = read_questions(CHECKOUT / "corpus" / "questions.jsonl")[:count]
    with Profiler(interval=0.0005) as profiler:
        for golden in questions:
            assistant.answer(golden.question, after=golden.after, day=golden.day)
    return profiler


def measured(profiler: Profiler, out: Path, name: str) -> dict[str, Any]:
    """The share of each module of ours; the profile is written beside."""
    out.mkdir(parents=True, exist_ok=True)
    (out / f"profile-{name}.html").write_text(profiler.output_html(), encoding="utf-8")
    session = profiler.last_session
    if session is None or (root := session.root_frame()) is None:
        raise RuntimeError("nothing was sampled")
    seconds: dict[str, float] = defaultdict(float)
    collect(root, "", seconds)
    ranked = sorted(seconds.items(), key=lambda item: -item[1])[:SHOWN]
    shares = {module: round(100 * taken / root.time, 1) for module, taken in ranked}
    return {"seconds": round(root.time, 2), "shares": shares}


def collect(frame: Frame, caller: str, seconds: dict[str, float]) -> None:
    """Adds the frame's own time to the nearest module of ours that called it."""
    path = Path(frame.file_path or "")
    is_ours = path.is_relative_to(CHECKOUT / "index") or path.is_relative_to(CHECKOUT / "assistant")
    module = str(path.relative_to(CHECKOUT)) if is_ours else caller
    seconds[module or "the rest"] += frame.absorbed_time + frame.time - sum(child.time for child in frame.children)
    for child in frame.children:
        collect(child, module, seconds)


if __name__ == "__main__":
    main()
