"""The deadlines screen: what falls due next, filtered by what stands in the address, to download or subscribe to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from assistant import due_markup, due_table, dues, sheets
from assistant.dues import FILTERS, Asked, Due
from assistant.markup import element
from assistant.screens import parts, phrasing, session, wording

if TYPE_CHECKING:
    from assistant.answering import Assistant


DAYS = ("first", "last")  # of the address


def screen(assistant: Assistant) -> None:
    """The whole screen."""
    parts.title(wording.DEADLINES, wording.DEADLINES_INTRODUCTION)
    deadlines, vocabulary, day = assistant.deadlines(), assistant.vocabulary, session.today(assistant)
    labels = {kind: dues.choices(deadlines, vocabulary, kind) for kind in FILTERS}
    asked = _asked(labels)
    documents = {info.id: info for info in assistant.documents()}
    entries = dues.dues(deadlines, documents, vocabulary, asked, day)
    coming = dues.ahead(entries)
    said = phrasing.dues_found(len(coming), len(entries) - len(coming))
    parts.show(element("p", said, class_="count", role="status"))
    parts.show(due_markup.soonest(coming))
    parts.show(due_markup.timeline(entries, _lanes(entries, labels["lane"]), day))
    _coming(coming, asked, is_any=bool(entries))
    _past(dues.over(entries), is_open=not coming or asked.first is not None)
    if entries:
        _downloads(entries, asked)


def _asked(labels: dict[str, dict[str, str]]) -> Asked:
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        words = parts.searched(wording.SEARCH, "words")
        chosen = {kind: parts.chosen(wording.TERM_KINDS[kind], kind, labels[kind]) for kind in FILTERS if labels[kind]}
        with_replaced = parts.ticked(wording.WITH_REPLACED, "replaced")
    first, last = (_day(st.query_params.get(name)) for name in DAYS)
    _kept_to_days(first, last)
    return Asked({kind: name for kind, name in chosen.items() if name}, words, with_replaced, first, last)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _kept_to_days(first: date | None, last: date | None) -> None:
    """Says which days the calendar is kept to, as a date in an answer leads here, and lets the reader out."""
    if first is None or last is None:
        return
    form = wording.ON_DAY if first == last else wording.BETWEEN
    with st.container(key="kept-to-days", horizontal=True, vertical_alignment="center"):
        said = form.format(first=phrasing.day(first), last=phrasing.day(last))
        st.html(element("p", said, class_="kept-to", role="note"), width="content")
        st.button(wording.ALL_DATES, key="all-dates", on_click=_all_days, type="tertiary")


def _all_days() -> None:
    for name in DAYS:
        st.query_params.pop(name, None)


def _lanes(entries: Sequence[Due], labels: dict[str, str]) -> list[tuple[str, list[Due]]]:
    """The entries of each lane, then those that name none."""
    by_lane: dict[str, list[Due]] = {name: [] for name in labels}
    without: list[Due] = []
    for due in entries:
        lanes = [tag.id for tag in due.deadline.tags if tag.kind == "lane"]
        for name in lanes:
            by_lane[name].append(due)
        if not lanes:
            without.append(due)
    return [*((labels[name], found) for name, found in by_lane.items()), (wording.NO_LANE, without)]


def _coming(coming: Sequence[Due], asked: Asked, *, is_any: bool) -> None:
    if coming:
        parts.show(due_markup.months(coming))
        return
    is_filtered = bool(asked.terms or asked.words.strip())
    if is_any and asked.first is not None:  # a date in an answer led here: what it is follows at once
        return
    said = wording.NOTHING_AHEAD_HERE if is_filtered else wording.NOTHING_AHEAD
    parts.nothing_found(said if is_any else wording.NOTHING_FOUND, is_filtered=is_filtered)


def _past(past: Sequence[Due], *, is_open: bool) -> None:
    if not past:
        return
    body = due_markup.months(past, "h3")
    summary = element("summary", element("h2", wording.PAST.format(number=len(past)), class_="section"))
    parts.show(element("details", summary, body, class_="past", open=is_open))


def _downloads(entries: Sequence[Due], asked: Asked) -> None:
    rows = due_table.rows(entries)
    days = {"from": asked.first, "to": asked.last}  # as the route of the file calls them
    named = {**asked.terms, **{name: day.isoformat() for name, day in days.items() if day}}
    query = f"?{urlencode(named)}" if named else ""
    parts.show(element("h2", wording.TAKE_AWAY, class_="section"))
    with st.container(key="downloads", horizontal=True, gap="small"):
        ics = element(
            "a", wording.CALENDAR_FILE, href=f"/deadlines.ics{query}", download="echeances.ics", class_="button"
        )
        st.html(ics, width="content")
        table = sheets.to_csv(due_table.HEADER, rows)
        st.download_button(wording.CSV, table, "echeances.csv", "text/csv", key="csv", on_click="ignore")
        book = sheets.to_xlsx(wording.DEADLINES, due_table.HEADER, rows)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        st.download_button(wording.XLSX, book, "echeances.xlsx", kind, key="xlsx", on_click="ignore")
    parts.show(element("p", wording.SUBSCRIBE, class_="meta"))
    st.code(parts.site() + "/deadlines.ics" + query, language=None, wrap_lines=True)


if __name__ == "__main__":
    screen(session.current_assistant())
