"""Remakes `assistant/scoring.json`: `python tests/benchmarks/fit_scoring.py PIAF_FOLDER [--questions FILE]`.

Two small perceptrons are fitted, on PIAF's tuning part (`sha1(qid) % 3 != 0`) and on the working half of the golden questions:

- `sentence`: of a unit of a passage found, the probability that it holds the annotated answer;
- `confidence`: of what would be quoted, the probability that it answers the question (PIAF's `held_out_article` questions and
  the unanswerable golden ones never are).

`thresholds` are read off 5-fold predictions: for each error rate among the asserted, the least confidence that keeps it.
Figures on the parts kept aside are printed; nothing is tuned on them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.candidates import Candidate, find_candidates
from assistant.deciding import ANSWER_FEATURES, answer_features
from assistant.evaluating import normal, read_questions
from assistant.loading import over
from assistant.quoting import choose, claim
from assistant.scoring import SENTENCE_FEATURES, Scorer
from assistant.settings import load_settings
from assistant.understanding import Query, understand
from assistant.units import Units
from index.building import build
from index.encoding import load_encoder
from index.holding import IndexHolder
from index.searching import Index
from index.words import fold

_RATES = (0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3)
_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A PIAF question: its wording, the annotated answers (none when its article is held out), whether it is for tuning."""

    text: str
    answers: tuple[str, ...]
    is_tuning: bool


def piaf_questions(folder: Path) -> list[Asked]:
    questions = [json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        Asked(
            q["query"],
            tuple(q["answers"]) if q["kind"] == "answerable" else (),
            int(hashlib.sha1(q["qid"].encode()).hexdigest(), 16) % 3 != 0,
        )
        for q in questions
    ]


def piaf_corpus(folder: Path, into: Path) -> Path:
    documents = into / "documents"
    documents.mkdir(parents=True)
    for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        title, text = (" ".join(entry[key].split()) for key in ("title", "text"))
        (documents / f"{entry['id']}.md").write_text(f"# {title}\n\n{text}\n", encoding="utf-8")
    return into


def _blank(features: int) -> Scorer:
    zeros = np.zeros
    return Scorer(zeros(features), np.ones(features), zeros((features, 1)), zeros(1), zeros(1), 0.0)


def _query(text: str, index: Index) -> Query:
    return understand(text, after=(), day=date(2026, 1, 1), vocabulary=index.vocabulary)


def _holds(text: str, answers: Sequence[str]) -> bool:
    said = _plain(text)
    return any(_plain(answer) in said for answer in answers if _plain(answer))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text).casefold()))


def sentence_rows(questions: Sequence[Asked], index: Index, units: Units) -> Iterator[tuple[int, list[float], bool]]:
    """(question number, features, whether the unit holds an annotated answer) for the units of the passages found."""
    scorer = _blank(len(SENTENCE_FEATURES))
    for number, asked in enumerate(questions):
        if not asked.answers:
            continue
        query = _query(asked.text, index)
        hits = index.search(query.text, limit=6)
        for candidate in find_candidates(query, hits, index, units, scorer):
            yield number, list(candidate.features), _holds(candidate.unit.text, asked.answers)


def answer_row(query: Query, index: Index, units: Units, scorer: Scorer) -> tuple[list[float], str] | None:
    """The features of the best answer to a query, and what it would quote."""
    hits = index.search(query.text, limit=_PASSAGES, tags=frozenset(query.tags))
    candidates: Sequence[Candidate] = find_candidates(query, hits, index, units, scorer)
    if not candidates:
        return None
    rarities = index.rarities(query.text)
    unseen = frozenset(stem for stem in rarities if not index.has_stem(stem))
    features = answer_features(query, candidates, rarities, unseen, hits[1].score if len(hits) > 1 else 0.0)
    chosen = choose(query, candidates, index)
    return features, " \n ".join(claim(candidate, query, index).quotations[0].span.quote for candidate in chosen)


def fit(features: np.ndarray, labels: np.ndarray, hidden: int):  # type: ignore[no-untyped-def]
    network = MLPClassifier((hidden,), activation="tanh", alpha=0.3, max_iter=600, random_state=0, solver="lbfgs")
    return make_pipeline(StandardScaler(), network).fit(features, labels)


def exported(pipeline) -> dict[str, object]:  # type: ignore[no-untyped-def]
    scaler, network = pipeline.steps[0][1], pipeline.steps[1][1]

    def plain(array: np.ndarray) -> list[object]:
        return np.round(np.asarray(array, float), 5).tolist()

    return {
        "means": plain(scaler.mean_),
        "scales": plain(scaler.scale_),
        "hidden": plain(network.coefs_[0]),
        "hidden_bias": plain(network.intercepts_[0]),
        "output": plain(network.coefs_[1][:, 0]),
        "output_bias": float(round(network.intercepts_[1][0], 5)),
    }


def as_scorer(fitted: dict[str, object]) -> Scorer:
    arrays = {k: np.asarray(fitted[k], float) for k in ("means", "scales", "hidden", "hidden_bias", "output")}
    return Scorer(**arrays, output_bias=float(fitted["output_bias"]))  # type: ignore[arg-type]


def first_holds(rows: Sequence[tuple[int, list[float], bool]], scores: np.ndarray, count: int) -> float:
    """The share of questions of which one of the `count` best units holds the answer."""
    by_question: dict[int, list[tuple[float, bool]]] = {}
    for (number, _, label), score in zip(rows, scores, strict=True):
        by_question.setdefault(number, []).append((-score, label))
    return float(np.mean([any(label for _, label in sorted(units)[:count]) for units in by_question.values()]))


def thresholds(probabilities: np.ndarray, labels: np.ndarray) -> list[list[float]]:
    """For each rate, the least probability at which at most that share of what is asserted is wrong."""
    order = np.argsort(-probabilities)
    wrong = np.cumsum(~labels[order].astype(bool)) / np.arange(1, len(order) + 1)
    table = []
    for rate in _RATES:
        within = np.nonzero(wrong <= rate)[0]
        table.append([rate, round(float(probabilities[order][within[-1]]) if len(within) else 1.0, 4)])
    return table


def expected_calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int = 10) -> float:
    """The mean gap between stated and observed shares, weighted by how many fall in each tenth."""
    edges = np.clip((probabilities * bins).astype(int), 0, bins - 1)
    gaps = [(edges == b).mean() * abs(labels[edges == b].mean() - probabilities[edges == b].mean()) for b in range(bins) if (edges == b).any()]
    return float(sum(gaps))


def golden_rows(path: Path, half: str, scorer: Scorer) -> tuple[list[list[float]], list[bool]]:
    """Features and labels of the golden questions of one half that are answered by quotation."""
    settings = load_settings({})
    rows, labels = [], []
    with tempfile.TemporaryDirectory() as folder:
        encoder = load_encoder("bundled")
        build(settings.corpus, Path(folder), encoder=encoder)
        assistant = over(IndexHolder(Path(folder), encoder=encoder), settings)
        with assistant.reading() as index:
            units = Units(index.vocabulary, index.stems)
            for golden in read_questions(path):
                if golden.half != half:
                    continue
                day = golden.day or date(2026, 11, 23)
                query = understand(golden.question, after=golden.after, day=day, vocabulary=index.vocabulary)
                if query.aside or query.unknown or re.search("date|comparison", query.wanted):
                    continue
                row = answer_row(query, index, units, scorer)
                if row is not None:
                    rows.append(row[0])
                    said = normal(row[1])
                    labels.append(golden.answerable and all(any(normal(g) in said for g in gold) for gold in golden.gold))
    return rows, labels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("piaf", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--out", type=Path, default=Path("assistant/scoring.json"))
    options = parser.parse_args()
    asked = piaf_questions(options.piaf)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        encoder = load_encoder("bundled")
        build(piaf_corpus(options.piaf, folder / "corpus"), folder / "built", encoder=encoder)
        with IndexHolder(folder / "built", encoder=encoder).lease() as index:
            units = Units(index.vocabulary, index.stems)
            sentence = _fit_sentences(asked, index, units)
            confidence = _fit_confidence(asked, index, units, as_scorer(sentence), options.questions)
    options.out.write_text(json.dumps({"sentence": sentence, **confidence}, indent=None) + "\n", encoding="utf-8")


def _fit_sentences(asked: Sequence[Asked], index: Index, units: Units) -> dict[str, object]:
    tuning = list(sentence_rows([a for a in asked if a.is_tuning], index, units))
    kept = list(sentence_rows([a for a in asked if not a.is_tuning], index, units))
    model = fit(np.array([row for _, row, _ in tuning]), np.array([label for *_, label in tuning]), hidden=10)
    scores = model.predict_proba(np.array([row for _, row, _ in kept]))[:, 1]
    held = [first_holds(kept, scores, count) for count in (1, 2, 3)]
    print("PIAF, kept part: the first 1, 2, 3 units hold the answer:", [round(share, 3) for share in held])
    return exported(model)


def _fit_confidence(
    asked: Sequence[Asked], index: Index, units: Units, scorer: Scorer, golden: Path | None
) -> dict[str, object]:
    parts: dict[bool, tuple[list[list[float]], list[bool]]] = {True: ([], []), False: ([], [])}
    for one in asked:
        row = answer_row(_query(one.text, index), index, units, scorer)
        if row is not None:
            parts[one.is_tuning][0].append(row[0])
            parts[one.is_tuning][1].append(_holds(row[1], one.answers))
    rows, labels = parts[True]
    if golden is not None:
        own_rows, own_labels = golden_rows(golden, "work", scorer)
        print(f"golden questions, working half: {len(own_rows)}, answered by what is quoted: {sum(own_labels)}")
        repeat = max(1, len(rows) // max(1, 2 * len(own_rows)))
        rows, labels = rows + own_rows * repeat, labels + own_labels * repeat
    features, truth = np.array(rows), np.array(labels)
    model = fit(features, truth, hidden=6)
    kept_rows, kept_labels = np.array(parts[False][0]), np.array(parts[False][1])
    kept = model.predict_proba(kept_rows)[:, 1]
    print("PIAF, kept part: AUC", round(roc_auc_score(kept_labels, kept), 3), "expected calibration error", round(expected_calibration_error(kept, kept_labels), 3))
    observed, stated = calibration_curve(kept_labels, kept, n_bins=10)
    print("reliability (stated → observed):", [f"{s:.2f} → {o:.2f}" for s, o in zip(stated, observed, strict=True)])
    folded = cross_val_predict(model, features, truth, cv=5, method="predict_proba")[:, 1]
    return {"confidence": exported(model), "thresholds": thresholds(folded, truth), "features": {"sentence": SENTENCE_FEATURES, "confidence": ANSWER_FEATURES}}


if __name__ == "__main__":
    main()
