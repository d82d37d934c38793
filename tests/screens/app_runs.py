"""Runs of the real entry script with an assistant made by hand."""

from pathlib import Path

from screens.fake_assistant import FakeAssistant
from streamlit.testing.v1 import AppTest

from assistant.access import Access
from assistant.access_settings import AccessSettings
from assistant.passwords import Passwords
from assistant.roles import NOBODY, Person
from assistant.screens import wording

APP = str(Path(__file__).resolve().parents[2] / "app.py")


def assert_sound(at: AppTest) -> None:
    """The run ended without an error, neither shown by Streamlit nor told as a sentence."""
    assert not at.exception
    assert not any(wording.UNEXPECTED_SCREEN in block.body for block in at.html)


def opened(assistant=None, **parameters) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=20)
    at.session_state["assistant"] = assistant or FakeAssistant()
    for name, value in parameters.items():
        at.query_params[name] = value
    at.run()
    assert_sound(at)
    return at


def shown(at: AppTest) -> str:
    return "\n".join(block.body for block in at.html)


def ask(at: AppTest, question: str) -> AppTest:
    at.chat_input[0].set_value(question).run()
    assert_sound(at)
    return at


class As(Access):
    """An access at which a given role is there; a test may change it while a page is open."""

    def __init__(self, role):
        super().__init__(AccessSettings(), Passwords(Path("/nonexistent/access.json")))
        self.role = role

    def person(self, cookie, claims, *, is_local):
        return NOBODY if self.role == "public" else Person("Ana", self.role, "password")


def opened_at(screen, assistant=None, **parameters) -> AppTest:
    """A public screen, as its address with these parameters opens it."""
    at = opened(assistant)
    for name, value in parameters.items():
        at.query_params[name] = value
    at.switch_page(f"assistant/screens/{screen}.py").run()
    assert_sound(at)
    return at


def staffed(desk, role, screen, **parameters) -> AppTest:
    """A page of a staff screen, opened by somebody of this role."""
    at = AppTest.from_file(APP, default_timeout=30)
    at.session_state["assistant"], at.session_state["desk"] = desk.assistant, desk
    at.session_state["access"] = As(role)
    for name, value in parameters.items():
        at.query_params[name] = value
    at.run()  # the pages are known from the first run on
    at.switch_page(f"assistant/screens/{screen}.py").run()
    assert_sound(at)
    return at


def press(at: AppTest, key: str) -> AppTest:
    next(button for button in at.button if button.key == key).click().run()
    assert_sound(at)
    return at
