"""The real entry script, with the assistant made by hand in the session."""

import runpy
import sys
from pathlib import Path

import streamlit as st

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [path for path in (str(CHECKOUT), str(CHECKOUT / "tests" / "screens")) if path not in sys.path]

from fake_assistant import FakeAssistant  # noqa: E402

if "assistant" not in st.session_state:
    st.session_state["assistant"] = FakeAssistant()
runpy.run_path(str(CHECKOUT / "app.py"), run_name="__main__")
