"""Where Alembic begins: runs the migrations over the connection that opened the journal."""

from __future__ import annotations

from alembic import context

from assistant.journal_tables import metadata

# Tables are remade to change them where the database cannot (SQLite).
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
