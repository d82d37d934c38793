"""The documents screen: everything that was read, and each document as it was read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant import document_list, document_markup, document_view
from assistant.currency import is_current
from assistant.document_facts import Counts, counts, known
from assistant.document_list import Filter
from assistant.document_view import Opening
from assistant.markup import element, join, markdown_text
from assistant.records import DocumentInfo, Page
from assistant.screens import parts, phrasing, session, wording

if TYPE_CHECKING:
    from assistant.answering import Assistant

SCREEN, ASK = Path(__file__), Path(__file__).with_name("ask.py")
SEARCHED_PASSAGES = 60
ZOOMS = (100, 150, 200)


def screen(assistant: Assistant) -> None:
    """The list, or the document that the address names."""
    opened = _opening()
    if opened is None:
        _list(assistant)
        return
    parts.keep_address()
    st.page_link(SCREEN, label=wording.BACK_TO_DOCUMENTS, icon=":material/arrow_back:")
    info = next((info for info in assistant.documents() if info.id == opened.document_id), None)
    if info is None:
        parts.title(wording.DOCUMENTS)
        parts.show(element("p", wording.NO_SUCH_DOCUMENT, class_="failure"))
        return
    _document(assistant, info, opened)


def _opening() -> Opening | None:
    named = st.query_params
    return document_view.opened(named.get("doc"), named.get("page"), named.get("start"), named.get("end"))


def _list(assistant: Assistant) -> None:
    documents = assistant.documents()
    parts.title(wording.DOCUMENTS, wording.DOCUMENTS_INTRODUCTION.format(number=len(documents)))
    wanted = _filter(documents)
    found = _found_in_text(assistant, wanted.words)
    kept = document_list.matching(documents, wanted, found)
    parts.show(element("p", phrasing.counted(len(kept), "document", "documents"), class_="count", role="status"))
    if not kept:
        parts.nothing_found(wording.NO_DOCUMENT_FOUND, is_filtered=True)
        return
    superseded = {replaced for info in documents for replaced in info.replaces}
    numbers = _counts(assistant.generation, assistant)
    with st.container(key="document-list"):
        for place, info in enumerate(kept):
            with st.container(key=f"document-{place}"):
                st.page_link(SCREEN, label=markdown_text(info.title), query_params={"doc": info.id})
                parts.show(document_markup.entry(info, is_replaced=info.id in superseded, counts=numbers[info.id]))


@st.cache_data(show_spinner=False, max_entries=2)
def _counts(generation: str, _assistant: Assistant) -> dict[str, Counts]:
    """The counts of a generation of the index, kept until there is another."""
    del generation  # what Streamlit keeps it by
    return counts(_assistant)


def _filter(documents: tuple[DocumentInfo, ...]) -> Filter:
    kinds = sorted({info.evidence.kind for info in documents}, key=phrasing.kind_label)
    publishers = sorted({info.evidence.publisher for info in documents}, key=document_list.fold)
    years = sorted({year for info in documents for year in document_list.years(info)}, reverse=True)
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        return Filter(
            parts.searched(wording.SEARCH, "words"),
            parts.chosen(wording.KIND, "kind", {kind: phrasing.kind_label(kind) for kind in kinds}),
            parts.chosen(wording.PUBLISHER, "publisher", {name: name for name in publishers}),
            parts.chosen(wording.YEAR, "year", {year: year for year in years}),
        )


def _found_in_text(assistant: Assistant, words: str) -> set[str]:
    if not words.strip():
        return set()
    found = assistant.search(words, limit=SEARCHED_PASSAGES)
    return {
        hit.passage.document_id
        for hit in found
        if any(evidence.retriever == "exact words" for evidence in hit.evidence)  # near in meaning is not « found »
    }


def _document(assistant: Assistant, info: DocumentInfo, opened: Opening) -> None:
    document = assistant.document(info.id)
    parts.title(info.title)
    page = document_view.page_shown(document.pages, opened)
    facts = known(assistant, document)
    is_at_quotation = opened.end > opened.start
    parts.show(document_markup.card(info, facts, page.number if page else None, is_folded=is_at_quotation))
    st.page_link(ASK, label=wording.ASK_ABOUT, icon=":material/forum:", query_params={"doc": info.id})
    is_still = is_current(assistant, info.id)
    if not is_still:
        parts.show(element("p", wording.FILE_CHANGED, class_="failure", role="alert"))
    if page is None:
        parts.show(element("p", wording.NO_TEXT, class_="failure"))
        return
    shown = Opening(info.id, page.number, opened.start, opened.end)
    quoted = document_view.span_of(document.pages, shown) if is_still else None
    if page.number is not None:
        is_pictured = document_view.has_pictures(info) and is_still
        with st.container(key="turning", horizontal=True, vertical_alignment="center"):
            _turning(document.pages, page.number)
            zoom = _zoom() if is_pictured else 0
        if is_pictured:
            parts.show(document_markup.picture(shown if quoted else Opening(info.id, page.number, 0, 0), info, zoom))
    heading = wording.TEXT_AS_READ if page.number is None else wording.PAGE_AS_READ.format(number=page.number)
    parts.show(join(element("h2", heading, class_="section"), document_markup.text_as_read(page, quoted)))
    parts.show(document_markup.left_out(document.left_out))


def _zoom() -> int:
    """How large the picture of the page is shown, as a percentage of the column."""
    chosen = st.segmented_control(
        wording.ZOOM,
        ZOOMS,
        default=ZOOMS[0],
        format_func=lambda value: f"{value}\u00a0%",
        key="zoom",
        required=True,
        label_visibility="collapsed",
        width="content",
    )
    return chosen or ZOOMS[0]


def _turning(pages: tuple[Page, ...], number: int) -> None:
    numbers = [page.number for page in pages]
    if len(numbers) < 2:
        return
    place = numbers.index(number)
    st.button(wording.PREVIOUS, key="previous", disabled=place == 0, on_click=_turn, args=(numbers[place - 1],))
    st.html(element("span", phrasing.page_of(number, len(numbers))), width="content")
    following = numbers[min(place + 1, len(numbers) - 1)]
    st.button(wording.NEXT, key="next", disabled=following == number, on_click=_turn, args=(following,))


def _turn(number: int | None) -> None:
    for name in ("start", "end"):
        st.query_params.pop(name, None)
    st.query_params["page"] = str(number)


if __name__ == "__main__":
    screen(session.current_assistant())
