"""The records of an exchange: what was asked, understood and proven. Values only; `to_json` is CONTRACT's form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from index.records import DocumentInfo, Span

Outcome = Literal["answered", "partial", "clarify", "not_found", "out_of_scope"]


@dataclass(frozen=True, slots=True)
class Understood:
    """A term taken from the question, or inherited from the conversation; the reader can remove it."""

    kind: str
    id: str
    label: str
    inherited: bool


@dataclass(frozen=True, slots=True)
class Derived:
    """A value of a statement that its quotations do not hold, and how it was found."""

    value: str
    how: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What an answer says at once; `citations` are the 1-based numbers of what proves it (never empty).

    `key` is the sentence that answers when others are quoted around it: a part of `text`, or empty.
    """

    text: str
    citations: tuple[int, ...]
    derived: tuple[Derived, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """An exact quotation and where it stands. `replaced_by` is another citation's number."""

    number: int
    passage_id: str
    span: Span
    headers: tuple[Span, ...]
    document: DocumentInfo
    is_current: bool
    replaced_by: int | None


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage shown because nothing answers; it is labelled as not an answer."""

    passage_id: str
    document: DocumentInfo
    text: str


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """One sentence of a model: shown when it passed every check, else only what was wrong with it.

    `is_exact` says that the words it quotes were copied letter by letter; else they were found nearly so, and the true
    text stands. `nearness` is that of its meaning to its quotations', in standard deviations of the corpus's cosines.
    """

    text: str
    is_kept: bool
    fault: str
    is_exact: bool
    nearness: float


@dataclass(frozen=True, slots=True)
class Wording:
    """What became of a model's reply. `is_shown` is false when the quotations alone stand.

    Tokens are 0 when the server does not count them; milliseconds run from the moment the model was asked.
    """

    model: str
    strategy: str
    is_shown: bool
    sentences: tuple[CheckedSentence, ...]
    first_token_ms: float
    total_ms: float
    input_tokens: int
    output_tokens: int

    @property
    def dropped(self) -> int:
        """How many sentences were not proven."""
        return sum(not sentence.is_kept for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was checked. `text` joins the statements with their `[n]` markers, or holds the fixed sentence of a refusal.

    `confidence` is the calibrated probability (0..1) that the quotations answer the question. `timings_ms` are
    milliseconds per stage, `total` included. `lead` is a fixed sentence that frames the statements, possibly empty.
    `wording` is what became of a model's reply, None when none was asked.
    """

    question: str
    query: str
    understood: tuple[Understood, ...]
    outcome: Outcome
    lead: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    choices: tuple[str, ...]
    nearest: tuple[Nearest, ...]
    corpus_as_of: date | None
    confidence: float
    generation: str
    written_by: str
    timings_ms: dict[str, float]
    wording: Wording | None = None

    @property
    def text(self) -> str:
        """The lead, then every statement with its markers, one to a line."""
        lines = [self.lead] if self.lead else []
        for statement in self.statements:
            markers = "".join(f" [{number}]" for number in statement.citations)
            lines.append(statement.text + markers)
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of the conversation, as `--after` and the screen give it: the question alone."""

    question: str


def to_json(answer: Answer) -> dict[str, Any]:
    """The answer as CONTRACT describes it: plain values, ready for `json.dumps`."""
    return {
        "question": answer.question,
        "query": answer.query,
        "understood": [
            {"kind": u.kind, "id": u.id, "label": u.label, "inherited": u.inherited} for u in answer.understood
        ],
        "outcome": answer.outcome,
        "text": answer.text,
        "statements": [
            {
                "text": s.text,
                "citations": list(s.citations),
                "derived": [{"value": d.value, "how": d.how} for d in s.derived],
            }
            for s in answer.statements
        ],
        "citations": [citation_json(citation) for citation in answer.citations],
        "notices": list(answer.notices),
        "choices": list(answer.choices),
        "nearest": [{"passage": n.passage_id, "document": n.document.id, "text": n.text} for n in answer.nearest],
        "corpus_as_of": answer.corpus_as_of.isoformat() if answer.corpus_as_of else None,
        "confidence": round(answer.confidence, 4),
        "generation": answer.generation,
        "written_by": answer.written_by,
        "timings_ms": {stage: round(value, 2) for stage, value in answer.timings_ms.items()},
        "wording": wording_json(answer.wording) if answer.wording is not None else None,
    }


def wording_json(wording: Wording) -> dict[str, Any]:
    """What became of a model's reply; the text of what was dropped is never given."""
    return {
        "model": wording.model,
        "strategy": wording.strategy,
        "shown": wording.is_shown,
        "dropped": wording.dropped,
        "sentences": [
            {"text": s.text, "kept": s.is_kept, "fault": s.fault, "exact": s.is_exact, "nearness": round(s.nearness, 3)}
            for s in wording.sentences
        ],
        "tokens": {"input": wording.input_tokens, "output": wording.output_tokens},
        "timings_ms": {"first_token": round(wording.first_token_ms, 2), "total": round(wording.total_ms, 2)},
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation as CONTRACT describes it."""
    source = citation.document.evidence
    return {
        "number": citation.number,
        "passage": citation.passage_id,
        "quote": citation.span.quote,
        "page": citation.span.page,
        "start": citation.span.start,
        "end": citation.span.end,
        "headers": [{"quote": h.quote, "page": h.page, "start": h.start, "end": h.end} for h in citation.headers],
        "document": {
            "id": citation.document.id,
            "title": citation.document.title,
            "publisher": citation.document.source.publisher,
            "published_on": citation.document.source.published_as_written or source.published_as_written or None,
            "url": citation.document.source.url or source.url,
            "origin": citation.document.origin,
            "source": None
            if citation.document.summarised is None
            else {
                "publisher": source.publisher,
                "kind": source.kind,
                "published_on": source.published_as_written or None,
                "published_on_estimated": source.published_on_estimated,
                "url": source.url,
            },
        },
        "current": citation.is_current,
        "replaced_by": citation.replaced_by,
    }
