"""The part « Historique » of the upkeep screen: the generations that are kept, and the way back to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import streamlit as st

from assistant import build_markup
from assistant.desk_records import Choice
from assistant.errors import AssistantError
from assistant.markup import Html, element, join
from assistant.roles import Person
from assistant.screens import guard, parts, phrasing, session, staff_phrasing, upkeep_wording
from assistant.settings import load_settings
from assistant.upkeep import Made, choices, go_back, history

CHOSEN, DONE = "generation-chosen", "generation-done"


def show() -> None:
    """The whole part."""
    parts.show(element("p", upkeep_wording.HISTORY_INTRODUCTION, class_="meta"))
    done = st.session_state.pop(DONE, None)
    if done:
        parts.show(element("p", done, class_="done", role="status"))
    made = history(load_settings().index, _chosen())
    if not made:
        parts.show(element("p", upkeep_wording.NO_GENERATION, class_="kept-to"))
    zone = session.zone()
    with st.container(key="generations"):
        for one in made:
            with st.container(key=f"generation-{one.name}"):
                parts.show(card(one, zone))
                _acts(one)


def _chosen() -> Sequence[Choice]:
    """What several machines were told to serve; a database that does not answer hides nothing else."""
    try:
        return choices(load_settings())
    except AssistantError as error:
        parts.show(element("p", str(error), class_="failure", role="alert"))
        return ()


def card(one: Made, zone: ZoneInfo) -> Html:
    """One generation: whether it is in use, what it holds, how it came to be."""
    state = "current" if one.is_current else "unusable" if one.trouble else "kept"
    label = {
        "current": upkeep_wording.CURRENT,
        "unusable": upkeep_wording.UNUSABLE,
        "kept": upkeep_wording.KEPT,
    }[state]
    head = element("p", element("strong", one.name), " ", element("span", label, class_=f"badge made {state}"))
    if one.trouble:
        return join(head, element("p", one.trouble, class_="meta"))
    built = upkeep_wording.BUILT_AT.format(
        moment=build_markup.moment(one.built_at, zone), by=build_markup.asker(one.built_by)
    )
    counts = upkeep_wording.COUNTS.format(
        documents=phrasing.counted(one.documents, "document", "documents"),
        passages=phrasing.counted(one.passages, "passage", "passages"),
        deadlines=phrasing.counted(one.deadlines, "échéance", "échéances"),
    )
    chosen = [
        upkeep_wording.CHOSEN_AT.format(moment=staff_phrasing.moment(choice.chosen_at, zone), by=choice.chosen_by)
        for choice in one.chosen
    ]
    refused = phrasing.counted(one.refused, *upkeep_wording.REFUSED)
    because = upkeep_wording.ACCEPTED_BECAUSE.format(reason=one.accepted_because)
    return join(
        head,
        element("p", f"{built} · {counts}", class_="meta"),
        *(element("p", line, class_="meta") for line in chosen),
        element("p", refused, class_="meta") if one.refused else None,
        element("p", one.gate.splitlines()[0], class_="meta") if one.gate else None,
        element("p", because, class_="reason") if one.accepted_because else None,
    )


def _acts(one: Made) -> None:
    if one.trouble:
        return
    if st.session_state.get(CHOSEN) == one.name and not one.is_current:
        parts.show(element("p", upkeep_wording.GO_BACK_SURE.format(name=one.name), class_="failure", role="alert"))
        with st.container(key=f"sure-{one.name}", horizontal=True, gap="xsmall"):
            label = upkeep_wording.CONFIRM
            st.button(label, key=f"go-back-{one.name}", type="primary", on_click=_go_back, args=(one.name,))
            st.button(upkeep_wording.RENOUNCE, key=f"renounce-{one.name}", on_click=_choose, args=(None,))
        return
    with st.container(key=f"acts-{one.name}", horizontal=True, gap="xsmall"):
        label = upkeep_wording.SEE_CHANGES
        st.button(label, key=f"changes-{one.name}", type="tertiary", on_click=_see_changes, args=(one.name,))
        if not one.is_current:
            label = upkeep_wording.GO_BACK
            st.button(label, key=f"choose-{one.name}", on_click=_choose, args=(one.name,))


def _choose(name: str | None) -> None:
    st.session_state[CHOSEN] = name


def _see_changes(name: str) -> None:
    st.query_params.from_dict({"part": "changes", "generation": name})


def _go_back(name: str) -> None:
    desk = session.current_desk()

    def do(person: Person) -> None:
        desk.journal.audit(person.name, "go-back", name)
        go_back(load_settings(), name, by=person.name)

    if guard.attempt("build-index", do):
        st.session_state[DONE] = upkeep_wording.WENT_BACK.format(name=name)
    _choose(None)
