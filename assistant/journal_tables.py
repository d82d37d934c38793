"""The tables of the journal, as the newest migration leaves them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
)

# The newest migration; opening a journal runs what is missing up to it.
HEAD = "0003"


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, kept without its zone, so that both databases compare and give back the same."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment in UTC, naive."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment in UTC, aware."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData()
# Where Alembic keeps which migration was run last, as it makes the table itself.
version = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))
version.append_constraint(PrimaryKeyConstraint("version_num", name="alembic_version_pkc"))

exchange = Table(
    "exchange",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation", String(32), nullable=False, index=True),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("question", Text, nullable=False),
    Column("after", JSON, nullable=False),
    Column("without", JSON, nullable=False),
    Column("documents", JSON, nullable=False),
    # The hash of the words that name something, whatever their order: counts how often a question is asked.
    Column("words", String(64), nullable=False, index=True),
    # Question and answer, folded: what a search looks in.
    Column("searchable", Text, nullable=False),
    Column("query", Text, nullable=False),
    # « |wave/vague-1|milestone/solde| »: what was understood, to be searched in.
    Column("terms", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("generation", String(200), nullable=False),
    Column("writer", String(200), nullable=False),
    Column("total_ms", Float, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("versions", JSON, nullable=False),
    Column("due_on", Date),
    Column("verified", String(32)),
    Column("verified_on", Date),
    # The exchange whose answer this one words anew: together they are one question.
    Column("rewords", String(32), index=True),
)

cited = Table(
    "cited",
    metadata,
    Column("exchange", ForeignKey("exchange.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("passage", String(200), nullable=False),
    Column("document", String(200), nullable=False, index=True),
    Column("document_version", String(64), nullable=False),
    Column("page", Integer),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("is_current", Boolean, nullable=False),
)

opinion = Table(
    "opinion",
    metadata,
    Column("exchange", ForeignKey("exchange.id", ondelete="CASCADE"), primary_key=True),
    Column("citation", Integer, primary_key=True),
    Column("thumb", String(4), nullable=False),
    Column("reason", String(32)),
    Column("text", Text, nullable=False),
    Column("given_at", Moment, nullable=False),
)

review = Table(
    "review",
    metadata,
    Column("exchange", ForeignKey("exchange.id", ondelete="CASCADE"), primary_key=True),
    Column("state", String(16), nullable=False, index=True),
    Column("assignee", String(200)),
    # True when a verified answer that came from it left service: it is to be checked again, before others.
    Column("is_returned", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(200), nullable=False),
)

note = Table(
    "note",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("exchange", ForeignKey("exchange.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("written_at", Moment, nullable=False),
)

verdict = Table(
    "verdict",
    metadata,
    Column("exchange", ForeignKey("exchange.id", ondelete="CASCADE"), primary_key=True),
    Column("citation", Integer, primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("author", String(200), nullable=False),
    Column("given_at", Moment, nullable=False),
)

verified = Table(
    "verified",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("question", Text, nullable=False),
    Column("wordings", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("statements", JSON, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("author", String(200), nullable=False),
    Column("verified_at", Moment, nullable=False),
    # No foreign key: a verified answer outlives the exchange it came from.
    Column("exchange", String(32)),
    Column("returned_at", Moment),
    Column("returned_why", JSON, nullable=False),
)

bound = Table(
    "bound",
    metadata,
    Column("verified", ForeignKey("verified.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("passage", String(200), nullable=False),
    Column("document", String(200), nullable=False),
    Column("page", Integer),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("document_version", String(64), nullable=False),
    Column("is_current", Boolean, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("actor", String(200), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("details", Text, nullable=False),
)

# Which generation of the index the machines serve: the last row; the others say what it was before, and since when.
choice = Table(
    "choice",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("generation", String(200), nullable=False),
    Column("chosen_at", Moment, nullable=False),
    Column("chosen_by", String(200), nullable=False),
)

# Few facts that several machines share: what changes whenever a verified answer does.
fact = Table(
    "fact",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
