"""The first tables: exchanges and what people and staff say of them, verified answers, the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.journal_tables import Moment

revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def upgrade() -> None:
    """Makes the tables."""
    _exchanges()
    _opinions_and_reviews()
    _verified_answers()
    _audit_and_facts()


def downgrade() -> None:
    """Drops them, with what they hold."""
    for table in ("verdict", "note", "review", "opinion", "cited", "bound", "verified", "exchange", "audit", "fact"):
        op.drop_table(table)


def _exchanges() -> None:
    op.create_table(
        "exchange",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("without", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.Column("searchable", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("generation", sa.String(length=200), nullable=False),
        sa.Column("writer", sa.String(length=200), nullable=False),
        sa.Column("total_ms", sa.Float(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("verified", sa.String(length=32), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_exchange_asked_at", "exchange", ["asked_at"], unique=False)
    op.create_index("ix_exchange_conversation", "exchange", ["conversation"], unique=False)
    op.create_index("ix_exchange_words", "exchange", ["words"], unique=False)
    op.create_table(
        "cited",
        sa.Column("exchange", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("passage", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("document_version", sa.String(length=64), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["exchange"], ["exchange.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("exchange", "number"),
    )
    op.create_index("ix_cited_document", "cited", ["document"], unique=False)


def _opinions_and_reviews() -> None:
    op.create_table(
        "opinion",
        sa.Column("exchange", sa.String(length=32), nullable=False),
        sa.Column("citation", sa.Integer(), nullable=False),
        sa.Column("thumb", sa.String(length=4), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["exchange"], ["exchange.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("exchange", "citation"),
    )
    op.create_table(
        "review",
        sa.Column("exchange", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("assignee", sa.String(length=200), nullable=True),
        sa.Column("is_returned", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["exchange"], ["exchange.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("exchange"),
    )
    op.create_index("ix_review_state", "review", ["state"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exchange", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["exchange"], ["exchange.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_note_exchange", "note", ["exchange"], unique=False)
    op.create_table(
        "verdict",
        sa.Column("exchange", sa.String(length=32), nullable=False),
        sa.Column("citation", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("given_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["exchange"], ["exchange.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("exchange", "citation"),
    )


def _verified_answers() -> None:
    op.create_table(
        "verified",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("wordings", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("statements", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("verified_at", Moment(), nullable=False),
        sa.Column("exchange", sa.String(length=32), nullable=True),
        sa.Column("returned_at", Moment(), nullable=True),
        sa.Column("returned_why", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_verified_state", "verified", ["state"], unique=False)
    op.create_table(
        "bound",
        sa.Column("verified", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("passage", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("document_version", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["verified"], ["verified.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("verified", "number"),
    )


def _audit_and_facts() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_audit_at", "audit", ["at"], unique=False)
    op.create_table(
        "fact",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
