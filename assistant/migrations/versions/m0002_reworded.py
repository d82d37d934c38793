"""An exchange whose answer words another one's anew: the two are one question."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade() -> None:
    """Adds which exchange is worded anew."""
    with op.batch_alter_table("exchange") as table:
        table.add_column(sa.Column("rewords", sa.String(length=32), nullable=True))
        table.create_index("ix_exchange_rewords", ["rewords"])


def downgrade() -> None:
    """Takes it away; the exchanges stay."""
    with op.batch_alter_table("exchange") as table:
        table.drop_index("ix_exchange_rewords")
        table.drop_column("rewords")
