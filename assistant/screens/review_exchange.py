"""One exchange to review: claim by claim on the left, the proof on the right, or as the person saw it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import streamlit as st

from assistant import answer_markup, review_markup, source_markup
from assistant.currency import page_images
from assistant.desk_records import Exchange, Review
from assistant.errors import AssistantError
from assistant.markup import Html, element, join
from assistant.screens import (
    guard,
    parts,
    phrasing,
    review_acts,
    review_editing,
    review_replay,
    staff_phrasing,
    staff_wording,
)
from assistant.source_markup import Place

Kind = Literal["primary", "secondary", "tertiary"]

if TYPE_CHECKING:
    from assistant.desk import Desk


def screen(desk: Desk, name: str) -> None:
    """The whole exchange, in the way that the address asks for."""
    try:
        exchange, review = desk.journal.exchange(name), desk.journal.review(name)
    except AssistantError:
        parts.title(staff_wording.NO_SUCH_EXCHANGE)
        st.button(staff_wording.BACK_TO_QUEUE, on_click=review_acts.go, args=(None,))
        return
    _head(desk, exchange, review)
    views = {
        "seen": _seen,
        "evidence": review_replay.show_evidence,
        "replay": review_replay.show_replay,
        "edit": review_editing.screen,
    }
    wanted = st.query_params.get("view", "")
    if wanted in views:
        views[wanted](desk, exchange)
    else:
        _check(desk, exchange, review)


def _head(desk: Desk, exchange: Exchange, review: Review) -> None:
    name = exchange.id
    with st.container(key="review-ways", horizontal=True, gap="xsmall", vertical_alignment="center"):
        _button(staff_wording.BACK_TO_QUEUE, "back", "Q", review_acts.go, None, kind="tertiary")
        _button(staff_wording.PREVIOUS_EXCHANGE, "before", "P", review_acts.step, name, -1)
        _button(staff_wording.NEXT_EXCHANGE, "after", "N", review_acts.step, name, 1)
    if exchange.after:
        earlier = " · ".join(exchange.after)
        parts.show(element("p", staff_wording.ASKED_BEFORE.format(questions=earlier), class_="meta"))
    asked = staff_phrasing.moment(exchange.asked_at, ZoneInfo(desk.assistant.programme.timezone))
    parts.show(
        join(
            element("h1", exchange.question, class_="reviewed", data_exchange=name),
            review_markup.facts(exchange.answer, review, asked),
            _served(exchange),
        )
    )
    with st.container(key="review-acts", horizontal=True, gap="xsmall"):
        _button(staff_wording.SET_VERIFIED, "verified", "V", review_acts.settle, name, "verified", kind="primary")
        _button(staff_wording.SET_TO_CORRECT, "to-correct", "X", review_acts.settle, name, "to_correct")
        is_mine = review.assignee == guard.person().name
        _button(staff_wording.FREE if is_mine else staff_wording.ASSIGN_ME, "assign", "A", review_acts.assign, review)
        if exchange.answer.statements and exchange.verified is None:
            _button(staff_wording.SERVE_AS_IS, "serve", "S", review_acts.serve_as_it_is, name)
    current = st.query_params.get("view", "check")
    with st.container(key="review-views", horizontal=True, gap="xsmall"):
        for view, label in staff_wording.VIEWS.items():
            kind: Kind = "secondary" if view == current else "tertiary"
            _button(label, f"view-{view}", staff_wording.KEYS[view], review_acts.view, view, kind=kind)


def _button(
    label: str, key: str, shortcut: str, do: Callable[..., None], *args: object, kind: Kind = "secondary"
) -> None:
    """A button of the reviewer, by mouse or by one key."""
    st.button(label, key=f"review-{key}", shortcut=shortcut, on_click=do, args=args, type=kind)


def _served(exchange: Exchange) -> Html | None:
    if exchange.verified is None:
        return None
    day = phrasing.day(exchange.verified.verified_on)
    return element("p", staff_wording.SERVED_VERIFIED.format(day=day), class_="kept-to")


def _check(desk: Desk, exchange: Exchange, review: Review) -> None:
    """Claims on the left, the proof of the citation in question on the right."""
    numbers = [citation.number for citation in exchange.answer.citations]
    current = review_acts.citation_shown(exchange.id, numbers)
    left, right = st.columns([5, 6], gap="large")
    with left:
        _claims(exchange, review, current)
        parts.show(review_markup.opinions(desk.journal.opinions(exchange.id)))
        _notes(exchange.id, review)
    with right, st.container(key="proof"):
        if current is None:
            parts.show(element("p", staff_wording.NO_CLAIM, class_="kept-to"))
            place = _place(desk)
            parts.show(source_markup.nearest(exchange.answer.nearest, place))
        else:
            _verdict(exchange, review, current, numbers)
            citation = next(one for one in exchange.answer.citations if one.number == current)
            parts.show(review_markup.proof(citation, parts.excerpts(desk.assistant)(citation)))


def _claims(exchange: Exchange, review: Review, current: int | None) -> None:
    answer = exchange.answer
    parts.show(element("h2", staff_wording.CLAIMS, class_="section"))
    parts.show(element("p", answer.lead, class_="lead") if answer.lead else None)
    for place, statement in enumerate(answer.statements):
        claim = st.container(key=f"claim-{place}")
        with claim:
            parts.show(review_markup.claim(statement, current))
        with claim, st.container(key=f"cites-{place}", horizontal=True, gap="xsmall"):
            for number in statement.citations:
                sign = staff_wording.VERDICT_SIGNS.get(review.verdicts.get(number, ""), "")
                st.button(
                    f"{number} {sign}".strip(),
                    key=f"cite-{place}-{number}",
                    help=staff_wording.OPEN_CITATION.format(number=number),
                    type="primary" if number == current else "secondary",
                    on_click=review_acts.show_citation,
                    args=(exchange.id, number),
                )
    parts.show(answer_markup.notices(answer))


def _verdict(exchange: Exchange, review: Review, current: int, numbers: list[int]) -> None:
    name, place = exchange.id, numbers.index(current)
    with st.container(key="verdicts", horizontal=True, gap="xsmall", vertical_alignment="center"):
        for key, (verdict, label) in zip("123", staff_wording.VERDICTS.items(), strict=True):
            kind: Kind = "primary" if review.verdicts.get(current) == verdict else "secondary"
            _button(label, verdict, key, review_acts.judge, name, current, verdict, numbers, kind=kind)
        if len(numbers) > 1:
            _button(staff_wording.ALL_SUPPORT, "all", "T", review_acts.judge_all, name, numbers, kind="tertiary")
            _button("‹", "citation-before", "K", review_acts.show_citation, name, numbers[place - 1], kind="tertiary")
            after = numbers[(place + 1) % len(numbers)]
            _button("›", "citation-after", "J", review_acts.show_citation, name, after, kind="tertiary")
    counted = phrasing.counted(len(numbers), *staff_wording.CITATIONS)
    done = staff_wording.JUDGED.format(done=len(review.verdicts), counted=counted, s="s" if len(numbers) > 1 else "")
    parts.show(element("p", done, class_="meta", role="status"))


def _notes(name: str, review: Review) -> None:
    parts.show(join(element("h2", staff_wording.NOTES, class_="section"), review_markup.notes(review)))
    key = f"note-{name}"
    st.text_area(staff_wording.NEW_NOTE, key=key, height=80)
    st.button(staff_wording.ADD_NOTE, key="add-note", on_click=review_acts.note, args=(name, key))


def _seen(desk: Desk, exchange: Exchange) -> None:
    """The answer as the person saw it, from what the journal kept."""
    answer, place = exchange.answer, _place(desk)
    parts.show(answer_markup.statements(answer, place))
    parts.show(answer_markup.notices(answer))
    parts.show(element("p", " · ".join(answer.choices), class_="meta") if answer.choices else None)
    parts.show(source_markup.sources(answer, place))
    parts.show(source_markup.nearest(answer.nearest, place))
    parts.show(element("p", staff_wording.LINK, class_="meta"))
    st.code(f"{parts.site()}/verification?id={exchange.id}&view=seen", language=None, wrap_lines=True)


def _place(desk: Desk) -> Place:
    assistant = desk.assistant
    return Place("vu", "h2", parts.excerpts(assistant), page_images(assistant), assistant.vocabulary)
