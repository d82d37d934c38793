"""The database under the journal: connections to SQLite (write-ahead log) or PostgreSQL, made ready for use."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import StaticPool

from assistant.errors import JournalUnavailable

_WAIT_S = 30
_AGAIN_S = 0.02
# A server that is away is known to be within seconds, not after the minutes of TCP: libpq's s, s, ms.
_LIMITS = {"connect_timeout": 3, "keepalives_idle": 5, "tcp_user_timeout": 5000}


def engine_of(url: str) -> Engine:
    """What connects to a SQLAlchemy URL; no connection is made yet, but the folder and file of SQLite are.

    Raises:
        JournalUnavailable: neither SQLite nor PostgreSQL.
        OSError: the file cannot be made.
        SQLAlchemyError: this is no URL.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        driver = parsed.set(drivername="postgresql+psycopg")
        return create_engine(
            driver, pool_pre_ping=True, pool_size=10, pool_timeout=_WAIT_S, connect_args=_LIMITS, hide_parameters=True
        )
    if parsed.get_backend_name() != "sqlite":
        raise JournalUnavailable("ASSISTANT_JOURNAL attend une adresse sqlite:///… ou postgresql://….")
    if parsed.database in (None, "", ":memory:"):
        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}, hide_parameters=True
        )
    else:
        path = Path(str(parsed.database))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # what people asked is for this account alone
        engine = create_engine(parsed, connect_args={"timeout": _WAIT_S}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Transactions are ours to begin; a commit is with the system before it returns, and survives this process."""
    connection.isolation_level = None
    _log_ahead(connection)
    for setting in ("synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}").close()


def _log_ahead(connection: Any) -> None:
    """Tried again while another connection holds the file: SQLite refuses this change at once, whatever its time limit.

    Two processes that open a new file would lock each other out.
    """
    ends = time.monotonic() + _WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                raise
            time.sleep(_AGAIN_S)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its place at once: one that read first and then wrote could be refused."""
    is_writing = connection.get_execution_options().get("is_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
