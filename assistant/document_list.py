"""Pure: the documents that a search and filters leave, and what replaces what among them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.records import DocumentInfo


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader asked for; an empty field leaves everything. `year` is the year of publication."""

    words: str = ""
    kind: str = ""
    publisher: str = ""
    year: str = ""


def matching(documents: Sequence[DocumentInfo], wanted: Filter, found_in_text: Collection[str]) -> list[DocumentInfo]:
    """The documents that match every field, newest first; words match the title, the publisher, or the text.

    `found_in_text` holds the ids of documents whose text bears on the words.
    """
    kept = [
        info
        for info in documents
        if (not wanted.kind or info.evidence.kind == wanted.kind)
        and (not wanted.publisher or info.evidence.publisher == wanted.publisher)
        and (not wanted.year or wanted.year in years(info))
        and (_names(info, wanted.words) or info.id in found_in_text)
    ]
    return sorted(kept, key=lambda info: (-_day(info), fold(info.title)))


def years(info: DocumentInfo) -> list[str]:
    """The years that the publication may fall in."""
    published = info.evidence.published
    return [str(year) for year in range(published.first.year, published.last.year + 1)] if published else []


def replaced_by(documents: Sequence[DocumentInfo], document_id: str) -> list[DocumentInfo]:
    """The documents that say they replace this one."""
    return [info for info in documents if document_id in info.replaces]


def fold(text: str) -> str:
    """Without accents or capitals, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _names(info: DocumentInfo, words: str) -> bool:
    own = fold(f"{info.title} {info.evidence.publisher} {info.path}")
    return all(word in own for word in fold(words).split())


def _day(info: DocumentInfo) -> int:
    published = info.evidence.published
    return published.last.toordinal() if published else 0
