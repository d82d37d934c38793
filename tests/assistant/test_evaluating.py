"""The judging rules of CONTRACT, by answers made by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from answer_maker import answer

from assistant.answers import Answer, Outcome
from assistant.errors import QuestionSetError
from assistant.evaluating import Golden, Result, evaluate, judge, normal, read_questions, report_lines, summary

ASSERTED: tuple[Outcome, ...] = ("answered", "partial")
SILENT: tuple[Outcome, ...] = ("not_found", "clarify", "out_of_scope")


def golden(
    *gold: str, answerable: bool = True, must_not: Sequence[str] = (), kind: str = "deadline", question: str = "quand ?"
) -> Golden:
    return Golden("q1", question, (), None, answerable, tuple((one,) for one in gold), tuple(must_not), kind, "work")


@pytest.mark.parametrize("outcome", ASSERTED)
def test_all_gold_with_a_citation_is_right(outcome: Outcome) -> None:
    made = answer("Le solde est clos le 14/12/2023 à 14 h.", outcome=outcome)
    assert judge(golden("14 décembre 2023", "solde"), made) == ("right", "")


def test_gold_may_stand_in_a_quote_or_its_headers() -> None:
    made = answer("Voici la ligne.", quotes=["30/11/2022"], headers=["Avance"])
    assert judge(golden("30 novembre 2022", "avance"), made)[0] == "right"


@pytest.mark.parametrize("outcome", SILENT)
def test_silence_where_an_answer_was_due_is_withheld(outcome: Outcome) -> None:
    assert judge(golden("x"), answer("", outcome=outcome))[0] == "withheld"


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (answer("Le 14 décembre 2023."), "manque : 14 h"),
        (answer("Le 14 décembre 2023 à 14 h, non le 28 avril 2023."), "contient : 28 avril 2023"),
        (answer("Le 14 décembre 2023 à 14 h. " + "Bla. " * 400), "caractères"),
        (replace(answer("Le 14 décembre 2023 à 14 h."), citations=()), "aucune citation"),
    ],
)
def test_wrong_answers_say_why(made: Answer, why: str) -> None:
    verdict, said = judge(golden("14 décembre 2023", "14 h", must_not=["28 avril 2023"]), made)
    assert verdict == "wrong"
    assert why in said


@pytest.mark.parametrize("question", ["calendrier de la vague 1", "Quelles professions ?", "liste des couloirs"])
def test_lists_and_calendars_may_be_long(question: str) -> None:
    made = answer("Le 14 décembre 2023. " + "Bla. " * 400)
    assert judge(golden("14 décembre 2023", question=question), made)[0] == "right"


@pytest.mark.parametrize("outcome", SILENT)
def test_silence_is_right_where_nothing_answers(outcome: Outcome) -> None:
    assert judge(golden(answerable=False), answer("", outcome=outcome))[0] == "right"


def test_a_partial_answer_to_the_unanswerable_is_right_unless_it_holds_what_it_must_not() -> None:
    asked = golden(answerable=False, must_not=["14 décembre 2023"])
    assert judge(asked, answer("L'avance est close.", outcome="partial"))[0] == "right"
    assert judge(asked, answer("Le solde : 14/12/2023.", outcome="partial"))[0] == "wrong"
    assert judge(asked, answer("L'avance est close."))[0] == "wrong"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Été", "ETE"),
        ("l’avance", "l'avance"),
        ("SUN-ES", "sun es"),
        ("2 307", "2.307"),
        ("2\u202f307", "2307"),
        ("12 000 000", "12.000.000"),
        ("82 %", "82%"),
        ("14 décembre 2023", "14/12/2023"),
        ("1er juin 2024", "01/06/2024"),
        ("14 h", "14h00"),
        ("T1 2027", "premier trimestre 2027"),
    ],
)
def test_spellings_that_are_the_same(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("text", "absent"), [("2.307 dossiers", "307"), ("en 2023 518 dossiers", "2023518"), ("8 200", "82")]
)
def test_part_of_a_number_is_not_the_number(text: str, absent: str) -> None:
    assert judge(golden(absent), answer(text))[0] == "wrong"


def test_a_year_and_a_number_beside_it_stay_two() -> None:
    assert judge(golden("2023", "518"), answer("en 2023 518 dossiers"))[0] == "right"
    assert judge(golden("14/12/2023", "753"), answer("le 14/12/2023 753 dossiers"))[0] == "right"


class Parrot:
    """Answers each question with itself, after those before it."""

    def answer(self, question: str, *, after: Sequence[str] = (), day: date | None = None) -> Answer:
        return answer(" ".join([*after, question, str(day or "")]).strip())


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_set_is_read_asked_and_reported(tmp_path: Path) -> None:
    path = write(
        tmp_path / "set.jsonl",
        {
            "id": "a",
            "question": "solde",
            "after": "avance",
            "answerable": True,
            "gold": ["avance", "solde"],
            "type": "x",
            "other": 1,
        },
        "",
        {
            "question": "13 h",
            "after": ["un", "deux"],
            "day": "2026-11-22",
            "answerable": True,
            "gold": ["14h"],
            "gold_alt": {"14h": ["13 h"]},
            "must_not": [],
            "type": "y",
        },
        {"id": "c", "question": "rien", "answerable": False, "gold": [], "must_not": ["rien"], "type": "y"},
    )
    questions = read_questions(path)
    assert [one.id for one in questions] == ["a", "3", "c"]
    assert questions[1].after == ("un", "deux")
    assert questions[1].day == date(2026, 11, 22)
    results = evaluate(questions, Parrot())
    assert [result.verdict for result in results] == ["right", "right", "wrong"]
    figures = summary(results)
    assert figures["types"] == {
        "x": {"right": 1, "wrong": 0, "withheld": 0},
        "y": {"right": 1, "wrong": 1, "withheld": 0},
    }
    assert figures["share_right"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["share_wrong_among_asserted"] == pytest.approx(1 / 3, abs=1e-4)
    lines = [json.loads(line) for line in report_lines(results).splitlines()]
    assert [(line["id"], line["verdict"]) for line in lines] == [("a", "right"), ("3", "right"), ("c", "wrong")]
    assert lines[0]["answer"]["outcome"] == "answered"


def test_figures_of_an_empty_set() -> None:
    assert summary(())["share_right"] == 0.0
    assert report_lines(()) == ""


def test_milliseconds_are_percentiles() -> None:
    results = [
        Result(golden(), replace(answer(""), timings_ms={"total": float(number)}), "right", "")
        for number in range(1, 101)
    ]
    assert summary(results)["p50_ms"] == pytest.approx(50.5)
    assert summary(results)["p95_ms"] == pytest.approx(95.05)


@pytest.mark.parametrize(
    ("line", "why"),
    [("{", "ligne 2"), ('{"answerable": true}', "question"), ('{"question": "x"}', "answerable"), ("[1]", "ligne 2"),
     ('{"question": "x", "answerable": true, "day": "demain"}', "ligne 2")],
)  # fmt: skip
def test_a_broken_line_is_named(tmp_path: Path, line: str, why: str) -> None:
    path = write(tmp_path / "set.jsonl", {"question": "x", "answerable": False}, line)
    with pytest.raises(QuestionSetError, match=why):
        read_questions(path)


def test_a_missing_set_is_said(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"absent\.jsonl"):
        read_questions(tmp_path / "absent.jsonl")
