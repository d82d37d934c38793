"""Alembic's migrations of the journal; `journal_store.py` runs them when a journal is opened."""
