"""Only what a change can touch is asked again: what is left out answers as before, and a part of it proves so."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import LetterEncoder

from assistant.asking_again import asked_of_both
from assistant.evaluating import Golden, read_questions
from assistant.golden_answers import Asking, key
from assistant.loading import build_index
from assistant.settings import Settings, load_settings
from index import generations, verdicts
from index.build_report import GoldenResult
from index.searching import Index

TOWNS = [f"{first}{last}" for first in ("Bel", "Cour", "Mont", "Roche", "Ville", "Saint", "Font", "Haute")
         for last in ("fort", "lieu", "mare", "neuve", "pont", "roche", "val", "vigne")]  # fmt: skip


def section(number: int, town: str) -> str:
    day = f"{number % 28 + 1} mars 20{24 + number // 32}"
    return (
        f"## Maison de santé de {town}\n\nLa maison de santé de {town} compte {number + 3} médecins. Elle est dirigée "
        f"par la directrice {town}ine.\n\nLe guichet de {town} ferme le {day}.\n\n"
    )


@pytest.fixture
def settings(small_corpus: Path, tmp_path: Path) -> Settings:
    lines = []
    for first in range(0, len(TOWNS), 8):
        text = "".join(section(number, TOWNS[number]) for number in range(first, first + 8))
        (small_corpus / "documents" / f"villes-{first}.md").write_text(f"# Villes\n\n{text}", encoding="utf-8")
    for number, town in enumerate(TOWNS):
        for asked, gold in (("combien de médecins à", str(number + 3)), ("qui dirige la maison de", f"{town}ine")):
            question = {"id": f"{asked} {town}", "question": f"{asked} {town} ?", "answerable": True, "gold": [gold]}
            lines.append(json.dumps(question) + "\n")
    (small_corpus / "questions.jsonl").write_text("".join(lines), encoding="utf-8")
    given = {"CORPUS": small_corpus, "INDEX": tmp_path / "built", "DAY": "2024-05-01"}
    return load_settings({f"ASSISTANT_{name}": str(value) for name, value in given.items()})


class Watching(Asking):
    """Asks, remembers which index was asked what, and may answer otherwise than the index does."""

    def __init__(self, settings: Settings, told: Callable[[Golden], bool] = lambda _: False) -> None:
        super().__init__(settings, None)
        self.asked: dict[str, list[Golden]] = {}
        self.told = told
        self.former = ""

    def ask(self, questions: Sequence[Golden], index: Index) -> dict[str, GoldenResult]:
        self.asked.setdefault(index.generation, []).extend(questions)
        lost = {key(one) for one in questions if index.generation != self.former and self.told(one)}
        found = super().ask(questions, index)
        return {name: replace(one, verdict="wrong") if name in lost else one for name, one in found.items()}


def opened(settings: Settings, encoder: LetterEncoder, name: str | None = None) -> Index:
    kept = {one.name: one.folder for one in generations.all_generations(settings.index)}
    return Index.open(kept[name] if name else generations.current(settings.index).folder, encoder=encoder)


def two(settings: Settings, encoder: LetterEncoder, change: Callable[[Path], object]) -> tuple[Index, Index]:
    """The index before and after a change that no gate looks at."""
    questions = settings.corpus / "questions.jsonl"
    text = questions.read_text(encoding="utf-8")
    questions.unlink()
    former = build_index(settings, encoder=encoder).generation
    change(settings.corpus / "documents")
    build_index(settings, encoder=encoder)
    questions.write_text(text, encoding="utf-8")
    return opened(settings, encoder, former), opened(settings, encoder)


def add(documents: Path) -> None:
    (documents / "ajout.md").write_text("# Parking\n\nLe parking souterrain rouvre bientôt.\n", encoding="utf-8")


def mend(documents: Path) -> None:
    path = documents / "villes-0.md"
    path.write_text(path.read_text(encoding="utf-8").replace("3 médecins", "93 médecins"), encoding="utf-8")


def remove(documents: Path) -> None:
    (documents / "villes-56.md").unlink()


@pytest.mark.parametrize("change", [add, mend, remove])
def test_what_is_left_out_answers_as_before(
    settings: Settings, encoder: LetterEncoder, change: Callable[[Path], None]
) -> None:
    former, coming = two(settings, encoder, change)
    questions = read_questions(settings.corpus / "questions.jsonl")
    asking = Watching(settings)
    recorded = asking.ask(questions, former)
    asking.asked.clear()
    before, after = asked_of_both(questions, coming, current=former, asking=asking, recorded=tuple(recorded.values()))
    left_out = [one for one in questions if one not in asking.asked[coming.generation]]
    assert left_out
    assert {one.asked for one in after if one.basis and one.basis.age == 1} == {key(one) for one in left_out}
    assert [one.asked for one in before] == [one.asked for one in after] == [key(one) for one in questions]
    whole = Watching(settings).ask(questions, coming)
    assert [one.verdict for one in after] == [one.verdict for one in whole.values()]
    for index in (former, coming):
        index.close()


def test_a_change_in_the_part_that_is_asked_all_the_same_has_all_asked(
    settings: Settings, encoder: LetterEncoder
) -> None:
    former, coming = two(settings, encoder, add)
    questions = read_questions(settings.corpus / "questions.jsonl")
    asking = Watching(settings, told=lambda golden: golden.id.startswith("combien"))
    asking.former = former.generation
    recorded = asking.ask(questions, former)
    _, after = asked_of_both(questions, coming, current=former, asking=asking, recorded=tuple(recorded.values()))
    assert {key(one) for one in asking.asked[coming.generation]} == {key(one) for one in questions}
    assert sum(one.verdict == "wrong" for one in after) >= len(TOWNS)
    for index in (former, coming):
        index.close()


def test_those_taken_over_longest_are_asked_first(settings: Settings, encoder: LetterEncoder) -> None:
    build_index(settings, encoder=encoder)
    oldest = []
    for number in range(2):
        text = f"# Parking\n\nLe parking compte {number + 40} places.\n"
        (settings.corpus / "documents" / "parking.md").write_text(text, encoding="utf-8")
        report = build_index(settings, encoder=encoder)
        kept = verdicts.verdict_on(generations.current(settings.index).folder)
        assert kept is not None
        assert report.gate is not None
        ages = [one.basis.age for one in kept.results if one.basis]
        oldest.append(ages.count(number + 1))
        taken_over = sum(age > 0 for age in ages)
        assert f"dont {taken_over} non reposées" in report.gate.summary
        assert f"{len(ages)} inchangées" in report.gate.summary
    assert oldest[0] - oldest[1] >= 20
    forced = build_index(settings, encoder=encoder, force=True).gate
    assert forced is not None
    assert "reposée" not in forced.summary
