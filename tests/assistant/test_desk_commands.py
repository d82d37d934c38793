"""`forget` and `verified` by the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from exchange_maker import exchange, verified

from assistant.desk_records import QueueFilter
from assistant.journal import Journal
from assistant.journal_store import now

Command = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'journal.sqlite3'}"


def test_a_conversation_is_forgotten(command: Command, url: str) -> None:
    journal = Journal.open(url)
    kept, gone = exchange(asked_at=now()), exchange(asked_at=now(), conversation="c" * 32)
    for one in (kept, gone, replace(exchange(), asked_at=now() - timedelta(days=40))):
        journal.record(one)
    done = command("forget", "c" * 32, "--json", ASSISTANT_JOURNAL=url)
    assert (done.returncode, json.loads(done.stdout)) == (0, {"erased": 1})
    again = command("forget", "c" * 32, ASSISTANT_JOURNAL=url)
    assert again.returncode == 1
    assert "Aucune conversation" in again.stderr
    old = command("forget", "--expired", ASSISTANT_JOURNAL=url, ASSISTANT_JOURNAL_DAYS=30)
    assert "effacés du journal : 1" in old.stdout
    assert [one.exchange for one in journal.listed(QueueFilter())] == [kept.id]
    journal.close()


def test_asking_by_the_command_keeps_nothing(command: Command, tmp_path: Path, default_index: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    done = command("ask", "bonjour", ASSISTANT_JOURNAL=f"sqlite:///{path}", ASSISTANT_INDEX=default_index)
    assert (done.returncode, path.exists()) == (0, False)


def test_neither_or_both_is_said(command: Command, url: str) -> None:
    for arguments in ((), ("c" * 32, "--expired")):
        done = command("forget", *arguments, ASSISTANT_JOURNAL=url)
        assert done.returncode == 1
        assert "--expired" in done.stderr


def test_verified_answers_are_listed_and_exported(
    command: Command, url: str, tmp_path: Path, default_index: Path
) -> None:
    journal = Journal.open(url)
    journal.add_verified(verified(), by="Marie")
    journal.add_verified(verified(state="returned", question="Rendue ?"), by="Marie")
    journal.close()
    places = ("--documents", tmp_path / "out", "--questions", tmp_path / "golden.jsonl")
    done = command("verified", *places, "--json", ASSISTANT_JOURNAL=url, ASSISTANT_INDEX=default_index)
    assert done.returncode == 0, done.stderr
    listed = json.loads(done.stdout)
    assert [one["question"] for one in listed["answers"]] == ["Quand ferme la vague 1 ?"]
    assert 'kind = "reponse"' in listed["manifest"]
    documents = list((tmp_path / "out" / "reponses").glob("*.md"))
    assert [path.read_text(encoding="utf-8").splitlines()[0] for path in documents] == ["# Quand ferme la vague 1 ?"]
    golden = [json.loads(line) for line in (tmp_path / "golden.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["question"] for one in golden] == ["Quand ferme la vague 1 ?", "fin de la vague 1 ?"]
