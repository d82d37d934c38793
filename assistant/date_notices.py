"""What a reader of dates is warned of, and the narrower questions to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from assistant import phrases
from assistant.agreement import SECTOR_KINDS
from assistant.date_asked import DateAsked
from assistant.date_grouping import place
from assistant.dated import Dated, DatedIndex
from assistant.understanding import Query
from index.records import Deadline, Tag

_OLD = timedelta(days=183)
_PRESS_AUTHORITY = 6
_ENDINGS = {
    "opens": "quelle est la date d'ouverture ?",
    "closes": "quelle est la date limite ?",
    None: "quelle est la date ?",
}


def notices(query: Query, dated: Sequence[Dated], index: DatedIndex) -> tuple[str, ...]:
    """What must be said beside the dates: inferred years, contradictions, dates to verify."""
    found: list[str] = []
    for one in dated:
        found += said_of(one.best)
        if one.best.last_day < query.day:
            continue
        sources = [index.documents[deadline.document_id].evidence for deadline in one.every]
        is_old = all(source.published is None or query.day - source.published.last > _OLD for source in sources)
        if is_old or all(source.authority >= _PRESS_AUTHORITY for source in sources):
            found.append(phrases.to_verify(sources[0]))
        elif one.former:
            found.append(phrases.POSTPONED_NOTICE)
    return tuple(dict.fromkeys(found))


def said_of(deadline: Deadline) -> list[str]:
    """What must be said of one quoted date, whatever the day."""
    found = []
    if deadline.year_inferred:
        found.append(phrases.inferred(str(deadline.last_day.year), "elle est déduite de la date du document"))
    if deadline.status == "conflict":
        found.append(phrases.CONFLICT_NOTICE)
    return found


def choices(query: Query, asked: DateAsked, dated: Sequence[Dated], index: DatedIndex) -> tuple[str, ...]:
    """Whole questions that narrow the answer: by sector, else by wave, when several are given."""
    for options in (_sectors(query, dated, index), _waves(query, dated)):
        if len(options) > 1:
            kinds = ("milestone", "part", "wave", "programme", *SECTOR_KINDS)
            base = [
                index.vocabulary.label(tag)
                for kind in kinds
                for tag in query.of_kind(kind)
                if kind != "programme" or len(query.tags) == 1
            ]
            ending = _ENDINGS[asked.kind] if query.of_kind("milestone") else "quelles sont les échéances ?"
            return tuple(f"{', '.join([*base, index.vocabulary.label(tag)])} : {ending}" for tag in options)
    return ()


def _sectors(query: Query, dated: Sequence[Dated], index: DatedIndex) -> tuple[Tag, ...]:
    if query.of_kind(*SECTOR_KINDS):
        return ()
    return tuple(dict.fromkeys(tag for one in dated for tag in sorted(place(one.best, index)) if tag.kind == "lane"))


def _waves(query: Query, dated: Sequence[Dated]) -> tuple[Tag, ...]:
    if query.of_kind("wave"):
        return ()
    return tuple(dict.fromkeys(tag for one in dated for tag in one.best.tags if tag.kind == "wave"))
