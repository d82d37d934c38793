"""Thumbs with a reason and a few words, on an answer and on each of its sources."""

from __future__ import annotations

import streamlit as st

from assistant.desk_records import Exchange, Opinion, Reason, Thumb
from assistant.markup import element, markdown_text
from assistant.screens import guard, parts, phrasing, session, staff_wording

TEXT_CHARS = 2000


def badge(exchange: Exchange | None) -> None:
    """Says that an answer was verified by a person, and when."""
    if exchange is not None and exchange.verified is not None:
        said = staff_wording.VERIFIED_BADGE.format(day=phrasing.day(exchange.verified.verified_on))
        parts.show(element("p", element("span", "✓ ", aria_hidden="true"), said, class_="verified-badge"))


def ask_opinion(exchange: Exchange | None) -> None:
    """The thumbs of an answer, and those of its sources folded away."""
    if exchange is None:
        return
    name = exchange.id
    with st.container(key=f"opinion-{name}", horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.html(element("span", staff_wording.ABOUT_ANSWER, class_="label"), width="content")
        _thumbs(name, 0)
        if exchange.answer.citations:
            with st.popover(staff_wording.ABOUT_SOURCES, type="tertiary", key=f"opinion-sources-{name}"):
                for citation in exchange.answer.citations:
                    _on_source(name, citation.number, citation.document.title, citation.span.quote)
    if _given(name, 0) == "down":
        _why(name, 0)
    if any(_given(name, number) for number in (0, *(one.number for one in exchange.answer.citations))):
        parts.show(element("p", staff_wording.THANKS, class_="meta", role="status"))


def _on_source(name: str, number: int, title: str, quote: str) -> None:
    st.write(f"**{number}** " + markdown_text(f"{title} : « {phrasing.shortened(quote)} »"))
    with st.container(horizontal=True, gap="xsmall"):
        _thumbs(name, number)
    if _given(name, number) == "down":
        _why(name, number)


def _thumbs(name: str, number: int) -> None:
    given = _given(name, number)
    thumbs: tuple[tuple[Thumb, str, str], ...] = (
        ("up", staff_wording.HELPFUL, ":material/thumb_up:"),
        ("down", staff_wording.NOT_HELPFUL, ":material/thumb_down:"),
    )
    for thumb, label, icon in thumbs:
        st.button(
            label,
            key=f"thumb-{thumb}-{name}-{number}",
            icon=icon,
            type="secondary" if given == thumb else "tertiary",
            on_click=_opine,
            args=(name, number, thumb),
        )


def _why(name: str, number: int) -> None:
    with st.form(key=f"why-{name}-{number}", border=False):
        st.pills(
            staff_wording.WHAT_IS_WRONG,
            list(staff_wording.REASONS),
            format_func=lambda reason: staff_wording.REASONS[reason],
            key=f"reason-{name}-{number}",
        )
        st.text_area(staff_wording.IN_YOUR_WORDS, key=f"words-{name}-{number}", max_chars=TEXT_CHARS, height=80)
        st.form_submit_button(staff_wording.SEND_OPINION, on_click=_opine, args=(name, number, "down"))


def _given(name: str, number: int) -> Thumb | None:
    given: Thumb | None = st.session_state.get(f"given-{name}-{number}")
    return given


def _opine(name: str, number: int, thumb: Thumb) -> None:
    """Keeps an opinion; one of the same person on the same thing replaces the one before."""
    state = st.session_state
    reason: Reason | None = state.get(f"reason-{name}-{number}") if thumb == "down" else None
    words = str(state.get(f"words-{name}-{number}") or "").strip()[:TEXT_CHARS] if thumb == "down" else ""
    opinion = Opinion(name, thumb, number, reason, words)
    if guard.attempt("give-opinion", lambda _: session.current_desk().journal.opine(opinion)):
        state[f"given-{name}-{number}"] = thumb
