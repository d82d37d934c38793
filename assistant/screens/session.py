"""Where the screens find the assistant: a test's own in the session, else the one that the whole process shares."""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from assistant import days
from assistant.errors import AssistantError
from assistant.records import IndexingError
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.desk import Desk

LOGGER = logging.getLogger("assistant.screens")
KEY, DESK = "assistant", "desk"


@st.cache_resource(show_spinner=False)
def shared_assistant(settings: Settings) -> Assistant:
    """The assistant of this process, opened once and used by screens and routes alike; failures are not kept."""
    from assistant.loading import load_assistant

    return load_assistant(settings)


def current_assistant() -> Assistant:
    """The assistant for this session.

    Raises:
        AssistantError, IndexingError: with the French sentence that says what to do.
    """
    if KEY in st.session_state:
        placed: Assistant = st.session_state[KEY]
        return placed
    return shared_assistant(load_settings())


@st.cache_resource(show_spinner=False)
def shared_desk(settings: Settings) -> Desk:
    """The assistant of this process with its journal; failures are not kept."""
    from assistant.loading import load_desk

    return load_desk(settings, shared_assistant(settings))


def current_desk() -> Desk:
    """The desk for this session; around an assistant that a test placed, with a journal in memory.

    Raises:
        AssistantError, IndexingError: with the French sentence that says what to do.
    """
    if DESK not in st.session_state:
        if KEY not in st.session_state:
            return shared_desk(load_settings())
        from assistant.desk import desk_in_memory

        st.session_state[DESK] = desk_in_memory(st.session_state[KEY])
    placed: Desk = st.session_state[DESK]
    return placed


def explain(error: Exception, unexpected: str) -> str:
    """The sentence a user reads about `error`; what is not one of ours is logged and stays out of sight."""
    if isinstance(error, AssistantError | IndexingError):
        return str(error)
    LOGGER.error("screen failed", exc_info=error)
    return unexpected


def today(assistant: Assistant) -> date:
    """The day that the settings fix, else today where the programme is."""
    return days.today(load_settings().day, assistant.programme.timezone)


def zone() -> ZoneInfo:
    """The time zone of the programme."""
    return ZoneInfo(current_assistant().programme.timezone)
