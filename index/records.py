"""The records that travel from the corpus to the hits. Values only: every module of `index` may import this one.

Offsets are characters (Python indices, half-open) in a *frame*: the text as read of one page for paged formats
(PDF, PPTX: `page` is the 1-based number that a viewer shows), of the whole document for the others (`page` is None).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

TAG_KINDS = ("wave", "programme", "part", "lane", "software", "profession", "milestone", "service", "actor")

TagKind = Literal["wave", "programme", "part", "lane", "software", "profession", "milestone", "service", "actor"]
BlockKind = Literal["heading", "paragraph", "item", "row"]
Precision = Literal["hour", "day", "month", "season", "quarter", "year", "range"]
DateKind = Literal["opens", "closes", "takes_place", "published", "expected"]
DeadlineStatus = Literal["in_force", "replaced", "conflict"]
FactKind = Literal["total", "cost", "meaning", "amended"]


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days from `first` to `last`, both included; `first <= last`, else ValueError."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"inverted days: {self.first} > {self.last}")


@dataclass(frozen=True, slots=True)
class Span:
    """An exact quotation: `quote == text_as_read[start:end]` of the frame `page`."""

    page: int | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it, and when. `authority` runs from 1 (law) to 7 (unknown); lower is stronger."""

    publisher: str
    kind: str
    authority: int
    published: DayRange | None
    published_as_written: str
    published_on_estimated: bool
    retrieved_on: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known of a document beside its text. `path` is relative to `documents/`, with `/`.

    `summarised` is the source that a summary of ours was written from, None for an original.
    """

    id: str
    path: str
    title: str
    source: Source
    origin: Literal["original", "summary"]
    summarised: Source | None
    licence: str | None
    valid_until: date | None
    replaces: tuple[str, ...]
    is_listed: bool

    @property
    def evidence(self) -> Source:
        """The source that gives rank and age: what was summarised, else the document itself."""
        return self.summarised or self.source


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a frame's text, in reading order. Blocks do not overlap.

    `level` is 1 to 6 for a heading, else 0. A row has its own `cells` in column order and as many `headers`
    (None where a column has none); a header may stand on an earlier page than its row.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    cells: tuple[Span, ...] = ()
    headers: tuple[Span | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The text as read of one frame, NFC, lines ended by a newline character, and its blocks."""

    number: int | None
    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text that was recognised as furniture and is not indexed; `reason` is a few French words."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file as read. `content_hash` is the SHA-256 of its bytes and of what the manifest says of it."""

    info: DocumentInfo
    content_hash: str
    pages: tuple[Page, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Tag:
    """A term of the vocabulary: its kind and its id."""

    kind: TagKind
    id: str

    def __hash__(self) -> int:
        # Ids are unique: a third of the time of the hash that is made by default, and it is asked for all the time.
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Passage:
    """The indexed unit: about 900 characters of prose, or one table row.

    `text == frame[start:end]`. `sentences` are the spans (in the frame) that may be quoted, in order: the sentences and
    list items of prose, the whole row of a table. `headings` runs from the document's title to the nearest heading.
    `tags` are said by the text itself (row headers included), `context_tags` by headings, column headers and title.
    """

    id: str
    document_id: str
    kind: Literal["prose", "row"]
    page: int | None
    start: int
    end: int
    text: str
    headings: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    cells: tuple[Span, ...]
    headers: tuple[Span | None, ...]
    tags: tuple[Tag, ...]
    context_tags: tuple[Tag, ...]

    @property
    def searchable(self) -> str:
        """What is encoded and searched: the heading path, then the text, or « column : cell » for a row."""
        body = self.text
        if self.kind == "row":
            body = " ; ".join(
                f"{header.quote} : {cell.quote}" if header and header.quote else cell.quote
                for cell, header in zip(self.cells, self.headers, strict=True)
                if cell.quote
            )
        return "\n".join((" › ".join(self.headings), body)) if self.headings else body


@dataclass(frozen=True, slots=True)
class Deadline:
    """One dated statement of the corpus.

    `hour` is "14:00" or None. `date_kind`: only `opens` and `closes` enter the calendar. `span` is the sentence or row,
    `headers` what gives a row its sense, `mention` the date's own words inside it. `tags` say what the date is about.
    `replaced_by` is the id of the deadline in force instead, or of the one that calls this day off, whose own is None;
    `conflicts_with` holds ids when nothing decides.
    """

    id: str
    passage_id: str
    document_id: str
    first_day: date
    last_day: date
    hour: str | None
    precision: Precision
    date_kind: DateKind
    year_inferred: bool
    tags: tuple[Tag, ...]
    span: Span
    headers: tuple[Span, ...]
    mention: Span
    status: DeadlineStatus
    replaced_by: str | None
    conflicts_with: tuple[str, ...]

    @property
    def is_off(self) -> bool:
        """Whether the sentence itself calls the day off, and names no other."""
        return self.status == "replaced" and self.replaced_by is None


@dataclass(frozen=True, slots=True)
class Fact:
    """A sum of money or the meaning of an acronym that the corpus states: what later documents may state otherwise.

    Of the kind `amended`, a figure that another text changed, as written, or the one that stands in its place.

    `about` are the terms of a sum, `acronym` what a meaning is of, else empty; `period` the years that a sum is said
    for, possibly empty. `value` is in euros, or the meaning as written; `is_rounded` after « environ », « plus de ».
    `span` is the sentence or row. Status, `replaced_by` and `conflicts_with` are those of deadlines.
    """

    id: str
    passage_id: str
    document_id: str
    kind: FactKind
    about: tuple[Tag, ...]
    acronym: str
    period: str
    value: str
    is_rounded: bool
    span: Span
    headers: tuple[Span, ...]
    status: DeadlineStatus
    replaced_by: str | None
    conflicts_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How one retriever saw a passage: its 1-based rank and its score (higher is better)."""

    retriever: Literal["vectors", "exact words", "known questions", "reranker"]
    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query; `score` is the fused score in 0..1, higher is better; `evidence` explains it."""

    passage: Passage
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything the screens say about the programme; from `[programme]` of the manifest."""

    name: str
    short_name: str
    description: str
    examples: tuple[str, ...]
    contact: str | None
    official_site: str | None
    timezone: str
    disclaimer: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A conflict decided by hand: `in_force` replaces `replaced` (ISO days) where all the given tags agree."""

    tags: tuple[Tag, ...]
    date_kind: DateKind | None
    in_force: str
    replaced: str
    reason: str
