"""Quotations widened to the passages that they stand in, and the next best passages, as far as there is room. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.candidates import Candidate
from assistant.dated import plain
from assistant.drafts import Claim, Quotation
from assistant.query import Query
from assistant.quoting import lies_within, row_reading
from index.records import Passage, Span
from index.searching import Index

# Characters in all: beside what answers, and where it is not sure that anything does.
AROUND = 1000
NEAREST = 1250
LIST = 2000
_MOST_PASSAGES = 6


def widened(
    claims: Sequence[Claim], candidates: Sequence[Candidate], query: Query, index: Index, *, most: int
) -> tuple[Claim, ...]:
    """The claims, then the passages of the best candidates, in at most `most` characters unless the claims hold more.

    A claim that lies within such a passage gives way to it and is its key.
    """
    kept = list(claims)
    for passage, headers in _best(candidates):
        text = row_reading(passage, query, index) if passage.kind == "row" else plain(passage.text)
        span = Span(passage.page, passage.start, passage.end, passage.text)
        whole = Claim(text, (Quotation(passage.document_id, passage.id, span, headers),))
        within = [one for one in kept if lies_within(one, whole)]
        if sum(len(one.text) for one in kept if one not in within) + len(text) > most:
            continue
        if any(lies_within(whole, one) for one in kept):
            continue
        place = kept.index(within[0]) if within else len(kept)
        key = within[0].text if within and within[0].text in text and within[0].text != text else ""
        derived = tuple(value for one in within for value in one.derived)
        kept = [one for one in kept if one not in within]
        kept.insert(place, replace(whole, key=key, derived=derived))
    return tuple(kept)


def _best(candidates: Sequence[Candidate]) -> Iterator[tuple[Passage, tuple[Span, ...]]]:
    """The passages of the best candidates, each once, with the headers of a row."""
    found = {one.unit.passage.id: one.unit for one in reversed(candidates)}
    order = dict.fromkeys(one.unit.passage.id for one in candidates)
    for passage_id in list(order)[:_MOST_PASSAGES]:
        yield found[passage_id].passage, found[passage_id].headers
