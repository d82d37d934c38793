"""What the buttons of the review screens do, each through the guard; the order of the queue is kept for « next »."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.desk_records import Review, ReviewState, Verdict
from assistant.roles import Person
from assistant.screens import guard, session, staff_wording
from assistant.verifying import confirm

ORDER, DONE = "review-order", "review-done"


def keep_order(names: Sequence[str]) -> None:
    """Remembers in which order the queue showed its exchanges."""
    st.session_state[ORDER] = list(names)


def neighbour(name: str, step: int) -> str | None:
    """The exchange that comes `step` places after this one in the queue as it was shown."""
    order: list[str] = st.session_state.get(ORDER, [])
    place = order.index(name) + step if name in order else (0 if step > 0 else -1)
    return order[place] if 0 <= place < len(order) and order[place] != name else None


def go(name: str | None) -> None:
    """Opens an exchange; the queue when there is none."""
    for parameter in ("view", "id"):
        st.query_params.pop(parameter, None)
    if name is not None:
        st.query_params["id"] = name


def step(name: str, places: int) -> None:
    """Opens the exchange so many places further in the queue; the queue at its ends."""
    go(neighbour(name, places))


def view(wanted: str) -> None:
    """Shows the exchange in another way."""
    st.query_params["view"] = wanted


def settle(name: str, state: ReviewState) -> None:
    """Sets the state of an exchange and goes to the next one."""
    journal = session.current_desk().journal
    if guard.attempt("judge-exchange", lambda person: journal.set_state(name, state, by=person.name)):
        following = neighbour(name, 1)
        said = staff_wording.WAS_DONE.format(what=staff_wording.STATE_OF[state])
        st.session_state[DONE] = said if following else f"{said} {staff_wording.DONE_ALL}"
        go(following)


def serve_as_it_is(name: str) -> None:
    """Makes the answer a verified one, served first to the same question, and goes on to the next exchange."""
    desk = session.current_desk()
    if guard.attempt("verify-answer", lambda person: confirm(desk, name, by=person.name)):
        st.session_state[DONE] = staff_wording.SAVED
        go(neighbour(name, 1))


def judge(name: str, number: int, verdict: Verdict, numbers: Sequence[int]) -> None:
    """Judges a citation and shows the next one that is not judged yet."""
    journal = session.current_desk().journal
    if guard.attempt("judge-citation", lambda person: journal.judge(name, number, verdict, by=person.name)):
        judged = journal.review(name).verdicts
        later = [other for other in (*numbers[numbers.index(number) :], *numbers) if other not in judged]
        show_citation(name, later[0] if later else number)


def judge_all(name: str, numbers: Sequence[int]) -> None:
    """Says of every citation not judged yet that it supports its claim."""
    journal = session.current_desk().journal
    left = [number for number in numbers if number not in journal.review(name).verdicts]

    def support(person: Person) -> None:
        for number in left:
            journal.judge(name, number, "supports", by=person.name)

    guard.attempt("judge-citation", support)


def show_citation(name: str, number: int) -> None:
    """Shows another citation of an exchange."""
    st.session_state[f"citation-{name}"] = number


def citation_shown(name: str, numbers: Sequence[int]) -> int | None:
    """The citation that is shown: the one chosen, else the first."""
    chosen: int | None = st.session_state.get(f"citation-{name}")
    return chosen if chosen in numbers else next(iter(numbers), None)


def assign(review: Review) -> None:
    """Takes an exchange, or gives it back when it is one's own."""
    journal = session.current_desk().journal
    name = review.exchange
    guard.attempt(
        "assign",
        lambda person: journal.assign(name, None if review.assignee == person.name else person.name, by=person.name),
    )


def note(name: str, key: str) -> None:
    """Adds the note that stands in the box of this key."""
    journal = session.current_desk().journal
    text = str(st.session_state.get(key) or "").strip()
    if text and guard.attempt("note", lambda person: journal.note(name, text, by=person.name)):
        st.session_state[key] = ""
