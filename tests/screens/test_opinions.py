"""Thumbs on an answer and on its sources reach the journal."""

from screens.app_runs import ask, assert_sound, opened

from assistant.desk_records import Opinion


def given(at):
    journal = at.session_state["desk"].journal
    kept = at.session_state["exchanges"][-1].kept
    found = sorted(journal.opinions(kept.id), key=lambda one: one.citation)
    return [(one.citation, one.thumb, one.reason, one.text) for one in found]


def press(at, start):
    next(button for button in at.button if button.key and button.key.startswith(start)).click().run()
    assert_sound(at)


def on(at, number):
    return f"{at.session_state['exchanges'][-1].kept.id}-{number}"


def test_a_thumb_is_kept_and_another_replaces_it():
    at = ask(opened(), "date limite du solde")
    press(at, f"thumb-up-{on(at, 0)}")
    assert given(at) == [(0, "up", None, "")]
    press(at, f"thumb-down-{on(at, 0)}")
    assert given(at) == [(0, "down", None, "")]


def test_a_reason_and_words_go_with_a_negative_opinion():
    at = ask(opened(), "date limite du solde")
    press(at, f"thumb-down-{on(at, 0)}")
    at.button_group(key=f"reason-{on(at, 0)}").set_value("wrong_date")
    at.text_area(key=f"words-{on(at, 0)}").set_value("<b>C’est</b> le 15.")
    next(button for button in at.button if button.label == "Envoyer l’avis").click().run()
    assert given(at) == [(0, "down", "wrong_date", "<b>C’est</b> le 15.")]
    assert any("transmis aux personnes" in block.body for block in at.html)


def test_each_source_has_its_own_thumbs():
    at = ask(opened(), "date limite du solde")
    press(at, f"thumb-down-{on(at, 2)}")
    press(at, f"thumb-up-{on(at, 1)}")
    assert given(at) == [(1, "up", None, ""), (2, "down", None, "")]


def test_a_question_refused_by_mistake_can_be_told():
    at = ask(opened(), "tarte")
    press(at, f"thumb-down-{on(at, 0)}")
    assert given(at) == [(0, "down", None, "")]


def test_the_public_sees_neither_opinions_of_others_nor_their_exchanges():
    at = ask(opened(), "date limite du solde")
    journal = at.session_state["desk"].journal
    journal.opine(Opinion(at.session_state["exchanges"][-1].kept.id, "down", 0, None, "un avis secret"))
    at.run()
    assert not any("un avis secret" in block.body for block in at.html)
