"""The review screens: the queue and its filters, one exchange, editing it into a verified answer, gaps, actions."""

import pytest
from screens.app_runs import As, ask, opened, press, shown, staffed

from assistant.desk_records import Opinion
from assistant.screens import staff_wording
from assistant.screens.review import sorted_by

SOLDE, AVANCE = "date limite du solde de la vague 1", "Quand ouvre la vague 2 ?"
NOWHERE = "Qui vend la machine à café ?"


@pytest.fixture
def asked(desk):
    """Three exchanges, one of them disliked."""
    exchanges = {question: desk.ask(question) for question in (SOLDE, AVANCE, NOWHERE)}
    desk.journal.opine(Opinion(exchanges[AVANCE].id, "down", 1, "wrong_date", "c’est le 4"))
    return exchanges


def queued(at):
    return [link.label.replace("\\", "") for link in at.get("page_link") if "?" in link.label or "limite" in link.label]


def test_the_queue_shows_the_disliked_first_and_says_why(desk, asked):
    at = staffed(desk, "support", "review")
    assert queued(at)[0] == AVANCE
    assert staff_wording.WHY["disliked"] in shown(at)
    labels = [button.label for button in at.button]
    assert "À vérifier (3)" in labels
    assert "Corrigées (0)" in labels


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"opinion": "down"}, {AVANCE}),
        ({"words": "machine"}, {NOWHERE}),
        ({"term": "vague-1"}, {SOLDE}),
        ({"cites": "glossaire"}, set()),
        ({"state": "verified"}, set()),
        ({"state": "all"}, {SOLDE, AVANCE, NOWHERE}),
        ({"outcome": "answered"}, {SOLDE, AVANCE}),
    ],
)
def test_filters_stand_in_the_address(desk, asked, filters, found):
    at = staffed(desk, "support", "review", **filters)
    assert set(queued(at)) == found
    assert (staff_wording.EMPTY_QUEUE in shown(at)) is (not found)


def test_the_other_orders():
    class Item:
        def __init__(self, name, confidence, asked):
            self.name, self.confidence, self.asked = name, confidence, asked

    items = [Item("a", 0.9, 1), Item("b", 0.2, 3)]
    assert [one.name for one in sorted_by(items, "")] == ["a", "b"]
    assert [one.name for one in sorted_by(items, "unsure")] == ["b", "a"]
    assert [one.name for one in sorted_by(items, "often")] == ["b", "a"]


def test_an_exchange_shows_claim_proof_opinion_and_takes_verdict_note_and_state(desk, asked):
    name = asked[AVANCE].id
    staffed(desk, "support", "review")
    at = staffed(desk, "support", "review", id=name)
    page = shown(at)
    assert "<mark>Le dépôt des demandes d&#x27;avance de la vague 2 ouvre le 3 juin 2024.</mark>" in page
    assert "date fausse — c’est le 4" in page
    press(at, "review-partly")
    at.text_area(key=f"note-{name}").set_value("<i>vu</i>").run()
    press(at, "add-note")
    assert "&lt;i&gt;vu&lt;/i&gt;" in shown(at)
    press(at, "review-assign")
    press(at, "review-to-correct")
    review = desk.journal.review(name)
    assert (review.state, review.assignee, dict(review.verdicts)) == ("to_correct", "Ana", {1: "partly"})
    done = [entry.action for entry in desk.journal.audit_trail() if entry.actor == "Ana"]
    assert set(done) == {"state", "assign", "note", "verdict"}


def test_what_the_person_saw_the_evidence_and_the_replay(desk, asked):
    name = asked[SOLDE].id
    assert (
        f"/verification?id={name}&view=seen" in staffed(desk, "support", "review", id=name, view="seen").code[0].value
    )
    found = shown(staffed(desk, "support", "review", id=name, view="evidence"))
    assert staff_wording.CITED in found
    assert staff_wording.NOT_CHOSEN in found
    assert staff_wording.SAME_ANSWER in shown(staffed(desk, "support", "review", id=name, view="replay"))


def test_an_exchange_that_is_not_there_is_said(desk):
    assert staff_wording.NO_SUCH_EXCHANGE in shown(staffed(desk, "support", "review", id="<b>x</b>"))


def test_an_answer_is_corrected_with_a_quotation_found_and_served(desk, asked):
    name = asked[NOWHERE].id
    at = staffed(desk, "support", "review", id=name, view="edit")
    at.text_input(key=f"edit-{name}-question").set_value("Qu’est-ce que le DMP ?")
    press(at, "save-verified")
    assert "au moins une phrase" in shown(at)
    at.text_input(key=f"edit-{name}-search").set_value("dossier médical partagé").run()
    takes = [button for button in at.button if button.key.startswith("take-")]
    takes[0].click().run()
    press(at, "add-sentence")
    key = max(at.session_state[f"edit-{name}-draft"].sentences)
    at.text_area(key=f"edit-{name}-text-{key}").set_value("Le DMP, ouvert en 1999, rassemble des documents.")
    at.multiselect(key=f"edit-{name}-quotes-{key}").set_value([1]).run()
    press(at, "save-verified")
    assert "pas dans ses citations" in shown(at)
    assert desk.journal.verified_answers() == ()
    at.text_area(key=f"edit-{name}-text-{key}").set_value("Le DMP rassemble des documents de santé.").run()
    press(at, "save-verified")
    assert staff_wording.SAVED in shown(at)
    assert desk.journal.review(name).state == "corrected"
    assert desk.ask("Qu’est-ce que le DMP ?").verified


def test_gaps_group_count_and_start_a_document(desk, asked):
    at = staffed(desk, "support", "gaps")
    page = shown(at)
    assert AVANCE in page
    assert staff_wording.COUNTED.format(number=1) in page
    assert 'class="weeks"' in page
    press(at, "write-0")
    assert AVANCE in "".join(box.value for box in at.text_area)
    assert [entry.action for entry in desk.journal.audit_trail() if entry.actor == "Ana"] == ["start-document"]


def test_the_list_of_actions_says_who_did_what(desk, asked):
    desk.journal.note(asked[SOLDE].id, "vu", by="<b>Zoé</b>")
    page = shown(staffed(desk, "support", "audit"))
    assert "&lt;b&gt;Zoé&lt;/b&gt;" in page
    assert f"<td>{staff_wording.ACTIONS['note']}</td>" in page


def test_asking_too_often_is_said_and_nothing_is_answered(desk):
    at = opened()
    at.session_state["access"] = Hurried("public")
    ask(at, "date limite du solde")
    ask(at, "date limite du solde ?")
    assert "Trop de questions en peu de temps" in shown(at)
    assert len(at.session_state["assistant"].asked) == 1


class Hurried(As):
    """An access at which one may ask once."""

    def __init__(self, role):
        super().__init__(role)
        self.left = 1

    def count_question(self, address, session=None):
        from assistant.limits import TooMany

        if not self.left:
            raise TooMany(7)
        self.left -= 1
