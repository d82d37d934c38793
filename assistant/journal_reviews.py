"""The part of the journal that keeps reviews, and lists exchanges for them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, insert, or_, select, true

from assistant.desk_records import Note, QueueFilter, QueueItem, Review, ReviewState, Verdict
from assistant.journal_exchanges import Exchanges, end_of, start_of
from assistant.journal_rows import searchable, storable, terms_of
from assistant.journal_store import now, put, rows_of
from assistant.journal_tables import cited, exchange, note, opinion, review, verdict
from assistant.masking import mask


class Reviews(Exchanges):
    """Reviews: state, assignment, notes, a verdict for each citation. Every change is audited with it."""

    def review(self, name: str) -> Review:
        """Where the review of an exchange stands."""
        with self.reading() as connection:
            found = rows_of(connection, select(review).where(review.c.exchange == name))
            notes = connection.execute(
                select(note.c.author, note.c.text, note.c.written_at).where(note.c.exchange == name).order_by(note.c.id)
            ).all()
            verdicts = connection.execute(
                select(verdict.c.citation, verdict.c.verdict).where(verdict.c.exchange == name)
            ).all()
        given: dict[str, Any] = (
            dict.fromkeys(("assignee", "changed_at", "changed_by"))
            | {"state": "to_check"}
            | (found[0] if found else {})
        )
        return Review(
            name,
            given["state"],
            given["assignee"],
            tuple(Note(*one) for one in notes),
            {one.citation: one.verdict for one in verdicts},
            given["changed_at"],
            given["changed_by"],
        )

    def set_state(self, name: str, state: ReviewState, *, by: str) -> None:
        """Changes the state of an exchange's review; whatever had brought it back to the queue is settled."""
        is_settled = {} if state in ("to_check", "to_correct") else {"is_returned": False}
        self._change(name, "state", state, {"state": state, **is_settled}, by)

    def assign(self, name: str, assignee: str | None, *, by: str) -> None:
        """Gives an exchange to a reviewer, or to nobody."""
        self._change(name, "assign", assignee or "", {"assignee": assignee}, by)

    def send_back(self, name: str, *, by: str, why: str) -> None:
        """Puts an exchange back into the queue, before others: its verified answer left service."""
        self._change(name, "returned", why, {"state": "to_check", "is_returned": True}, by)

    def note(self, name: str, text: str, *, by: str) -> None:
        """Adds a note to an exchange."""
        self.exchange(name)
        with self.writing(by, "note", name) as connection:
            values = {"exchange": name, "author": by, "text": storable(mask(text)), "written_at": now()}
            connection.execute(insert(note).values(values))

    def judge(self, name: str, citation: int, judged: Verdict | None, *, by: str) -> None:
        """Gives the verdict on a citation, or takes it back."""
        self.exchange(name)
        with self.writing(by, "verdict", name, f"{citation} {judged or ''}".strip()) as connection:
            if judged is None:
                given = and_(verdict.c.exchange == name, verdict.c.citation == citation)
                connection.execute(verdict.delete().where(given))
                return
            values = {"verdict": judged, "author": by, "given_at": now()}
            put(connection, verdict, {"exchange": name, "citation": citation}, values)

    def listed(self, wanted: QueueFilter, *, limit: int = 5000) -> tuple[QueueItem, ...]:
        """The exchanges that a filter keeps, newest first, at most `limit`."""
        rows = _item_rows().where(*_conditions(wanted)).order_by(exchange.c.asked_at.desc(), exchange.c.id)
        with self.reading() as connection:
            return tuple(_item(row) for row in rows_of(connection, rows.limit(limit)))

    def counts(self) -> dict[ReviewState, int]:
        """How many exchanges stand in each state."""
        state = func.coalesce(review.c.state, "to_check")
        rows = select(state, func.count()).select_from(exchange.outerjoin(review)).where(last_worded()).group_by(state)
        with self.reading() as connection:
            return {one[0]: one[1] for one in connection.execute(rows)}

    def _change(self, name: str, action: str, details: str, values: dict[str, Any], by: str) -> None:
        self.exchange(name)
        with self.writing(by, action, name, details) as connection:
            changed = {**values, "changed_at": now(), "changed_by": by}
            known = connection.scalar(select(review.c.exchange).where(review.c.exchange == name))
            first = {} if known else {"state": "to_check", "is_returned": False}
            put(connection, review, {"exchange": name}, {**first, **changed})


def last_worded() -> ColumnElement[bool]:
    """An exchange counts once: not when another one words its answer anew, unless somebody judged it as it was."""
    again = exchange.alias("again")
    is_reworded = select(again.c.id).where(again.c.rewords == exchange.c.id).correlate(exchange).exists()
    is_judged = select(opinion.c.exchange).where(opinion.c.exchange == exchange.c.id).correlate(exchange).exists()
    return or_(~is_reworded, is_judged)


def _item_rows() -> Select[Any]:
    row = exchange.c
    columns = (row.id, row.conversation, row.question, row.asked_at, row.outcome, row.confidence, row.due_on)
    alike = exchange.alias("alike")
    is_same = (alike.c.words == exchange.c.words, alike.c.rewords.is_(None))
    asked = select(func.count()).where(*is_same).correlate(exchange).scalar_subquery()
    return select(
        *columns,
        row.verified,
        row.total_ms,
        row.terms,
        func.coalesce(review.c.state, "to_check").label("state"),
        review.c.assignee,
        func.coalesce(review.c.is_returned, False).label("is_returned"),
        _thumbs("up").label("ups"),
        _thumbs("down").label("downs"),
        asked.label("asked"),
    ).select_from(exchange.outerjoin(review))


def _thumbs(thumb: str) -> Any:
    given = select(func.count()).where(opinion.c.exchange == exchange.c.id, opinion.c.thumb == thumb)
    return given.correlate(exchange).scalar_subquery()


def _conditions(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    state = func.coalesce(review.c.state, "to_check")
    cites = select(cited.c.exchange).where(cited.c.document == wanted.document)
    text = [exchange.c.searchable.contains(word, autoescape=True) for word in searchable(wanted.text).split()]
    every: list[tuple[bool, ColumnElement[bool]]] = [
        (wanted.state is not None, state == wanted.state),
        (wanted.outcome is not None, exchange.c.outcome == wanted.outcome),
        (wanted.thumb is not None, _thumbs(wanted.thumb or "") > 0),
        (wanted.assignee is not None, review.c.assignee == wanted.assignee),
        (wanted.term is not None, exchange.c.terms.contains(f"/{wanted.term}|", autoescape=True)),
        (wanted.document is not None, exchange.c.id.in_(cites)),
        (wanted.below is not None, exchange.c.confidence < (wanted.below or 0)),
        (wanted.served_verified is True, exchange.c.verified.is_not(None)),
        (wanted.served_verified is False, exchange.c.verified.is_(None)),
        (bool(text), and_(true(), *text)),
    ]
    if wanted.since is not None:
        every.append((True, exchange.c.asked_at >= start_of(wanted.since)))
    if wanted.until is not None:
        every.append((True, exchange.c.asked_at < end_of(wanted.until)))
    return [last_worded(), *(condition for is_wanted, condition in every if is_wanted)]


def _item(row: Any) -> QueueItem:
    return QueueItem(
        exchange=row["id"],
        conversation=row["conversation"],
        question=row["question"],
        asked_at=row["asked_at"],
        outcome=row["outcome"],
        confidence=row["confidence"],
        state=row["state"],
        assignee=row["assignee"],
        ups=row["ups"],
        downs=row["downs"],
        asked=row["asked"],
        due_on=row["due_on"],
        verified=row["verified"],
        is_returned=bool(row["is_returned"]),
        total_ms=row["total_ms"],
        terms=terms_of(row["terms"]),
    )
