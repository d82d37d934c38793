"""Parts that several screens share: the frame around each screen, links, and the page shown when nothing can work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assistant import paper_answer
from assistant.answers import Citation
from assistant.excerpts import Excerpt, excerpt
from assistant.markup import Html, element, join, stylesheet, unbroken
from assistant.paper_lines import Line
from assistant.records import Programme
from assistant.screens import footer as foot
from assistant.screens import phrasing, session, wording

if TYPE_CHECKING:
    from assistant.answering import Assistant

FOLDER = Path(__file__).parent
SHEETS = ("shared.css", "style.css")


def styles() -> None:
    """Puts this project's style sheets into the page."""
    st.html(stylesheet("\n".join((FOLDER / name).read_text(encoding="utf-8") for name in SHEETS)))


def header(programme: Programme | None, pages: Sequence[StreamlitPage]) -> None:
    """The programme's short name and the menu."""
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        name = programme.short_name if programme else ""
        brand = element(
            "div",
            element("span", "«\u202f»", class_="glyph", aria_hidden="true"),
            element("span", element("strong", name), element("small", wording.UNOFFICIAL), class_="names"),
            class_="brand",
        )
        st.html(brand, width="content")
        with st.container(key="menu", horizontal=True, width="stretch", horizontal_alignment="right"):
            for page in pages:
                st.page_link(page, label=page.title)


def footer(assistant: Assistant) -> None:
    """How recent the documents are, the disclaimer, and where to turn."""
    plain = element("a", wording.PLAIN_PAGE, href="/simple", target="_blank")
    staff = element("a", wording.STAFF_ONLY, href="/verification", target="_self")
    show(foot.footer(assistant.programme, phrasing.up_to(assistant.corpus_as_of), plain, staff))


def show(markup: Html | None) -> None:
    """Puts HTML of `assistant.markup` on the screen; nothing else ever reaches `st.html`."""
    if markup:
        st.html(markup)


def excerpts(assistant: Assistant) -> Callable[[Citation], Excerpt | None]:
    """How this assistant's documents give the surroundings of a citation; None when they cannot."""

    def find(citation: Citation) -> Excerpt | None:
        try:
            return excerpt(assistant.pages(citation.document.id), citation.span)
        except Exception as error:  # noqa: BLE001 - a source that cannot be opened must not hide the answer
            session.explain(error, "")
            return None

    return find


def site() -> str:
    """Scheme and host of this page, as the reader's browser knows them."""
    split = urlsplit(st.context.url or "")
    return f"{split.scheme}://{split.netloc}" if split.netloc else ""


def title(text: str, introduction: str | None = None) -> None:
    """The heading of a screen."""
    show(join(element("h1", text), element("p", introduction, class_="introduction") if introduction else None))


def chosen(label: str, name: str, labels: Mapping[str, str], *, every: str = wording.ALL) -> str:
    """A filter that stands in the address as `name=id`; "" for all. `labels` are the ids that can be chosen."""
    key = f"filter-{name}"
    given = st.query_params.get(name)
    st.session_state[key] = given if given in labels else None
    picked = st.selectbox(
        label,
        list(labels),
        format_func=lambda option: labels.get(option, option),
        key=key,
        placeholder=every,
        on_change=_to_address,
        args=(name, key),
    )
    return picked or ""


def nothing_found(said: str, *, is_filtered: bool) -> None:
    """Says that a list is empty and, when filters made it so, lets the reader out of them."""
    show(element("p", said, class_="kept-to"))
    if is_filtered:
        st.button(wording.CLEAR_FILTERS, key="clear-filters", on_click=st.query_params.clear)


def keep_address() -> None:
    """Makes the browser's address hold the parameters: a page link to its own screen leaves them out of it."""
    st.query_params.from_dict({name: st.query_params.get_all(name) for name in st.query_params})


def searched(label: str, name: str, *, hint: str = wording.SEARCH_HINT) -> str:
    """A box of words that stands in the address as `name=words`."""
    key = f"filter-{name}"
    st.session_state[key] = st.query_params.get(name, "")
    return st.text_input(label, key=key, on_change=_to_address, args=(name, key), placeholder=hint) or ""


def ticked(label: str, name: str) -> bool:
    """A box to tick that stands in the address as `name=1`."""
    key = f"filter-{name}"
    st.session_state[key] = st.query_params.get(name) == "1"
    return st.checkbox(label, key=key, on_change=_to_address, args=(name, key))


def _to_address(name: str, key: str) -> None:
    """The address follows the filter; it is read back before the filter is shown, so that both always agree."""
    value = st.session_state[key]
    if value:
        st.query_params[name] = "1" if value is True else value
    else:
        st.query_params.pop(name, None)


def pdf(assistant: Assistant, title: str, lines: Sequence[Line]) -> bytes:
    """Paragraphs as a PDF with the same foot as every screen."""
    from assistant.paper import to_pdf  # fonts and pages are loaded by who takes a paper away

    foot = paper_answer.footer(assistant.programme, assistant.corpus_as_of, session.today(assistant))
    return to_pdf(title, lines, footer=foot)


def not_ready(message: str) -> None:
    """The page shown when there is no index or it cannot be opened: what happened and what to do."""
    card = element(
        "section",
        element("h1", wording.NOT_READY_TITLE),
        element("p", wording.NOT_READY),
        element("p", unbroken(message), class_="reason"),
        element("p", wording.NOT_READY_REMEDY),
        class_="not-ready",
        role="alert",
    )
    show(card)
    st.button(wording.RELOAD, key="reload")
