"""The ask screen: welcome, conversation, answers with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant import answer_markup, copying, paper_answer, source_markup, statement_links
from assistant.answers import Answer
from assistant.currency import page_images
from assistant.dues import FILTERS
from assistant.markup import element, markdown_text
from assistant.screens import conversation, guard, opinions, parts, phrasing, session, wording
from assistant.screens.conversation import Exchange, Request
from assistant.source_markup import Place
from assistant.suggestions import suggestions

if TYPE_CHECKING:
    from assistant.answering import Assistant

CALENDAR = Path(__file__).with_name("deadlines.py")
EXCHANGES, PENDING = "exchanges", "pending"
KEPT_EXCHANGES = 20


def screen(assistant: Assistant) -> None:
    """The whole screen: what was said, the question being asked if there is one, and the box for the next."""
    exchanges: list[Exchange] = st.session_state.setdefault(EXCHANGES, [])
    thread = st.container(key="thread")
    with st.container(key="composer"):  # not pinned by Streamlit, which would scroll past the start of every answer
        typed = st.chat_input(wording.ASK_PLACEHOLDER, key="question")
    request = _requested(typed, exchanges)
    is_new = not exchanges and request is None
    with thread:
        _kept_to_documents(assistant)
        if is_new:
            _welcome(assistant)
        else:
            _conversation(assistant, exchanges, request)
    if is_new and not _kept_to():  # of one document nobody knows beforehand what it answers
        _examples(assistant)


def _conversation(assistant: Assistant, exchanges: list[Exchange], request: Request | None) -> None:
    parts.show(element("h1", assistant.programme.name, class_="visually-hidden"))
    if len(exchanges) + (request is not None) > KEPT_EXCHANGES:  # a session that stays open must not grow for ever
        del exchanges[: 1 - KEPT_EXCHANGES]
        parts.show(element("p", wording.ONLY_LATEST.format(kept=KEPT_EXCHANGES), class_="kept-to", role="note"))
    for number, exchange in enumerate(exchanges):
        _question(number, exchange.request)
        reply = _reply(assistant, number, exchange)
        if request is None and number == len(exchanges) - 1:
            _suggested(exchange, number, reply)
    if request is not None:
        _answer_now(assistant, request, exchanges)
    st.button(wording.NEW_CONVERSATION, key="new", on_click=_forget, icon=":material/add:", type="tertiary")


def _requested(typed: str | None, exchanges: list[Exchange]) -> Request | None:
    """What to ask in this run: what was typed, else a button's request, else the address when it asks something new."""
    pending: Request | None = st.session_state.pop(PENDING, None)
    if typed is not None:
        return conversation.follow_up(typed, exchanges, _kept_to())
    if pending is not None:
        return pending
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    of_address = conversation.from_parameters(parameters)
    last = exchanges[-1].request if exchanges else None
    return of_address if of_address != last else None


def _kept_to() -> frozenset[str]:
    return frozenset(st.query_params.get_all("doc"))


def _kept_to_documents(assistant: Assistant) -> None:
    """Says which document the conversation is kept to, and lets the reader out of it."""
    titles = [info.title for info in assistant.documents() if info.id in _kept_to()]
    if titles:
        words = wording.ASK_ABOUT_DOCUMENT.format(title=", ".join(titles))
        parts.show(element("p", words, class_="kept-to", role="note"))
        st.button(wording.ALL_DOCUMENTS, key="all-documents", on_click=_forget, type="tertiary")


def _answer_now(assistant: Assistant, request: Request, exchanges: list[Exchange]) -> None:
    """Asks, shows the answer as soon as it is there and keeps it; the address now reproduces it."""
    number = len(exchanges)
    _question(number, request)
    with st.spinner(wording.WORKING):
        exchange = _ask(request, exchanges)
    exchanges.append(exchange)
    st.query_params.from_dict(conversation.to_parameters(request))
    reply = _reply(assistant, number, exchange)
    if exchange.answer is not None:
        parts.show(element("p", phrasing.ready(exchange.answer), class_="visually-hidden", role="alert"))
        exchanges[-1] = _with_suggestions(assistant, exchange)
        _suggested(exchanges[-1], number, reply)
        _reword(assistant, exchange, exchanges)


def _ask(request: Request, so_far: Sequence[Exchange]) -> Exchange:
    """The request answered by the desk and kept in its journal, in the conversation of those before."""
    conversation_id = next((one.kept.conversation for one in so_far if one.kept), None)
    try:
        guard.count_question()
        kept = session.current_desk().ask(
            request.question,
            after=request.after,
            documents=request.documents,
            without=request.without,
            conversation=conversation_id,
        )
    except Exception as error:  # noqa: BLE001 - the screen is where every error ends as a sentence
        return Exchange(request, None, session.explain(error, wording.UNEXPECTED))
    return Exchange(request, kept.answer, kept=kept)


def _reword(assistant: Assistant, exchange: Exchange, exchanges: list[Exchange]) -> None:
    """Waits for the language model, if there is one; its checked wording replaces the answer shown."""
    if assistant.language_model is None or exchange.kept is None:
        return
    with st.spinner(wording.MODEL_WRITES.format(model=assistant.language_model)):
        try:
            kept = session.current_desk().reword(exchange.kept)
        except Exception as error:  # noqa: BLE001 - the answer by quotation stands whatever happens
            session.explain(error, "")
            return
    if kept is not None:
        exchanges[-1] = replace(exchanges[-1], answer=kept.answer, kept=kept)
        st.rerun()


def _with_suggestions(assistant: Assistant, exchange: Exchange) -> Exchange:
    """The exchange with the questions beside it that have an answer; they are asked after the answer is shown."""
    if exchange.answer is None:
        return exchange
    try:
        return replace(exchange, suggestions=suggestions(assistant, exchange.answer, exchange.request.documents))
    except Exception as error:  # noqa: BLE001 - the answer stands without them
        session.explain(error, "")
        return exchange


def _suggested(exchange: Exchange, number: int, reply: DeltaGenerator) -> None:
    """One button for each question beside the last one, at the end of its reply."""
    if not exchange.suggestions:
        return
    key = f"suggestions-{number}"
    with reply, st.container(key=key, horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(element("span", wording.SUGGESTIONS, class_="label"), width="content")
        for place, question in enumerate(exchange.suggestions):
            follow = Request(question, (), (), exchange.request.documents)
            st.button(markdown_text(question), key=f"suggestion-{number}-{place}", on_click=_later, args=(follow,))


def _welcome(assistant: Assistant) -> None:
    programme = assistant.programme
    parts.show(
        element(
            "section",
            element("h1", programme.name),
            element("p", programme.description, class_="introduction"),
            element("p", wording.PROMISE, class_="promise"),
            class_="welcome",
        )
    )


def _examples(assistant: Assistant) -> None:
    """Below the box, which comes first: questions that can be asked as they are."""
    programme = assistant.programme
    if not programme.examples:
        return
    parts.show(element("h2", wording.EXAMPLES, class_="section"))
    with st.container(key="examples"):
        for number, example in enumerate(programme.examples):
            st.button(
                markdown_text(example),
                key=f"example-{number}",
                on_click=_later,
                args=(Request(example, documents=_kept_to()),),
                width="stretch",
            )


def _question(number: int, request: Request) -> None:
    with st.chat_message("user"):
        hidden = element("span", wording.YOU_ASKED + " ", class_="visually-hidden")
        parts.show(element("h2", hidden, request.question, class_="question", data_turn=number + 1))


def _reply(assistant: Assistant, number: int, exchange: Exchange) -> DeltaGenerator:
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
                on_click=_later,
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
            st.button(markdown_text(label), key=f"choice-{number}-{place}", help=hint, on_click=_later, args=(follow,))


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


def _later(request: Request) -> None:
    st.session_state[PENDING] = request


def _forget() -> None:
    st.session_state[EXCHANGES] = []
    st.query_params.clear()


if __name__ == "__main__":
    screen(session.current_assistant())
