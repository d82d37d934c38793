"""`/deadlines.ics` on the default corpus: three parsers read the same events, whatever the filters, and a rebuilt index
keeps their names, so that a calendar that is subscribed to updates its events instead of doubling them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ics
import pytest
import vobject
from conftest import CHECKOUT, DEFAULT_DAY
from fakes import LetterEncoder
from icalendar import Calendar
from starlette.testclient import TestClient

from assistant.loading import over
from assistant.routes import create_site
from assistant.settings import load_settings
from index.building import build
from index.holding import IndexHolder

SETTINGS = load_settings({"ASSISTANT_DAY": DEFAULT_DAY.isoformat()})
FILTERS = [
    {},
    {"wave": "vague-1"},
    {"wave": "vague-2", "lane": "imagerie"},
    {"lane": "officine", "milestone": "solde"},
    {"software": "drimbox", "from": "2025-01-01", "to": "2028-01-01"},
    {"profession": "medecin"},
    {"programme": "sun-es"},
]

Fetch = Callable[[dict[str, str]], str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("calendar") / "index"
    build(CHECKOUT / "corpus", index, encoder=LetterEncoder())
    return index


def fetched(folder: Path, filters: list[dict[str, str]]) -> tuple[str, list[str], list[set[str]]]:
    """The generation in use, the calendar of each filter, and the ids that the JSON of each names as its events."""
    holder = IndexHolder(folder, encoder=LetterEncoder())
    assistant = over(holder, SETTINGS)
    client = TestClient(create_site(lambda: assistant, SETTINGS))
    texts, wanted = [], []
    for one in filters:
        reply = client.get("/deadlines.ics", params=one)
        assert reply.status_code == 200, reply.text
        texts.append(reply.text)
        listed: list[dict[str, Any]] = client.get("/api/deadlines", params=one).json()
        wanted.append({entry["id"] for entry in listed if entry["date_kind"] in {"opens", "closes"}})
    generation = assistant.generation
    holder.close()
    return generation, texts, wanted


def uids(text: str) -> set[str]:
    return {str(event["UID"]) for event in Calendar.from_ical(text).walk("VEVENT")}


def test_three_parsers_agree_and_the_names_stay_after_a_forced_rebuild(folder: Path) -> None:
    generation, texts, wanted = fetched(folder, FILTERS)
    for text, ids in zip(texts, wanted, strict=True):
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
        events = Calendar.from_ical(text).walk("VEVENT")
        days = {str(event["UID"]): event["DTSTART"].dt for event in events}
        assert set(days) == ids
        assert len(events) == len(ids)
        parsed = vobject.readOne(text)
        assert {event.uid.value: event.dtstart.value for event in getattr(parsed, "vevent_list", [])} == days
        assert {event.uid: event.begin.date() for event in ics.Calendar(text).events} == days
        titles = {event.uid.value: event.summary.value for event in getattr(parsed, "vevent_list", [])}
        assert titles == {str(event["UID"]): str(event["SUMMARY"]) for event in events}
    sizes = [len(ids) for ids in wanted]
    assert sizes[0] > 40
    assert all(0 < size < sizes[0] for size in sizes[1:])
    build(CHECKOUT / "corpus", folder, encoder=LetterEncoder(), force=True)
    rebuilt, again, _ = fetched(folder, FILTERS)
    assert rebuilt != generation
    assert [uids(text) for text in again] == [uids(text) for text in texts]
