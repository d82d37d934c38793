"""Past answers that cited a document which was withdrawn, replaced or changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from assistant.desk_records import CitedVersion
from assistant.journal import Journal

if TYPE_CHECKING:
    from assistant.answering import Assistant

Change = Literal["withdrawn", "replaced", "changed"]


@dataclass(frozen=True, slots=True)
class Affected:
    """An exchange that cited such a document; `title` is its id when it is no longer in the corpus."""

    exchange: str
    question: str
    asked_at: datetime
    document: str
    title: str
    change: Change
    replaced_by: str | None


def affected(assistant: Assistant, journal: Journal) -> tuple[Affected, ...]:
    """The exchanges to look at again, newest first; one entry for each such document that they cite."""
    infos = {info.id: info for info in assistant.documents()}
    newer = {old: info.id for info in infos.values() for old in info.replaces}
    versions = assistant.versions(infos).documents
    found: list[Affected] = []
    for cited in journal.cited_versions():
        document = cited.document
        change = None if cited.generation == assistant.generation else _change(cited, versions.get(document), newer)
        if change is not None:
            title = infos[document].title if document in infos else document
            found += [
                Affected(name, question, asked_at, document, title, change, newer.get(document))
                for name, question, asked_at in journal.citing(cited)
            ]
    return tuple(sorted(found, key=lambda one: one.asked_at, reverse=True))


def _change(cited: CitedVersion, now: str | None, newer: Mapping[str, str]) -> Change | None:
    """What happened to it since; what was shown as replaced even then was replaced before."""
    is_replaced = cited.document in newer and cited.is_current
    if now is None:
        return "replaced" if is_replaced else "withdrawn"
    if is_replaced:
        return "replaced"
    return None if cited.version == now else "changed"
