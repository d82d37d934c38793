import sys

import pytest
from screens.app_runs import APP, opened, opened_at, shown
from screens.fake_assistant import FakeAssistant

from assistant.screens.about import sections


def test_the_about_screen_says_what_it_does_and_does_not():
    at = opened_at("about")
    assert "Ce qu’il ne fait pas" in shown(at)
    assert "modèle à la main" in shown(at)
    assert "15\u00a0novembre\u00a02024" in shown(at)


def test_the_about_screen_says_what_leaves_the_machine():
    said = {}
    for name, model, keeps in (("none", None, True), ("local", "essai", True), ("remote", "essai", False)):
        assistant = FakeAssistant()
        assistant.language_model, assistant.keeps_questions = model, keeps
        said[name] = shown(opened_at("about", assistant))
    assert "rien ne quitte cette machine" in said["none"]
    assert "Rien ne quitte cette machine" in said["local"]
    assert "sur une autre machine" in said["remote"]
    assert "huit passages" in said["remote"]


def test_sections_are_headings_with_paragraphs():
    assert sections("## A\n\nun\ndeux\n\ntrois\n\n## B\n\nx\n") == [("A", ["un deux", "trois"]), ("B", ["x"])]


@pytest.mark.parametrize("time", [1, 2])
def test_the_script_of_a_screen_does_not_stay_the_main_module(time):
    """Else every child process that a later test starts would run the whole app first."""
    assert sys.modules["__main__"].__file__ != APP
    opened()
