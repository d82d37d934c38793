"""Staff verify an answer once for everyone: quotations are checked and bound; what no longer holds comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.answers import Answer, Citation
from assistant.desk_records import Bound, Exchange, VerifiedAnswer, VerifiedStatement
from assistant.errors import VerificationRefused
from assistant.journal_exchanges import PROGRAM, new_id
from assistant.journal_store import now
from assistant.masking import mask
from assistant.verified import bind, serve, unproven, what_changed
from index.records import DocumentInfo, Passage, Span
from index.searching import Index

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.desk import Desk

_NOTHING = "Une réponse vérifiée a au moins une phrase, et chaque phrase au moins une citation."
_NO_PASSAGE = "Le passage « {passage} » n’est pas dans l’index en service : choisissez la citation à nouveau."
_NO_QUOTE = "La citation choisie n’est pas dans son passage : choisissez-la à nouveau."
_NOT_PROVEN = (
    "Un nombre ou une date d’une phrase n’est pas dans ses citations : « {text} ». Corrigez la phrase ou ajoutez la "
    "citation qui le dit."
)
_LIVE = "Cette question dépend du jour où elle est posée, ou n’est pas assez précise : elle ne peut pas être vérifiée."
_NOT_ASSERTED = "Cette réponse n’affirme rien : écrivez-en une et choisissez ses citations."


@dataclass(frozen=True, slots=True)
class Quotation:
    """A piece of a passage: `start` and `end` are offsets in the passage's frame, as in a Span."""

    passage_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotable:
    """A passage found, and what may be quoted of it: its sentences, or the whole row."""

    passage: Passage
    document: DocumentInfo
    spans: tuple[Span, ...]


def quotable(assistant: Assistant, text: str, limit: int = 10) -> tuple[Quotable, ...]:
    """The passages that bear on a text, best first, with what may be quoted of each."""
    with assistant.reading() as index:
        return tuple(_quotable(index, hit.passage) for hit in index.search(text, limit=limit))


def draft_of(exchange: Exchange) -> tuple[tuple[VerifiedStatement, ...], tuple[Quotation, ...]]:
    """An exchange's answer as a start for editing: its statements, and the quotations they count from 1."""
    answer = exchange.answer
    statements = tuple(VerifiedStatement(one.text, one.citations, one.derived) for one in answer.statements)
    return statements, tuple(_quotation(citation) for citation in answer.citations)


def verify(
    desk: Desk,
    question: str,
    statements: Sequence[VerifiedStatement],
    quotations: Sequence[Quotation],
    *,
    by: str,
    exchange: str | None = None,
    wordings: Sequence[str] = (),
    replaces: str | None = None,
) -> VerifiedAnswer:
    """Puts a verified answer into service; the exchange it came from is then `corrected`, or `verified` as it was.

    The question is read after those of the exchange's conversation. `wordings` are other ways to ask it, each read
    alone; `replaces` is a verified answer that this one retires.

    Raises:
        VerificationRefused: a quotation is not there, a number is not quoted, or the question leans on its day.
    """
    came_from = desk.journal.exchange(exchange) if exchange else None
    after = came_from.after if came_from else ()
    with desk.assistant.reading() as index:
        verified = VerifiedAnswer(
            id=new_id(),
            question=mask(question),
            wordings=tuple(mask(wording) for wording in wordings if wording.strip()),
            after=after,
            statements=tuple(statements),
            bound=tuple(_bound(desk, index, quotation) for quotation in quotations),
            state="in_service",
            author=by,
            verified_at=now(),
            exchange=exchange,
        )
        _check(desk.assistant, index, verified)
    if replaces is not None:
        desk.journal.set_service(replaces, "retired", by=by)
    desk.journal.add_verified(verified, by=by)
    if came_from is not None:
        is_same = draft_of(came_from) == (tuple(statements), tuple(quotations))
        desk.journal.set_state(came_from.id, "verified" if is_same else "corrected", by=by)
    return verified


def confirm(desk: Desk, exchange_id: str, *, by: str) -> VerifiedAnswer:
    """Verifies an exchange's answer as it is.

    Raises:
        VerificationRefused: it asserts nothing, or its quotations no longer hold.
    """
    exchange = desk.journal.exchange(exchange_id)
    if not exchange.answer.statements:
        raise VerificationRefused(_NOT_ASSERTED)
    statements, quotations = draft_of(exchange)
    return verify(desk, exchange.question, statements, quotations, by=by, exchange=exchange_id)


def retire(desk: Desk, verified_id: str, *, by: str) -> None:
    """Takes a verified answer out of service for good."""
    desk.journal.set_service(verified_id, "retired", by=by)


def check_verified(desk: Desk) -> tuple[VerifiedAnswer, ...]:
    """Takes out of service the verified answers that the generation in use does not bear out; those it took out.

    Each goes back to the queue, by the exchange it came from, else by one that asks its question again.
    """
    gone = []
    for answer in desk.journal.verified_answers("in_service"):
        with desk.assistant.reading() as index:
            why = what_changed(index, answer, desk.assistant.today())
        if why and desk.journal.set_service(answer.id, "returned", by=PROGRAM, why=why):
            gone.append(answer)
            desk.journal.send_back(_exchange_for(desk, answer), by=PROGRAM, why=" ".join(why))
    return tuple(gone)


def _exchange_for(desk: Desk, answer: VerifiedAnswer) -> str:
    if answer.exchange is not None and desk.journal.has_exchange(answer.exchange):
        return answer.exchange
    return desk.ask(answer.question, after=answer.after).id


def _check(assistant: Assistant, index: Index, verified: VerifiedAnswer) -> None:
    count = len(verified.bound)
    if not verified.statements or any(not one.quotes or not one.text.strip() for one in verified.statements):
        raise VerificationRefused(_NOTHING)
    if any(not 1 <= number <= count for one in verified.statements for number in one.quotes):
        raise VerificationRefused(_NOTHING)
    _served(assistant, index, verified)


def _served(assistant: Assistant, index: Index, verified: VerifiedAnswer) -> Answer:
    query = assistant.understand(index, verified.question, after=verified.after)
    if query.relative is not None or query.aside is not None or query.lacks is not None or query.unknown:
        raise VerificationRefused(_LIVE)
    started = perf_counter()
    answer = serve(index, query, verified, started=started)
    if answer is None:
        raise VerificationRefused(_NOT_PROVEN.format(text=unproven(index, verified)))
    return answer


def _bound(desk: Desk, index: Index, quotation: Quotation) -> Bound:
    try:
        passage = index.passage(quotation.passage_id)
    except KeyError:
        raise VerificationRefused(_NO_PASSAGE.format(passage=quotation.passage_id)) from None
    if not passage.start <= quotation.start < quotation.end <= passage.end:
        raise VerificationRefused(_NO_QUOTE)
    return bind(index, passage, quotation.start, quotation.end, desk.assistant.today())


def _quotable(index: Index, passage: Passage) -> Quotable:
    page = next(page for page in index.document_pages(passage.document_id) if page.number == passage.page)
    places = passage.sentences if passage.kind == "prose" else ((passage.start, passage.end),)
    spans = tuple(Span(passage.page, start, end, page.text[start:end]) for start, end in places)
    return Quotable(passage, index.documents[passage.document_id], spans)


def _quotation(citation: Citation) -> Quotation:
    return Quotation(citation.passage_id, citation.span.start, citation.span.end)
