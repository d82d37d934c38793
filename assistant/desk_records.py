"""The records of the support desk: exchanges, opinions, reviews and verified answers. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from assistant.answers import Answer, Derived

Thumb = Literal["up", "down"]
Reason = Literal["wrong_date", "unrelated_source", "incomplete", "not_my_question"]
ReviewState = Literal["to_check", "verified", "to_correct", "corrected"]
Verdict = Literal["supports", "partly", "does_not_support"]
ServiceState = Literal["in_service", "returned", "retired"]
WhyFirst = Literal["returned", "disliked", "due", "often", "unsure"]

REVIEW_STATES: tuple[ReviewState, ...] = ("to_check", "verified", "to_correct", "corrected")


@dataclass(frozen=True, slots=True)
class Versions:
    """What an answer was made from: the generation, what made it, and the content hash of each document by id."""

    generation: str
    model: str
    vocabulary: str
    splitter: str
    documents: dict[str, str]


@dataclass(frozen=True, slots=True)
class Badge:
    """Says that the answer served was verified by a person: which verified answer, and on which day."""

    id: str
    verified_on: date


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its whole answer. From `Desk.ask` it is as typed; the journal keeps it without personal numbers.

    `conversation` is random and says nothing of the person. `asked_at` is in UTC. `versions.documents` holds the
    documents that the answer cites or names as nearest. `due_on` is the nearest coming deadline of a cited passage.
    `rewords` is the exchange whose answer a language model worded anew in this one: together they are one question.
    """

    id: str
    conversation: str
    asked_at: datetime
    question: str
    after: tuple[str, ...]
    without: tuple[str, ...]
    documents: frozenset[str]
    day: date
    answer: Answer
    versions: Versions
    due_on: date | None = None
    verified: Badge | None = None
    rewords: str | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the person thought of an answer (`citation` 0) or of one of its citations (its number)."""

    exchange: str
    thumb: Thumb
    citation: int = 0
    reason: Reason | None = None
    text: str = ""
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a reviewer wrote about an exchange."""

    author: str
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """Where the review of an exchange stands; `to_check` when nobody has touched it."""

    exchange: str
    state: ReviewState = "to_check"
    assignee: str | None = None
    notes: tuple[Note, ...] = ()
    verdicts: Mapping[int, Verdict] = field(default_factory=dict)
    changed_at: datetime | None = None
    changed_by: str | None = None


@dataclass(frozen=True, slots=True)
class VerifiedStatement:
    """A sentence of a verified answer; `quotes` are 1-based numbers of what it is bound to (never empty)."""

    text: str
    quotes: tuple[int, ...]
    derived: tuple[Derived, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """A quotation that a verified answer stands on: `quote` is `frame[start:end]` of the document's frame `page`.

    `text_hash` is the SHA-256 of the passage's text, `document_hash` the document's content hash when it was bound;
    `is_current` is False when it was superseded even then, and shown as such.
    """

    passage_id: str
    document_id: str
    page: int | None
    start: int
    end: int
    quote: str
    text_hash: str
    document_hash: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class VerifiedAnswer:
    """An answer that a person wrote or confirmed. Served while `in_service`; `returned` when a bound passage changed.

    `wordings` are other ways to ask the same thing; `exchange` is where it came from; `returned_why` French sentences.
    """

    id: str
    question: str
    wordings: tuple[str, ...]
    after: tuple[str, ...]
    statements: tuple[VerifiedStatement, ...]
    bound: tuple[Bound, ...]
    state: ServiceState
    author: str
    verified_at: datetime
    exchange: str | None = None
    returned_at: datetime | None = None
    returned_why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which exchanges are wanted; None and empty do not restrict.

    `term` is the id of an understood term, `document` of a cited one; `below` keeps confidences under it; `text` is
    searched in questions and answers; `since` and `until` are days (UTC), both included.
    """

    state: ReviewState | None = None
    outcome: str | None = None
    thumb: Thumb | None = None
    assignee: str | None = None
    term: str | None = None
    document: str | None = None
    below: float | None = None
    text: str = ""
    since: date | None = None
    until: date | None = None
    served_verified: bool | None = None


@dataclass(frozen=True, slots=True)
class QueueItem:
    """An exchange in a list. `asked` counts the exchanges that ask the same in the same words, itself included.

    `priority` says how useful its review is (higher is better), `why` for what reasons; `queueing.queue` gives them.
    """

    exchange: str
    conversation: str
    question: str
    asked_at: datetime
    outcome: str
    confidence: float
    state: ReviewState
    assignee: str | None
    ups: int
    downs: int
    asked: int
    due_on: date | None
    verified: str | None
    is_returned: bool
    total_ms: float
    terms: tuple[tuple[str, str], ...]
    priority: float = 0.0
    why: tuple[WhyFirst, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedVersion:
    """A document as it was cited: its content hash, the generation, and whether nothing replaced what was cited."""

    document: str
    version: str
    generation: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class CountedExchange:
    """What is counted of an exchange; `is_verified` when a verified answer served it."""

    asked_at: datetime
    outcome: str
    total_ms: float
    is_verified: bool


@dataclass(frozen=True, slots=True)
class CountedOpinion:
    """What is counted of an opinion."""

    given_at: datetime
    thumb: Thumb


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted of a period; `verified` are the moments at which answers were verified."""

    exchanges: tuple[CountedExchange, ...]
    opinions: tuple[CountedOpinion, ...]
    verified: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One action of staff or of the program: who did what to what."""

    at: datetime
    actor: str
    action: str
    subject: str
    details: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A generation of the index that the machines were told to serve, since when, and by whom."""

    generation: str
    chosen_at: datetime
    chosen_by: str
