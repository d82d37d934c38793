"""The one place where the screens ask who is there: every staff screen and every staff action passes through here.

A screen named in `roles.STAFF_SCREENS` is run by `guard.run` only for those who may see it; what changes something is
done by `guard.act("…", lambda person: …)` with `by=person.name`. Both judge the person anew on the server, whatever
the page shows.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import nullcontext
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assistant import roles
from assistant.access import COOKIE, Access
from assistant.login_page import PATH
from assistant.markup import element, markdown_text
from assistant.roles import Person, Refused
from assistant.screens import parts, session, wording
from assistant.settings import Settings, load_settings

KEY, SESSION_KEY, FAILURE = "access", "session-key", "failure"
Result = TypeVar("Result")


@st.cache_resource(show_spinner=False)
def shared_access(settings: Settings) -> Access:
    """Who may come in to this process; used by screens and routes alike."""
    from assistant.loading import load_access

    return load_access(settings)


def current_access() -> Access:
    """The access of this process; a test places its own in the session."""
    if KEY in st.session_state:
        placed: Access = st.session_state[KEY]
        return placed
    return shared_access(load_settings())


def person() -> Person:
    """Who is at this page, judged now."""
    access = current_access()
    claims = dict(st.user.to_dict()) if access.has_oidc and st.user.get("is_logged_in") else None
    return access.person(_cookie(), claims, is_local=st.context.ip_address is None)


def may(action: str) -> bool:
    """True when the person may do the action: what to show. What is done is judged by `act`."""
    return roles.allows(person().role, action)


def run(screen: StreamlitPage) -> None:
    """Runs a screen for those who may see it; to others it says how to come in."""
    action = roles.STAFF_SCREENS.get(screen.url_path)
    there = person()
    try:
        if action is not None:
            roles.require(there, action)
    except Refused as error:
        _refuse(there, str(error))
    else:
        failure = st.session_state.pop(FAILURE, None)
        if failure:
            parts.show(element("p", failure, class_="failure", role="alert"))
        with st.container(key="staff") if action else nullcontext():
            _show(screen)


def _show(screen: StreamlitPage) -> None:
    """The screen; what goes wrong in it ends as a sentence, and the frame around it stays."""
    try:
        screen.run()
    except Exception as error:  # noqa: BLE001 - the screen is where every error ends as a sentence
        said = session.explain(error, wording.UNEXPECTED_SCREEN)
        parts.show(element("p", said, class_="failure", role="alert"))


def act(action: str, do: Callable[[Person], Result]) -> Result:
    """What `do` gives, done as the person who is there.

    Raises:
        Refused: the person may not do the action; nothing was done.
    """
    return do(roles.require(person(), action))


def attempt(action: str, do: Callable[[Person], object]) -> bool:
    """Does it as `act` does, for the callback of a button: what went wrong stands on the screen that comes after.

    True when it was done.
    """
    try:
        act(action, do)
    except Exception as error:  # noqa: BLE001 - a callback is where the errors of a screen end as a sentence
        st.session_state[FAILURE] = session.explain(error, wording.UNEXPECTED_ACTION)
        return False
    return True


def count_question() -> None:
    """Counts one question of this page and of its network address.

    Raises:
        TooMany: one of them asks too often.
    """
    session = st.session_state.setdefault(SESSION_KEY, secrets.token_urlsafe(8))
    current_access().count_question(_address(), session)


def leave() -> None:
    """Ends the session of the person who is there."""
    access = current_access()
    if access.has_oidc:
        st.logout()
    access.leave(_cookie())


def who_is_there() -> None:
    """Says to staff who they are, and lets them out."""
    there = person()
    if there.role == "public":
        return
    with st.container(key="who", horizontal=True, vertical_alignment="center", gap="xsmall"):
        words = f"{there.name} · {roles.ROLE_NAMES[there.role]}"
        st.html(element("span", words, class_="meta"), width="content")
        st.button(wording.LOG_OUT, key="log-out", on_click=leave, type="tertiary")


def _cookie() -> str | None:
    """The cookie that this page came with; a test's page has no real one."""
    cookie = st.context.cookies.get(COOKIE)
    return cookie if isinstance(cookie, str) else None


def _address() -> str:
    address = st.context.ip_address  # None for this machine
    return address if isinstance(address, str) else "127.0.0.1"


def _refuse(there: Person, sentence: str) -> None:
    access = current_access()
    parts.title(wording.STAFF_ONLY)
    parts.show(element("p", sentence, class_="failure", role="alert"))
    if there.how != "none":
        st.write(markdown_text(wording.OTHER_ACCOUNT.format(name=there.name)))
        if there.role == "public":  # staff has the button at the top of every screen
            st.button(wording.LOG_OUT, key="log-out", on_click=leave)
    elif access.has_oidc:
        st.button(wording.LOG_IN, key="log-in", on_click=st.login, type="primary")
    elif access.has_password():
        here = urlsplit(st.context.url or "").path.rpartition("/")[2]
        wanted = f"{here}?{urlencode(st.query_params.to_dict())}"
        parts.show(
            element("a", wording.LOG_IN, href=f"{PATH}?{urlencode({'vers': wanted})}", target="_self", class_="button")
        )
    else:
        parts.show(element("p", wording.LOGIN_BY_LINK))
