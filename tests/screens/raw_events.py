"""Events sent past the page, over a raw socket; run by test_authorisation.py in a process of its own."""

from __future__ import annotations

from conftest import STAFF_PASSWORDS
from screens.raw_session import click, raw_session, typed

from assistant.access import COOKIE
from assistant.screens import staff_wording, wording

REFUSAL = f"<h1>{wording.STAFF_ONLY}</h1>"


def test_events_sent_past_the_page_do_nothing(whole_site):
    """Somebody without a login sends the very events that the buttons of staff send."""
    client, access = whole_site
    cookie = f"{COOKIE}={access.enter('Ana', STAFF_PASSWORDS['support'], 'x')}"
    with raw_session(client) as asker, raw_session(client, cookie) as staff, raw_session(client) as thief:
        asker.run(query="q=date limite du solde")
        assert staff_wording.NOT_HELPFUL in asker.seen
        staff.run("verification")
        assert "date limite du solde" in staff.seen
        staff.run("verification", events=[click(staff.widgets["start"])])
        assert "review-verified" in staff.widgets
        exchange = staff.seen.split('data-exchange=\\"')[1].split("\\")[0]
        clicks = [click(identity) for identity in staff.widgets.values()]
        placed = [typed(key, "maintainer") for key in ("access", "person", "desk", "assistant", "failure")]
        for page in ("verification", "question", "actions", "manques", "entretien"):
            thief.run(page, query=f"id={exchange}", events=[*clicks, *placed])
            assert (REFUSAL in thief.seen) is (page != "question")
            assert "data-exchange" not in thief.seen
        staff.run("actions")
        assert staff_wording.NO_ACTION in staff.seen


def test_a_session_that_was_left_elsewhere_can_do_nothing_more(whole_site):
    client, access = whole_site
    cookie = access.enter("Ana", STAFF_PASSWORDS["support"], "y")
    with raw_session(client) as asker, raw_session(client, f"{COOKIE}={cookie}") as staff:
        asker.run(query="q=date limite du solde")
        staff.run("verification").run("verification", events=[click(staff.widgets["start"])])
        access.leave(cookie)
        exchange = staff.seen.split('data-exchange=\\"')[1].split("\\")[0]
        staff.run("verification", query=f"id={exchange}", events=[click(staff.widgets["review-verified"])])
        assert REFUSAL in staff.seen
    again = access.enter("Ana", STAFF_PASSWORDS["support"], "z")
    with raw_session(client, f"{COOKIE}={again}") as staff:
        assert staff_wording.NO_ACTION in staff.run("actions").seen
