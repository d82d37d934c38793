"""Runs of the real entry script with an assistant made by hand."""

from pathlib import Path

from screens.fake_assistant import FakeAssistant
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).resolve().parents[2] / "app.py")


def opened(assistant=None, **parameters) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=20)
    at.session_state["assistant"] = assistant or FakeAssistant()
    for name, value in parameters.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def shown(at: AppTest) -> str:
    return "\n".join(block.body for block in at.html)


def ask(at: AppTest, question: str) -> AppTest:
    at.chat_input[0].set_value(question).run()
    assert not at.exception
    return at
