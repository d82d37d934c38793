"""What an answer was chosen from: the passages found, how each retriever saw them, and which were not chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answers import Understood
from assistant.desk_records import Exchange
from assistant.understanding import understood
from index.records import DocumentInfo, Passage
from index.searching import Index

if TYPE_CHECKING:
    from assistant.answering import Assistant

_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """How one retriever saw a passage: its 1-based rank, its score (higher is better)."""

    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found for the query; `seen` by the name of each retriever; `tags` are labels."""

    passage: Passage
    document: DocumentInfo
    score: float
    seen: Mapping[str, Seen]
    tags: tuple[str, ...]
    is_cited: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is found now for the query of an exchange, best first; passages that are cited and not found come last.

    `has_changed` says that another generation than the one that answered is searched.
    """

    query: str
    understood: tuple[Understood, ...]
    has_changed: bool
    found: tuple[Found, ...]


def evidence(assistant: Assistant, exchange: Exchange) -> Evidence:
    """The evidence for an exchange, searched for in the index in use as an answer searches."""
    answer = exchange.answer
    cited = {citation.passage_id for citation in answer.citations}
    with assistant.reading() as index:
        query = assistant.understand(
            index, exchange.question, after=exchange.after, day=exchange.day, without=exchange.without
        )

        def found(passage: Passage, score: float, seen: Mapping[str, Seen]) -> Found:
            labels = dict.fromkeys(index.vocabulary.label(tag) for tag in (*passage.tags, *passage.context_tags))
            document = index.documents[passage.document_id]
            return Found(passage, document, score, seen, tuple(labels), passage.id in cited)

        hits = assistant.writer(index).search(query, exchange.documents)[:_LIMIT]
        ranked = [found(h.passage, h.score, {e.retriever: Seen(e.rank, e.score) for e in h.evidence}) for h in hits]
        missed = cited - {hit.passage.id for hit in hits}
        others = [passage for passage in (_passage(index, name) for name in sorted(missed)) if passage is not None]
        has_changed = index.generation != answer.generation
        not_found = (found(passage, 0.0, {}) for passage in others)
        return Evidence(query.text, understood(query, index.vocabulary), has_changed, (*ranked, *not_found))


def _passage(index: Index, name: str) -> Passage | None:
    try:
        return index.passage(name)
    except KeyError:
        return None
