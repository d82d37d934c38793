"""The part of the journal that keeps exchanges and opinions."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Update, delete, insert, select, update

from assistant.desk_records import AuditEntry, Exchange, Opinion
from assistant.errors import ExchangeUnknown
from assistant.journal_choices import Choices
from assistant.journal_rows import Row, exchange_of, exchange_rows, storable
from assistant.journal_store import now, put, rows_of
from assistant.journal_tables import audit, cited, exchange, opinion, verified
from assistant.masking import mask

# Staff and the program itself; what nobody did has no actor.
PROGRAM = "assistant"


class Exchanges(Choices):
    """Exchanges, opinions, what is erased, and the audit trail. Unknown ids raise ExchangeUnknown."""

    def record(self, asked: Exchange) -> None:
        """Keeps an exchange, its personal numbers masked; committed on return."""
        self.record_rows(*exchange_rows(asked))

    def record_rows(self, row: Row, citations: Sequence[Row], *, is_again: bool = False) -> None:
        """Keeps the rows of an exchange; with `is_again` they may be in the journal already."""
        with self.writing() as connection:
            if is_again and connection.scalar(select(exchange.c.id).where(exchange.c.id == row["id"])) is not None:
                return
            connection.execute(insert(exchange), row)
            if citations:
                connection.execute(insert(cited), citations)

    def exchange(self, name: str) -> Exchange:
        """The exchange of this id, as it was shown."""
        with self.reading() as connection:
            found = rows_of(connection, select(exchange).where(exchange.c.id == name))
        if not found:
            raise ExchangeUnknown("Cet échange n'est plus dans le journal : il a été effacé ou n'y a jamais été.")
        return exchange_of(found[0])

    def has_exchange(self, name: str) -> bool:
        """Whether the journal still has this exchange."""
        with self.reading() as connection:
            return connection.scalar(select(exchange.c.id).where(exchange.c.id == name)) is not None

    def conversation(self, name: str) -> tuple[Exchange, ...]:
        """The exchanges of a conversation, oldest first; none when it is unknown."""
        wanted = select(exchange).where(exchange.c.conversation == name).order_by(exchange.c.asked_at)
        with self.reading() as connection:
            return tuple(exchange_of(row) for row in rows_of(connection, wanted))

    def opine(self, given: Opinion) -> None:
        """Keeps an opinion; another one on the same answer or citation is replaced."""
        values = {
            "thumb": given.thumb,
            "reason": given.reason,
            "text": storable(mask(given.text)),
            "given_at": given.given_at or now(),
        }
        self.exchange(given.exchange)
        with self.writing() as connection:
            put(connection, opinion, {"exchange": given.exchange, "citation": given.citation}, values)

    def opinions(self, name: str) -> tuple[Opinion, ...]:
        """The opinions on an exchange: on the answer first, then by citation."""
        wanted = select(opinion).where(opinion.c.exchange == name).order_by(opinion.c.citation)
        with self.reading() as connection:
            rows = rows_of(connection, wanted)
        return tuple(
            Opinion(r["exchange"], r["thumb"], r["citation"], r["reason"], r["text"], r["given_at"]) for r in rows
        )

    def forget(self, conversation: str, *, by: str) -> int:
        """Erases a conversation with its opinions and reviews; how many exchanges that were.

        Raises:
            ExchangeUnknown: no exchange is of that conversation.
        """
        with self.writing(by, "forget", conversation[:32]) as connection:
            gone = connection.execute(delete(exchange).where(exchange.c.conversation == conversation)).rowcount
            if not gone:
                raise ExchangeUnknown(f"Aucune conversation « {conversation} » dans le journal : vérifiez son numéro.")
            connection.execute(_unlinked())
            return gone

    def erase_before(self, day: date) -> int:
        """Erases the exchanges and audit entries before a day (UTC); how many exchanges that were."""
        first = start_of(day)
        with self.writing() as connection:
            gone = connection.execute(delete(exchange).where(exchange.c.asked_at < first)).rowcount
            connection.execute(delete(audit).where(audit.c.at < first))
            connection.execute(_unlinked())
            return gone

    def audit(self, actor: str, action: str, subject: str = "", details: str = "") -> None:
        """Notes an action in the audit trail."""
        with self.writing(actor, action, subject, details):
            return

    def audit_trail(self, limit: int = 200, offset: int = 0, actor: str | None = None) -> tuple[AuditEntry, ...]:
        """The audit trail, newest first."""
        wanted = select(audit.c.at, audit.c.actor, audit.c.action, audit.c.subject, audit.c.details)
        if actor is not None:
            wanted = wanted.where(audit.c.actor == actor)
        with self.reading() as connection:
            rows = connection.execute(wanted.order_by(audit.c.id.desc()).limit(limit).offset(offset)).all()
        return tuple(AuditEntry(*row) for row in rows)


def new_id() -> str:
    """A random id, 32 hexadecimal digits."""
    return secrets.token_hex(16)


def _unlinked() -> Update:
    """Verified answers forget the exchange they came from when it is no longer there."""
    gone = verified.c.exchange.not_in(select(exchange.c.id))
    return update(verified).where(gone).values(exchange=None)


def start_of(day: date) -> datetime:
    """The first moment of a day, in UTC."""
    return datetime.combine(day, time.min, UTC)


def end_of(day: date) -> datetime:
    """The first moment after a day, in UTC."""
    return start_of(day) + timedelta(days=1)
