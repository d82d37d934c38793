"""Recall on PIAF: exact words, vectors, two usual fusions and ours; then the quotations. See --help.

    python tests/benchmarks/retrieval.py PIAF_FOLDER [--encoder bundled] [--json FILE]

Questions whose sha1(qid) is not divisible by 3 serve for tuning; the others are kept apart and are what counts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index import ranking
from index.encoding import Encoder, load_encoder
from index.keywords import Keywords
from index.records import Passage
from index.sentence_vectors import SentenceVectors, encoded_texts
from index.splitting import sentence_spans

Scores = NDArray[np.float32]
RECIPROCAL_K = 60


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    rows: tuple[int, ...]
    answers: tuple[str, ...]
    is_kept_apart: bool


@dataclass(frozen=True, slots=True)
class Piaf:
    """`texts` are what the index searches: the title as heading, then the paragraph."""

    paragraphs: tuple[str, ...]
    titles: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def texts(self) -> list[str]:
        return [f"{title}\n{paragraph}" for title, paragraph in zip(self.titles, self.paragraphs, strict=True)]


def load(folder: Path) -> Piaf:
    """The paragraphs, and the questions that one of them answers."""
    paragraphs = [json.loads(line) for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = {paragraph["id"]: row for row, paragraph in enumerate(paragraphs)}
    questions = [json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    return Piaf(
        tuple(paragraph["text"] for paragraph in paragraphs),
        tuple(paragraph["title"] for paragraph in paragraphs),
        tuple(
            Question(
                question["query"],
                tuple(rows[name] for name in question["positives"]),
                tuple(question["answers"]),
                int(hashlib.sha1(question["qid"].encode()).hexdigest(), 16) % 3 == 0,
            )
            for question in questions
            if question["kind"] == "answerable"
        ),
    )


class Retrievers:
    """Every way to score all paragraphs for one question; each gives `(paragraphs,)`, higher is better."""

    def __init__(self, piaf: Piaf, encoder: Encoder) -> None:
        self.keywords = Keywords.build(piaf.texts)
        passages = [_passage(title, text) for title, text in zip(piaf.titles, piaf.paragraphs, strict=True)]
        texts = encoded_texts(passages)
        self.sentences = SentenceVectors.of(passages, encoder.encode_passages(texts).astype(np.float16))
        self.vectors = self.sentences.of_passages(passages)
        self.moments = ranking.Moments.of(self.vectors)
        self.sentence_moments = ranking.Moments.of(self.sentences.of_sentences)
        self.rows = np.arange(len(passages))
        self.queries = {question.text: encoder.encode_query(question.text) for question in piaf.questions}

    def exact_words(self, text: str) -> Scores:
        return self.keywords.scores(text)

    def by_vectors(self, text: str) -> Scores:
        """By the best sentence of each paragraph."""
        return self.sentences.best(self.rows, self.queries[text])

    def by_means(self, text: str) -> Scores:
        """By the mean of each paragraph's sentences: what Chroma proposes by."""
        cosines: Scores = self.vectors @ self.queries[text]
        return cosines

    def reciprocal_ranks(self, text: str) -> Scores:
        rows = np.arange(len(self.vectors))
        found = [ranking.ranks(scores, rows) for scores in (self.exact_words(text), self.by_vectors(text))]
        return np.sum([1 / (RECIPROCAL_K + ranks) for ranks in found], axis=0).astype(np.float32)

    def sum_of_min_max(self, text: str) -> Scores:
        return _min_max(self.exact_words(text)) + _min_max(self.by_vectors(text))

    def fusion(self, text: str) -> Scores:
        vector = self.queries[text]
        passages = self.moments.deviations(vector, self.by_means(text))
        sentences = self.sentence_moments.deviations(vector, self.by_vectors(text))
        return ranking.relevance(passages, sentences, self.keywords.match(text))


def _passage(title: str, text: str) -> Passage:
    spans = tuple(sentence_spans(text, 0, len(text)))
    return Passage("", "", "prose", None, 0, len(text), text, (title,), spans, (), (), (), ())


def _min_max(scores: Scores) -> Scores:
    spread = scores.max() - scores.min()
    return (scores - scores.min()) / spread if spread > 0 else np.zeros_like(scores)


def measure(score: Callable[[str], Scores], questions: Sequence[Question]) -> dict[str, float]:
    """Recall at 1, 5 and 10, mean reciprocal rank at 10, and milliseconds a question."""
    started = time.perf_counter()
    found = []
    for question in questions:
        scores = score(question.text)
        ranks = ranking.ranks(scores, np.arange(len(scores)))
        found.append(min(int(ranks[row]) for row in question.rows))
    elapsed_s = time.perf_counter() - started
    best = np.array(found)
    return {
        "recall@1": float((best <= 1).mean()),
        "recall@5": float((best <= 5).mean()),
        "recall@10": float((best <= 10).mean()),
        "MRR@10": float(np.where(best <= 10, 1 / best, 0).mean()),
        "ms": 1000 * elapsed_s / len(questions),
    }


def table(piaf: Piaf, retrievers: Retrievers) -> dict[str, dict[str, dict[str, float]]]:
    """Part → retriever → measures."""
    ways: dict[str, Callable[[str], Scores]] = {
        "exact words": retrievers.exact_words,
        "vectors of sentences": retrievers.by_vectors,
        "their mean": retrievers.by_means,
        "reciprocal rank fusion": retrievers.reciprocal_ranks,
        "sum of min-max": retrievers.sum_of_min_max,
        "fusion": retrievers.fusion,
    }
    parts = {
        "tuning": [question for question in piaf.questions if not question.is_kept_apart],
        "kept apart": [question for question in piaf.questions if question.is_kept_apart],
    }
    return {part: {name: measure(way, asked) for name, way in ways.items()} for part, asked in parts.items()}


def show(measured: dict[str, dict[str, dict[str, float]]], piaf: Piaf) -> None:
    for part, rows in measured.items():
        count = sum(question.is_kept_apart == (part == "kept apart") for question in piaf.questions)
        print(f"\n{part}: {count} questions, {len(piaf.paragraphs)} paragraphs")
        print(f"{'':24}" + "".join(f"{name:>11}" for name in next(iter(rows.values()))))
        for name, values in rows.items():
            print(f"{name:24}" + "".join(f"{value:11.3f}" for value in values.values()))


def quoted_shares(folder: Path, encoder_name: str) -> list[float]:
    """Of the answerable questions kept apart, how many have their answer in the best 1, 2, 3 quotable sentences."""
    from fit_scoring import piaf_corpus, piaf_samples

    from assistant.candidates import find_candidates
    from assistant.fitted import load_scorer
    from assistant.units import Units
    from assistant.writing import Writer
    from index.building import build
    from index.holding import IndexHolder

    with tempfile.TemporaryDirectory() as name:
        encoder = load_encoder(encoder_name)
        build(piaf_corpus(folder, Path(name) / "corpus"), Path(name) / "built", encoder=encoder)
        with IndexHolder(Path(name) / "built", encoder=encoder).lease() as index:
            units = Units(index.vocabulary, index.stems)
            writer = Writer(index, units, load_scorer("sentence"), load_scorer("confidence"), 0.0)
            held: list[list[bool]] = []
            for sample in piaf_samples(folder, index):
                if sample.part != "kept" or sample.holds is None:
                    continue
                hits = writer.search(sample.query)
                found = find_candidates(sample.query, hits, index, units, writer.sentence_scorer)
                held.append([sample.holds(one.unit.text) for one in found[:3]])
    return [round(sum(any(labels[:count]) for labels in held) / len(held), 3) for count in (1, 2, 3)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder that holds corpus.jsonl and queries.jsonl")
    parser.add_argument("--encoder", default="bundled", help="'bundled', or a sentence-transformers model")
    parser.add_argument("--json", type=Path, help="also write the measures here")
    chosen = parser.parse_args()
    piaf = load(chosen.folder)
    measured: dict[str, Any] = table(piaf, Retrievers(piaf, load_encoder(chosen.encoder)))
    show(measured, piaf)
    measured["quoted"] = quoted_shares(chosen.folder, chosen.encoder)
    print("the first 1, 2, 3 sentences that would be quoted hold an annotated answer (kept part):", measured["quoted"])
    if chosen.json:
        chosen.json.write_text(json.dumps(measured, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
