"""Which generation of the index the machines serve, with those they served before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.journal_tables import Moment

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "choice",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("generation", sa.String(length=200), nullable=False),
        sa.Column("chosen_at", Moment(), nullable=False),
        sa.Column("chosen_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )


def downgrade() -> None:
    """Drops it: every machine then serves what its own folder names."""
    op.drop_table("choice")
