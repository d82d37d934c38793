"""Entry point of the web app: settings → assistant (cached) → navigation. Nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.roles import STAFF_SCREENS
from assistant.screens import guard, parts, session, wording

SCREENS = Path(__file__).resolve().parent / "assistant" / "screens"

ask = st.Page(SCREENS / "ask.py", title=wording.ASK, url_path="question", default=True)
pages = [
    ask,
    st.Page(SCREENS / "deadlines.py", title=wording.DEADLINES, url_path="echeances"),
    st.Page(SCREENS / "scopes.py", title=wording.SCOPES, url_path="perimetres"),
    st.Page(SCREENS / "documents.py", title=wording.DOCUMENTS, url_path="documents"),
    st.Page(SCREENS / "about.py", title=wording.ABOUT, url_path="a-propos"),
]
# Open to staff alone: `guard.run` asks `roles.STAFF_SCREENS` who may see which.
staff = [
    st.Page(SCREENS / "review.py", title=wording.REVIEW, url_path="verification"),
    st.Page(SCREENS / "gaps.py", title=wording.GAPS, url_path="manques"),
    st.Page(SCREENS / "audit.py", title=wording.AUDIT, url_path="actions"),
    st.Page(SCREENS / "upkeep.py", title=wording.UPKEEP, url_path="entretien"),
]

parts.styles()
try:
    assistant = session.current_assistant()
    programme = assistant.programme
except Exception as error:  # noqa: BLE001 - the screen is where every error ends as a sentence
    st.set_page_config(page_title=wording.NOT_READY_TITLE, page_icon="💬")
    parts.header(None, [])
    parts.not_ready(session.explain(error, wording.UNEXPECTED))
    st.stop()

screen = st.navigation([*pages, *staff], position="hidden")
open_to_them = [page for page in staff if guard.may(STAFF_SCREENS[page.url_path])]
is_wide = screen in open_to_them
st.set_page_config(
    page_title=f"{screen.title} · {programme.short_name}", page_icon="💬", layout="wide" if is_wide else "centered"
)
parts.header(programme, [*pages, *open_to_them])
guard.who_is_there()
guard.run(screen)
parts.footer(assistant)
