"""Questions proposed beside an answer: each has been asked, and has an answer of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from answer_maker import answer
from screens.fake_assistant import FakeAssistant

from assistant.suggestions import MOST_ASKED, MOST_SHOWN, suggestions

if TYPE_CHECKING:
    from assistant.answering import Assistant

QUESTIONS = (
    "Quels sont les objectifs de la vague 2 ?",
    "Qui reçoit l'argent du financement SONS ?",
    "Quelle est la différence entre SONS et SUN-ES ?",
    "Quel est le calendrier de la DRIMbox en vague 2 ?",
)


class Counting(FakeAssistant):
    """Answers whatever has « échéances » in it, and keeps what was asked."""

    def answer(self, question: str, **how: Any) -> Any:
        made = super().answer("je suis jardinier" if "échéances" in question else "rien", **how)
        self.asked[-1]["question"] = question
        return made


def test_what_is_proposed_was_asked_and_has_an_answer_of_its_own(default_assistant: Assistant) -> None:
    proposed = 0
    for question in QUESTIONS:
        first = default_assistant.answer(question)
        shown = {citation.passage_id for citation in first.citations}
        for other in suggestions(default_assistant, first):
            found = default_assistant.answer(other)
            assert found.outcome == "answered"
            assert {citation.passage_id for citation in found.citations} - shown
            proposed += 1
    assert proposed >= 6


def test_what_has_no_answer_is_not_proposed() -> None:
    assistant = Counting()
    base = assistant.answer("je suis jardinier échéances")
    assert suggestions(assistant, base) == ()  # type: ignore[arg-type]  # asked, and only partly answered
    assert 1 < len(assistant.asked) <= MOST_ASKED + 1
    assert MOST_SHOWN < MOST_ASKED


def test_nothing_is_proposed_beside_choices_or_refusals() -> None:
    assistant = FakeAssistant()
    for question in ("le solde ?", "quand ouvre-t-il ?", "vague 3", "bonjour"):
        made = assistant.answer(question)
        asked = len(assistant.asked)
        assert suggestions(assistant, made) == ()  # type: ignore[arg-type]
        assert len(assistant.asked) == asked
    assert suggestions(assistant, answer("Texte sans rien de connu.")) == ()  # type: ignore[arg-type]
