"""What the buttons of the corpus do, each through the guard; and what both parts show at their top."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.corpus_desk import CorpusDesk
from assistant.corpus_records import Change, EntryForm, TermForm
from assistant.markup import element
from assistant.records import IndexingError
from assistant.roles import Person
from assistant.screens import corpus_wording, guard, parts, phrasing, session, staff_phrasing
from assistant.settings import load_settings

DONE, DROPS = "corpus-done", "corpus-drops"


def corpus_desk() -> CorpusDesk:
    """The corpus of the settings, with the journal of this session."""
    return CorpusDesk(load_settings(), session.current_desk().journal)


def top() -> None:
    """What was just done, what changes when, and the way back."""
    desk = corpus_desk()
    done = st.session_state.pop(DONE, None)
    if done:
        parts.show(element("p", done, class_="done", role="status"))
    if not desk.is_writable():
        parts.show(element("p", corpus_wording.READ_ONLY.format(folder=desk.folder), class_="failure", role="alert"))
    last = desk.last_change()
    with st.container(key="corpus-top", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key="corpus-said", width="stretch"):
            parts.show(element("p", corpus_wording.NOT_YET, class_="meta"))
            if last is not None:
                parts.show(element("p", staff_phrasing.last_change(last, session.zone()), class_="meta"))
        if last is not None:
            st.button(corpus_wording.UNDO, key="undo", icon=":material/undo:", on_click=take_undo, args=(last.number,))
        st.button(corpus_wording.TO_BUILD, key="to-build", icon=":material/build:", on_click=go, args=("build",))


def go(part: str, **parameters: str) -> None:
    """Another part of the screen, or another view of it."""
    st.query_params.from_dict({"part": part, **parameters})


def take_undo(number: int) -> None:
    """Undoes the last change that the page showed."""
    desk = corpus_desk()
    undone = corpus_wording.UNDONE
    guard.attempt("change-corpus", lambda person: _made(desk.undo(number, by=person.name), undone))


def take_files(key: str) -> None:
    """Puts dropped files aside; those that are refused are named, the others wait."""
    desk = corpus_desk()
    troubles: list[str] = []
    received: list[str] = []

    def keep(person: Person) -> None:
        for file in st.session_state.get(key) or []:
            try:
                received.append(desk.receive(file.name, file.getvalue(), by=person.name).id)
            except IndexingError as error:
                troubles.append(str(error))

    guard.attempt("change-corpus", keep)
    if troubles:
        st.session_state[guard.FAILURE] = "\n".join(troubles)
    if received:
        number = phrasing.counted(len(set(received)), "fichier", "fichiers")
        st.session_state[DONE] = corpus_wording.RECEIVED.format(number=number)
    st.session_state[DROPS] = st.session_state.get(DROPS, 0) + 1  # an empty box for the next ones


def let_go(identifier: str, name: str) -> None:
    """Lets a file that waits go."""
    desk = corpus_desk()
    if guard.attempt("change-corpus", lambda person: desk.discard(identifier, by=person.name)):
        st.session_state[DONE] = corpus_wording.DISCARDED.format(name=name)
        go("documents")


def with_waiting(act: Callable[[], None]) -> None:
    """Stops or begins the reading of a file that waits; nothing else changes."""
    guard.attempt("change-corpus", lambda _: act())


def keep_entry(form: EntryForm, seen: str) -> bool:
    """Writes the entry of a document of the corpus."""
    desk = corpus_desk()
    return guard.attempt("change-corpus", lambda person: _made(desk.save_entry(form, seen=seen, by=person.name)))


def take_in(identifier: str, form: EntryForm, seen: str, ends: str) -> bool:
    """Takes a file that waits into the corpus; those it replaces are valid until `ends`, if given."""
    desk = corpus_desk()

    def add(person: Person) -> None:
        paths = {info.id: info.path for info in desk.corpus().documents} if ends else {}
        until = {paths[name]: ends for name in form.replaces if name in paths}
        _made(desk.add_document(identifier, form, seen=seen, by=person.name, ends=until))

    return guard.attempt("change-corpus", add)


def take_out(identifier: str) -> None:
    """Withdraws the document of this id, as the corpus now describes it."""
    desk = corpus_desk()

    def leave(person: Person) -> None:
        seen = desk.manifest_seen()
        _made(desk.withdraw(desk.document(identifier), seen=seen, by=person.name))

    if guard.attempt("change-corpus", leave):
        go("documents")


def put_back(number: int) -> None:
    """Puts a withdrawn document back."""
    desk = corpus_desk()

    def bring(person: Person) -> None:
        _made(desk.take_back(number, seen=desk.manifest_seen(), by=person.name))

    guard.attempt("change-corpus", bring)


def keep_term(form: TermForm, seen: str, *, is_new: bool, shares: bool) -> bool:
    """Writes a term of the vocabulary."""
    desk = corpus_desk()

    def write(person: Person) -> None:
        _made(desk.save_term(form, seen=seen, by=person.name, is_new=is_new, shares=shares))

    return guard.attempt("change-corpus", write)


def drop_term(identifier: str) -> None:
    """Takes a term out of the vocabulary."""
    desk = corpus_desk()

    def drop(person: Person) -> None:
        _made(desk.remove_term(identifier, seen=desk.vocabulary_seen(), by=person.name))

    if guard.attempt("change-corpus", drop):
        go("vocabulary")


def _made(change: Change, said: str = corpus_wording.SAVED) -> None:
    """Keeps what a change did, to be said by the page that comes after."""
    st.session_state[DONE] = said.format(what=change.what[:1].lower() + change.what[1:])
