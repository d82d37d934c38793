"""Remakes `assistant/scoring.json`: `python tests/benchmarks/fit_scoring.py PIAF_FOLDER [--out FILE]`.

Two functions are fitted, each half linear and half boosted trees:

- `sentence`: of a unit of a passage found, the probability that it holds the answer;
- `confidence`: of what would be quoted, the probability that it answers (PIAF's `held_out_article` questions and the
  unanswerable ones never are).

Each is fitted twice: `plain`, on PIAF's tuning part (`sha1(qid) % 3 != 0`), the working half of the golden questions in
the corpus without its known questions, and those of the invented programme; `known`, on the working half with them, for
`sentence` beside PIAF. `--only` fits one and keeps the other as it is in the file.

`thresholds` are read off the whole assistant on the working half: for each confidence, the share of wrong answers among
those asserted from there on. Figures on the parts kept aside are printed; nothing is tuned on them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.answering import Assistant
from assistant.candidates import Candidate, find_candidates
from assistant.deciding import ANSWER_FEATURES, answer_features
from assistant.drafts import Claim
from assistant.evaluating import Result, evaluate, normal, read_questions
from assistant.fitted import Scorer
from assistant.quoting import choose, claim
from assistant.scoring import SENTENCE_FEATURES
from assistant.settings import CHECKOUT
from assistant.shortfalls import unseen
from assistant.tables import table_claims
from assistant.understanding import Query, understand
from assistant.units import Units
from assistant.writing import Writer
from index.building import build
from index.encoding import Encoder, load_encoder
from index.holding import IndexHolder
from index.searching import Index
from index.words import fold

_LIMITS = (0.0, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_DAY = date(2026, 11, 23)
_PIAF_WEIGHT = 0.15
_PIAF_LISTS = 0.3
_WEIGHTS = dict.fromkeys(("golden", "bare", "invented"), 1.0)
_SQUARES = 2.0
_FAR = 1e6
_GROWTH = {
    "objective": "binary", "min_data_in_leaf": 60, "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1,
    "lambda_l2": 5, "max_depth": 5, "verbose": -1, "num_threads": 2, "seed": 1,
}  # fmt: skip
# `bassins` and `quais` beside `lumiere` are left out on purpose: what is fitted is tried on them, unseen.
_OWN = ("corpus", "tests/corpus/lumiere")
_PHRASINGS = "phrasings.jsonl"
# What the functions are fitted on, for sentences and for answers.
_PARTS = {
    "plain": (("tuning", "bare", "invented"), ("tuning", "bare", "invented")),
    "known": (("tuning", "golden"), ("golden",)),
}
_OWN_PARTS = ("golden", "bare", "invented")
Holds = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Sample:
    """A question with what tells whether a text answers it (None: nothing does).

    `part`: tuning and kept of PIAF, golden, invented, or bare: golden in the corpus without its known questions.
    """

    query: Query
    holds: Holds | None
    part: str


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text).casefold()))


def _holds_any(answers: Sequence[str]) -> Holds:
    wanted = [plain(answer) for answer in answers if plain(answer)]
    return lambda text: any(one in plain(text) for one in wanted)


def _holds_all(gold: Sequence[Sequence[str]]) -> Holds:
    wanted = [[normal(spelling) for spelling in spellings] for spellings in gold]
    return lambda text: all(any(one in said for one in spellings) for said in [normal(text)] for spellings in wanted)


def piaf_samples(folder: Path, index: Index) -> list[Sample]:
    samples = []
    for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        part = "tuning" if int(hashlib.sha1(entry["qid"].encode()).hexdigest(), 16) % 3 else "kept"
        holds = _holds_any(entry["answers"]) if entry["kind"] == "answerable" else None
        samples.append(Sample(_understood(entry["query"], (), _DAY, index), holds, part))
    return samples


def golden_samples(path: Path, index: Index, part: str) -> list[Sample]:
    """The questions that are answered by quotation; of a set in halves, the working one only."""
    samples = []
    for golden in read_questions(path):
        query = _understood(golden.question, golden.after, golden.day or _DAY, index)
        if golden.half == "kept" or query.aside or query.unknown or query.wanted == "comparison":
            continue
        if query.wanted == "date" and query.of_kind("milestone"):
            continue
        samples.append(Sample(query, _holds_all(golden.gold) if golden.answerable else None, part))
    return samples


def _understood(question: str, after: Sequence[str], day: date, index: Index) -> Query:
    return understand(
        question,
        after=after,
        day=day,
        vocabulary=index.vocabulary,
        knows=index.knows,
    )


def piaf_corpus(folder: Path, into: Path) -> Path:
    documents = into / "documents"
    documents.mkdir(parents=True)
    for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        title, text = (" ".join(entry[key].split()) for key in ("title", "text"))
        (documents / f"{entry['id']}.md").write_text(f"# {title}\n\n{text}\n", encoding="utf-8")
    return into


def _writer(index: Index, scorer: Scorer) -> Writer:
    return Writer(index, Units(index.vocabulary, index.stems), scorer, scorer, 0.0)


def _blank() -> Scorer:
    nothing = [0.0] * len(SENTENCE_FEATURES)
    return Scorer.of({"means": nothing, "scales": [1.0] * len(nothing), "weights": nothing, "bias": 0.0, "trees": []})


@dataclass(slots=True)
class Table:
    """Rows of features with their labels, the question each belongs to, and its weight."""

    features: list[list[float]]
    labels: list[bool]
    groups: list[int]
    weights: list[float]
    parts: list[str]

    def select(self, *parts: str) -> Table:
        return self.rows(n for n, part in enumerate(self.parts) if part in parts)

    def rows(self, chosen: Iterable[int]) -> Table:
        numbers = list(chosen)
        columns = (self.features, self.labels, self.groups, self.weights, self.parts)
        return Table(*([column[n] for n in numbers] for column in columns))


def _empty() -> Table:
    return Table([], [], [], [], [])


def sentence_table(samples: Sequence[Sample], index: Index, table: Table) -> None:
    """Adds the units of the passages found for each answerable question; all questions weigh the same."""
    writer = _writer(index, _blank())
    for sample in samples:
        if sample.holds is None:
            continue
        query = writer.subject(sample.query)
        candidates = find_candidates(query, writer.search(sample.query), index, writer.units, writer.sentence_scorer)
        labels = [sample.holds(_quoted(candidate, query, index)) for candidate in candidates]
        if not any(labels):
            continue
        share = _WEIGHTS.get(sample.part, _PIAF_WEIGHT)
        group = (table.groups[-1] + 1) if table.groups else 0
        for candidate, label in zip(candidates, labels, strict=True):
            table.features.append(list(candidate.features))
            table.labels.append(label)
            table.groups.append(group)
            table.weights.append(share / (sum(labels) if label else len(labels) - sum(labels)))
            table.parts.append(sample.part)


def _quoted(candidate: Candidate, query: Query, index: Index) -> str:
    """All that would be quoted for a candidate: a list is quoted whole."""
    claims = table_claims(candidate.unit, query, index) or (claim(candidate, query, index),)
    return _said(claims)


def _said(claims: Sequence[Claim]) -> str:
    quotations = [quotation for one in claims for quotation in one.quotations]
    return " \n ".join(text for q in quotations for text in (q.span.quote, *(h.quote for h in q.headers)))


def answer_table(samples: Sequence[Sample], index: Index, scorer: Scorer, table: Table) -> None:
    """Adds one row for each question: the features of what would be quoted, and whether that answers it."""
    writer = _writer(index, scorer)
    for sample in samples:
        query = writer.subject(sample.query)
        hits = writer.search(sample.query)
        candidates = writer.fitting(query, hits)
        if not candidates:
            continue
        rarities = index.rarities(query.text)
        strange = unseen(query, rarities, index)
        table.features.append(
            answer_features(
                query,
                candidates,
                rarities,
                strange,
                hits[1].score if len(hits) > 1 else 0.0,
                max(index.answered_by(query.text, query.own_text).values(), default=0.0),
            )
        )
        claims = table_claims(candidates[0].unit, query, index) or [
            claim(c, query, index) for c in choose(query, candidates)
        ]
        said = _said(claims)
        table.labels.append(sample.holds is not None and sample.holds(said))
        table.groups.append(len(table.groups))
        table.weights.append(_WEIGHTS.get(sample.part, _PIAF_WEIGHT))
        table.parts.append(sample.part)


def listwise(table: Table) -> Pipeline:
    """Weights by which the units that answer stand out among those of their question: softmax over each question's.

    The loss is ListNet's with the units that answer taken as one (Cao et al., 2007, formula 4), squared weights added.
    """
    scaler = StandardScaler().fit(table.features)
    rows, labels = scaler.transform(table.features), np.array(table.labels)
    starts = np.flatnonzero(np.diff(table.groups, prepend=-1))
    sizes = np.diff(np.append(starts, len(labels)))
    weights = np.array([_WEIGHTS.get(part, _PIAF_LISTS) for part in np.array(table.parts)[starts]])

    def shares(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of each row among its question's, with the logarithm of the sum for each question."""
        top = np.maximum.reduceat(scores, starts)
        powers = np.exp(scores - np.repeat(top, sizes))
        sums = np.add.reduceat(powers, starts)
        return powers / np.repeat(sums, sizes), np.log(sums) + top

    def loss(coefficients: np.ndarray) -> tuple[float, np.ndarray]:
        scores = rows @ coefficients
        of_all, log_all = shares(scores)
        of_right, log_right = shares(np.where(labels, scores, -_FAR))
        slope = rows.T @ (np.repeat(weights, sizes) * (of_all - of_right)) + _SQUARES * coefficients
        return float(weights @ (log_all - log_right) + _SQUARES / 2 * coefficients @ coefficients), slope

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    regression = LogisticRegression()
    regression.coef_, regression.intercept_, regression.classes_ = found.x[None], np.zeros(1), np.array([False, True])
    return make_pipeline(scaler, regression)


def logistic(table: Table) -> Pipeline:
    """Weights by which questions that are answered stand out among all."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=5000))
    return model.fit(table.features, table.labels, logisticregression__sample_weight=table.weights)


def grown(table: Table, growth: Mapping[str, float]) -> lightgbm.Booster:
    """Boosted trees on the same rows."""
    rows = lightgbm.Dataset(np.array(table.features), np.array(table.labels), weight=np.array(table.weights) * 100)
    return lightgbm.train({**_GROWTH, **growth}, rows)


@dataclass(frozen=True, slots=True)
class Kind:
    """How one of the two functions is fitted: its linear part, and how its trees grow."""

    linear: Callable[[Table], Pipeline]
    growth: Mapping[str, float]

    def fit(self, table: Table) -> dict[str, object]:
        """Both parts, half each, as written to `scoring.json`: calibrated on rows of which no question was seen."""
        folded = np.zeros(len(table.labels))
        for learned, left_out in _folds(table):
            folded[left_out] = _logits(self._parts(table.rows(learned)), table.rows(left_out))
        calibration = LogisticRegression().fit(folded[:, None], table.labels, sample_weight=table.weights)
        share, bias = float(calibration.coef_[0, 0]) / 2, float(calibration.intercept_[0])
        linear, booster = self._parts(table)
        scaler, regression = linear.steps[0][1], linear.steps[1][1]
        arrays = {"means": scaler.mean_, "scales": scaler.scale_, "weights": regression.coef_[0] * share}
        trees = [_nested(tree["tree_structure"], share) for tree in booster.dump_model()["tree_info"]]
        bias += float(regression.intercept_[0]) * share
        return {**{k: np.round(v, 5).tolist() for k, v in arrays.items()}, "bias": round(bias, 5), "trees": trees}

    def folded(self, table: Table) -> np.ndarray:
        """The probability of each row by a function that has not seen its question."""
        found = np.zeros(len(table.labels))
        for learned, left_out in _folds(table):
            fitted = Scorer.of(self.fit(table.rows(learned)))
            found[left_out] = fitted.probabilities(np.array(table.rows(left_out).features))
        return found

    def _parts(self, table: Table) -> tuple[Pipeline, lightgbm.Booster]:
        return self.linear(table), grown(table, self.growth)


def _folds(table: Table) -> Iterable[tuple[np.ndarray, np.ndarray]]:
    return GroupKFold(5).split(table.features, table.labels, table.groups)


def _logits(parts: tuple[Pipeline, lightgbm.Booster], table: Table) -> np.ndarray:
    linear, booster = parts
    rows = np.array(table.features)
    return (linear.decision_function(rows) + booster.predict(rows, raw_score=True)) / 2


def _nested(node: Mapping[str, Any], share: float) -> object:
    """A tree as [feature, limit, left, right], its leaves as values."""
    if "leaf_value" in node:
        return round(node["leaf_value"] * share, 4)
    children = (_nested(node[side], share) for side in ("left_child", "right_child"))
    return [node["split_feature"], float(f"{node['threshold']:.6g}"), *children]


SENTENCE = Kind(listwise, {"num_leaves": 8, "num_iterations": 100, "learning_rate": 0.1})
CONFIDENCE = Kind(logistic, {"num_leaves": 7, "num_iterations": 100, "learning_rate": 0.045})


def first_holds(table: Table, scores: np.ndarray) -> list[float]:
    """The share of questions of which one of the best 1, 2, 3 units holds the answer."""
    questions: dict[int, list[tuple[float, bool]]] = {}
    for group, label, score in zip(table.groups, table.labels, scores, strict=True):
        questions.setdefault(group, []).append((-float(score), label))
    ranked = [[label for _, label in sorted(units)] for units in questions.values()]
    return [round(float(np.mean([any(labels[:count]) for labels in ranked])), 3) for count in (1, 2, 3)]


def thresholds(results: Sequence[Result]) -> list[list[float]]:
    """[confidence, share of wrong answers among those asserted from there on], by the whole assistant."""
    table = []
    answerable = sum(result.golden.answerable for result in results)
    for limit in _LIMITS:
        asserted = [r for r in results if r.answer.outcome in ("answered", "partial") and r.answer.confidence >= limit]
        wrong = sum(r.verdict == "wrong" for r in asserted) / max(1, len(asserted))
        right = sum(r.verdict == "right" and r.golden.answerable for r in asserted) / max(1, answerable)
        print(f"  confidence >= {limit:.2f}: {len(asserted)} asserted, {wrong:.1%} wrong; {right:.1%} right")
        table.append([limit, round(wrong, 4)])
    return table


def working_half(index: Index, path: Path) -> list[Result]:
    """The whole assistant, asserting everything, on the working half."""
    assistant = Assistant(lambda: nullcontext(index), path.parent, threshold=0.0, today=lambda: _DAY)
    return list(evaluate([golden for golden in read_questions(path) if golden.half != "kept"], assistant))


def expected_calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int = 10) -> float:
    """The mean gap between stated and observed shares, weighted by how many fall in each tenth."""
    tenth = np.clip((probabilities * bins).astype(int), 0, bins - 1)
    return float(
        sum(
            (tenth == b).mean() * abs(labels[tenth == b].mean() - probabilities[tenth == b].mean())
            for b in range(bins)
            if (tenth == b).any()
        )
    )


def _quality(truth: np.ndarray, predicted: np.ndarray) -> str:
    error = expected_calibration_error(predicted, truth)
    return f"AUC {roc_auc_score(truth, predicted):.3f}, expected calibration error {error:.3f}"


def _indexes(folder: Path, piaf: Path, every: int, encoder: Encoder) -> list[tuple[Index, list[Sample]]]:
    """PIAF, the default corpus, the invented programme, the default corpus without known questions: with questions."""
    if not (folder / "piaf").is_dir():
        piaf_corpus(piaf, folder / "piaf")
    bare = folder / "bare"
    shutil.copytree(CHECKOUT / _OWN[0], bare, ignore=shutil.ignore_patterns(_PHRASINGS), dirs_exist_ok=True)
    own = [(CHECKOUT / name, part) for name, part in zip(_OWN, ("golden", "invented"), strict=True)]
    asked: list[tuple[Index, list[Sample]]] = []
    for number, (corpus, part) in enumerate([(folder / "piaf", "tuning"), *own, (bare, "bare")]):
        build(corpus, folder / f"built-{number}", encoder=encoder)
        index = IndexHolder(folder / f"built-{number}", encoder=encoder).lease().__enter__()
        of_piaf = piaf_samples(piaf, index)[::every] if part == "tuning" else []
        asked.append((index, of_piaf or golden_samples(corpus / "questions.jsonl", index, part)))
    return asked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("piaf", type=Path)
    parser.add_argument("--out", type=Path, default=CHECKOUT / "assistant/scoring.json")
    parser.add_argument("--every", type=int, default=1, help="only every so many PIAF questions, to try something out")
    parser.add_argument("--cache", type=Path, help="a folder kept between runs for the three indexes")
    parser.add_argument("--only", choices=sorted(_PARTS), help="fit this one, keep the other")
    options = parser.parse_args()
    own = CHECKOUT / "assistant/scoring.json"
    with tempfile.TemporaryDirectory() as name:
        asked = _indexes(options.cache or Path(name), options.piaf, options.every, load_encoder("bundled"))
        fitted = json.loads(own.read_text(encoding="utf-8")) if options.only else {}
        for which in [options.only] if options.only else sorted(_PARTS):
            fitted[which] = _fit_both(asked, *_PARTS[which])
        fitted["features"] = {"sentence": SENTENCE_FEATURES, "confidence": ANSWER_FEATURES}
        fitted.setdefault("thresholds", [[1.0, 0.0]])
        options.out.write_text(json.dumps(fitted) + "\n", encoding="utf-8")
        if options.out == own:
            print("the whole assistant on the working half:")
            fitted["thresholds"] = thresholds(working_half(asked[1][0], CHECKOUT / _OWN[0] / "questions.jsonl"))
            options.out.write_text(json.dumps(fitted) + "\n", encoding="utf-8")


def _fit_both(
    asked: Sequence[tuple[Index, list[Sample]]], parts: Sequence[str], answer_parts: Sequence[str]
) -> dict[str, object]:
    """Both functions, the first on the `parts`, the second on the `answer_parts` of the questions."""
    wanted = [(index, samples) for index, samples in asked if {one.part for one in samples} & {*parts}]
    sentences, answers = _empty(), _empty()
    for index, samples in wanted:
        sentence_table(samples, index, sentences)
    own = sentences.select(*_OWN_PARTS)
    print("own, 5-fold: the first 1, 2, 3 units hold it:", first_holds(own, SENTENCE.folded(own)), len(set(own.groups)))
    sentence = SENTENCE.fit(sentences.select(*parts))
    kept = sentences.select("kept")
    found = Scorer.of(sentence).probabilities(np.array(kept.features))
    print("PIAF, kept part, where the passages found hold it:", first_holds(kept, found))
    for index, samples in wanted:
        answer_table(samples, index, Scorer.of(sentence), answers)
    decided = CONFIDENCE.fit(answers.select(*answer_parts))
    kept, own = answers.select("kept"), answers.select(*_OWN_PARTS)
    sure = Scorer.of(decided).probabilities(np.array(kept.features))
    print("PIAF, kept part: what is quoted answers", _quality(np.array(kept.labels), sure))
    print("own, 5-fold:", len(own.labels), "questions,", _quality(np.array(own.labels), CONFIDENCE.folded(own)))
    return {"sentence": sentence, "confidence": decided}


if __name__ == "__main__":
    main()
