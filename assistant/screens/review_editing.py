"""An exchange's answer made into a verified one: sentences, the quotations they rest on, a search for more of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from assistant.desk_records import Exchange, VerifiedAnswer, VerifiedStatement
from assistant.markup import element, join, markdown_text
from assistant.records import Span
from assistant.screens import guard, parts, phrasing, review_acts, session, staff_wording
from assistant.verifying import Quotable, Quotation, draft_of, quotable, retire, verify

if TYPE_CHECKING:
    from assistant.desk import Desk

SHOWN_FOUND = 6


@dataclass(frozen=True, slots=True)
class Picked:
    """A quotation that was chosen: where it stands, and what it says."""

    quotation: Quotation
    quote: str
    title: str


@dataclass(slots=True)
class Draft:
    """What is being written, kept in the session. Sentences and quotations have keys of their own that stay."""

    sentences: dict[int, VerifiedStatement] = field(default_factory=dict)
    picked: dict[int, Picked] = field(default_factory=dict)

    def remove_sentence(self, key: int) -> None:
        """Takes a sentence out."""
        self.sentences.pop(key, None)

    def drop(self, key: int) -> None:
        """Takes a quotation out; sentences lose it."""
        self.picked.pop(key, None)

    def next_key(self) -> int:
        """A key that nothing has yet."""
        return max((*self.sentences, *self.picked, 0)) + 1


def screen(desk: Desk, exchange: Exchange) -> None:
    """The whole editor."""
    draft = _draft(exchange)
    parts.show(element("p", staff_wording.EDIT_INTRODUCTION))
    _earlier(desk, exchange)
    left, right = st.columns([5, 6], gap="large")
    with left:
        st.text_input(staff_wording.QUESTION, value=exchange.question, key=_key(exchange, "question"))
        for key in draft.sentences:
            _sentence(exchange, draft, key)
        st.button(staff_wording.ADD_SENTENCE, key="add-sentence", on_click=_add_sentence, args=(draft,))
        st.text_area(staff_wording.WORDINGS, key=_key(exchange, "wordings"), height=80)
        st.button(
            staff_wording.SAVE_VERIFIED, key="save-verified", type="primary", on_click=_save, args=(exchange, draft)
        )
    with right:
        _search(desk, exchange, draft)
        _picked(draft)


def _draft(exchange: Exchange) -> Draft:
    key = _key(exchange, "draft")
    if key not in st.session_state:
        statements, quotations = draft_of(exchange)
        said = {citation.number: citation for citation in exchange.answer.citations}
        picked = {
            number: Picked(quotation, said[number].span.quote, said[number].document.title)
            for number, quotation in enumerate(quotations, 1)
        }
        st.session_state[key] = Draft(dict(enumerate(statements, 1)), picked)
    kept: Draft = st.session_state[key]
    return kept


def _key(exchange: Exchange, name: str) -> str:
    return f"edit-{exchange.id}-{name}"


def _sentence(exchange: Exchange, draft: Draft, key: int) -> None:
    number = list(draft.sentences).index(key) + 1
    with st.container(key=f"sentence-{key}"):
        written = draft.sentences[key]
        st.text_area(
            staff_wording.SENTENCE.format(number=number),
            value=written.text,
            key=_key(exchange, f"text-{key}"),
            height=80,
        )
        chosen = [quote for quote in written.quotes if quote in draft.picked]
        st.multiselect(
            staff_wording.QUOTATIONS,
            list(draft.picked),
            default=chosen,
            format_func=lambda quote: f"[{quote}] {draft.picked[quote].quote[:60]}",
            key=_key(exchange, f"quotes-{key}"),
            placeholder="",
        )
        st.button(
            staff_wording.REMOVE_SENTENCE.format(number=number),
            key=f"remove-sentence-{key}",
            type="tertiary",
            on_click=draft.remove_sentence,
            args=(key,),
        )


def _picked(draft: Draft) -> None:
    parts.show(element("h2", staff_wording.PICKED, class_="section"))
    if not draft.picked:
        parts.show(element("p", staff_wording.NONE_PICKED, class_="kept-to"))
    for key, one in draft.picked.items():
        with st.container(key=f"picked-{key}", horizontal=True, vertical_alignment="center"):
            quoted = element("p", f"[{key}] ", element("mark", one.quote), class_="picked")
            st.html(join(quoted, element("p", one.title, class_="meta")))
            label = staff_wording.REMOVE_QUOTATION.format(number=key)
            st.button("✕", key=f"drop-{key}", help=label, type="tertiary", on_click=draft.drop, args=(key,))


def _search(desk: Desk, exchange: Exchange, draft: Draft) -> None:
    parts.show(element("h2", staff_wording.FIND_QUOTATION, class_="section"))
    words = st.text_input(
        staff_wording.FIND_QUOTATION,
        key=_key(exchange, "search"),
        placeholder=staff_wording.FIND_HINT,
        label_visibility="collapsed",
    )
    if not words or not words.strip():
        return
    found = quotable(desk.assistant, words, limit=SHOWN_FOUND)
    if not found:
        parts.show(element("p", staff_wording.NOTHING_FOUND, class_="kept-to"))
    for place, passage in enumerate(found):
        parts.show(element("p", _of(passage), class_="meta"))
        for number, span in enumerate(passage.spans):
            with st.container(key=f"found-{place}-{number}", horizontal=True, vertical_alignment="center"):
                st.button(
                    "+",
                    key=f"take-{place}-{number}",
                    help=staff_wording.TAKE,
                    on_click=_take,
                    args=(draft, passage, span),
                )
                st.write(markdown_text(span.quote))


def _of(passage: Quotable) -> str:
    return " · ".join(part for part in (passage.document.title, *passage.passage.headings[-1:]) if part)


def _take(draft: Draft, passage: Quotable, span: Span) -> None:
    quotation = Quotation(passage.passage.id, span.start, span.end)
    if all(one.quotation != quotation for one in draft.picked.values()):
        draft.picked[draft.next_key()] = Picked(quotation, span.quote, passage.document.title)


def _add_sentence(draft: Draft) -> None:
    draft.sentences[draft.next_key()] = VerifiedStatement("", ())


def _save(exchange: Exchange, draft: Draft) -> None:
    desk, state = session.current_desk(), st.session_state
    keys = list(draft.picked)
    statements = [_written(exchange, key, before, keys) for key, before in draft.sentences.items()]
    quotations = [one.quotation for one in draft.picked.values()]
    question = str(state[_key(exchange, "question")]).strip()
    wordings = [line.strip() for line in str(state[_key(exchange, "wordings")]).splitlines() if line.strip()]
    earlier = _standing(desk, exchange)
    if guard.attempt(
        "verify-answer",
        lambda person: verify(
            desk,
            question,
            statements,
            quotations,
            by=person.name,
            exchange=exchange.id,
            wordings=wordings,
            replaces=earlier.id if earlier else None,
        ),
    ):
        state.pop(_key(exchange, "draft"), None)
        state[review_acts.DONE] = staff_wording.SAVED
        review_acts.go(review_acts.neighbour(exchange.id, 1))


def _written(exchange: Exchange, key: int, before: VerifiedStatement, keys: Sequence[int]) -> VerifiedStatement:
    """The sentence as it stands in its boxes; what was derived stays with a text that was not changed."""
    state = st.session_state
    text = str(state[_key(exchange, f"text-{key}")]).strip()
    chosen = [quote for quote in state[_key(exchange, f"quotes-{key}")] if quote in keys]
    quotes = tuple(keys.index(quote) + 1 for quote in chosen)
    return VerifiedStatement(text, quotes, before.derived if text == before.text else ())


def _standing(desk: Desk, exchange: Exchange) -> VerifiedAnswer | None:
    """The verified answer that came from this exchange, or that it was answered with, unless it was retired."""
    own = exchange.verified.id if exchange.verified else None
    for answer in desk.journal.verified_answers():
        if (answer.exchange == exchange.id or answer.id == own) and answer.state != "retired":
            return answer
    return None


def _earlier(desk: Desk, exchange: Exchange) -> None:
    earlier = _standing(desk, exchange)
    if earlier is None:
        return
    said = staff_wording.VERIFIED_BY.format(
        author=earlier.author, day=phrasing.day(earlier.verified_at.date()), state=staff_wording.SERVICE[earlier.state]
    )
    why = [element("p", sentence) for sentence in earlier.returned_why]
    parts.show(element("div", element("p", said), *why, element("p", staff_wording.EARLIER_VERIFIED), class_="notices"))
    st.button(staff_wording.RETIRE, key="retire", type="tertiary", on_click=_retire, args=(earlier.id,))


def _retire(name: str) -> None:
    desk = session.current_desk()
    guard.attempt("withdraw-answer", lambda person: retire(desk, name, by=person.name))
