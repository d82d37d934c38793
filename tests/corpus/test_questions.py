"""The golden questions: their form, their mix, and that each expected fact really stands in the corpus."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.answering import Assistant
from index.corpus import load_corpus
from index.dating_printing import normalise_dates
from index.phrasings import read_phrasings
from index.reading import read_document

CORPUS = Path(__file__).parents[2] / "corpus"
TYPES = {
    "deadline", "figure", "list", "definition", "yes_no", "who", "how", "why", "comparison", "follow_up", "relative",
    "false_premise", "near_miss", "ambiguous", "unanswerable", "out_of_scope", "english", "conflict",
}  # fmt: skip
FIELDS = {"id", "question", "after", "day", "answerable", "gold", "gold_alt", "must_not", "type", "half"}
REQUIRED = {"id", "question", "answerable", "gold", "must_not", "type", "half"}

Question = dict[str, Any]


def load() -> list[Question]:
    lines = (CORPUS / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


QUESTIONS = load()


def folded(text: str) -> str:
    """Dates in one spelling, then letters, digits and the few signs that carry meaning, without accents or case."""
    plain = unicodedata.normalize("NFD", normalise_dates(unicodedata.normalize("NFC", text)).casefold())
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[\s'’‘`´‐‑‒–—−\-]", "", kept.replace("œ", "oe"))


@cache
def corpus_texts() -> tuple[str, ...]:
    corpus = load_corpus(CORPUS)
    documents = (read_document(corpus.file_of(info), info) for info in corpus.documents)
    return tuple(folded(page.text) for document in documents for page in document.pages)


def spellings(question: Question, gold: str) -> list[str]:
    return [gold, *question.get("gold_alt", {}).get(gold, [])]


def identify(question: Question) -> str:
    return str(question["id"])


def test_ids_are_unique_and_numbered() -> None:
    assert [question["id"] for question in QUESTIONS] == [f"q{n:03d}" for n in range(1, len(QUESTIONS) + 1)]


def test_no_question_is_asked_twice() -> None:
    asked = Counter((folded(one["question"]), str(one.get("after")), one.get("day")) for one in QUESTIONS)
    assert [key for key, times in asked.items() if times > 1] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=identify)
def test_fields_are_valid(question: Question) -> None:
    assert set(question) >= REQUIRED
    assert set(question) <= FIELDS
    assert question["type"] in TYPES
    assert question["half"] in {"work", "kept"}
    assert isinstance(question["question"], str)
    assert question["question"].strip()
    assert isinstance(question["answerable"], bool)
    assert question["answerable"] == bool(question["gold"])
    assert all(isinstance(one, str) and one.strip() for one in [*question["gold"], *question["must_not"]])
    assert set(question.get("gold_alt", {})) <= set(question["gold"])
    after = question.get("after", [])
    assert all(isinstance(one, str) and one.strip() for one in ([after] if isinstance(after, str) else after))
    assert question["type"] != "follow_up" or after
    if "day" in question:
        date.fromisoformat(question["day"])
    assert question["type"] != "relative" or "day" in question


@pytest.mark.parametrize("question", [one for one in QUESTIONS if one["gold"]], ids=identify)
def test_gold_stands_in_the_corpus(question: Question) -> None:
    # Days left are computed from the day asked about, in no document.
    computed = {gold for gold in question["gold"] if question["type"] == "relative" and gold.isdecimal()}
    absent = [
        gold
        for gold in question["gold"]
        if gold not in computed
        and not any(folded(spelling) in text for spelling in spellings(question, gold) for text in corpus_texts())
    ]
    assert absent == []


@pytest.mark.parametrize("question", [one for one in QUESTIONS if one["gold"]], ids=identify)
def test_gold_and_forbidden_do_not_contradict(question: Question) -> None:
    """No forbidden string may be part of an expected one, whichever spelling is used."""
    expected = [folded(spelling) for gold in question["gold"] for spelling in spellings(question, gold)]
    assert [one for one in question["must_not"] if any(folded(one) in gold for gold in expected)] == []


def test_counts() -> None:
    assert len(QUESTIONS) >= 260
    assert sum(not one["answerable"] for one in QUESTIONS) >= 70
    assert {one["type"] for one in QUESTIONS} == TYPES
    assert sum(one["type"] == "follow_up" for one in QUESTIONS) >= 25
    assert sum("day" in one for one in QUESTIONS) >= 12


@pytest.mark.parametrize("kind", sorted(TYPES - {"ambiguous"}))
def test_each_type_is_asked_in_both_parts(kind: str) -> None:
    parts = Counter(one["half"] for one in QUESTIONS if one["type"] == kind)
    assert min(parts["work"], parts["kept"]) >= 2


def test_the_kept_part_is_large_enough_to_measure() -> None:
    assert sum(one["half"] == "kept" for one in QUESTIONS) >= 150


def test_both_halves_have_enough_unanswerable_questions() -> None:
    halves = Counter(one["half"] for one in QUESTIONS if not one["answerable"])
    assert min(halves["work"], halves["kept"]) >= 20


def test_no_known_question_is_a_golden_one() -> None:
    golden = {folded(question["question"]).rstrip("?.! ") for question in QUESTIONS}
    known = (
        folded(text).rstrip("?.! ") for one in read_phrasings(CORPUS / "phrasings.jsonl") for text in one.questions
    )
    assert sorted(golden.intersection(known)) == []


def test_every_known_question_stands_by_a_sentence_of_its_document(default_assistant: Assistant) -> None:
    with default_assistant.reading() as index:
        assert [warning for warning in index.warnings if "phrasings" in warning] == []
