"""The matrix role × route, screen and action, made from the program itself: whatever is added is tested with it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import STAFF_PASSWORDS
from screens.app_runs import APP, As, assert_sound, press, shown, staffed
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from assistant import routes
from assistant.access import COOKIE, Access
from assistant.access_settings import AccessSettings
from assistant.desk import Desk
from assistant.desk_records import Opinion
from assistant.passwords import Passwords
from assistant.roles import ACTIONS, ROLES, STAFF_SCREENS, allows
from assistant.screens import wording
from assistant.settings import load_settings

CHECKOUT = Path(__file__).resolve().parents[2]
SCREENS = CHECKOUT / "assistant" / "screens"
REFUSAL = f"<h1>{wording.STAFF_ONLY}</h1>"
SECRET = "remarque-que-seule-l-équipe-lit"
# What changes the journal or the index in the name of staff, by the name it is called by.
CHANGES = {
    "set_state", "assign", "note", "judge", "opine", "forget", "audit", "add_verified", "set_service", "send_back",
    "erase_before", "verify", "confirm", "retire", "start_build", "cancel_build", "preview", "go_back",
    "receive", "discard", "add_document", "save_entry", "withdraw", "take_back", "undo", "save_term", "remove_term",
}  # fmt: skip


def screens():
    """The staff screens of the entry script: file and path in the address."""
    calls = [node for node in ast.walk(ast.parse((CHECKOUT / "app.py").read_text())) if isinstance(node, ast.Call)]
    found = {}
    for call in calls:
        named = {
            keyword.arg: keyword.value.value for keyword in call.keywords if isinstance(keyword.value, ast.Constant)
        }
        if "url_path" in named:
            found[Path(ast.unparse(call.args[0]).split("/")[-1].strip(" '\"")).stem] = named["url_path"]
    return found


STAFF = {file: path for file, path in screens().items() if path in STAFF_SCREENS}


def test_every_screen_is_public_on_purpose_or_kept_to_a_role():
    public = {path for path in screens().values() if path not in STAFF_SCREENS}
    assert public == {"question", "echeances", "perimetres", "documents", "a-propos"}
    assert set(STAFF_SCREENS.values()) <= set(ACTIONS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("screen", STAFF)
def test_a_staff_screen_opens_for_its_roles_alone(desk, screen, role):
    exchange = desk.ask("date limite du solde de la vague 1")
    desk.journal.opine(Opinion(exchange.id, "down", 0, None, SECRET))
    desk.journal.note(exchange.id, SECRET, by="Ana")
    may = allows(role, STAFF_SCREENS[STAFF[screen]])
    at = staffed(desk, role, screen)
    for parameters in ({}, {"id": exchange.id}, {"view": "edit"}) if screen == "review" else ({},):
        at.query_params.update(parameters)
        page = shown(at.run())
        assert_sound(at)
        assert (REFUSAL in page) is not may
        if not may:
            assert SECRET not in page
            assert "solde" not in page


# How each action is done on its screen: the screen, the address, the button; boxes filled before.
VIEW = {"check": {}, "edit": {"view": "edit"}}
BUTTONS = [
    ("judge-exchange", "review", "check", "review-verified"),
    ("judge-exchange", "review", "check", "review-to-correct"),
    ("assign", "review", "check", "review-assign"),
    ("judge-citation", "review", "check", "review-supports"),
    ("judge-citation", "review", "check", "review-does_not_support"),
    ("verify-answer", "review", "check", "review-serve"),
    ("verify-answer", "review", "edit", "save-verified"),
    ("note", "review", "check", "add-note"),
    ("withdraw-answer", "review", "edit", "retire"),
    ("start-document", "gaps", "check", "write-0"),
]


def state_of(journal):
    """All that staff can change."""
    trail = [(entry.action, entry.subject, entry.details) for entry in journal.audit_trail() if entry.actor == "Ana"]
    return trail, [(one.id, one.state) for one in journal.verified_answers()]


@pytest.mark.parametrize(("action", "screen", "view", "button"), BUTTONS)
def test_what_a_button_does_is_judged_when_it_is_pressed(desk, action, screen, view, button):
    """The page was opened by staff; who presses is nobody, as after leaving elsewhere, then staff again."""
    from assistant.verifying import confirm

    exchange = desk.ask("date limite du solde de la vague 1")
    desk.journal.opine(Opinion(exchange.id, "down"))
    if button == "retire":
        confirm(desk, exchange.id, by="Zoé")
    before = state_of(desk.journal)
    at = staffed(desk, "support", screen, **({"id": exchange.id, **VIEW[view]} if screen == "review" else {}))
    for role in ("public", "support"):
        if button == "add-note":
            at.text_area(key=f"note-{exchange.id}").set_value("vu")
        at.session_state["access"].role = role
        press(at, button)
        assert (state_of(desk.journal) != before) is allows(role, action)
        at.session_state["access"].role = "support"
        at.run()


def guarded(tree):
    """The nodes inside what is handed to `guard.act` or `guard.attempt`, and the actions that are named there."""
    inside, actions = set(), set()
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and ast.unparse(call.func) in {"guard.act", "guard.attempt"}):
            continue
        actions.add(call.args[0].value)
        handed = call.args[1]
        body = functions[handed.id] if isinstance(handed, ast.Name) else handed
        inside |= {id(node) for node in ast.walk(body)}
    return inside, actions


@pytest.mark.parametrize("path", sorted(SCREENS.glob("*.py")), ids=lambda path: path.stem)
def test_no_screen_changes_anything_past_the_guard(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside, actions = guarded(tree)
    assert actions <= set(ACTIONS)
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        of_screen = isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in {"review_acts", "st"}
        if name in CHANGES and not of_screen:
            assert id(call) in inside, f"{path.name}:{call.lineno}: {name} outside guard.act"


def test_every_action_that_is_named_is_used_or_kept_for_the_maintainer():
    used = set().union(*(guarded(ast.parse(path.read_text(encoding="utf-8")))[1] for path in SCREENS.glob("*.py")))
    others = (
        set(STAFF_SCREENS.values()) | {"ask"} | {action for action, role in ACTIONS.items() if role == "maintainer"}
    )
    assert set(ACTIONS) - used - others == set()


@pytest.fixture
def access(tmp_path):
    opened = Access(AccessSettings(), Passwords(tmp_path / "access.json"))
    for role, word in STAFF_PASSWORDS.items():
        opened.passwords.set(role, word)
    return opened


def test_no_route_shows_or_changes_what_is_for_staff(desk, access):
    """Routes know nobody: with any cookie they answer the same, and what the team wrote is never in an answer."""
    exchange = desk.ask("date limite du solde de la vague 1")
    desk.journal.opine(Opinion(exchange.id, "down", 0, None, SECRET))
    desk.journal.note(exchange.id, SECRET, by="Ana")
    before = state_of(desk.journal)
    site = routes.create_site(lambda: desk, load_settings({}), access)
    client = TestClient(site, raise_server_exceptions=False, follow_redirects=False)
    cookies = [{}, *({COOKIE: access.enter("Ana", word, role)} for role, word in STAFF_PASSWORDS.items())]
    wanted = {"doc": "calendrier", "page": "1", "q": "solde", "id": exchange.id, "conversation": exchange.conversation}
    known = [(route.path, method) for route in site.routes for method in getattr(route, "methods", ())]
    assert ("/connexion", "POST") in known
    for path, method in known:
        answers = [
            client.request(method, path, params=wanted, cookies=cookie, json={"question": "solde"})
            for cookie in cookies
        ]
        assert len({answer.status_code for answer in answers}) == 1
        assert not any(SECRET in answer.text for answer in answers)
    assert state_of(desk.journal) == before


def test_events_sent_past_the_page_do_nothing():
    """In a process of its own: Streamlit has one runtime a process, which the tests before this one have used."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(CHECKOUT / "tests/screens/raw_events.py")],
        cwd=CHECKOUT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-4000:]
    assert "3 passed" in run.stdout


class BrokenJournal:
    """A journal that cannot be read, for a reason nobody thought of."""

    def audit_trail(self, *_, **__):
        return 1 / 0


def test_an_error_in_a_screen_ends_as_a_sentence_inside_the_frame(small_assistant, caplog):
    at = AppTest.from_file(APP, default_timeout=30)
    at.session_state["assistant"], at.session_state["access"] = small_assistant, As("support")
    at.session_state["desk"] = Desk(small_assistant, BrokenJournal())
    at.run()
    at.switch_page("assistant/screens/audit.py").run()
    assert not at.exception
    page = shown(at)
    assert wording.UNEXPECTED_SCREEN in page
    assert "ZeroDivision" not in page
    assert 'class="foot"' in page
    assert "ZeroDivisionError" in caplog.text
