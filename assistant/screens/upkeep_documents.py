"""The part « Documents » of the upkeep screen: files dropped, the corpus as it is now, what was withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant import document_list
from assistant.corpus_desk import MAX_DROPPED_BYTES, CorpusDesk
from assistant.document_markup import source_line
from assistant.markup import element, join, markdown_text
from assistant.records import DocumentInfo, IndexingError
from assistant.screens import corpus_acts, corpus_wording, parts, phrasing, upkeep_document, upkeep_file

SCREEN = Path(__file__).with_name("upkeep.py")
PART, SHOWN = "documents", 20


def show() -> None:
    """The whole part: the lists, one file that waits, or one document."""
    desk = corpus_acts.corpus_desk()
    file, document = st.query_params.get("file"), st.query_params.get("doc")
    if file or document:
        parts.keep_address()
        st.page_link(SCREEN, label=corpus_wording.BACK, icon=":material/arrow_back:", query_params={"part": PART})
    corpus_acts.top()
    if file:
        upkeep_file.show(desk, file)
    elif document:
        upkeep_document.show(desk, document)
    else:
        _drop()
        _waiting(desk)
        _corpus(desk)
        _withdrawn(desk)


def _drop() -> None:
    parts.show(element("h2", corpus_wording.DROP, class_="section"))
    megabytes = MAX_DROPPED_BYTES // 2**20
    parts.show(element("p", corpus_wording.DROP_HINT.format(megabytes=megabytes), class_="meta"))
    key = f"drop-{st.session_state.get(corpus_acts.DROPS, 0)}"
    st.file_uploader(
        corpus_wording.DROP,
        accept_multiple_files=True,
        key=key,
        on_change=corpus_acts.take_files,
        args=(key,),
        label_visibility="collapsed",
        max_upload_size=megabytes,
    )


def _waiting(desk: CorpusDesk) -> None:
    waiting = desk.waiting()
    if not waiting:
        return
    parts.show(element("h2", corpus_wording.WAITING, class_="section"))
    with st.container(key="waiting"):
        for file in waiting:
            with st.container(key=f"waiting-{file.id}", horizontal=True, vertical_alignment="center"):
                wanted = {"part": PART, "file": file.id}
                st.page_link(SCREEN, label=markdown_text(file.name), query_params=wanted, width="stretch")
                st.html(element("span", phrasing.megabytes(file.path.stat().st_size), class_="meta"), width="content")
                label = corpus_wording.DISCARD
                st.button(label, key=f"discard-{file.id}", on_click=corpus_acts.let_go, args=(file.id, file.name))


def _corpus(desk: CorpusDesk) -> None:
    parts.show(element("h2", corpus_wording.IN_CORPUS, class_="section"))
    try:
        corpus = desk.corpus()
    except IndexingError as error:
        parts.show(element("p", str(error), class_="failure", role="alert"))
        return
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        words = parts.searched(corpus_wording.FILTER, "words", hint=corpus_wording.FILTER_HINT)
        is_bare = parts.ticked(corpus_wording.ONLY_WITHOUT_ENTRY, "bare")
    kept = [one for one in corpus.documents if _matches(one, words) and not (is_bare and one.is_listed)]
    parts.show(element("p", phrasing.counted(len(kept), "document", "documents"), class_="count", role="status"))
    if corpus.warnings:
        parts.show(element("ul", *(element("li", warning) for warning in corpus.warnings), class_="warnings"))
    if not kept:
        parts.show(element("p", corpus_wording.NONE_FOUND, class_="kept-to"))
    _list(kept)


def _list(documents: Sequence[DocumentInfo]) -> None:
    shown = st.session_state.get("corpus-shown", SHOWN)
    with st.container(key="document-list"):
        for place, info in enumerate(documents[:shown]):
            with st.container(key=f"document-{place}"):
                wanted = {"part": PART, "doc": info.id}
                st.page_link(SCREEN, label=markdown_text(info.title), query_params=wanted)
                badge = (
                    None if info.is_listed else element("span", corpus_wording.WITHOUT_ENTRY, class_="badge replaced")
                )
                line = source_line(info) if info.is_listed else ""
                parts.show(
                    element("p", line, " · " if line else "", element("code", info.path), " ", badge, class_="meta")
                )
    if len(documents) > shown:
        st.button(corpus_wording.MORE, key="more", on_click=_show_more, args=(shown + 3 * SHOWN,))


def _withdrawn(desk: CorpusDesk) -> None:
    withdrawn = desk.withdrawn()
    if not withdrawn:
        return
    title = element("h2", corpus_wording.WITHDRAWN, class_="section")
    parts.show(join(title, element("p", corpus_wording.WITHDRAWN_HINT, class_="meta")))
    with st.container(key="withdrawn"):
        for one in withdrawn:
            with st.container(key=f"withdrawn-{one.number}", horizontal=True, vertical_alignment="center"):
                said = join(element("p", one.title), element("p", element("code", one.path), class_="meta"))
                st.html(said, width="stretch")
                label = corpus_wording.TAKE_BACK
                st.button(label, key=f"take-back-{one.number}", on_click=corpus_acts.put_back, args=(one.number,))


def _matches(info: DocumentInfo, words: str) -> bool:
    text = document_list.fold(f"{info.title} {info.path} {info.id}")
    return all(word in text for word in document_list.fold(words).split())


def _show_more(number: int) -> None:
    st.session_state["corpus-shown"] = number
