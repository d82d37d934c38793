"""Where the screens find the assistant: a test's own in the session, else the one that the whole process shares."""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from assistant import days
from assistant.errors import AssistantError
from assistant.records import IndexingError
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.answering import Assistant

LOGGER = logging.getLogger("assistant.screens")
KEY = "assistant"


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


def explain(error: Exception, unexpected: str) -> str:
    """The sentence a user reads about `error`; what is not one of ours is logged and stays out of sight."""
    if isinstance(error, AssistantError | IndexingError):
        return str(error)
    LOGGER.error("screen failed", exc_info=error)
    return unexpected


def today(assistant: Assistant) -> date:
    """The day that the settings fix, else today where the programme is."""
    return days.today(load_settings().day, assistant.programme.timezone)
