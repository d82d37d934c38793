"""Exchanges made by hand, for the journal's tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from answer_maker import answer

from assistant.answers import Derived, Outcome, Understood
from assistant.desk_records import Badge, Bound, Exchange, VerifiedAnswer, VerifiedStatement, Versions
from assistant.journal_exchanges import new_id

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def exchange(
    question: str = "Quand ferme la vague 1 ?",
    *,
    outcome: Outcome = "answered",
    asked_at: datetime = NINE,
    confidence: float = 0.9,
    conversation: str | None = None,
    after: Sequence[str] = (),
    terms: Sequence[tuple[str, str]] = (),
    due_on: date | None = None,
    verified: Badge | None = None,
) -> Exchange:
    """An exchange whose answer cites document d1 twice, or asserts nothing, by its outcome."""
    given = answer("Elle ferme le 14 décembre 2023.", outcome=outcome, quotes=("le 14 décembre 2023", "une autre"))
    return Exchange(
        id=new_id(),
        conversation=conversation or new_id(),
        asked_at=asked_at,
        question=question,
        after=tuple(after),
        without=(),
        documents=frozenset(),
        day=asked_at.date(),
        answer=replace(
            given,
            question=question,
            query=question,
            confidence=confidence,
            understood=tuple(Understood(kind, name, name, inherited=False) for kind, name in terms),
        ),
        versions=Versions("0001-test", "letters-1", "v1", "3", {"d1": "h1"} if given.citations else {}),
        due_on=due_on,
        verified=verified,
    )


def verified(**changes: object) -> VerifiedAnswer:
    """A verified answer of one statement, bound to one quotation, with these fields changed."""
    made = VerifiedAnswer(
        id=new_id(),
        question="Quand ferme la vague 1 ?",
        wordings=("fin de la vague 1 ?",),
        after=(),
        statements=(VerifiedStatement("Elle ferme.", (1,), (Derived("2023", "année déduite"),)),),
        bound=(Bound("p1", "d1", 2, 3, 9, "ferme", "h", "v", is_current=True),),
        state="in_service",
        author="Marie",
        verified_at=NINE,
    )
    return replace(made, **changes)  # type: ignore[arg-type]
