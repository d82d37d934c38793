"""One document of the corpus on the upkeep screen: its entry in a form, and its withdrawal."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.corpus_desk import CorpusDesk
from assistant.corpus_records import form_of
from assistant.markup import element
from assistant.records import DocumentInfo
from assistant.screens import corpus_acts, corpus_wording, parts, session, upkeep_form

DOCUMENTS = Path(__file__).with_name("documents.py")
ASKED = "asked-to-withdraw"


def show(desk: CorpusDesk, identifier: str) -> None:
    """The document of this id."""
    seen = desk.manifest_seen()
    documents = {info.id: info for info in desk.corpus().documents}
    info = documents.get(identifier)
    if info is None:
        parts.show(element("p", corpus_wording.NO_DOCUMENT, class_="failure"))
        return
    parts.show(element("h2", info.title, class_="subject"))
    parts.show(element("p", element("code", info.path), class_="meta"))
    if any(one.id == identifier for one in session.current_assistant().documents()):
        wanted = {"doc": identifier}
        st.page_link(DOCUMENTS, label=corpus_wording.SEE_DOCUMENT, icon=":material/article:", query_params=wanted)
    if not info.is_listed:
        parts.show(element("p", corpus_wording.NO_ENTRY_YET, class_="kept-to"))
    name = f"doc-{identifier}"
    upkeep_form.open_form(name, form_of(info), seen)
    others = {other: one for other, one in documents.items() if other != identifier}
    with st.container(key="entry-form"):
        trouble = upkeep_form.show_form(name, others, is_new=False)
        with st.container(horizontal=True):
            st.button(
                corpus_wording.SAVE,
                key="save-entry",
                type="primary",
                disabled=bool(trouble),
                on_click=_save,
                args=(name,),
            )
            st.button(
                corpus_wording.REOPEN, key="reopen", type="tertiary", on_click=upkeep_form.close_form, args=(name,)
            )
    _withdrawal(info, [one for one in others.values() if identifier in one.replaces])


def _withdrawal(info: DocumentInfo, replaced_by: list[DocumentInfo]) -> None:
    parts.show(element("h2", corpus_wording.WITHDRAW, class_="section"))
    parts.show(element("p", corpus_wording.WITHDRAW_HINT, class_="meta"))
    if replaced_by:
        titles = ", ".join(f"« {one.title} »" for one in replaced_by)
        parts.show(element("p", corpus_wording.STILL_REPLACED.format(titles=titles), class_="kept-to"))
    if st.session_state.get(ASKED) != info.id:
        st.button(corpus_wording.WITHDRAW, key="withdraw", icon=":material/archive:", on_click=_ask, args=(info.id,))
        return
    with st.container(horizontal=True):
        confirm = corpus_wording.CONFIRM_WITHDRAW
        st.button(confirm, key="confirm-withdraw", type="primary", on_click=corpus_acts.take_out, args=(info.id,))
        st.button(corpus_wording.KEEP, key="keep", on_click=_ask, args=("",))


def _ask(identifier: str) -> None:
    st.session_state[ASKED] = identifier


def _save(name: str) -> None:
    if corpus_acts.keep_entry(upkeep_form.typed(name), upkeep_form.seen(name)):
        upkeep_form.close_form(name)
