"""Until when documents are in force: by their own last day, or by the document that says it replaces them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from index.records import DocumentInfo


@dataclass(frozen=True, slots=True)
class End:
    """A document is out of force after `day`: by its own word, or because the document `replaced_by` took its place.

    `is_exact` is false when of the replacing document only the month or the year is known.
    """

    day: date
    replaced_by: str
    is_exact: bool


def ends_of(infos: Iterable[DocumentInfo]) -> dict[str, End]:
    """The end of each document that has one, by id: its own last day, else the day of the newest that replaces it."""
    every = list(infos)
    found: dict[str, End] = {}
    for newer in every:
        published = newer.evidence.published
        for replaced in newer.replaces if published is not None else ():
            if published is not None and (replaced not in found or published.first > found[replaced].day):
                found[replaced] = End(published.first, newer.id, is_exact=published.first == published.last)
    return found | {info.id: End(info.valid_until, "", is_exact=True) for info in every if info.valid_until is not None}
