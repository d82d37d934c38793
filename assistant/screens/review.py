"""The review screen: the queue of exchanges to check, those touched by a changed document, and one exchange."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant import review_markup
from assistant.affected import affected
from assistant.desk_records import REVIEW_STATES, QueueFilter, QueueItem
from assistant.markup import element, markdown_text
from assistant.queueing import queue
from assistant.screens import guard, parts, phrasing, review_acts, review_exchange, session, staff_wording, wording

if TYPE_CHECKING:
    from assistant.desk import Desk

LIMIT, SHOWN = 500, 30
AFFECTED = "affected"


def screen() -> None:
    """The whole screen: what the address asks for."""
    desk = session.current_desk()
    desk.refresh()
    done = st.session_state.pop(review_acts.DONE, None)
    if done:
        parts.show(element("p", done, class_="done", role="status"))
    if name := st.query_params.get("id"):
        parts.keep_address()
        review_exchange.screen(desk, name)
    elif st.query_params.get("view") == AFFECTED:
        _affected(desk)
    else:
        _queue(desk)


def _queue(desk: Desk) -> None:
    parts.title(wording.REVIEW, staff_wording.REVIEW_INTRODUCTION)
    state = st.query_params.get("state", "to_check")
    wanted, order = _filter(desk, state)
    found = queue(desk.journal, wanted, day=session.today(desk.assistant), limit=LIMIT)
    items = sorted_by(found.items, order)
    numbers: dict[str, int] = {name: found.counts[name] for name in REVIEW_STATES}
    numbers["all"] = sum(numbers.values())
    review_acts.keep_order([item.exchange for item in items])
    with st.container(key="review-states", horizontal=True, gap="xsmall", vertical_alignment="center"):
        for name in (*REVIEW_STATES, "all"):
            label = f"{staff_wording.STATES.get(name, staff_wording.EVERY_STATE)} ({numbers[name]})"
            shown = "primary" if name == state else "secondary"
            st.button(label, key=f"state-{name}", type=shown, on_click=_show_state, args=(name,))  # type: ignore[arg-type]
        if items:
            st.space("stretch")
            st.button(
                staff_wording.START, key="start", shortcut="O", on_click=review_acts.go, args=(items[0].exchange,)
            )
    parts.show(element("p", staff_wording.KEYBOARD, class_="meta"))
    _touched(desk)
    if not items:
        parts.show(element("p", staff_wording.EMPTY_QUEUE, class_="kept-to"))
    _list(items)


def sorted_by(items: Sequence[QueueItem], order: str) -> list[QueueItem]:
    """The items in another order than the one of the queue, which puts the most useful first."""
    keys = {
        "recent": lambda item: -item.asked_at.timestamp(),
        "unsure": lambda item: item.confidence,
        "often": lambda item: -item.asked,
    }
    return sorted(items, key=keys[order]) if order in keys else list(items)


def _filter(desk: Desk, state: str) -> tuple[QueueFilter, str]:
    documents = {info.id: info.title for info in desk.assistant.documents()}
    terms = {term.id: term.label for term in desk.assistant.vocabulary.terms}
    me = guard.person().name
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        words = parts.searched(staff_wording.SEARCH, "words")
        outcome = parts.chosen(staff_wording.OUTCOME, "outcome", staff_wording.OUTCOMES)
        thumb = parts.chosen(staff_wording.OPINION, "opinion", staff_wording.OPINIONS)
        below = parts.chosen(staff_wording.CONFIDENCE, "below", staff_wording.BELOW)
        assignee = parts.chosen(staff_wording.ASSIGNEE, "assignee", {me: staff_wording.ME})
        term = parts.chosen(staff_wording.TERM, "term", terms)
        document = parts.chosen(staff_wording.DOCUMENT, "cites", documents)
        order = parts.chosen(staff_wording.ORDER, "order", staff_wording.SORTS, every=staff_wording.USEFUL_FIRST)
    wanted = QueueFilter(
        state=state if state in REVIEW_STATES else None,
        outcome=outcome or None,
        thumb=thumb or None,  # type: ignore[arg-type]
        assignee=assignee or None,
        term=term or None,
        document=document or None,
        below=float(below) if below else None,
        text=words,
    )
    return wanted, order


def _list(items: Sequence[QueueItem]) -> None:
    shown = st.session_state.get("review-shown", SHOWN)
    with st.container(key="queue"):
        for item in items[:shown]:
            with st.container(key=f"item-{item.exchange}"):
                st.page_link(__file__, label=markdown_text(item.question), query_params={"id": item.exchange})
                parts.show(review_markup.queue_line(item))
    if len(items) > shown:
        st.button(staff_wording.MORE, key="more", on_click=_show_more, args=(shown + SHOWN,))


def _show_state(name: str) -> None:
    st.query_params["state"] = name
    st.session_state.pop("review-shown", None)


def _show_more(number: int) -> None:
    st.session_state["review-shown"] = number


def _touched(desk: Desk) -> None:
    number = len(affected(desk.assistant, desk.journal))
    if number:
        label = staff_wording.AFFECTED_COUNT.format(number=phrasing.counted(number, "réponse", "réponses"))
        st.page_link(__file__, label=label, query_params={"view": AFFECTED}, icon=":material/history:")


def _affected(desk: Desk) -> None:
    st.page_link(__file__, label=staff_wording.BACK_TO_QUEUE, icon=":material/arrow_back:")
    parts.title(staff_wording.AFFECTED, staff_wording.AFFECTED_INTRODUCTION)
    found = affected(desk.assistant, desk.journal)
    if not found:
        parts.show(element("p", staff_wording.NONE_AFFECTED, class_="kept-to"))
    with st.container(key="queue"):
        for place, one in enumerate(found):
            with st.container(key=f"touched-{place}"):
                st.page_link(__file__, label=markdown_text(one.question), query_params={"id": one.exchange})
                parts.show(review_markup.touched(one))


if __name__ == "__main__":
    screen()
