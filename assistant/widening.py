"""Quotations widened to the passages that they stand in, and the next best passages, as far as there is room. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.candidates import Candidate
from assistant.drafts import Claim, Quotation
from assistant.query import Query
from assistant.quoting import lies_within, prose_claim, row_reading, with_items, without_repeats
from index.records import Passage, Span, Tag, TagKind
from index.searching import Index

# Characters in all: beside what answers, and where it is not sure that anything does.
AROUND = 1000
NEAREST = 1250
LIST = 2000
# With what replaced a date or a sum, and the sentence that opens it.
MOST = 1350
_MOST_PASSAGES = 6


def widened(
    claims: Sequence[Claim],
    candidates: Sequence[Candidate],
    query: Query,
    index: Index,
    *,
    most: int,
    listed: TagKind | None = None,
) -> tuple[Claim, ...]:
    """The claims, then the passages of the best candidates, in at most `most` characters unless the claims hold more.

    A claim that lies within such a passage gives way to it and is its key. What else such a passage says is quoted too:
    it names what it speaks of. When the claims are a whole list of terms of the kind `listed`, only what names more of
    them stands beside it.
    """
    kept = list(claims)
    named = _named(kept, listed, index)
    for passage, headers in _best(candidates):
        whole = _whole(passage, headers, query, index)
        if whole is None:
            continue
        if listed and not any(lies_within(one, whole) for one in kept) and _named([whole], listed, index) <= named:
            continue
        text = whole.text
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


def _named(claims: Sequence[Claim], kind: TagKind | None, index: Index) -> frozenset[Tag]:
    """The terms of a kind that the claims name; none when there is no kind."""
    if kind is None:
        return frozenset()
    found = (tag for claim in claims for one in index.vocabulary.find(claim.text) for tag in one.tags)
    return frozenset(tag for tag in found if tag.kind == kind)


def within_room(claims: Sequence[Claim], most: int) -> tuple[Claim, ...]:
    """The claims without repeats up to the first that does not fit in; the first stays in any case."""
    kept: list[Claim] = []
    for one in without_repeats(claims):
        if kept and sum(len(other.text) for other in kept) + len(one.text) > most:
            break
        kept.append(one)
    return tuple(kept)


def _whole(passage: Passage, headers: tuple[Span, ...], query: Query, index: Index) -> Claim | None:
    """The passage with the list that it opens.

    None when it opens what does not follow, or states what was replaced or is contested.
    """
    if passage.kind == "row":
        span = Span(passage.page, passage.start, passage.end, passage.text)
        claim = Claim(row_reading(passage, query, index), (Quotation(passage.document_id, passage.id, span, headers),))
    else:
        page = next(page for page in index.document_pages(passage.document_id) if page.number == passage.page)
        span = with_items(passage, page)
        claim = prose_claim(passage, span, page)
    return None if claim.text.endswith(":") or _is_contested(passage, span, index) else claim


def _is_contested(passage: Passage, span: Span, index: Index) -> bool:
    """Whether something was replaced or is contested of what the span states, lists beyond the passage included."""
    for one in index.passages_of(passage.document_id):
        if one.page == span.page and one.start < span.end and span.start < one.end:
            dates = {deadline.status for deadline in index.deadlines_of(one.id)}
            if {"replaced", "conflict"} & (dates | {fact.status for fact in index.facts_of(one.id)}):
                return True
    return False


def _best(candidates: Sequence[Candidate]) -> Iterator[tuple[Passage, tuple[Span, ...]]]:
    """The passages of the best candidates, each once, with the headers of a row."""
    found = {one.unit.passage.id: one.unit for one in reversed(candidates)}
    order = dict.fromkeys(one.unit.passage.id for one in candidates)
    for passage_id in list(order)[:_MOST_PASSAGES]:
        yield found[passage_id].passage, found[passage_id].headers
