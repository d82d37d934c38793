"""The evidence for one exchange, and its replay on the index in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant import replay_markup
from assistant.desk_records import Exchange
from assistant.evidence import evidence
from assistant.markup import element
from assistant.replaying import replay
from assistant.screens import guard, parts, staff_wording

if TYPE_CHECKING:
    from assistant.desk import Desk


def show_evidence(desk: Desk, exchange: Exchange) -> None:
    """What the search finds for the exchange's query, and what of it was cited."""
    found = evidence(desk.assistant, exchange)
    parts.show(element("p", staff_wording.EVIDENCE_INTRODUCTION))
    if found.has_changed:
        parts.show(element("p", staff_wording.GENERATION_CHANGED, class_="kept-to"))
    parts.show(element("p", staff_wording.SEARCHED.format(query=found.query), class_="meta"))
    parts.show(replay_markup.evidence(found))


def show_replay(desk: Desk, exchange: Exchange) -> None:
    """The exchange asked again, what differs and why."""
    parts.show(element("p", staff_wording.REPLAY_INTRODUCTION))
    with st.spinner(staff_wording.VIEWS["replay"]):
        done = guard.act("replay", lambda _: replay(desk.assistant, exchange))
    parts.show(replay_markup.replay(done))
