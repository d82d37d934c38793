import pytest
from screens.app_runs import APP, ask, opened, shown
from screens.fake_assistant import HOSTILE, FakeAssistant
from streamlit.testing.v1 import AppTest

from assistant.screens import phrasing, wording
from assistant.screens.ask import EXCHANGES, KEPT_EXCHANGES
from assistant.screens.conversation import Exchange, Request
from assistant.turns import Busy
from index.errors import GenerationMissing


def test_the_welcome_says_what_the_programme_is_and_gives_examples():
    at = opened()
    page = shown(at)
    assert FakeAssistant.programme.name in page
    assert FakeAssistant.programme.description in page
    assert "15\u00a0novembre\u00a02024" in page
    assert "seule la page d’origine fait foi" in page
    examples = [button for button in at.button if button.key.startswith("example-")]
    assert len(examples) == 4
    examples[0].click().run()
    assert "Écoles primaires" in shown(at)


def test_an_answer_has_markers_cards_notices_and_choices():
    at = ask(opened(), "date limite du solde ?")
    page = shown(at)
    assert 'class="marker"' in page
    assert "remplacée par [2]" in page
    assert "Fiche rédigée d’après Agence des jardins, page du 15\u00a0novembre\u00a02024" in page
    assert 'href="https://agence.example/vague-1"' in page
    assert "<mark>14/12/2023</mark>" in page
    assert "une page plus ancienne" in page
    assert [button.label for button in at.button if button.key.startswith("choice-")]
    assert "date limite du solde ?" in at.query_params["q"]


def test_an_original_pdf_is_linked_at_its_page_and_its_quotation_marked():
    page = shown(ask(opened(), "suis-je concerné, jardinier ?"))
    assert 'href="https://ministere.example/guide.pdf#page=2"' in page
    assert "<mark>Elle commence en septembre.</mark>" in page
    assert phrasing.derived(1) in page


def test_a_follow_up_passes_what_was_asked_before():
    assistant = FakeAssistant()
    at = ask(ask(opened(assistant), "je suis jardinier"), "et le solde ?")
    assert assistant.asked[-1]["after"] == ("je suis jardinier",)
    assert any(wording.INHERITED in button.label for button in at.button)
    assert len(at.chat_message) == 4


def test_a_term_can_be_taken_away():
    assistant = FakeAssistant()
    at = ask(opened(assistant), "le solde ?")
    next(button for button in at.button if button.key == "term-0-wave-vague-1").click().run()
    assert assistant.asked[-1] == {
        "question": "le solde ?",
        "after": (),
        "day": None,
        "documents": frozenset(),
        "without": ("vague-1",),
    }


def test_the_address_is_answered_once():
    assistant = FakeAssistant()
    at = opened(assistant, q="le solde ?", after=["un", "deux"])
    at.run()
    assert [asked["after"] for asked in assistant.asked] == [("un", "deux")]


def test_a_new_conversation_forgets():
    at = ask(opened(), "le solde ?")
    next(button for button in at.button if button.key == "new").click().run()
    assert len(at.chat_message) == 0
    assert "q" not in at.query_params


@pytest.mark.parametrize("question", ["x" * 10_000, "\u0000\u0007", "🙂", "问题", "-", "bonjour", HOSTILE])
def test_any_question_gets_a_sentence(question):
    page = shown(ask(opened(), question))
    assert "<h2" in page
    assert "<script" not in page


def test_nearest_passages_are_labelled_as_no_answer():
    page = shown(ask(opened(), "vague 3 ?"))
    assert wording.NEAREST in page
    assert 'class="source' not in page


def test_hostile_text_stays_text_everywhere():
    at = ask(opened(), "piège")
    page = shown(at)
    for active in ("<script", "<img", "<svg", "javascript:alert"):
        assert active not in page
    for button in at.button:
        assert ":material/skull" not in button.label
        assert "](" not in button.label


def test_a_failure_is_a_sentence_without_details():
    page = shown(ask(opened(), "panne"))
    assert wording.UNEXPECTED in page
    assert "secret" not in page


def test_without_an_index_the_page_says_what_to_do(monkeypatch):
    from assistant.screens import session

    def missing(_):
        raise GenerationMissing("Aucun index n’a été construit. Lancez « assistant build ».")

    monkeypatch.setattr(session, "shared_assistant", missing)
    at = AppTest.from_file(APP, default_timeout=20)
    at.run()
    assert not at.exception
    assert "Lancez «\u00a0assistant build\u00a0»" in shown(at)


def test_a_long_conversation_keeps_its_latest_exchanges_alone():
    at = opened()
    before = [Exchange(Request(f"question {number}"), None, "rien") for number in range(KEPT_EXCHANGES)]
    at.session_state[EXCHANGES] = before
    at.run()
    assert "question 0" in shown(at)
    at = ask(at, "le solde ?")
    assert len(at.session_state[EXCHANGES]) == KEPT_EXCHANGES
    assert "question 0" not in shown(at)
    assert wording.ONLY_LATEST.format(kept=KEPT_EXCHANGES) in shown(at)


def test_a_busy_assistant_says_when_to_come_back():
    assistant = FakeAssistant()
    assistant.answer = busy
    assert "Beaucoup de questions arrivent en même temps" in shown(ask(opened(assistant), "le solde ?"))


def busy(*_args, **_options):
    raise Busy


def test_questions_that_have_an_answer_are_proposed_beside_the_last_one():
    class Knowing(FakeAssistant):
        def answer(self, question, **how):
            return super().answer("le solde ?" if "échéances" in question else question, **how)

    at = ask(opened(Knowing()), "je suis jardinier")
    proposed = [button for button in at.button if button.key.startswith("suggestion-")]
    assert [button.label for button in proposed]
    proposed[0].click().run()
    assert not at.exception
    assert len(at.chat_message) == 4
    assert not [button for button in at.button if button.key.startswith("suggestion-0")]


def test_an_answer_can_be_copied_as_text_and_as_markdown():
    at = ask(opened(), "le solde ?")
    assert [tab.label for tab in at.tabs] == [wording.AS_TEXT, wording.AS_MARKDOWN]
    text, markdown = (tab.code[0].value for tab in at.tabs)
    assert text.startswith("le solde ?\n")
    assert markdown.startswith("**le solde ?**\n")
