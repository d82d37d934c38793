"""Quotations widened to the passages that they stand in, and the next best passages, as far as there is room. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.candidates import Candidate
from assistant.dated import plain
from assistant.drafts import Claim, Quotation
from assistant.query import Query
from assistant.quoting import claim, lies_within, prose_claim, with_items, without_repeats
from assistant.section_heads import with_head
from assistant.tables import FEW_ROWS, MOST_ROWS, row_claim, table_around
from index.records import Passage, Span, Tag, TagKind
from index.searching import Index

# Characters in all: beside what answers, and where it is not sure that anything does.
AROUND = 1000
NEAREST = 1250
LIST = 2000
# With what replaced a date or a sum, and the sentence that opens it.
MOST = 1350
_MOST_PASSAGES = 6
# Of a passage that is not quoted whole, at most so many sentences that answer at least so well.
_MOST_SENTENCES, _GOOD = 2, 0.5


def widened(
    claims: Sequence[Claim],
    candidates: Sequence[Candidate],
    query: Query,
    index: Index,
    *,
    most: int,
    listed: TagKind | None = None,
    is_sure: bool = False,
) -> tuple[Claim, ...]:
    """The claims, then the passages of the best candidates, in at most `most` characters unless the claims hold more.

    A claim that lies within such a passage gives way to it and is its key. What else such a passage says is quoted too:
    it names what it speaks of. Beside sure claims no table is told whole that none of them stands in. When the claims
    are a whole list of terms of the kind `listed`, only what names more of them stands beside it.
    """
    kept = list(claims)
    named = _named(kept, listed, index)
    for bundle in _best(candidates, query, index, beside=kept if is_sure else ()):
        is_key = any(lies_within(one, new) for one in kept for new in bundle)
        new = [one for one in bundle if not listed or is_key or not _named([one], listed, index) <= named]
        if new and _length(new) + _length(_beside(kept, new)) <= most:
            kept = _with(kept, new)
    return tuple(kept)


def _with(kept: Sequence[Claim], bundle: Sequence[Claim]) -> list[Claim]:
    """The claims with others, which stand where the first that lies within one of them stood, or last."""
    bundle = [new for new in bundle if not any(lies_within(new, one) and not lies_within(one, new) for one in kept)]
    place = next((n for n, one in enumerate(kept) if any(lies_within(one, new) for new in bundle)), len(kept))
    return [*kept[:place], *(_keyed(new, kept) for new in bundle), *_beside(kept[place:], bundle)]


def _keyed(new: Claim, kept: Sequence[Claim]) -> Claim:
    """The claim, its key the first that lies within it."""
    within = [one for one in kept if lies_within(one, new)]
    # A heading put before either of them stands before the passage only.
    said = [text for one in within[:1] for text in (one.text, plain(one.quotations[0].span.quote))]
    key = next((text for text in said if text in new.text and text != new.text), "")
    return replace(new, key=key, derived=tuple(value for one in within for value in one.derived))


def _beside(kept: Sequence[Claim], bundle: Sequence[Claim]) -> list[Claim]:
    """The claims that lie within none of the bundle."""
    return [one for one in kept if not any(lies_within(one, new) for new in bundle)]


def _length(claims: Sequence[Claim]) -> int:
    """The characters of the claims; headings that stand before quotations take no room from others."""
    return sum(len(one.text) - len(_head(one)) for one in claims)


def _head(claim: Claim) -> str:
    heads = (with_head(plain(header.quote), "") for header in claim.quotations[0].headers)
    return next((head for head in heads if claim.text.startswith(head)), "")


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


def _whole(passage: Passage, query: Query, index: Index) -> Claim | None:
    """The passage with the list that it opens.

    None when it opens what does not follow, or states what was replaced or is contested.
    """
    if passage.kind == "row":
        claim = row_claim(passage, query, index)
    else:
        page = next(page for page in index.document_pages(passage.document_id) if page.number == passage.page)
        claim = prose_claim(passage, with_items(passage, page), page)
    return None if claim.text.endswith(":") or _is_contested(passage, claim.quotations[0].span, index) else claim


def _is_of_another(passage: Passage, query: Query, index: Index) -> bool:
    """Whether some of the passage names another wave or part than the one asked, and none of it that one."""
    named = {tag for one in index.vocabulary.find(passage.text) for tag in one.tags}
    for kind in ("wave", "part"):
        asked, said = query.of_kind(kind), [tag for tag in named if tag.kind == kind]
        if asked and said and not any(index.vocabulary.related(tag, one) for tag in said for one in asked):
            return True
    return False


def _is_contested(passage: Passage, span: Span, index: Index) -> bool:
    """Whether something was replaced or is contested of what the span states, lists beyond the passage included."""
    for one in index.passages_of(passage.document_id):
        if one.page == span.page and one.start < span.end and span.start < one.end:
            dates = {deadline.status for deadline in index.deadlines_of(one.id)}
            facts = {fact.status for fact in index.facts_of(one.id) if fact.kind != "amended"}  # those are marked
            if {"replaced", "conflict"} & (dates | facts):
                return True
    return False


def _best(
    candidates: Sequence[Candidate], query: Query, index: Index, *, beside: Sequence[Claim]
) -> Iterator[list[Claim]]:
    """What each passage of the best candidates says, and all rows of a small table several of which are among them.

    With claims to stand `beside`, a table that none of them stands in is not told whole.
    """
    passages = {one.unit.passage.id: one.unit.passage for one in candidates}.values()
    best = [one for one in passages if not _is_of_another(one, query, index)][:_MOST_PASSAGES]
    told = {quotation.passage_id for one in beside for quotation in one.quotations}
    for passage in best:
        table = table_around(passage, index)
        is_near = not told or any(one.id in told for one in table)
        if is_near and sum(one in table for one in best) >= FEW_ROWS and len(table) <= MOST_ROWS:
            yield [claim for one in table if (claim := _whole(one, query, index)) is not None]
        whole = _whole(passage, query, index)
        yield [whole] if whole is not None else _sentences(passage, candidates, query, index)


def _sentences(passage: Passage, candidates: Sequence[Candidate], query: Query, index: Index) -> list[Claim]:
    """The best sentences of a passage that is not quoted whole, those of which nothing is replaced or contested."""
    if passage.kind == "row":
        return []
    good = [one for one in candidates if one.unit.passage.id == passage.id and one.score >= _GOOD]
    found = (claim(one, query, index) for one in good[:_MOST_SENTENCES])
    return [one for one in found if not one.text.endswith(":") and not _is_contested_in(one.quotations[0], index)]


def _is_contested_in(quotation: Quotation, index: Index) -> bool:
    """Whether something that the quotation itself states was replaced or is contested."""
    here = quotation.span
    dates = [(one.span, one.status) for one in index.deadlines_of(quotation.passage_id)]
    sums = [(one.span, one.status) for one in index.facts_of(quotation.passage_id)]
    within = (status for span, status in (*dates, *sums) if span.start < here.end and here.start < span.end)
    return any(status in ("replaced", "conflict") for status in within)
