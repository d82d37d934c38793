from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import ics
import pytest
import vobject
from dated_documents import BALANCE, GATEWAY, HOSPITAL, ONE, ORDER, RECORD, TILL, TWO, deadline, info, vocabulary
from icalendar import Calendar

from assistant.agenda import agenda
from assistant.calendars import filter_deadlines, relative_to, to_ics, to_json
from index.records import Deadline, Programme, Span, Tag

DAY = date(2023, 12, 14)
MADE = datetime(2026, 1, 2, tzinfo=UTC)
PROGRAMME = Programme(
    "Équip", "Équip", "", (), None, None, "Europe/Paris", "Assistant non officiel ; seule la page fait foi."
)
QUOTE = "Solde « dû » ; à l'ASP, au plus tard\nle 14 décembre 2023 à 14 h \\ fin 😀" + " et la suite" * 12
DOCUMENTS = {"a": info("a", "2023-05-24", url="https://exemple.fr/page?x=1,2;3", title="Clinique ; lot 1, calendrier")}


def closing() -> Deadline:
    one = deadline("a", "2023-12-14", (ONE, HOSPITAL, RECORD, BALANCE), hour="14:00", quote=QUOTE)
    return replace(one, span=Span(3, 0, len(QUOTE), QUOTE), headers=(Span(2, 0, 5, "Solde"),), year_inferred=True)


def opening() -> Deadline:
    return deadline("a", "2023-01-01", (TWO, ORDER), kind="opens", last="2023-01-31", precision="month")


@pytest.mark.parametrize(
    ("day", "status", "left"),
    [("2023-12-01", "upcoming", 13), ("2023-12-14", "today", 0), ("2023-12-15", "past", None)],
)
def test_a_day_seen_from_a_day(day: str, status: str, left: int | None) -> None:
    relative = relative_to(deadline("a", "2023-12-14", (BALANCE,)), date.fromisoformat(day))
    assert (relative.status, relative.days_left) == (status, left)


@pytest.mark.parametrize(
    ("day", "status"), [("2022-12-31", "upcoming"), ("2023-01-15", "upcoming"), ("2023-02-01", "past")]
)
def test_no_days_are_counted_below_day_precision(day: str, status: str) -> None:
    relative = relative_to(opening(), date.fromisoformat(day))
    assert (relative.status, relative.days_left) == (status, None)


def test_what_goes_on_is_today() -> None:
    fair = deadline("a", "2023-05-23", (), kind="takes_place", last="2023-05-25", precision="range")
    assert relative_to(fair, date(2023, 5, 24)).status == "today"


def test_replaced_and_contradicted_deadlines_keep_their_status() -> None:
    assert relative_to(replace(closing(), status="replaced", replaced_by="x"), DAY).status == "replaced"
    assert relative_to(replace(closing(), status="conflict", conflicts_with=("x",)), DAY).days_left is None


def test_json_has_the_fields_of_the_contract() -> None:
    found = to_json(closing(), DOCUMENTS["a"], date(2023, 12, 1))
    assert found["first_day"] == found["last_day"] == "2023-12-14"
    assert (found["hour"], found["precision"], found["date_kind"], found["year_inferred"]) == (
        "14:00",
        "hour",
        "closes",
        True,
    )
    assert found["tags"] == {"wave": ["lot-1"], "lane": ["clinique"], "software": ["dossier"], "milestone": ["solde"]}
    assert (found["status"], found["days_left"], found["replaced_by"]) == ("upcoming", 13, None)
    assert found["citation"]["quote"] == QUOTE
    assert found["citation"]["page"] == 3
    assert found["citation"]["document"]["id"] == "a"


def test_filters_combine_and_follow_what_belongs_to_what() -> None:
    every = (
        closing(),
        opening(),
        deadline("a", "2024-03-03", (TWO, GATEWAY, BALANCE)),
        deadline("a", "2024-04-04", (TWO, TILL, BALANCE)),
    )
    assert filter_deadlines(every, vocabulary()) == every
    assert filter_deadlines(every, vocabulary(), wave="lot-1") == every[:1]
    assert filter_deadlines(every, vocabulary(), lane="clinique") == (every[0], every[2])
    assert filter_deadlines(every, vocabulary(), lane="clinique", wave="lot-2", milestone="solde") == every[2:3]
    assert filter_deadlines(every, vocabulary(), software="dossier") == every[:1]
    assert filter_deadlines(every, vocabulary(), profession="pharmacien") == every[3:]
    assert filter_deadlines(every, vocabulary(), programme="equip") == every
    assert filter_deadlines(every, vocabulary(), programme="usage") == ()
    assert filter_deadlines(every, vocabulary(), wave="lot-9") == ()


def test_filters_by_day_keep_what_overlaps() -> None:
    every = (opening(), closing())
    assert filter_deadlines(every, vocabulary(), first=date(2023, 1, 31)) == every
    assert filter_deadlines(every, vocabulary(), first=date(2023, 2, 1)) == every[1:]
    assert filter_deadlines(every, vocabulary(), last=date(2023, 1, 1)) == every[:1]


def test_the_calendar_is_read_by_three_parsers() -> None:
    skipped = (
        deadline("a", "2023-05-24", (ONE,), kind="published"),
        replace(deadline("a", "2022-01-01", (BALANCE,)), status="replaced", replaced_by="a-2023-12-14"),
    )
    made = to_ics((closing(), opening(), *skipped), DOCUMENTS, vocabulary(), PROGRAMME, made_at=MADE)
    first, second = Calendar.from_ical(made).walk("VEVENT")
    assert str(first["UID"]) == closing().id
    assert first["DTSTART"].dt == DAY
    assert second["DTSTART"].dt == date(2023, 1, 1)
    assert second["DTEND"].dt == date(2023, 2, 1)
    assert str(first["SUMMARY"]) == "Date limite : Solde · DOP · Lot 1 (14 h)"
    assert str(second["SUMMARY"]) == "Ouverture (janvier 2023) : Commande · Lot 2"
    assert QUOTE in str(first["DESCRIPTION"])
    assert "Année déduite" in str(first["DESCRIPTION"])
    assert str(first["URL"]) == "https://exemple.fr/page?x=1,2;3"

    text = made.decode()
    events = list(vobject.readOne(text).vevent_list)
    assert [event.uid.value for event in events] == [closing().id, opening().id]
    assert events[0].dtstart.value == DAY
    assert QUOTE in events[0].description.value

    read = {event.uid: event for event in ics.Calendar(text).events}
    assert read[closing().id].begin.date() == DAY
    assert read[closing().id].all_day
    assert QUOTE in (read[closing().id].description or "")


def test_lines_are_folded_and_ended_as_the_format_asks() -> None:
    made = to_ics((closing(),), DOCUMENTS, vocabulary(), PROGRAMME, made_at=MADE)
    lines = made.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line for line in lines)


def test_only_web_addresses_are_given() -> None:
    documents = {"a": info("a", url="javascript:alert(1)")}
    made = to_ics((closing(),), documents, vocabulary(), PROGRAMME, made_at=MADE)
    assert b"javascript" not in made


def test_a_contradicted_date_is_tentative_and_an_empty_calendar_is_valid() -> None:
    doubtful = replace(closing(), status="conflict", conflicts_with=("x",))
    (event,) = Calendar.from_ical(to_ics((doubtful,), DOCUMENTS, vocabulary(), PROGRAMME)).walk("VEVENT")
    assert str(event["STATUS"]) == "TENTATIVE"
    assert "autre date" in str(event["DESCRIPTION"])
    empty = Calendar.from_ical(to_ics((), DOCUMENTS, vocabulary(), PROGRAMME))
    assert empty.walk("VEVENT") == []


def test_a_bare_year_is_on_the_agenda_when_something_begins_or_ends_in_it() -> None:
    def year(quote: str, *tags: Tag) -> Deadline:
        return deadline("a", "2022-01-01", tags, kind="takes_place", last="2022-12-31", precision="year", quote=quote)

    kept = [year("Le lot 1 a commencé en 2022.", ONE), year("Commande en 2022.", ORDER)]
    left = [year("La grange date de 2022.", HOSPITAL), year("Le lot 1 coûtait moins en 2022.", ONE)]
    assert set(agenda((*kept, *left), vocabulary(), {})) == set(kept)
