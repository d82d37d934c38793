"""The real entry script, with the assistant made by hand in the session, and one journal for all sessions."""

import runpy
import sys
from pathlib import Path

import streamlit as st

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [path for path in (str(CHECKOUT), str(CHECKOUT / "tests" / "screens")) if path not in sys.path]

from fake_assistant import FakeAssistant  # noqa: E402

from assistant.desk import Desk, desk_in_memory  # noqa: E402


@st.cache_resource(show_spinner=False)
def shared() -> Desk:
    """The desk of this server."""
    return desk_in_memory(FakeAssistant())


st.session_state.setdefault("desk", shared())
st.session_state.setdefault("assistant", shared().assistant)
runpy.run_path(str(CHECKOUT / "app.py"), run_name="__main__")
