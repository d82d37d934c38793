"""Where the journal is kept: SQLite (write-ahead log) or PostgreSQL by its URL, migrated when it is opened."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    bindparam,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import ArgumentError, CompileError, DataError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from assistant.errors import JournalRefused, JournalUnavailable
from assistant.journal_engine import engine_of
from assistant.journal_tables import HEAD, audit, fact, metadata, version
from index.error_words import reason_of

_MIGRATIONS = Path(__file__).with_name("migrations")
# Any number will do, as long as no other program on the same PostgreSQL takes it.
_MIGRATING = 5_041_881
# Read at each question: written once.
_FACT = select(fact.c.value).where(fact.c.name == bindparam("name"))
_REMEDY = "Vérifiez ASSISTANT_JOURNAL et que la base répond, puis réessayez."


class Store:
    """An open journal. Safe to share between threads; what `writing` did is committed when it ends without an error."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        # SQLite has one writer at a time: waiting here is fair, waiting inside it is not. In memory: one connection.
        self._writer = threading.RLock() if self._is_sqlite else nullcontext()
        self._reader = self._writer if isinstance(engine.pool, StaticPool) else nullcontext()
        self._is_behind = False

    @classmethod
    def open(cls, url: str, *, is_patient: bool = False) -> Self:
        """The journal at a SQLAlchemy URL, its tables up to date; `sqlite://` keeps one in memory.

        With `is_patient`, one on a server may be away: its tables are seen to when it first answers.

        Raises:
            JournalUnavailable: the URL is wrong, the database does not answer, or a later release made its tables.
        """
        with _ours():
            store = cls(engine_of(url))
        try:
            store._migrate()
        except JournalUnavailable:
            if not is_patient or store._is_sqlite:
                raise
            store._is_behind = True
        return store

    def close(self) -> None:
        """Gives back the connections."""
        self._engine.dispose()

    @contextmanager
    def writing(self, actor: str = "", action: str = "", subject: str = "", details: str = "") -> Iterator[Connection]:
        """A transaction, committed at the end of the block; with an `actor`, what he does is audited in it.

        Raises:
            JournalUnavailable: nothing was written.
        """
        self._catch_up()
        with _ours(), self._writer, self._engine.connect() as plain:
            connection = plain.execution_options(is_writing=True)
            with connection.begin():
                if actor:
                    note_action(connection, actor, action, subject, details)
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads, and sees one state of the journal.

        Raises:
            JournalUnavailable: the database does not answer.
        """
        self._catch_up()
        with self._seeing() as connection:
            yield connection

    def fact(self, name: str) -> str | None:
        """A fact that the machines share."""
        with self.reading() as connection:
            value: str | None = connection.scalar(_FACT, {"name": name})
            return value

    def migrate_to(self, revision: str) -> None:
        """Brings the tables to a migration, up or down; « base » drops them all."""
        from alembic import command

        with self._migrating() as connection:
            configuration = _configuration(connection)
            current = self._revision(connection)
            if revision == "base" or (current is not None and revision < current):
                command.downgrade(configuration, revision)
            else:
                command.upgrade(configuration, revision)

    def _catch_up(self) -> None:
        if self._is_behind:
            self._migrate()
            self._is_behind = False

    @contextmanager
    def _seeing(self) -> Iterator[Connection]:
        """As `reading`, whatever the state of the tables."""
        with _ours(), self._reader, self._engine.connect() as connection, connection.begin():
            yield connection

    def _migrate(self) -> None:
        """Brings the tables up to date; several processes may open the journal at once."""
        with self._seeing() as connection:
            if self._revision(connection) == HEAD:
                return
        with self._migrating() as connection:
            current = self._revision(connection)
            if current is None:
                # A new journal: what the migrations would make one after the other, without importing Alembic (0.2 s).
                version.create(connection, checkfirst=True)
                metadata.create_all(connection, checkfirst=False)
                connection.execute(insert(version).values(version_num=HEAD))
            elif current > HEAD:
                raise JournalUnavailable(
                    f"Le journal a été écrit par une version plus récente ({current}) : mettez l'assistant à jour."
                )
            elif current < HEAD:
                from alembic import command

                command.upgrade(_configuration(connection), "head")

    @contextmanager
    def _migrating(self) -> Iterator[Connection]:
        """A transaction in which no other process migrates.

        SQLite remakes a table to change it: with foreign keys, dropping the old one would erase what hangs on it.
        """
        with _ours(), self._writer, self._engine.connect() as plain:
            connection = plain.execution_options(is_writing=True)
            with _without_foreign_keys(plain) if self._is_sqlite else nullcontext(), connection.begin():
                if not self._is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
                yield connection

    @staticmethod
    def _revision(connection: Connection) -> str | None:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(select(version.c.version_num))
        return found


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def note_action(connection: Connection, actor: str, action: str, subject: str, details: str) -> None:
    """Adds an action to the audit trail, in the transaction that does it."""
    entry = {"at": now(), "actor": actor, "action": action, "subject": subject, "details": details}
    connection.execute(insert(audit).values(entry))


def put(connection: Connection, table: Any, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Replaces the row of this key, or adds it."""
    matches = [table.c[name] == value for name, value in key.items()]
    if not connection.execute(table.update().where(*matches).values(values)).rowcount:
        connection.execute(insert(table).values({**key, **values}))


def rows_of(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    """The rows of a query, by the names of their columns."""
    return [{str(name): value for name, value in row.items()} for row in connection.execute(query).mappings()]


def _configuration(connection: Connection) -> Any:
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    return configuration


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """For the length of a block that holds a whole transaction: inside one SQLite does not let it change."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF").close()
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON").close()


@contextmanager
def _ours() -> Iterator[None]:
    """Turns the library's errors into ours; the URL, which may hold a password, is never repeated."""
    try:
        yield
    except (ArgumentError, NoSuchModuleError) as error:
        raise JournalUnavailable(f"ASSISTANT_JOURNAL n'est pas une adresse de base de données. {_REMEDY}") from error
    except (DataError, IntegrityError, CompileError) as error:
        raise JournalRefused(f"Le journal refuse cet échange ({type(error).__name__}). {_REMEDY}") from error
    except SQLAlchemyError as error:
        kind = type(getattr(error, "orig", None) or error).__name__
        raise JournalUnavailable(f"Le journal ne peut pas être lu ou écrit ({kind}). {_REMEDY}") from error
    except OSError as error:
        raise JournalUnavailable(f"Le journal ne peut pas être ouvert ({reason_of(error)}). {_REMEDY}") from error
