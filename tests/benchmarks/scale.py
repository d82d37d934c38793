"""1,000, 10,000 and 100,000 passages: building, size on disk, memory of a server, questions, Chroma against exact.

    python tests/benchmarks/scale.py PIAF_FOLDER [--quick] [--sizes 1000 10000 100000]

A passage is some sentences of PIAF drawn at random under a heading of its own, and its vector the mean of the real
vectors of those sentences with some noise, so that encoding (measured by `encoding.py`) does not hide the rest: what is
timed is reading, splitting, tagging, finding dates, weighing words and storing. Questions are PIAF's, understood,
searched, decided, quoted and checked; the bundled model encodes them. `--quick` leaves out 100,000.
"""

from __future__ import annotations

import gc
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from measuring import CHECKOUT, arguments, machine, memory_mb, save, serving, spread
from numpy.typing import NDArray
from retrieval import load

from index.encoding import load_encoder
from index.splitting import sentence_spans

SIZES, QUICK = (1_000, 10_000, 100_000), (1_000, 10_000)
SECTIONS, PASSAGE_CHARS, SENTENCE_CHARS = 20, 850, (40, 260)
QUESTIONS = 150


class Sentences:
    """Sentences of PIAF with their vectors, and what passage each number stands for."""

    def __init__(self, piaf: Path, kept: Path) -> None:
        texts = load(piaf).paragraphs
        found = [text[a:b] for text in texts for a, b in sentence_spans(text, 0, len(text))]
        least, most = SENTENCE_CHARS
        self.texts = list(dict.fromkeys(" ".join(one.split()) for one in found if least <= len(one) <= most))
        if not kept.is_file():
            kept.parent.mkdir(parents=True, exist_ok=True)
            np.save(kept, load_encoder("bundled").encode_passages(self.texts))
        self.vectors: NDArray[np.float32] = np.load(kept)
        self.rows = {text: row for row, text in enumerate(self.texts)}

    def of_passage(self, number: int) -> list[int]:
        """The rows of the sentences of a passage: as many as fit."""
        chance, rows, length = random.Random(number), [], 0
        while True:
            row = chance.randrange(len(self.texts))
            length += len(self.texts[row]) + 1
            if length > PASSAGE_CHARS:
                return rows
            rows.append(row)


class SyntheticEncoder:
    """Gives synthetic passages their vectors under the bundled model's name; questions are really encoded."""

    dimension = 384

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences
        self._bundled = load_encoder("bundled")
        self.identity = self._bundled.identity

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        vectors = np.stack([self._vector(text) for text in texts])
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def encode_query(self, text: str) -> NDArray[np.float32]:
        return self._bundled.encode_query(text)

    def _vector(self, text: str) -> NDArray[np.float32]:
        row = self._sentences.rows.get(text.rpartition(" : ")[2])
        if row is not None:
            return self._sentences.vectors[row]
        # Several short ones in one run, or an ordinary sentence: like two of those at hand, the same at each build.
        chance = random.Random(text)
        mean = self._sentences.vectors[chance.sample(range(len(self._sentences.vectors)), 2)].mean(axis=0)
        noise = np.random.default_rng(chance.getrandbits(32)).normal(scale=0.01, size=self.dimension)
        return (mean + noise).astype(np.float32)


def write_corpus(folder: Path, sentences: Sentences, passages: int) -> Path:
    """A Markdown document for every `SECTIONS` passages, and a manifest that names them."""
    documents = folder / "documents"
    documents.mkdir(parents=True)
    entries = []
    for first in range(0, passages, SECTIONS):
        lines = [f"# Recueil {first // SECTIONS}\n"]
        for number in range(first, min(first + SECTIONS, passages)):
            text = " ".join(sentences.texts[row] for row in sentences.of_passage(number))
            lines.append(f"## Point {number}\n\n{text}\n")
        name = f"recueil-{first // SECTIONS:05d}"
        (documents / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")
        entries.append(
            f'[[document]]\nid = "{name}"\npath = "{name}.md"\ntitle = "Recueil {first // SECTIONS}"\n'
            'publisher = "Essai"\nkind = "guide"\nauthority = 5\npublished_on = "2025-01-01"\n'
        )
    (folder / "manifest.toml").write_text("\n".join(entries), encoding="utf-8")
    return folder


def build_one(sentences: Sentences, passages: int, folder: Path) -> dict[str, Any]:
    """Seconds by stage of building, and the size of what was built."""
    from index import generations
    from index.building import build

    corpus = write_corpus(folder / "corpus", sentences, passages)
    stages: dict[str, float] = {}
    last = ["préparation", time.perf_counter()]

    def progress(stage: str, _done: int, _total: int) -> None:
        now = time.perf_counter()
        stages[str(last[0])] = stages.get(str(last[0]), 0.0) + now - float(last[1])
        last[:] = [stage, now]

    started, cpu = time.perf_counter(), time.process_time()
    report = build(corpus, folder / "built", encoder=SyntheticEncoder(sentences), progress=progress)
    elapsed_s, cpu_s = time.perf_counter() - started, time.process_time() - cpu
    progress("", 0, 0)
    generation = generations.current(folder / "built").folder
    size = sum(path.stat().st_size for path in generation.rglob("*") if path.is_file())
    return {
        "passages": report.passages,
        "build_s": round(elapsed_s, 1),
        "ms_per_passage": round(1000 * elapsed_s / report.passages, 2),
        "cpu_ms_per_passage": round(1000 * cpu_s / report.passages, 2),
        "peak_mb": memory_mb()["peak"],
        "stages_s": {stage: round(seconds, 1) for stage, seconds in stages.items()},
        "disk_mb": round(size / 2**20, 1),
        "kb_per_passage": round(size / 1024 / report.passages, 1),
    }


def ask_one(piaf: Path, folder: Path) -> dict[str, Any]:
    """Run in a process of its own: answers and searches of real questions, and Chroma's recall against exact search."""
    from assistant.loading import load_assistant
    from assistant.settings import load_settings

    settings = load_settings({"ASSISTANT_INDEX": str(folder / "built"), "ASSISTANT_CORPUS": str(folder / "corpus")})
    questions = [one.text for one in load(piaf).questions if one.is_kept_apart][:QUESTIONS]
    started = time.perf_counter()
    assistant = load_assistant(settings)
    assistant.warm()
    gc.freeze()  # as the server does
    opened_s = time.perf_counter() - started
    answered = [timed_ms(lambda question=question: assistant.answer(question)) for question in questions]
    with assistant.reading() as index:
        searched = [timed_ms(lambda question=question: index.search(question)) for question in questions]
        near = index._nearest
        vectors = [index._queries.vector(question) for question in questions]
        ways = {"chroma": near.nearest, "exact": near.exact}
        taken = {name: spread([timed_ms(lambda v=v, w=way: w(v, 100)) for v in vectors]) for name, way in ways.items()}
        recall = {k: float(np.mean([overlap(near, vector, k) for vector in vectors])) for k in (10, 100)}
    return {
        "opening_and_warming_s": round(opened_s, 2),
        "answer": spread(answered),
        "search": spread(searched),
        **{f"nearest_{name}": one for name, one in taken.items()},
        **{f"chroma_recall@{k}": round(100 * share, 2) for k, share in recall.items()},
        "memory_mb": memory_mb(),
    }


def overlap(near: Any, vector: NDArray[np.float32], k: int) -> float:
    """The share of the `k` nearest that the collection finds."""
    exact = set(near.exact(vector, k)[0].tolist())
    return len(exact & set(near.nearest(vector, k)[0].tolist())) / len(exact)


def timed_ms(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - began)


def server_memory_mb(piaf: Path, folder: Path) -> float:
    """What `serve` has resident after fifty questions."""
    questions = [one.text for one in load(piaf).questions if one.is_kept_apart][:50]
    with serving(folder / "built", ready="/ready", ASSISTANT_CORPUS=str(folder / "corpus")) as server:
        for question in questions:
            server.ask(question)
        return memory_mb(server.process.pid)["resident"]


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("piaf", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*")
    options = parser.parse_args()
    sentences = Sentences(options.piaf, options.out / "piaf-sentences.npy")
    report: dict[str, Any] = {"date": time.strftime("%Y-%m-%d"), "machine": machine(), "sizes": {}}
    for size in options.sizes or (QUICK if options.quick else SIZES):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            built = build_one(sentences, size, folder)
            print(f"{size}: {built}", flush=True)
            command = [sys.executable, __file__, "ask", str(options.piaf), str(folder)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=CHECKOUT)
            asked = json.loads(done.stdout.splitlines()[-1])
            asked["server_memory_mb"] = server_memory_mb(options.piaf, folder)
            print(f"{size}: {asked}", flush=True)
            report["sizes"][str(size)] = {**built, **asked}
    sizes = report["sizes"].items()
    bars = {
        "answer, 95th percentile, ms": {name: one["answer"]["p95_ms"] for name, one in sizes},
        "building without encoding, ms per passage": {name: one["ms_per_passage"] for name, one in sizes},
        "server memory, MB": {name: one["server_memory_mb"] for name, one in sizes},
        "the 10 nearest found by Chroma, %": {name: one["chroma_recall@10"] for name, one in sizes},
    }
    save(report, options.out, "scale", bars)


if __name__ == "__main__":
    if sys.argv[1:2] == ["ask"]:
        print(json.dumps(ask_one(Path(sys.argv[2]), Path(sys.argv[3]))))
    else:
        main()
