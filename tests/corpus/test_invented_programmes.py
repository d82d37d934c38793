"""The invented programmes of this folder: their files agree with each other, and their questions reach the floors."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from benchmarks.floors import compared
from conftest import CHECKOUT

from assistant.evaluating import evaluate, normal, read_questions, summary
from index.corpus import load_corpus
from index.reading import read_document

if TYPE_CHECKING:
    from assistant.answering import Assistant

FOLDER = CHECKOUT / "tests" / "corpus"
# Written by people who had seen neither the program nor its tests; no scorer was fitted on them.
UNSEEN = ("bassins", "quais")
PROGRAMMES = ("lumiere", *UNSEEN)


@pytest.mark.parametrize("name", UNSEEN)
def test_what_is_expected_stands_in_its_documents(name: str) -> None:
    corpus = load_corpus(FOLDER / name)
    assert corpus.warnings == ()
    assert all(info.is_listed for info in corpus.documents)
    pages = [page for info in corpus.documents for page in read_document(corpus.file_of(info), info).pages]
    text = normal("\n".join(page.text for page in pages))
    golden = read_questions(FOLDER / name / "questions.jsonl")
    absent = [(one.id, gold) for one in golden for gold in one.gold if not any(normal(said) in text for said in gold)]
    assert absent == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_its_questions_reach_the_floors(name: str, invented_programme: Callable[[str], Assistant]) -> None:
    golden = read_questions(FOLDER / name / "questions.jsonl")
    results = evaluate(golden, invented_programme(name))
    figures = summary(results)
    wrong = [result.golden.id for result in results if result.verdict != "right"]
    assert [line for line in compared(figures, name) if line.endswith("MISSED")] == [], wrong
