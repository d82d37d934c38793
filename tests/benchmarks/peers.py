"""The same passages by the usual ways of doing this in Python: building, asking, memory, recall on PIAF, in one run.

    python tests/benchmarks/peers.py PIAF_FOLDER CACHE_FOLDER [--quick] [--only NAME…] [--given]

Each peer gets a virtual environment of its own in CACHE_FOLDER (a gigabyte each) and does what `peer_runs.py` shows,
with the bundled weights as a sentence-transformers model in float32. `--given` hands the peers the vectors of our
bundled model instead: what is left is their own work. We read the passages from files and encode their
sentences; the peers get them in memory. Processor seconds stand beside wall seconds: they depend less on what else the
machine does. Questions are PIAF's part kept apart; recall counts the paragraphs that annotators named. haiku.rag is
missing: its releases need Python 3.12, and the last for 3.11 (0.6.0) an sqlite3 module that loads extensions.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measuring import CHECKOUT, arguments, machine, memory_mb, save, spread

TORCH = "torch==2.13.0"
PEERS = {
    "langchain": "langchain langchain-chroma langchain-community langchain-classic rank-bm25 sentence-transformers",
    "llamaindex": "llama-index-core llama-index-vector-stores-chroma llama-index-retrievers-bm25 sentence-transformers",
    "haystack": "haystack-ai sentence-transformers",
    "txtai": "txtai sentence-transformers",
}
OURS = "ours"
CONTENDERS = {OURS: OURS, "langchain": "langchain", "langchain_ensemble": "langchain"} | {
    name: name for name in ("llamaindex", "haystack", "txtai")
}
QUICK_QUESTIONS = 150


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("piaf", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--only", nargs="*", choices=CONTENDERS, default=list(CONTENDERS))
    parser.add_argument("--given", action="store_true", help="the peers get our vectors")
    parser.add_argument("--passages", type=int, help="only so many passages, to try whether everything runs")
    options = parser.parse_args()
    work = options.cache.resolve() / "work"
    questions = prepare(options.piaf, work, options.passages, QUICK_QUESTIONS if options.quick else None)
    report: dict[str, Any] = {"date": time.strftime("%Y-%m-%d"), "machine": machine(), "contenders": {}}
    for name in dict.fromkeys([OURS, *options.only]):
        python = sys.executable if name == OURS else environment(options.cache.resolve(), CONTENDERS[name])
        if python is None:
            report["contenders"][name] = {"missing": "pip could not install it"}
            continue
        report["contenders"][name] = run(name, str(python), work, "given" if options.given else "named", questions)
        print(f"{name}: {report['contenders'][name]}", flush=True)
    show(report)
    measured = {name: one for name, one in report["contenders"].items() if "recall@1" in one}
    bars = {
        f"{title}": {name: one[key] for name, one in measured.items()}
        for title, key in (
            ("building, seconds, from the start of the process", "whole_s"),
            ("a question, median, ms", "p50_ms"),
            ("recall@1, %", "recall@1"),
            ("peak memory, MB", "peak_mb"),
        )
    }
    save(report, options.out, "peers-given" if options.given else "peers", bars)


def prepare(piaf: Path, work: Path, passages_limit: int | None, questions_limit: int | None) -> list[dict[str, Any]]:
    """Passages, questions, the named model and our vectors, written where every contender reads them."""
    import numpy as np
    from bundled_as_named import write_named_model
    from fit_scoring import piaf_corpus
    from retrieval import load

    from index.encoding import load_encoder

    work.mkdir(parents=True, exist_ok=True)
    loaded = load(piaf)
    passages = [{"id": str(row), "text": text} for row, text in enumerate(loaded.texts)][:passages_limit]
    kept = [one for one in loaded.questions if one.is_kept_apart and max(one.rows) < len(passages)][:questions_limit]
    questions = [{"text": question.text, "rows": [str(row) for row in question.rows]} for question in kept]
    (work / "passages.json").write_text(json.dumps(passages), encoding="utf-8")
    (work / "questions.json").write_text(json.dumps(questions), encoding="utf-8")
    if not (work / "model").is_dir():
        write_named_model(work)
    lines = (piaf / "corpus.jsonl").read_text(encoding="utf-8").splitlines()[:passages_limit]
    names = [json.loads(line)["id"] for line in lines]
    shutil.rmtree(work / "corpus", ignore_errors=True)
    (work / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    piaf_corpus(work, work / "corpus")
    (work / "names.json").write_text(json.dumps(names), encoding="utf-8")
    encoder = load_encoder("bundled")
    np.savez(
        work / "vectors.npz",
        passages=encoder.encode_passages([one["text"] for one in passages]),
        queries=np.stack([encoder.encode_query(one["text"]) for one in questions]),
    )
    return questions


def environment(cache: Path, name: str) -> Path | None:
    """The peer's own Python, installed on first use; None when pip cannot."""
    python = cache / name / "bin" / "python"
    if not (cache / name / "installed").is_file():
        print(f"installing {name}…", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(cache / name)], check=True)
        command = [str(python), "-m", "pip", "install", "-q", TORCH, *PEERS[name].split()]
        if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode:
            return None
        (cache / name / "installed").touch()
    return python


def run(name: str, python: str, work: Path, vectors: str, questions: list[dict[str, Any]]) -> dict[str, Any]:
    """What one contender measured in a process of its own."""
    script = Path(__file__) if name == OURS else Path(__file__).with_name("peer_runs.py")
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        command = [python, str(script), *([] if name == OURS else [name]), str(work), vectors, str(result)]
        kept = {key: value for key, value in os.environ.items() if name == OURS or key != "PYTHONPATH"}
        started = time.perf_counter()
        done = subprocess.run(command, env=kept, capture_output=True, text=True, check=False, timeout=1800)
        if not result.is_file():
            return {"failed": done.stderr.strip().splitlines()[-1:] or done.returncode}
        measured = json.loads(result.read_text(encoding="utf-8"))
    found = measured.pop("found")
    taken = spread(measured.pop("taken_ms"))
    best = [
        min((rank for rank, row in enumerate(rows, 1) if row in one["rows"]), default=99)
        for rows, one in zip(found, questions, strict=True)
    ]
    shares = {f"recall@{k}": round(100 * sum(rank <= k for rank in best) / len(best), 1) for k in (1, 5, 10)}
    rounded = {key: round(value, 2) for key, value in measured.items()}
    return {**rounded, **taken, **shares, "process_s": round(time.perf_counter() - started, 1)}


def ours(work: Path, vectors: str, result: Path) -> None:
    """This project in a process of its own: the corpus of files is built whole, then asked."""
    started, cpu = time.perf_counter(), time.process_time()
    sys.path.insert(0, str(CHECKOUT))
    from index.building import build
    from index.encoding import load_encoder
    from index.holding import IndexHolder

    encoder = load_encoder("bundled")
    rows = {name: str(row) for row, name in enumerate(json.loads((work / "names.json").read_text(encoding="utf-8")))}
    questions = json.loads((work / "questions.json").read_text(encoding="utf-8"))
    ready, ready_cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        build(work / "corpus", Path(folder), encoder=encoder)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        built, built_cpu = time.perf_counter(), time.process_time() + children.ru_utime + children.ru_stime
        taken_ms, found = [], []
        with IndexHolder(Path(folder), encoder=encoder).lease() as index:
            stems = {name: Path(info.path).stem for name, info in index.documents.items()}
            for question in questions:
                began = time.perf_counter()
                hits = index.search(question["text"], limit=10)
                taken_ms.append(1000 * (time.perf_counter() - began))
                found.append(list(dict.fromkeys(rows[stems[hit.passage.document_id]] for hit in hits)))
            asked_cpu = time.process_time() + children.ru_utime + children.ru_stime
            index.close()
    measured = {
        "load_s": ready - started,
        "index_s": built - ready,
        "index_cpu_s": built_cpu - ready_cpu,
        "whole_s": built - started,
        "whole_cpu_s": built_cpu - cpu,
        "ask_cpu_ms": 1000 * (asked_cpu - built_cpu) / len(questions),
        "taken_ms": taken_ms,
        "found": found,
        "peak_mb": memory_mb()["peak"],
    }
    result.write_text(json.dumps(measured), encoding="utf-8")


def show(report: dict[str, Any]) -> None:
    print(f"\n{report['date']} — {report['machine']}")
    columns = ("whole_s", "whole_cpu_s", "index_s", "p50_ms", "p95_ms", "ask_cpu_ms", "peak_mb")
    columns += ("recall@1", "recall@5", "recall@10")
    print(f"{'':20}" + "".join(f"{column:>12}" for column in columns) + f"{'slower':>9}{'by cpu':>9}")
    base = report["contenders"][OURS]
    for name, one in report["contenders"].items():
        if "recall@1" not in one:
            print(f"{name:20}{one}")
            continue
        ratios = one["whole_s"] / base["whole_s"], one["whole_cpu_s"] / base["whole_cpu_s"]
        figures = "".join(f"{one[column]:12.1f}" for column in columns)
        print(f"{name:20}{figures}" + "".join(f"{ratio:8.1f}x" for ratio in ratios))


if __name__ == "__main__":
    if len(sys.argv) == 4 and Path(sys.argv[1], "names.json").is_file():
        ours(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
    else:
        main()
