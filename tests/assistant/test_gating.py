"""The gate: what a build may not do to the golden questions, with a small corpus and an encoder made by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fakes import LetterEncoder

from assistant.desk_records import VerifiedAnswer, VerifiedStatement
from assistant.gating import compare, fingerprint
from assistant.journal import Journal
from assistant.loading import build_index
from assistant.settings import Settings, load_settings
from assistant.verified import bind
from index import generations, verdicts
from index.build_report import GoldenResult
from index.errors import GateRefused
from index.searching import Index

QUESTIONS = [
    {"id": "solde", "question": "date limite du solde vague 1 ?", "answerable": True, "gold": ["14/12/2023"]},
    {"id": "avance", "question": "quand ouvre l'avance de la vague 2 ?", "answerable": True, "gold": ["3 juin 2024"]},
]


@pytest.fixture
def settings(small_corpus: Path, tmp_path: Path) -> Settings:
    lines = "".join(json.dumps(question) + "\n" for question in QUESTIONS)
    (small_corpus / "questions.jsonl").write_text(lines, encoding="utf-8")
    given = {"CORPUS": small_corpus, "INDEX": tmp_path / "built", "DAY": "2024-05-01"}
    return load_settings({f"ASSISTANT_{name}": str(value) for name, value in given.items()})


def change(settings: Settings, old: str, new: str) -> None:
    path = settings.corpus / "documents" / "calendrier.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def results(*verdicts: str) -> tuple[GoldenResult, ...]:
    return tuple(
        GoldenResult(str(number), str(number), "?", verdict, "", verdict) for number, verdict in enumerate(verdicts)
    )


@pytest.mark.parametrize(
    ("before", "after", "lost", "wrong", "is_accepted"),
    [
        ("right right", "right right", 0.0, 0.0, True),
        ("right right", "right withheld", 0.0, 0.0, False),
        ("right right", "right withheld", 0.5, 0.0, True),
        ("right right", "right wrong", 0.5, 0.0, False),
        ("right right", "right wrong", 0.5, 0.5, True),
        ("right withheld", "right wrong", 0.0, 0.0, False),
        ("wrong withheld", "right right", 0.0, 0.0, True),
        ("wrong right", "withheld right", 0.0, 0.0, True),
    ],
)
def test_the_tolerances_are_shares_of_the_questions(
    before: str, after: str, lost: float, wrong: float, is_accepted: bool
) -> None:
    verdict = compare(results(*before.split()), results(*after.split()), lost=lost, wrong=wrong)
    assert verdict.is_accepted is is_accepted
    assert ("refusé" in verdict.summary) is not is_accepted


def test_the_summary_counts_and_shows_both_answers() -> None:
    before = results("right", "right", "withheld", "withheld")
    verdict = compare(before, results("right", "wrong", "right", "wrong"), lost=0.1, wrong=0.1)
    first, *lines = verdict.summary.splitlines()
    assert "1 inchangée, 1 meilleure, 1 perdue, 1 devenue fausse" in first
    assert [line.strip() for line in lines[:3]] == [
        "perdue : 1 « ? »",
        "avant (juste) : right",
        "après (fausse) : wrong",
    ]


def test_questions_that_only_one_index_was_asked_do_not_count() -> None:
    verdict = compare(results("right"), results("right", "wrong"), lost=0.0, wrong=0.0)
    assert verdict.is_accepted
    assert verdict.differences == ()


def test_a_wrong_document_is_refused_and_the_index_stays(settings: Settings, encoder: LetterEncoder) -> None:
    first = build_index(settings, encoder=encoder)
    assert first.gate is not None
    assert first.gate.summary == ""
    change(settings, "14 décembre", "3 mars")
    with pytest.raises(GateRefused, match="1 inchangée, 0 meilleure, 1 perdue") as refused:
        build_index(settings, encoder=encoder)
    assert "--accept" in str(refused.value)
    assert [(one.change, one.after.id) for one in refused.value.verdict.differences] == [("lost", "solde")]
    assert "14 décembre 2023" in refused.value.verdict.differences[0].before.text
    assert "3 mars 2023" in refused.value.verdict.differences[0].after.text
    assert generations.current(settings.index).name == first.generation


def test_a_reason_overrides_and_is_kept_with_the_generation(settings: Settings, encoder: LetterEncoder) -> None:
    build_index(settings, encoder=encoder)
    change(settings, "14 décembre", "3 mars")
    report = build_index(settings, encoder=encoder, accept="la page a changé")
    assert report.gate is not None
    assert report.gate.accepted_because == "la page a changé"
    assert report.gate.results == ()
    kept = verdicts.verdict_on(generations.current(settings.index).folder)
    assert kept is not None
    assert kept.accepted_because == "la page a changé"
    assert [result.verdict for result in kept.results] == ["wrong", "right"]


def test_a_verified_answer_that_no_longer_holds_is_lost(settings: Settings, encoder: LetterEncoder) -> None:
    (settings.corpus / "questions.jsonl").unlink()
    build_index(settings, encoder=encoder)
    index = Index.open(generations.current(settings.index).folder, encoder=encoder)
    passage = next(one for one in index.passages if "14 décembre" in one.text)
    bound = bind(index, passage, *passage.sentences[0], date(2024, 5, 1))
    index.close()
    said = VerifiedStatement("Le solde est clos le 14 décembre 2023.", (1,))
    answer = VerifiedAnswer(
        "v1", "solde vague 1 ?", (), (), (said,), (bound,), "in_service", "Alix", datetime(2024, 5, 1, tzinfo=UTC)
    )
    journal = Journal.open(settings.journal)
    journal.add_verified(answer, by="Alix")
    journal.close()
    change(settings, "avance de la vague 2 ouvre", "avance de la vague 2 ouvrira")
    report = build_index(settings, encoder=encoder)
    assert report.gate is not None
    assert "1 inchangée" in report.gate.summary
    change(settings, "14 décembre", "3 mars")
    with pytest.raises(GateRefused, match="1 perdue") as refused:
        build_index(settings, encoder=encoder)
    assert "a changé ou disparu" in str(refused.value)


def test_another_model_is_compared_with_what_the_former_one_answered(
    settings: Settings, encoder: LetterEncoder
) -> None:
    build_index(settings, encoder=encoder)
    change(settings, "2 307 dossiers", "2 308 dossiers")
    assert build_index(settings, encoder=encoder).gate is not None
    change(settings, "14 décembre", "3 mars")
    with pytest.raises(GateRefused, match="1 perdue"):
        build_index(settings, encoder=LetterEncoder("letters-2"))


def test_what_is_answered_alike_is_not_asked_again(settings: Settings, encoder: LetterEncoder) -> None:
    build_index(settings, encoder=encoder)
    for count in (2308, 2309):
        change(settings, "2 307 dossiers" if count == 2308 else "2308 dossiers", f"{count} dossiers")
        encoder.asked.clear()
        told: list[tuple[str, int, int]] = []
        report = build_index(settings, encoder=encoder, progress=lambda *stage: told.append(stage))  # noqa: B023
        assert report.gate is not None
        assert "2 inchangées" in report.gate.summary
        assert sum(stage == ("questions", 2, 2) for stage in told) == (2 if count == 2308 else 1)


def test_a_corpus_without_questions_has_no_gate(settings: Settings, encoder: LetterEncoder) -> None:
    (settings.corpus / "questions.jsonl").unlink()
    build_index(settings, encoder=encoder)
    change(settings, "14 décembre", "3 mars")
    assert build_index(settings, encoder=encoder).gate is None


def test_the_tolerance_is_a_setting(settings: Settings, encoder: LetterEncoder) -> None:
    build_index(settings, encoder=encoder)
    change(settings, "14 décembre", "3 mars")
    report = build_index(replace(settings, gate_lost=0.5, gate_wrong=0.5), encoder=encoder)
    assert report.gate is not None
    assert report.gate.accepted_because is None


def test_only_the_refusal_that_was_seen_is_accepted(settings: Settings, encoder: LetterEncoder) -> None:
    build_index(settings, encoder=encoder)
    change(settings, "14 décembre", "3 mars")
    with pytest.raises(GateRefused) as first:
        build_index(settings, encoder=encoder)
    seen = fingerprint(first.value.verdict)
    change(settings, "3 mars", "4 mars")
    with pytest.raises(GateRefused):
        build_index(settings, encoder=encoder, accept="la date a changé", seen=seen)
    change(settings, "4 mars", "3 mars")
    report = build_index(settings, encoder=encoder, accept="la date a changé", seen=seen, by="Ana")
    assert report.gate is not None
    assert "refusé" not in report.gate.summary
    assert generations.current(settings.index).manifest["built_by"] == "Ana"


def test_the_command_says_no_with_1_and_yes_to_a_reason(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from assistant.__main__ import main

    for name, value in {"CORPUS": settings.corpus, "INDEX": settings.index, "DAY": settings.day}.items():
        monkeypatch.setenv(f"ASSISTANT_{name}", str(value))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    assert run("build", "--json")[0] == 0
    change(settings, "14 décembre", "3 mars")
    code, out, err = run("build", "--json")
    assert code == 1
    assert json.loads(out)["gate"]["is_accepted"] is False
    assert "refusé" in err
    code, out, _ = run("build", "--accept", "vérifié sur la page")
    assert code == 0
    assert "Pris malgré tout, pour cette raison : vérifié sur la page" in out
