"""The part « Vocabulaire » of the upkeep screen: the terms, and one of them in a form beside what names it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant import document_list
from assistant.corpus_desk import Uses, uses
from assistant.corpus_records import TermForm
from assistant.markup import element, markdown_text
from assistant.records import IndexingError, Term
from assistant.screens import corpus_acts, corpus_wording, parts, phrasing, session, upkeep_term

if TYPE_CHECKING:
    from assistant.answering import Assistant

SCREEN = Path(__file__).with_name("upkeep.py")
PART, NEW, SHOWN, AROUND = "vocabulary", "+", 40, 140


def show() -> None:
    """The whole part: the list, or the term that the address names."""
    desk = corpus_acts.corpus_desk()
    wanted = st.query_params.get("term")
    if wanted:
        parts.keep_address()
        st.page_link(SCREEN, label=corpus_wording.ALL_TERMS, icon=":material/arrow_back:", query_params={"part": PART})
    corpus_acts.top()
    seen = desk.vocabulary_seen()
    try:
        terms = desk.terms()
    except IndexingError as error:
        parts.show(element("p", str(error), class_="failure", role="alert"))
        return
    if not wanted:
        _list(terms)
        return
    term = next((term for term in terms if term.id == wanted), None)
    if term is None and wanted != NEW:
        parts.show(element("p", corpus_wording.NO_SUCH_TERM, class_="failure"))
        return
    left, right = st.columns([5, 5], gap="large")
    with left:
        form = upkeep_term.show(desk, term, terms, seen)
    with right:
        _uses(upkeep_term.typed(form))


def _list(terms: Sequence[Term]) -> None:
    parts.show(element("p", corpus_wording.TERMS_INTRODUCTION))
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        words = parts.searched(corpus_wording.FILTER, "words", hint=corpus_wording.TERM_HINT)
        kind = parts.chosen(corpus_wording.TERM_KIND, "kind", corpus_wording.TERM_KINDS)
        st.button(corpus_wording.NEW_TERM, key="new-term", icon=":material/add:", on_click=_open, args=(NEW,))
    kept = [term for term in terms if kind in ("", term.kind) and _matches(term, words)]
    parts.show(element("p", phrasing.counted(len(kept), "terme", "termes"), class_="count", role="status"))
    if not kept:
        parts.show(element("p", corpus_wording.NO_TERMS, class_="kept-to"))
    shown = st.session_state.get("terms-shown", SHOWN)
    with st.container(key="document-list"):
        for place, term in enumerate(kept[:shown]):
            with st.container(key=f"document-{place}"):
                wanted = {"part": PART, "term": term.id}
                st.page_link(SCREEN, label=markdown_text(term.label), query_params=wanted)
                names = ", ".join(term.aliases[:6]) + ("…" if len(term.aliases) > 6 else "")
                said = " · ".join(part for part in (corpus_wording.TERM_KINDS[term.kind], names) if part)
                parts.show(element("p", said, class_="meta"))
    if len(kept) > shown:
        st.button(corpus_wording.MORE, key="more", on_click=_show_more, args=(shown + 2 * SHOWN,))


def _uses(form: TermForm) -> None:
    parts.show(element("h3", corpus_wording.USES, class_="section"))
    assistant = session.current_assistant()
    found = _found(assistant.generation, form, assistant)
    if not found.passages:
        parts.show(element("p", corpus_wording.NO_USE, class_="kept-to"))
        return
    passages = phrasing.counted(found.passages, "passage", "passages")
    documents = phrasing.counted(found.documents, "document", "documents")
    said = corpus_wording.USES_COUNT.format(passages=passages, documents=documents)
    parts.show(element("p", said, class_="count", role="status"))
    for use in found.first:
        named = element("mark", use.text[use.start : use.end])
        quoted = element("blockquote", _end_of(use.text[: use.start]), named, _start_of(use.text[use.end :]))
        parts.show(element("div", quoted, element("p", use.title, class_="meta"), class_="use"))


@st.cache_resource(show_spinner=False, max_entries=32)
def _found(generation: str, form: TermForm, _assistant: Assistant) -> Uses:
    """Where a generation holds the names of a term as typed, looked for once."""
    del generation  # what Streamlit keeps it by
    return uses(_assistant, form)


def _end_of(text: str) -> str:
    """The last words of a text, with an ellipsis when there are others."""
    return text if len(text) <= AROUND else "… " + text[-AROUND:].partition(" ")[2]


def _start_of(text: str) -> str:
    """The first words of a text, likewise."""
    return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0] + " …"


def _matches(term: Term, words: str) -> bool:
    text = document_list.fold(" ".join((term.label, term.id, *term.aliases)))
    return all(word in text for word in document_list.fold(words).split())


def _open(wanted: str) -> None:
    corpus_acts.go(PART, term=wanted)


def _show_more(number: int) -> None:
    st.session_state["terms-shown"] = number
