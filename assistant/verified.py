"""Verified answers on the shelf: found for the same question in other words, proven anew each time, or sent back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.answers import Answer
from assistant.citations import check
from assistant.desk_records import Bound, VerifiedAnswer, VerifiedStatement
from assistant.drafts import Claim, Quotation
from assistant.matching import Sense, same, sense_of
from assistant.query import Query
from assistant.section_heads import head_of
from assistant.understanding import understood
from index.records import Deadline, Passage, Span
from index.searching import Index

if TYPE_CHECKING:
    from assistant.answering import Assistant

WRITTEN_BY = "verified"
_WITHDRAWN = "Le document « {title} » n’est plus dans le corpus."
_GONE = "Le passage cité de « {title} » a changé ou disparu."
_DATE_REPLACED = "La date citée de « {title} » n’est plus en vigueur."
_REPLACED = "Le document « {title} » est remplacé par « {newer} »."
_EXPIRED = "Le document « {title} » n’est plus en vigueur depuis le {day}."


@dataclass(frozen=True, slots=True)
class Shelved:
    """A verified answer in service, with the sense of each of its wordings in one generation."""

    answer: VerifiedAnswer
    senses: tuple[Sense, ...]


def shelved(assistant: Assistant, index: Index, answer: VerifiedAnswer) -> Shelved:
    """The answer ready to be looked for; a wording that no stored answer can serve is left out."""
    asked = [assistant.understand(index, answer.question, after=answer.after)]
    asked += [assistant.understand(index, wording) for wording in answer.wordings]
    senses = (sense(index, query) for query in asked)
    return Shelved(answer, tuple(one for one in senses if one is not None))


def sense(index: Index, query: Query) -> Sense | None:
    """What a query asks, as far as it can be told in this generation."""
    return sense_of(query, index.vocabulary, index.rarities)


def find(index: Index, query: Query, shelf: Sequence[Shelved]) -> VerifiedAnswer | None:
    """The verified answer to the same question in other words; the newest when there are several."""
    wanted = sense(index, query)
    if wanted is None:
        return None

    def likeness(other: Sense) -> Callable[[], float]:
        return lambda: index.likeness(wanted.text, other.text)

    return next(
        (one.answer for one in shelf if any(same(wanted, other, likeness(other)) for other in one.senses)), None
    )


def serve(index: Index, query: Query, answer: VerifiedAnswer, *, started: float) -> Answer | None:
    """The verified answer as an answer to `query`, every quotation proven anew; None when one does not hold."""
    checked = check([_claim(index, answer, one) for one in answer.statements], index.documents, index.document_pages)
    if checked.dropped:
        return None
    return Answer(
        question=query.question,
        query=query.text,
        understood=understood(query, index.vocabulary),
        outcome="answered",
        lead="",
        statements=checked.statements,
        citations=checked.citations,
        notices=(),
        choices=(),
        nearest=(),
        corpus_as_of=index.corpus_as_of,
        confidence=1.0,
        generation=index.generation,
        written_by=WRITTEN_BY,
        timings_ms={"total": 1000 * (perf_counter() - started)},
    )


def unproven(index: Index, answer: VerifiedAnswer) -> str:
    """The first sentence that its quotations do not prove; empty when all are proven."""
    claims = (_claim(index, answer, one) for one in answer.statements)
    pages = index.document_pages
    return next((claim.text for claim in claims if check([claim], index.documents, pages).dropped), "")


def bind(index: Index, passage: Passage, start: int, end: int, day: date) -> Bound:
    """A quotation of a passage, with what tells later whether it still holds."""
    page = next(page for page in index.document_pages(passage.document_id) if page.number == passage.page)
    version = next(e["content_hash"] for e in index.manifest["documents"] if e["id"] == passage.document_id)
    bound = Bound(
        passage_id=passage.id,
        document_id=passage.document_id,
        page=passage.page,
        start=start,
        end=end,
        quote=page.text[start:end],
        text_hash=_hash(passage.text),
        document_hash=version,
        is_current=True,
    )
    return replace(bound, is_current=_superseded(index, bound, day) is None)


def what_changed(index: Index, answer: VerifiedAnswer, day: date) -> tuple[str, ...]:
    """French sentences that say why an answer cannot stay in service; none when it can."""
    reasons = (_change(index, bound, day) for bound in answer.bound)
    return tuple(dict.fromkeys(reason for reason in reasons if reason is not None))


def _change(index: Index, bound: Bound, day: date) -> str | None:
    if bound.document_id not in index.documents:
        return _WITHDRAWN.format(title=bound.document_id)
    if _place(index, bound) is None:
        return _GONE.format(title=index.documents[bound.document_id].title)
    return _superseded(index, bound, day) if bound.is_current else None


def _superseded(index: Index, bound: Bound, day: date) -> str | None:
    """Why what is quoted is not in force on that day, None when it is."""
    document = index.documents[bound.document_id]
    newer = next((info for info in index.documents.values() if document.id in info.replaces), None)
    if newer is not None:
        return _REPLACED.format(title=document.title, newer=newer.title)
    if document.valid_until is not None and document.valid_until < day:
        return _EXPIRED.format(title=document.title, day=f"{document.valid_until:%d/%m/%Y}")
    dated = [one for one in index.deadlines_of(bound.passage_id) if _is_quoted(one, bound)]
    if any(one.status != "in_force" for one in dated):
        return _DATE_REPLACED.format(title=document.title)
    return None


def _is_quoted(deadline: Deadline, bound: Bound) -> bool:
    place = deadline.mention
    return place.page == bound.page and place.start < bound.end and bound.start < place.end


def _place(index: Index, bound: Bound) -> tuple[Passage, int] | None:
    """The passage and where the quotation begins in its frame; text before it may have moved it."""
    try:
        passage = index.passage(bound.passage_id)
    except KeyError:
        return None
    if _hash(passage.text) != bound.text_hash:
        return None
    places = [at for at in range(len(passage.text)) if passage.text.startswith(bound.quote, at)]
    if not places:
        return None
    return passage, min((passage.start + at for at in places), key=lambda start: abs(start - bound.start))


def _claim(index: Index, answer: VerifiedAnswer, statement: VerifiedStatement) -> Claim:
    """The statement with what is left of its quotations; without one of them it has none and proves nothing."""
    found = [_quotation(index, answer.bound[number - 1]) for number in statement.quotes]
    whole = tuple(one for one in found if one is not None)
    return Claim(statement.text, whole if len(whole) == len(found) else (), statement.derived)


def _quotation(index: Index, bound: Bound) -> Quotation | None:
    found = _place(index, bound)
    if found is None:
        return None
    passage, start = found
    span = Span(passage.page, start, start + len(bound.quote), bound.quote)
    headers = tuple(header for header in passage.headers if header is not None) or _head(index, passage, span)
    return Quotation(bound.document_id, bound.passage_id, span, headers, bound.is_current)


def _head(index: Index, passage: Passage, span: Span) -> tuple[Span, ...]:
    """The question that a quoted yes or no answers, or the heading that a quotation needs."""
    page = next(page for page in index.document_pages(passage.document_id) if page.number == passage.page)
    found = head_of(passage, span, page)
    return () if found is None else (found,)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
