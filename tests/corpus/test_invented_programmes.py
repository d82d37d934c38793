"""The invented programmes of this folder: their files agree with each other, and their questions reach the floors."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from benchmarks.floors import compared
from conftest import CHECKOUT, DEFAULT_DAY

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


# Programme, question, what the first statement says: each by a mechanism of its own.
FIRST = {
    "of who is left out the list, not a sentence that denies": (
        "bassins", "Qui est exclu de l'aide en tranche 2 ?", "délégataires",
    ),
    "a row is of the term that its cell names with its column": (
        "bassins", "Le volet Pilotage, c'est combien du mètre carré ?", "18 €",
    ),
    "what is denied to the thing that a rate is asked of": (
        "bassins", "Le toboggan est pris en charge à quel taux ?", "Ne sont pas retenus les toboggans",
    ),
    "what takes back is quoted with what it takes back": (
        "quais", "Comment obtenir le label Port vivant ?", "Rien n'est arrêté",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "question", "said"), FIRST.values(), ids=FIRST)
def test_its_first_statement(
    name: str, question: str, said: str, invented_programme: Callable[[str], Assistant]
) -> None:
    first, *_ = invented_programme(name).answer(question, day=DEFAULT_DAY).statements
    assert normal(said) in normal(first.text)


def test_the_sentences_that_stand_are_told_of_a_passage_that_says_what_was_replaced(
    invented_programme: Callable[[str], Assistant],
) -> None:
    question = "Notre port a été ravagé par Gudrun, on doit écrire avant quand pour le secours immédiat ?"
    text = invented_programme("quais").answer(question, day=DEFAULT_DAY).text
    assert "31 décembre 2026" in text
    assert "18 janvier 2027" not in text


def test_a_figure_is_of_whom_the_question_names(invented_programme: Callable[[str], Assistant]) -> None:
    answer = invented_programme("quais").answer("Quelle somme le port du Guilvinec a-t-il obtenue ?", day=DEFAULT_DAY)
    assert ["Guilvinec" in one.text for one in answer.statements] == [True]


def test_a_name_written_like_those_of_its_kind_is_no_term(invented_programme: Callable[[str], Assistant]) -> None:
    answer = invented_programme("bassins").answer("Quel est le plafond du volet Formation ?", day=DEFAULT_DAY)
    assert answer.outcome == "not_found"
    assert "Formation" in answer.text
