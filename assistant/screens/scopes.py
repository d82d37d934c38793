"""The scopes screen: who is concerned by which wave, and everything about one profession on one page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from assistant import document_markup, due_markup, dues, paper_scope, scope_markup, scopes
from assistant.dues import Asked
from assistant.markup import element, join
from assistant.paper_lines import Line
from assistant.scopes import Row
from assistant.screens import parts, session, wording

if TYPE_CHECKING:
    from assistant.answering import Assistant


def screen(assistant: Assistant) -> None:
    """The matrix, or the page of the profession that the address names."""
    rows = _rows(assistant.generation, assistant)
    parts.title(wording.SCOPES, wording.SCOPES_INTRODUCTION)
    if not rows or not rows[0].cells:
        parts.show(element("p", wording.NO_SCOPES, class_="kept-to"))
        return
    by_name = {f"{row.who.kind}:{row.who.id}": row for row in rows}
    labels = {name: row.who.label for name, row in by_name.items()}
    with st.container(key="who-am-i"):
        named = parts.chosen(wording.I_AM, "who", labels, every=wording.CHOOSE_WHO)
    if named:
        _one(assistant, by_name[named], rows)
        return
    waves = [assistant.vocabulary.label(cell.wave) for cell in rows[0].cells]
    parts.show(scope_markup.table(rows, waves))


@st.cache_data(show_spinner=False, max_entries=2)
def _rows(generation: str, _assistant: Assistant) -> tuple[Row, ...]:
    """The matrix of a generation of the index, kept until there is another."""
    del generation  # what Streamlit keeps it by
    with _assistant.reading() as index:
        documents = {name: index.documents[name] for name in index.documents}
        passages = [passage for name in documents for passage in index.passages_of(name)]
        return scopes.matrix(passages, index.deadlines, documents, index.vocabulary)


def _one(assistant: Assistant, row: Row, rows: Sequence[Row]) -> None:
    """What concerns someone, by wave, then their dates and the sources."""
    vocabulary, day = assistant.vocabulary, session.today(assistant)
    parts.show(element("h2", row.who.label))
    documents = {info.id: info for info in assistant.documents()}
    entries = dues.dues(assistant.deadlines(), documents, vocabulary, Asked(scope_markup.filter_of(row.who.tag)), day)
    coming, past = dues.ahead(entries), dues.over(entries)
    _take_away(assistant, row, partial(paper_scope.lines, row, rows, coming, past, vocabulary, assistant.programme))
    parts.show(scope_markup.verdicts(row, rows, vocabulary))
    parts.show(element("h2", wording.MY_DEADLINES))
    if coming:
        parts.show(due_markup.months(coming, "h3"))
    else:
        parts.show(element("p", wording.NOTHING_AHEAD_FOR.format(who=row.who.label), class_="kept-to"))
    if past:
        summary = element("summary", wording.PAST.format(number=len(past)))
        parts.show(element("details", summary, due_markup.months(past, "h3"), class_="past"))
    sources = [
        element("li", document_markup.link(info), document_markup.entry(info, is_replaced=False))
        for info in scope_markup.documents_of(row, rows, entries)
    ]
    if sources:
        parts.show(join(element("h2", wording.MY_SOURCES), element("ul", *sources, class_="plain")))


def _take_away(assistant: Assistant, row: Row, lines: Callable[[], list[Line]]) -> None:
    """Printing the page, or downloading it as a PDF that is made when it is asked for."""
    with st.container(key="downloads", horizontal=True, gap="small"):
        st.html(element("button", wording.PRINT, type="button", class_="button", data_print="yes"), width="content")
        st.download_button(
            wording.DOWNLOAD_PDF,
            lambda: parts.pdf(assistant, paper_scope.title(row), lines()),
            f"perimetre-{row.who.id}.pdf",
            "application/pdf",
            key="pdf",
            on_click="ignore",
        )


if __name__ == "__main__":
    screen(session.current_assistant())
