"""Events sent past the page, over a raw socket; run by test_authorisation.py in a process of its own."""

from __future__ import annotations

from conftest import STAFF_PASSWORDS
from screens.raw_session import click, raw_session, typed

from assistant.access import COOKIE
from assistant.screens import staff_wording, wording
from assistant.screens.guard import shared_access
from assistant.settings import load_settings

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


def test_events_of_the_upkeep_screen_change_no_document(whole_site, small_corpus, monkeypatch):
    """What the maintainer's buttons would send, sent by nobody and by support staff."""
    monkeypatch.setenv("ASSISTANT_CORPUS", str(small_corpus))
    client, _ = whole_site
    access = shared_access(load_settings())  # of these settings
    manifest = (small_corpus / "manifest.toml").read_bytes()
    cookies = {
        role: f"{COOKIE}={access.enter('Ana', STAFF_PASSWORDS[role], f'upkeep {role}')}" for role in STAFF_PASSWORDS
    }
    address = "part=documents&doc=glossaire"
    with raw_session(client, cookies["maintainer"]) as maintainer:
        maintainer.run("entretien", query=address)
        maintainer.run("entretien", query=address, events=[click(maintainer.widgets["withdraw"])])
        assert {"save-entry", "confirm-withdraw"} <= set(maintainer.widgets)
        known = dict(maintainer.widgets)
    titled = typed(next(identity for key, identity in known.items() if key.endswith("-title")), "Autre titre")
    forged = [titled, *(click(known[key]) for key in ("withdraw", "confirm-withdraw", "save-entry"))]
    for cookie in (None, cookies["support"]):
        with raw_session(client, cookie) as thief:
            for _ in range(2):
                thief.run("entretien", query=address, events=forged)
                assert REFUSAL in thief.seen
    assert (small_corpus / "manifest.toml").read_bytes() == manifest
    assert (small_corpus / "documents" / "glossaire.md").is_file()
