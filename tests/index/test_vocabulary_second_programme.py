"""The invented programme under tests/corpus/lumiere: its files agree with each other and its words are understood."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from index.corpus import load_corpus
from index.records import Tag
from index.vocabulary import Vocabulary

FOLDER = Path(__file__).parents[1] / "corpus" / "lumiere"
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
QUESTIONS = [json.loads(line) for line in (FOLDER / "questions.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load(FOLDER / "vocabulary.toml")


@pytest.fixture(scope="module")
def text() -> str:
    files = sorted(path for path in (FOLDER / "documents").rglob("*") if path.is_file())
    return "\n".join(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")) for path in files).casefold()


def test_the_manifest_names_every_document() -> None:
    corpus = load_corpus(FOLDER)
    assert corpus.warnings == ()
    assert len(corpus.documents) >= 12
    assert all(document.is_listed for document in corpus.documents)
    assert corpus.vocabulary_path
    assert corpus.questions_path


def test_the_questions_are_of_every_type() -> None:
    types = Counter(question["type"] for question in QUESTIONS)
    wanted = "deadline figure list definition yes_no who how comparison follow_up relative false_premise near_miss"
    assert set(types) >= {*wanted.split(), "unanswerable", "out_of_scope", "typing"}
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS) >= 40
    assert sum(not question["answerable"] for question in QUESTIONS) >= 12


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q["answerable"]], ids=lambda q: q["id"])
def test_every_gold_is_in_the_documents(question: dict[str, list[str]], text: str) -> None:
    assert question["gold"]
    for gold in question["gold"]:
        spellings = [gold.casefold(), *question.get("gold_alt", {}).get(gold, ())]
        day = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", gold)
        if day:
            ordinal = "1er" if day[1] == "01" else str(int(day[1]))
            spellings.append(f"{ordinal} {MONTHS[int(day[2]) - 1]} {day[3]}")
        assert any(spelling in text for spelling in spellings) or is_days_left(question, gold)


def is_days_left(question: dict[str, list[str]], gold: str) -> bool:
    """Whether the gold counts the days from the question's day to its other gold, a date."""
    if not gold.isdigit() or "day" not in question:
        return False
    day, month, year = (int(part) for part in question["gold"][0].split("/"))
    return (date(year, month, day) - date.fromisoformat(str(question["day"]))).days == int(gold)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date limite du relicat de la biletterie, 2e lot", ["reliquat", "sbu", "lot-2"]),
        ("le SOL au lot 2", ["sol", "lot-2"]),
        ("tomber sur le sol avant le cap", []),
        ("un cap à tenir", []),
        ("les agrès et le cap", ["cap"]),
        ("acrobates et chorégraphes", ["circassien", "danseur"]),
        ("les deux lots", ["lot-1", "lot-2"]),
        ("vague 1 du DPI", []),
    ],
)
def test_its_own_words_are_understood(vocabulary: Vocabulary, text: str, expected: list[str]) -> None:
    assert [tag.id for m in vocabulary.find(text, typing_errors=True) for tag in m.tags] == expected


def test_its_kinship_and_its_unknown_numbers(vocabulary: Vocabulary) -> None:
    assert vocabulary.conflicts(Tag("profession", "circassien"), Tag("software", "sbu"))
    assert vocabulary.related(Tag("profession", "circassien"), Tag("software", "cap"))
    assert [unknown.text for unknown in vocabulary.unknown_numbered("lot 3, session 4, vague 3")] == [
        "lot 3",
        "session 4",
    ]
