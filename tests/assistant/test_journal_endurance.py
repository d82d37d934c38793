"""Nothing that was acknowledged is lost: by many writers at once, by SIGKILL, by migrations up and down."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from exchange_maker import exchange, verified
from postgres_server import database

from assistant.desk_records import Opinion, QueueFilter
from assistant.errors import JournalUnavailable
from assistant.journal import Journal
from assistant.journal_tables import HEAD, metadata

WRITERS = Path(__file__).with_name("journal_writers.py")


def started(url: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITERS), url, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def acknowledged(process: subprocess.Popen[str]) -> list[str]:
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return out.split()


def kept(journal: Journal) -> set[str]:
    return {one.exchange for one in journal.listed(QueueFilter(), limit=100_000)}


def test_fifty_writers_at_once_lose_nothing(journal_url: str) -> None:
    """Two processes of 25 threads each; on SQLite they also make the tables at once."""
    url = f"{journal_url}-new" if journal_url.startswith("sqlite") else journal_url
    processes = [started(url, "write", 25, 4) for _ in range(2)]
    names = [name for process in processes for name in acknowledged(process)]
    assert len(names) == 200
    opened = Journal.open(url)
    assert kept(opened) == set(names)
    opened.close()


def test_kills_lose_no_acknowledged_exchange(journal_url: str, journal: Journal) -> None:
    """Fifty on SQLite, where the killed process is the database; fewer where it is only a client."""
    times = 50 if journal_url.startswith("sqlite") else 10
    names = acknowledged(started(journal_url, "kill", times))
    there = kept(journal)
    assert len(names) >= times
    assert set(names) <= there
    # What was committed and not yet acknowledged may be there too: at most one for each kill.
    assert len(there) - len(names) <= times
    if journal_url.startswith("sqlite"):
        found = sqlite3.connect(journal_url.removeprefix("sqlite:///")).execute("PRAGMA integrity_check").fetchone()
        assert found == ("ok",)
    journal.record(exchange())


def test_a_write_that_fails_leaves_nothing(journal: Journal) -> None:
    one = exchange()
    journal.record(one)
    twice = replace(one, question="une autre ?")
    with pytest.raises(JournalUnavailable):
        journal.record(twice)
    assert journal.exchange(one.id) == one
    with pytest.raises(RuntimeError, match="stop"):
        write_and_fail(journal)
    assert journal.audit_trail() == ()


def write_and_fail(journal: Journal) -> None:
    with journal.writing("Marie", "login"):
        raise RuntimeError("stop")


def test_migrations_go_down_and_up_on_a_filled_journal(journal: Journal) -> None:
    fill(journal)
    journal.migrate_to("base")
    assert tables(journal) == {"alembic_version"}
    journal.migrate_to(HEAD)
    assert tables(journal) == {"alembic_version", *metadata.tables}
    fill(journal)
    assert len(kept(journal)) == 3


def test_each_migration_goes_down_and_up_and_keeps_what_was_there(journal: Journal, journal_url: str) -> None:
    fill(journal)
    before = kept(journal)
    journal.migrate_to("0001")
    assert "rewords" not in columns(journal)
    Journal.open(journal_url).close()
    assert "rewords" in columns(journal)
    assert kept(journal) == before
    name = min(before)
    assert (len(journal.opinions(name)), len(journal.review(name).notes)) == (1, 1)
    assert len(journal.verified_answers()) == 1


def columns(journal: Journal) -> set[str]:
    from sqlalchemy import inspect

    with journal.reading() as connection:
        return {column["name"] for column in inspect(connection).get_columns("exchange")}


def test_the_newest_migration_makes_the_tables_as_they_are_declared(journal: Journal) -> None:
    made_at_once = declared(journal)
    journal.migrate_to("base")
    journal.migrate_to(HEAD)
    assert declared(journal) == made_at_once
    with journal.reading() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    assert differences == []


def declared(journal: Journal) -> dict[str, tuple[object, ...]]:
    """Columns, keys and indexes of every table, as the database tells them."""
    from sqlalchemy import inspect

    with journal.reading() as connection:
        seen = inspect(connection)
        return {
            name: (
                sorted((one["name"], str(one["type"]), one["nullable"]) for one in seen.get_columns(name)),
                seen.get_pk_constraint(name),
                sorted(map(str, seen.get_foreign_keys(name))),
                sorted((one["name"], *one["column_names"], one["unique"]) for one in seen.get_indexes(name)),
            )
            for name in seen.get_table_names()
        }


def test_opening_again_changes_nothing(journal: Journal, journal_url: str) -> None:
    fill(journal)
    before = kept(journal)
    again = Journal.open(journal_url)
    assert kept(again) == before
    again.close()


def test_a_journal_of_a_later_release_is_refused(journal: Journal, journal_url: str) -> None:
    with journal.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(JournalUnavailable, match="plus récente"):
        Journal.open(journal_url)


def fill(journal: Journal) -> None:
    for question in ("une ?", "deux ?", "trois ?"):
        one = exchange(question)
        journal.record(one)
        journal.opine(Opinion(one.id, "down", 1, "incomplete", "texte"))
        journal.note(one.id, "note", by="Marie")
        journal.judge(one.id, 1, "partly", by="Marie")
        journal.assign(one.id, "Paul", by="Marie")
    journal.add_verified(verified(), by="Marie")
    journal.choose_generation("0001", by="Ana")


def tables(journal: Journal) -> set[str]:
    from sqlalchemy import inspect

    with journal.reading() as connection:
        return set(inspect(connection).get_table_names())


def test_a_journal_may_be_opened_while_its_server_is_away() -> None:
    with database() as server:
        server.stop()
        with pytest.raises(JournalUnavailable):
            Journal.open(server.url)
        journal = Journal.open(server.url, is_patient=True)
        with pytest.raises(JournalUnavailable):
            journal.record(exchange())
        server.start()
        one = exchange()
        journal.record(one)
        assert kept(journal) == {one.id}
        journal.close()
