"""Pure: exchanges and verified answers ↔ the rows that keep them. Exchanges are masked on their way in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from assistant.answers import Answer
from assistant.desk_records import Badge, Bound, Exchange, VerifiedAnswer, VerifiedStatement, Versions
from assistant.masking import masked
from index.record_files import from_plain, to_plain
from index.words import content_words, fold

Row = Mapping[str, Any]


def exchange_rows(typed: Exchange) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The row of an exchange and those of its citations, personal numbers masked."""
    kept = masked(typed)
    answer = kept.answer
    row = {
        "id": kept.id,
        "conversation": kept.conversation,
        "asked_at": kept.asked_at,
        "day": kept.day,
        "question": storable(kept.question),
        "after": [storable(text) for text in kept.after],
        "without": [storable(text) for text in kept.without],
        "documents": sorted(storable(name) for name in kept.documents),
        "words": words_hash(answer.query or kept.question),
        "searchable": storable(searchable(f"{kept.question} {answer.text}")),
        "query": storable(answer.query),
        "terms": "".join(f"|{term.kind}/{term.id}" for term in answer.understood) + "|",
        "outcome": answer.outcome,
        "confidence": answer.confidence,
        "generation": answer.generation,
        "writer": answer.written_by,
        "total_ms": answer.timings_ms.get("total", 0.0),
        "answer": to_plain(answer),
        "versions": to_plain(kept.versions),
        "due_on": kept.due_on,
        "verified": kept.verified.id if kept.verified else None,
        "verified_on": kept.verified.verified_on if kept.verified else None,
        "rewords": kept.rewords,
    }
    return row, [_cited_row(kept, number) for number in range(len(answer.citations))]


def _cited_row(kept: Exchange, place: int) -> dict[str, Any]:
    citation = kept.answer.citations[place]
    return {
        "exchange": kept.id,
        "number": citation.number,
        "passage": citation.passage_id,
        "document": citation.document.id,
        "document_version": kept.versions.documents.get(citation.document.id, ""),
        "page": citation.span.page,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": storable(citation.span.quote),
        "is_current": citation.is_current,
    }


def as_text(row: Row, citations: Sequence[Row]) -> str:
    """The rows of an exchange as JSON, to wait for the journal."""
    return json.dumps(
        {"row": row, "citations": citations}, ensure_ascii=False, default=lambda moment: moment.isoformat()
    )


def rows_of_text(text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The rows that `as_text` wrote.

    Raises:
        KeyError, TypeError, ValueError: the text holds no such rows.
    """
    written = json.loads(text)
    row = dict(written["row"])
    row["asked_at"] = datetime.fromisoformat(row["asked_at"])
    for name in ("day", "due_on", "verified_on"):
        row[name] = row[name] and date.fromisoformat(row[name])
    return row, [dict(one) for one in written["citations"]]


def exchange_of(row: Row) -> Exchange:
    """The exchange that a row keeps."""
    return Exchange(
        id=row["id"],
        conversation=row["conversation"],
        asked_at=row["asked_at"],
        question=row["question"],
        after=tuple(row["after"]),
        without=tuple(row["without"]),
        documents=frozenset(row["documents"]),
        day=row["day"],
        answer=from_plain(Answer, row["answer"]),
        versions=from_plain(Versions, row["versions"]),
        due_on=row["due_on"],
        verified=Badge(row["verified"], row["verified_on"]) if row["verified"] else None,
        rewords=row["rewords"],
    )


def verified_rows(answer: VerifiedAnswer) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The row of a verified answer and those of what it is bound to."""
    row = {
        "id": answer.id,
        "question": storable(answer.question),
        "wordings": [storable(text) for text in answer.wordings],
        "after": [storable(text) for text in answer.after],
        "statements": [to_plain(statement) for statement in answer.statements],
        "state": answer.state,
        "author": storable(answer.author),
        "verified_at": answer.verified_at,
        "exchange": answer.exchange,
        "returned_at": answer.returned_at,
        "returned_why": list(answer.returned_why),
    }
    bound = [
        {
            "verified": answer.id,
            "number": number,
            "passage": one.passage_id,
            "document": one.document_id,
            "page": one.page,
            "start": one.start,
            "end": one.end,
            "quote": storable(one.quote),
            "text_hash": one.text_hash,
            "document_version": one.document_hash,
            "is_current": one.is_current,
        }
        for number, one in enumerate(answer.bound, 1)
    ]
    return row, bound


def verified_of(row: Row, bound: Sequence[Row]) -> VerifiedAnswer:
    """The verified answer that rows keep; `bound` in the order of their numbers."""
    return VerifiedAnswer(
        id=row["id"],
        question=row["question"],
        wordings=tuple(row["wordings"]),
        after=tuple(row["after"]),
        statements=tuple(from_plain(VerifiedStatement, one) for one in row["statements"]),
        bound=tuple(
            Bound(
                one["passage"],
                one["document"],
                one["page"],
                one["start"],
                one["end"],
                one["quote"],
                one["text_hash"],
                one["document_version"],
                one["is_current"],
            )
            for one in bound
        ),
        state=row["state"],
        author=row["author"],
        verified_at=row["verified_at"],
        exchange=row["exchange"],
        returned_at=row["returned_at"],
        returned_why=tuple(row["returned_why"]),
    )


def terms_of(written: str) -> tuple[tuple[str, str], ...]:
    """Kind and id of each term of an exchange's row."""
    parts = [part.partition("/") for part in written.strip("|").split("|") if part]
    return tuple((kind, name) for kind, _, name in parts)


def searchable(text: str) -> str:
    """The text as it is searched in: folded, lower case, single spaces."""
    return " ".join(fold(text).casefold().split())


def words_hash(question: str) -> str:
    """The same for questions of the same words, whatever their order, case and accents."""
    words = sorted(content_words(question)) or [searchable(question)]
    return hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()


def storable(text: str) -> str:
    """The text without what a database refuses: nulls, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
