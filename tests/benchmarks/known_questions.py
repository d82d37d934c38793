"""How well known questions tell the answers of golden ones: `python tests/benchmarks/known_questions.py`.

For every golden question with one fact: whether the sentence most likely to answer holds it, and one of the three most
likely. Then the weights of `index/known_questions.py` that make a share of the answers a probability, fitted on the
working half by logistic regression over the sentences looked at; questions without an answer count as such.
`ASSISTANT_INDEX` names the index, built with the corpus of the golden questions.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.answering import Assistant
from assistant.evaluating import Golden, normal, read_questions
from assistant.loading import load_assistant
from assistant.settings import CHECKOUT, load_settings
from index.known_questions import _BIAS_OF_SHARE, _LOG_SHARE
from index.searching import Index

Place = tuple[int, int]


def texts_of(index: Index) -> dict[Place, str]:
    """Each sentence as golden facts are looked for in it."""
    return {
        (row, number): normal(passage.text[start - passage.start : end - passage.start])
        for row, passage in enumerate(index.passages)
        for number, (start, end) in enumerate(passage.sentences)
    }


def likely(golden: Golden, assistant: Assistant, index: Index) -> list[tuple[Place, float]]:
    """The sentences with their probabilities, best first; none for what is no question of the programme."""
    query = assistant.understand(index, golden.question, after=golden.after, day=golden.day)
    found = {} if query.aside is not None else index.answered_by(query.text, query.own_text)
    return sorted(found.items(), key=lambda one: -one[1])


def holds(text: str, golden: Golden) -> bool:
    facts = [[normal(spelling) for spelling in spellings] for spellings in golden.gold]
    banned = any(normal(one) in text for one in golden.must_not)
    return not banned and any(spelling in text for fact in facts for spelling in fact)


def log_share(probability: float) -> float:
    """The logarithm of the share that was made this probability."""
    return (math.log(probability / (1 - probability)) - _BIAS_OF_SHARE) / _LOG_SHARE


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=Path, default=CHECKOUT / "corpus/questions.jsonl")
    options = parser.parse_args(arguments)
    assistant = load_assistant(load_settings())
    ranked: dict[str, list[list[bool]]] = {}
    shares, answers = [], []
    with assistant.reading() as index:
        texts = texts_of(index)
        for golden in read_questions(options.questions):
            found = likely(golden, assistant, index)
            if len(golden.gold) > 1 or not found:
                continue
            right = [golden.answerable and holds(texts[place], golden) for place, _ in found]
            if golden.half == "work":
                shares += [log_share(probability) for _, probability in found]
                answers += right
            if golden.answerable and any(holds(text, golden) for text in texts.values()):
                ranked.setdefault(golden.half, []).append(right)
    for half, rows in ranked.items():
        first, three = (np.mean([any(row[:count]) for row in rows]) for count in (1, 3))
        print(f"{half or 'all'}: {len(rows)} questions with one fact, the first {first:.1%}, one of three {three:.1%}")
    fitted = LogisticRegression(C=100).fit(np.array(shares)[:, np.newaxis], answers)
    print(f"bias {fitted.intercept_[0]:.3f}, logarithm of the share {fitted.coef_[0, 0]:.3f}")


if __name__ == "__main__":
    main()
