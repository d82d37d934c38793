"""The order of the queue and the figures of the weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from exchange_maker import NINE, exchange, verified

from assistant.desk_records import Badge, Opinion, QueueFilter, QueueItem
from assistant.figures import to_csv, weekly
from assistant.journal import Journal
from assistant.queueing import judged, queue

DAY = date(2026, 11, 4)


@pytest.fixture
def memory() -> Iterator[Journal]:
    opened = Journal.open("sqlite://")
    yield opened
    opened.close()


def item(**changes: object) -> QueueItem:
    plain = QueueItem(
        exchange="e",
        conversation="c",
        question="q",
        asked_at=NINE,
        outcome="answered",
        confidence=1.0,
        state="to_check",
        assignee=None,
        ups=0,
        downs=0,
        asked=1,
        due_on=None,
        verified=None,
        is_returned=False,
        total_ms=1.0,
        terms=(),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ()),
        ({"downs": 1}, ("disliked",)),
        ({"confidence": 0.4}, ("unsure",)),
        ({"confidence": 0.4, "outcome": "out_of_scope"}, ()),
        ({"asked": 2}, ()),
        ({"asked": 8}, ("often",)),
        ({"due_on": DAY}, ("due",)),
        ({"due_on": DAY - timedelta(days=1)}, ()),
        ({"due_on": DAY + timedelta(days=60)}, ()),
        ({"is_returned": True, "downs": 3}, ("returned", "disliked")),
        ({"downs": 1, "asked": 20, "confidence": 0.1}, ("disliked", "often", "unsure")),
    ],
)
def test_an_exchange_says_why_it_comes_first(changes: dict[str, object], why: tuple[str, ...]) -> None:
    assert judged(item(**changes), DAY).why == why


def test_each_reason_raises_the_priority_and_a_served_verified_answer_lowers_it() -> None:
    plain = judged(item(), DAY).priority
    for changes in ({"downs": 1}, {"confidence": 0.4}, {"asked": 8}, {"due_on": DAY}, {"is_returned": True}):
        assert judged(item(**changes), DAY).priority > plain
    assert judged(item(verified="v"), DAY).priority < plain
    assert judged(item(due_on=DAY), DAY).priority > judged(item(due_on=DAY + timedelta(days=20)), DAY).priority


def test_the_queue_is_cut_into_pages_and_counted(memory: Journal) -> None:
    plain, disliked, unsure = exchange("une ?"), exchange("deux ?"), exchange("trois ?", confidence=0.3)
    for one in (plain, disliked, unsure):
        memory.record(one)
    memory.opine(Opinion(disliked.id, "down"))
    found = queue(memory, QueueFilter(), day=DAY)
    assert [one.exchange for one in found.items] == [disliked.id, unsure.id, plain.id]
    assert [one.exchange for one in queue(memory, QueueFilter(), day=DAY, limit=1, offset=1).items] == [unsure.id]
    memory.set_state(plain.id, "verified", by="Marie")
    found = queue(memory, QueueFilter(state="to_check"), day=DAY, limit=1)
    assert (found.total, len(found.items)) == (2, 1)
    assert found.counts == {"to_check": 2, "verified": 1, "to_correct": 0, "corrected": 0}


def test_weekly_figures_and_their_csv(memory: Journal) -> None:
    last_week = NINE - timedelta(days=3)
    asked = [
        exchange(asked_at=NINE),
        exchange(asked_at=NINE + timedelta(days=6, hours=14), outcome="partial", verified=Badge("v", DAY)),
        exchange(asked_at=NINE, outcome="not_found"),
        exchange(asked_at=NINE, outcome="out_of_scope"),
        exchange(asked_at=last_week, outcome="clarify"),
        exchange(asked_at=NINE - timedelta(days=30)),
    ]
    for one in asked:
        memory.record(one)
    memory.opine(Opinion(asked[0].id, "down", given_at=NINE))
    memory.opine(Opinion(asked[0].id, "up", 1, given_at=NINE))
    memory.add_verified(verified(), by="Marie")
    before, now = weekly(memory, day=DAY, weeks=2)
    assert (before.monday, now.monday) == (date(2026, 10, 26), date(2026, 11, 2))
    assert (before.asked, before.withheld, before.median_ms) == (1, 1, 1.0)
    assert (now.asked, now.answered, now.withheld, now.out_of_scope) == (4, 2, 1, 1)
    assert (now.ups, now.downs, now.served_verified, now.verified, now.median_ms) == (1, 1, 1, 1, 1.0)
    lines = to_csv((before, now)).split("\r\n")
    assert lines[0].startswith("semaine;questions;")
    assert lines[2] == "2026-11-02;4;2;1;1;1;1;1;1;1,0"
    assert [week.median_ms for week in weekly(memory, day=date(2020, 1, 1), weeks=1)] == [None]
