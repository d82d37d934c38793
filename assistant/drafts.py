"""What a writer proposes before it is checked, and an answer with the draft it was made from. Values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Answer, Derived, Outcome
from assistant.query import Query
from index.records import Hit, Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """An exact piece of a document that proves a claim. `replaced_by` is the quotation that is in force instead."""

    document_id: str
    passage_id: str
    span: Span
    headers: tuple[Span, ...] = ()
    is_current: bool = True
    replaced_by: Quotation | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a draft says and what proves it, at least one quotation; `key` are those of its words that answer."""

    text: str
    quotations: tuple[Quotation, ...]
    derived: tuple[Derived, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed answer. `confidence` in 0..1: the probability that the claims answer the question."""

    outcome: Outcome
    claims: tuple[Claim, ...]
    confidence: float
    lead: str = ""
    notices: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """An answer without a model, with what it was made from. No draft when a fixed sentence answers."""

    answer: Answer
    query: Query | None = None
    draft: Draft | None = None
    hits: Sequence[Hit] = ()
