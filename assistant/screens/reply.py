"""A reply of the ask screen: what was understood, the answer, its sources, and what to do with it or ask next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant import answer_markup, copying, paper_answer, source_markup, statement_links
from assistant.answers import Answer
from assistant.currency import page_images
from assistant.dues import FILTERS
from assistant.markup import element, markdown_text
from assistant.screens import conversation, opinions, parts, phrasing, wording
from assistant.screens.conversation import Exchange, Request
from assistant.source_markup import Place

if TYPE_CHECKING:
    from assistant.answering import Assistant

CALENDAR = Path(__file__).with_name("deadlines.py")
PENDING = "pending"


def reply_to(assistant: Assistant, number: int, exchange: Exchange) -> DeltaGenerator:
    """The reply, and the container it stands in."""
    with st.chat_message("assistant"):
        reply = st.container(key=f"reply-{number}")  # in a wide window its sources stand beside it, not below
    with reply:
        if exchange.answer is None:
            parts.show(element("p", exchange.failure, class_="failure"))
            return reply
        answer = exchange.answer
        place = Place(
            f"reponse-{number + 1}",
            "h3",
            parts.excerpts(assistant),
            page_images(assistant),
            assistant.vocabulary,
            deadlines=statement_links.by_passage(assistant.deadlines()),
        )
        _understood(answer, exchange.request, number)
        opinions.badge(exchange.kept)
        parts.show(answer_markup.statements(answer, place))
        parts.show(answer_markup.written_by(answer))
        parts.show(answer_markup.notices(answer))
        _choices(answer, exchange.request, number)
        parts.show(source_markup.proofs(answer, place))
        _copy(assistant, answer, number, exchange.request)
        opinions.ask_opinion(exchange.kept)
    return reply


def _understood(answer: Answer, request: Request, number: int) -> None:
    """What was understood, one button per term; a click asks again without it."""
    if not answer.understood:
        return
    with st.container(key=f"understood-{number}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(element("span", wording.UNDERSTOOD, class_="label"), width="content")
        for term in answer.understood:
            origin = f" ({wording.INHERITED})" if term.inherited else ""
            st.button(
                markdown_text(f"{term.label}{origin}") + " ✕",
                key=f"term-{number}-{term.kind}-{term.id}",
                help=markdown_text(wording.REMOVE_TERM.format(label=term.label)),
                on_click=ask_next,
                args=(conversation.without(request, term.id),),
            )


def _choices(answer: Answer, request: Request, number: int) -> None:
    if not answer.choices:
        return
    with st.container(key=f"choices-{number}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        is_aside = answer.outcome == "out_of_scope"
        said = wording.EXAMPLES_OF if is_aside else wording.CHOICES
        st.html(element("span", said, class_="label"), width="content")
        for place, (choice, label) in enumerate(zip(answer.choices, phrasing.told_apart(answer.choices), strict=True)):
            follow = Request(choice, (), (), request.documents)
            hint = markdown_text(choice) if label != choice else None
            st.button(
                markdown_text(label), key=f"choice-{number}-{place}", help=hint, on_click=ask_next, args=(follow,)
            )


def _copy(assistant: Assistant, answer: Answer, number: int, request: Request) -> None:
    """Copying, downloading and printing the answer with its sources."""
    with st.container(key=f"actions-{number}", horizontal=True, gap="small", vertical_alignment="center"):
        with st.popover(wording.COPY, icon=":material/content_copy:", type="tertiary", key=f"copy-{number}"):
            st.caption(wording.COPY_HINT)
            forms = (
                (wording.AS_TEXT, copying.as_text(answer), wording.DOWNLOAD_TEXT, "reponse.txt", "text/plain"),
                (
                    wording.AS_MARKDOWN,
                    copying.as_markdown(answer),
                    wording.DOWNLOAD_MARKDOWN,
                    "reponse.md",
                    "text/markdown",
                ),
            )
            for tab, (_, text, label, file, kind) in zip(st.tabs([form[0] for form in forms]), forms, strict=True):
                with tab:
                    st.code(text, language=None, wrap_lines=True, height=320)
                    st.download_button(label, text, file, kind, key=f"{file}-{number}", on_click="ignore")
        st.download_button(
            wording.DOWNLOAD_PDF,
            lambda: parts.pdf(assistant, answer.question, paper_answer.lines(answer, assistant.programme)),
            "reponse.pdf",
            "application/pdf",
            key=f"pdf-{number}",
            icon=":material/picture_as_pdf:",
            type="tertiary",
            on_click="ignore",
        )
        terms = {term.kind: term.id for term in answer.understood if term.kind in FILTERS}
        if terms and answer.outcome != "out_of_scope":
            st.page_link(CALENDAR, label=wording.IN_CALENDAR, icon=":material/event:", query_params=terms)
        if request.fits_address:
            address = conversation.address("/simple", request)
            st.link_button(wording.PRINTABLE, address, type="tertiary", icon=":material/print:")


def suggested(exchange: Exchange, number: int, reply: DeltaGenerator) -> None:
    """One button for each question beside the last one, at the end of its reply."""
    if not exchange.suggestions:
        return
    key = f"suggestions-{number}"
    with reply, st.container(key=key, horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(element("span", wording.SUGGESTIONS, class_="label"), width="content")
        for place, question in enumerate(exchange.suggestions):
            follow = Request(question, (), (), exchange.request.documents)
            st.button(markdown_text(question), key=f"suggestion-{number}-{place}", on_click=ask_next, args=(follow,))


def ask_next(request: Request) -> None:
    """Has the ask screen ask this in its next run."""
    st.session_state[PENDING] = request
