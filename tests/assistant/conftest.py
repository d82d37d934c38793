"""Journals on SQLite and on a real PostgreSQL: the same tests run on both; the vocabularies of two programmes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from postgres_server import postgres

from assistant.journal import Journal
from assistant.journal_tables import HEAD, metadata
from index.vocabulary import Vocabulary

CHECKOUT = Path(__file__).parents[2]
DATABASES = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """That of the corpus."""
    return Vocabulary.load(CHECKOUT / "corpus" / "vocabulary.toml")


@pytest.fixture(scope="session")
def other_vocabulary() -> Vocabulary:
    """That of another programme."""
    return Vocabulary.load(CHECKOUT / "tests" / "corpus" / "lumiere" / "vocabulary.toml")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with its tables and nothing in them, to be copied."""
    path = tmp_path_factory.mktemp("journal") / "journal.sqlite3"
    Journal.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[str]:
    """The address of a journal on a server of its own, with its tables; a test empties it first."""
    with postgres() as url:
        Journal.open(url).close()
        yield url


@pytest.fixture(params=DATABASES)
def journal_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty journal."""
    if request.param == "sqlite":
        path = tmp_path / "journal.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        return f"sqlite:///{path}"
    url: str = request.getfixturevalue("migrated_postgres")
    with psycopg.connect(url) as connection:
        connection.execute(f"TRUNCATE {', '.join(metadata.tables)} CASCADE")  # type: ignore[call-overload]
        connection.execute("UPDATE alembic_version SET version_num = %s", [HEAD])
    return url


@pytest.fixture
def journal(journal_url: str) -> Iterator[Journal]:
    opened = Journal.open(journal_url)
    yield opened
    opened.close()
