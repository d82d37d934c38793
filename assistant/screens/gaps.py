"""The gaps screen: what could not be answered or displeased, week by week, and what the documents do not cover."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import streamlit as st

from assistant import gap_markup, week_markup
from assistant.figures import to_csv, weekly
from assistant.gaps import Group, draft_document, grid, missing
from assistant.markup import element
from assistant.screens import guard, parts, session, staff_wording, wording

if TYPE_CHECKING:
    from assistant.desk import Desk

DAYS, SHOWN = 90, 25
DRAFT = "draft-document"


def screen() -> None:
    """The whole screen."""
    desk = session.current_desk()
    title = st.container()
    with st.container(key="period"):
        period = parts.chosen(
            staff_wording.PERIOD, "days", staff_wording.PERIODS, every=staff_wording.PERIODS[str(DAYS)]
        )
    days = int(period or DAYS)
    with title:
        parts.title(wording.GAPS, staff_wording.GAPS_INTRODUCTION.format(days=days))
    _draft()
    _groups(desk, days)
    _weeks(desk)
    _grid(desk, days)


def _groups(desk: Desk, days: int) -> None:
    groups = missing(desk.assistant, desk.journal, day=session.today(desk.assistant), days=days)
    if not groups:
        parts.show(element("p", staff_wording.NO_GAPS, class_="kept-to"))
    with st.container(key="gaps"):
        for place, one in enumerate(groups[:SHOWN]):
            with st.container(key=f"gap-{place}"):
                parts.show(element("h2", one.title, class_="gap-title"))
                parts.show(gap_markup.group(one))
                parts.show(gap_markup.questions(one))
                label = staff_wording.WRITE_DOCUMENT
                st.button(
                    label, key=f"write-{place}", type="tertiary", icon=":material/edit:", on_click=_start, args=(one,)
                )


def _start(one: Group) -> None:
    """Starts a document with the questions of a group; the start is noted in the trail."""
    desk = session.current_desk()
    programme = desk.assistant.programme
    if guard.attempt("start-document", lambda person: desk.journal.audit(person.name, "start-document", "", one.title)):
        st.session_state[DRAFT] = (one.title, draft_document(one, programme))


def _draft() -> None:
    started: tuple[str, str] | None = st.session_state.get(DRAFT)
    if started is None:
        return
    title, text = started
    with st.container(key="draft", border=True):
        parts.show(element("h2", staff_wording.DRAFT, class_="section"))
        written = st.text_area(staff_wording.DRAFT_HINT, text, key=f"draft-{title}", height=320)
        with st.container(horizontal=True):
            label = staff_wording.DOWNLOAD_DRAFT
            st.download_button(label, written or "", f"{_file_name(title)}.md", "text/markdown", on_click="ignore")
            st.button(staff_wording.CLOSE_DRAFT, type="tertiary", on_click=st.session_state.pop, args=(DRAFT, None))


def _file_name(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "document"


def _weeks(desk: Desk) -> None:
    figures = weekly(desk.journal, day=session.today(desk.assistant))
    parts.show(element("h2", staff_wording.WEEKS_TITLE, class_="section"))
    parts.show(week_markup.weeks(figures))
    st.download_button(
        staff_wording.DOWNLOAD_WEEKS, to_csv(figures), "semaines.csv", "text/csv", key="weeks-csv", on_click="ignore"
    )


def _grid(desk: Desk, days: int) -> None:
    parts.show(element("h2", staff_wording.GRID_TITLE, class_="section"))
    parts.show(element("p", staff_wording.GRID_INTRODUCTION, class_="meta"))
    shown = gap_markup.grid(grid(desk.assistant, desk.journal, day=session.today(desk.assistant), days=days))
    parts.show(shown or element("p", staff_wording.NO_GRID, class_="kept-to"))


if __name__ == "__main__":
    screen()
