"""Door for icalendar: deadlines filtered, seen from a day, as JSON and as a calendar file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from assistant.answers import Citation, citation_json
from index.dating import format_hour, format_interval
from index.deadlines import about, describe, open_or_close
from index.records import Deadline, DocumentInfo, Programme, Tag, TagKind
from index.vocabulary import Vocabulary

if TYPE_CHECKING:
    from icalendar import Event

Status = Literal["upcoming", "today", "past", "replaced", "conflict"]

_VERBS = {"opens": "Ouverture", "closes": "Date limite"}
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Relative:
    """A deadline seen from a day. `days_left` is None when the deadline is past or not given to the day."""

    status: Status
    days_left: int | None


def relative_to(deadline: Deadline, day: date) -> Relative:
    """Where the deadline stands on a day. What opens in a month, or closes in it, is ahead until the month is over."""
    if deadline.status != "in_force":
        return Relative(deadline.status, None)
    if deadline.last_day < day:
        return Relative("past", None)
    is_exact = deadline.precision in {"hour", "day"}
    if is_exact:
        left = (deadline.last_day - day).days
        return Relative("upcoming" if left else "today", left)
    is_going_on = deadline.precision == "range" and deadline.date_kind == "takes_place" and deadline.first_day <= day
    return Relative("today" if is_going_on else "upcoming", None)


def filter_deadlines(
    deadlines: Iterable[Deadline],
    vocabulary: Vocabulary,
    *,
    wave: str | None = None,
    lane: str | None = None,
    software: str | None = None,
    milestone: str | None = None,
    profession: str | None = None,
    programme: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> tuple[Deadline, ...]:
    """The deadlines that concern all the terms given by id, and fall between two days, both included."""
    asked: tuple[tuple[TagKind, str | None], ...] = (
        ("wave", wave), ("lane", lane), ("software", software), ("milestone", milestone), ("profession", profession),
        ("programme", programme),
    )  # fmt: skip
    tags = [Tag(kind, name) for kind, name in asked if name]
    return tuple(
        deadline
        for deadline in about(deadlines, tags, vocabulary)
        if (first is None or deadline.last_day >= first) and (last is None or deadline.first_day <= last)
    )


def to_json(deadline: Deadline, document: DocumentInfo, day: date) -> dict[str, Any]:
    """The deadline as CONTRACT describes it, seen from a day; `days_left` is there when it can be counted."""
    relative = relative_to(deadline, day)
    tags: dict[str, list[str]] = {}
    for tag in deadline.tags:
        tags.setdefault(tag.kind, []).append(tag.id)
    citation = Citation(
        1, deadline.passage_id, deadline.span, deadline.headers, document, deadline.status != "replaced", None
    )
    return {
        "id": deadline.id,
        "first_day": deadline.first_day.isoformat(),
        "last_day": deadline.last_day.isoformat(),
        "hour": deadline.hour,
        "precision": deadline.precision,
        "date_kind": deadline.date_kind,
        "year_inferred": deadline.year_inferred,
        "text": format_interval(deadline.first_day, deadline.last_day, deadline.precision, deadline.hour),
        "tags": tags,
        "status": relative.status,
        "days_left": relative.days_left,
        "replaced_by": deadline.replaced_by,
        "conflicts_with": list(deadline.conflicts_with),
        "citation": citation_json(citation),
    }


def to_ics(
    deadlines: Iterable[Deadline],
    documents: Mapping[str, DocumentInfo],
    vocabulary: Vocabulary,
    programme: Programme,
    *,
    made_at: datetime | None = None,
) -> bytes:
    """A calendar file (RFC 5545) with one event for each deadline that opens or closes and is not replaced.

    Events are whole days: no time zone is needed, and the hour stands in the title. Their UID is the deadline's id, so
    that a later file updates them. `made_at` is when the file is made, now by default.
    """
    from icalendar import Calendar  # 40 ms, for those who take the calendar away

    calendar = Calendar()
    calendar.add("prodid", "-//Assistant//Echeances//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Échéances · {programme.short_name}")
    calendar.add("x-wr-timezone", programme.timezone)
    stamp = made_at or datetime.now(UTC)
    for deadline in open_or_close(deadlines):
        if deadline.status != "replaced":
            calendar.add_component(_event(deadline, documents[deadline.document_id], vocabulary, programme, stamp))
    return bytes(calendar.to_ical())


def _event(
    deadline: Deadline, document: DocumentInfo, vocabulary: Vocabulary, programme: Programme, stamp: datetime
) -> Event:
    from icalendar import Event, vUri

    event = Event()
    event.add("uid", deadline.id)
    event.add("dtstamp", stamp)
    event.add("dtstart", deadline.first_day)
    event.add("dtend", deadline.last_day + timedelta(days=1))
    event.add("summary", _title(deadline, vocabulary))
    event.add("description", _description(deadline, document, programme))
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE" if deadline.status == "conflict" else "CONFIRMED")
    if deadline.tags:
        event.add("categories", [vocabulary.label(tag) for tag in deadline.tags])
    url = _url(document)
    if url:
        event.add("url", vUri(url))
    return event


def _title(deadline: Deadline, vocabulary: Vocabulary) -> str:
    hour = f" ({format_hour(deadline.hour)})" if deadline.hour else ""
    # An event of a month or a quarter begins on a day that no document gives: its title says which time is meant.
    time = (
        f" ({format_interval(deadline.first_day, deadline.last_day, deadline.precision, None)})"
        if deadline.precision not in ("day", "hour", "range")
        else ""
    )
    return f"{_VERBS[deadline.date_kind]}{time} : {describe(deadline, vocabulary)}{hour}"


def _description(deadline: Deadline, document: DocumentInfo, programme: Programme) -> str:
    """The quotation with its headers, where it stands, and what a reader must know of it."""
    source = document.evidence
    lines = [format_interval(deadline.first_day, deadline.last_day, deadline.precision, deadline.hour)]
    if deadline.headers:
        lines.append(" › ".join(header.quote for header in deadline.headers))
    lines.append(f"« {deadline.span.quote} »")
    page = f", page {deadline.span.page}" if deadline.span.page else ""
    written = f", {source.published_as_written}" if source.published_as_written else ""
    if document.origin == "summary":
        lines.append(f"Fiche « {document.title} »{page}, rédigée d'après {source.publisher}{written}")
    else:
        lines.append(f"Source : {source.publisher}, « {document.title} »{written}{page}")
    url = _url(document)
    if url:
        lines.append(url)
    if deadline.year_inferred:
        lines.append("Année déduite de la date du document.")
    if deadline.status == "conflict":
        lines.append("D'autres documents donnent une autre date.")
    if programme.disclaimer:
        lines.append(programme.disclaimer)
    return "\n".join(lines)


def _url(document: DocumentInfo) -> str | None:
    """The address of the document, or of what it summarises; web addresses only."""
    url = document.source.url or document.evidence.url
    return url if url and url.startswith(_WEB) else None
