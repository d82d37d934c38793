"""Drafts → statements with checked citations. Pure: what cannot be proven is dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answers import Citation, Statement
from assistant.drafts import Claim, Quotation
from index.dating import normalise_dates
from index.records import DocumentInfo, Page, Span
from index.words import fold

_VALUE = re.compile(r"\d+(?:[.,:/-]\d+)*")
# « 2 307 » and « 2.307 » are one number; « 2023-12-14 753 », a day and a number, stays two.
_THOUSANDS = re.compile(r"(?<![\d.,:/-])\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?!\d|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Checked:
    """What holds of a draft: statements and their citations, and how many claims were dropped."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    dropped: int


def check(
    claims: Sequence[Claim], documents: Mapping[str, DocumentInfo], pages: Callable[[str], Sequence[Page]]
) -> Checked:
    """Numbers the quotations in the order they are used, and drops each claim that its quotations do not prove.

    A quotation holds when it is the text of its frame at its offsets. A claim holds when it has a quotation, all of
    them hold, and every number and date of its text is in them, in their headers, or listed as derived.
    """
    kept = [claim for claim in claims if claim.quotations and _is_proven(claim, pages)]
    order: dict[tuple[str, Span], Quotation] = {}
    for claim in kept:
        for quotation in claim.quotations:
            order.setdefault((quotation.document_id, quotation.span), quotation)
    for quotation in list(order.values()):
        if quotation.replaced_by is not None and _holds(quotation.replaced_by, pages):
            order.setdefault((quotation.replaced_by.document_id, quotation.replaced_by.span), quotation.replaced_by)
    numbers = {key: number for number, key in enumerate(order, 1)}
    citations = tuple(_citation(numbers, key, quotation, documents) for key, quotation in order.items())
    statements = tuple(
        Statement(
            claim.text,
            tuple(dict.fromkeys(numbers[(quotation.document_id, quotation.span)] for quotation in claim.quotations)),
            claim.derived,
            claim.key if claim.key in claim.text else "",
        )
        for claim in kept
    )
    return Checked(statements, citations, len(claims) - len(kept))


def _citation(
    numbers: Mapping[tuple[str, Span], int],
    key: tuple[str, Span],
    quotation: Quotation,
    documents: Mapping[str, DocumentInfo],
) -> Citation:
    newer = quotation.replaced_by
    return Citation(
        number=numbers[key],
        passage_id=quotation.passage_id,
        span=quotation.span,
        headers=quotation.headers,
        document=documents[quotation.document_id],
        is_current=quotation.is_current,
        replaced_by=numbers.get((newer.document_id, newer.span)) if newer is not None else None,
    )


def _is_proven(claim: Claim, pages: Callable[[str], Sequence[Page]]) -> bool:
    if not all(_holds(quotation, pages) for quotation in claim.quotations):
        return False
    texts = [
        text for quotation in claim.quotations for text in (quotation.span.quote, *(h.quote for h in quotation.headers))
    ]
    derived = [derived.value for derived in claim.derived]
    held = values(" \n ".join([*texts, *derived]))
    return all(any(same_value(value, other) for other in held) for value in values(claim.text))


def _holds(quotation: Quotation, pages: Callable[[str], Sequence[Page]]) -> bool:
    frames = {page.number: page.text for page in pages(quotation.document_id)}
    spans = (quotation.span, *quotation.headers)
    return all(
        span.start >= 0 and frames.get(span.page, "")[span.start : span.end] == span.quote != "" for span in spans
    )


@lru_cache(maxsize=512)  # the same sentences are quoted again and again
def values(text: str) -> frozenset[str]:
    """The numbers and dates of a text in one spelling: dates as ISO days, numbers without thousands separators."""
    joined = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), normalise_dates(fold(text)))
    return frozenset(match.group().replace(",", ".") for match in _VALUE.finditer(joined))


def same_value(value: str, held: str) -> bool:
    """Whether a value is the one held, or a coarser form of it: the year or month of a day, a day without its year."""
    if value == held:
        return True
    if re.fullmatch(r"\d{4}-\d\d-\d\d", held):
        return value in (held[:4], held[:7], held[5:])
    return re.fullmatch(r"\d{4}-\w+", held) is not None and value == held[:4]
