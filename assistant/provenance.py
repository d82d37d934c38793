"""What an answer was made from: the generation and its makers, the documents' versions, the deadlines it touches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from index.searching import Index

if TYPE_CHECKING:
    from assistant.desk_records import Versions


def versions(index: Index, documents: Iterable[str]) -> Versions:
    """What an index was made from, with the content hash of these documents (those that it holds)."""
    from assistant.desk_records import Versions  # the journal's records are not loaded to answer

    manifest, wanted = index.manifest, frozenset(documents)
    return Versions(
        generation=index.generation,
        model=manifest["model"]["identity"],
        vocabulary=manifest["inputs"]["vocabulary"],
        splitter=str(manifest["splitter"]["version"]),
        documents={entry["id"]: entry["content_hash"] for entry in manifest["documents"] if entry["id"] in wanted},
    )


def next_due(index: Index, passages: Iterable[str], day: date) -> date | None:
    """The first day, from `day` on, that a deadline in force of these passages falls on."""
    days = [one.last_day for name in passages for one in index.deadlines_of(name) if one.status == "in_force"]
    return min((due for due in days if due >= day), default=None)
