"""The ask screen: welcome, conversation, answers with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from assistant.markup import element, markdown_text
from assistant.screens import conversation, guard, parts, phrasing, session, wording
from assistant.screens.conversation import Exchange, Request
from assistant.screens.reply import PENDING, ask_next, reply_to, suggested
from assistant.suggestions import suggestions

if TYPE_CHECKING:
    from assistant.answering import Assistant

EXCHANGES = "exchanges"
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
        reply = reply_to(assistant, number, exchange)
        if request is None and number == len(exchanges) - 1:
            suggested(exchange, number, reply)
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
    reply = reply_to(assistant, number, exchange)
    if exchange.answer is not None:
        parts.show(element("p", phrasing.ready(exchange.answer), class_="visually-hidden", role="alert"))
        exchanges[-1] = _with_suggestions(assistant, exchange)
        suggested(exchanges[-1], number, reply)
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
                on_click=ask_next,
                args=(Request(example, documents=_kept_to()),),
                width="stretch",
            )


def _question(number: int, request: Request) -> None:
    with st.chat_message("user"):
        hidden = element("span", wording.YOU_ASKED + " ", class_="visually-hidden")
        parts.show(element("h2", hidden, request.question, class_="question", data_turn=number + 1))


def _forget() -> None:
    st.session_state[EXCHANGES] = []
    st.query_params.clear()


if __name__ == "__main__":
    screen(session.current_assistant())
