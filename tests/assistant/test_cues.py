"""What the words of a question ask for: labelled questions, as people type them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.cues import aside, folded, load_cues, measure, relative, wanted_kinds
from assistant.understanding import understand
from index.vocabulary import Vocabulary

LABELLED = [
    tuple(part.strip() for part in line.split("|", 1))
    for line in (Path(__file__).parent / "wanted_kinds.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
DAY = date(2026, 11, 23)


def test_enough_questions_are_labelled() -> None:
    assert len(LABELLED) >= 150
    assert len({question for _, question in LABELLED}) == len(LABELLED)


@pytest.mark.parametrize(("label", "question"), LABELLED)
def test_the_kind_of_answer_wanted(label: str, question: str, vocabulary: Vocabulary) -> None:
    kind, measured, leaning = (*label.split("/"), "", "")[:3]
    query = understand(question, after=(), day=DAY, vocabulary=vocabulary)
    assert query.wanted == kind, query.kinds
    if measured:
        assert query.measure == measured
    if leaning:
        assert query.relative == leaning
    if kind != "figure" and "figure" not in query.kinds:
        assert query.measure is None


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("cb de labos", "combien de labos"),
        ("qd ?", "quand ?"),
        ("c koi un DUI", "c'est quoi un dui"),
        ("qd la maj", "quand la mise a jour"),
        ("paiement par CB", "paiement par cb"),
        ("c quand", "c'est quand"),
        ("jusqua quand", "jusqu'a quand"),
        ("le sons finance t'il", "le sons finance-t-il"),
        ("faut il", "faut-il"),
        ("Où déposer ?", "ou deposer ?"),
        ("qu est ce que la PFI", "qu'est-ce que la pfi"),
    ],
)
def test_hasty_spelling_is_written_out(typed: str, written: str) -> None:
    assert folded(typed) == written


def test_every_kind_asked_for_is_told() -> None:
    assert wanted_kinds("quelle est la différence de date entre PFI et DPI")[:2] == ("comparison", "date")
    assert wanted_kinds("Combien de dossiers, et quand ?")[:2] == ("figure", "date")
    assert wanted_kinds("médecine de ville") == ()


@pytest.mark.parametrize("question", ["à ce jour, combien d'argent ?", "combien de temps à l'avance signer ?"])
def test_a_figure_does_not_lean_on_today(question: str) -> None:
    assert relative(question) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [("combien d'incidents ont touché les cliniques", "count"), ("combien ça touche", "amount"), ("combien", None)],
)
def test_what_a_figure_measures(question: str, expected: str | None) -> None:
    assert measure(question) == expected


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read(text: str) -> None:
    assert set(wanted_kinds(text)) <= {kind for tier in load_cues().wanted for kind in tier}
    assert aside(text) is None or aside(text) in load_cues().aside
    assert folded(folded(text)) == folded(folded(folded(text)))
