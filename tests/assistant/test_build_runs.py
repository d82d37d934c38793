"""Builds started aside: one at a time, recorded, cancelled or killed without harm, known by whoever looks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.build_record import begun, read_record, recorded, write_record
from assistant.build_runs import Standing, cancel_build, log_of, preview, standing, start_build
from assistant.errors import AssistantError
from assistant.loading import build_index
from assistant.settings import CHECKOUT, Settings, load_settings
from assistant.upkeep import history
from index import file_locks, generations
from index.errors import BuildInProgress, IndexingError

MANY = 4_000


@pytest.fixture
def known(small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Settings that a process started from here finds in its environment; what runs at the end is killed."""
    for name, value in (("CORPUS", small_corpus), ("INDEX", tmp_path / "built"), ("DAY", "2024-05-01")):
        monkeypatch.setenv(f"ASSISTANT_{name}", str(value))
    settings = load_settings()
    yield settings
    if standing(settings.index).state == "running":
        cancel_build(settings.index, at_once=True)


def reword(settings: Settings, old: str, new: str) -> None:
    path = settings.corpus / "documents" / "calendrier.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def wait_for(settings: Settings, is_reached: Callable[[Standing], bool]) -> Standing:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        now = standing(settings.index)
        if is_reached(now):
            return now
        time.sleep(0.1)
    raise AssertionError(log_of(settings.index))


def ended(now: Standing) -> bool:
    return not now.is_busy


STARTED_ELSEWHERE = """
from assistant.build_runs import start_build
from assistant.settings import load_settings
start_build(load_settings(), by="Ana")
"""


def test_a_build_outlives_who_started_it_and_leaves_its_record(known: Settings) -> None:
    assert standing(known.index) == Standing("never", None)
    subprocess.run([sys.executable, "-c", STARTED_ELSEWHERE], cwd=CHECKOUT, check=True)
    assert standing(known.index).state == "running"
    with pytest.raises(AssistantError, match="déjà en cours"):
        start_build(known, by="Zoé")
    done = wait_for(known, ended)
    assert done.state == "ended"
    assert done.record is not None
    assert done.record.report is not None
    assert (done.record.by, done.record.outcome, done.record.before) == ("Ana", "done", "")
    assert done.record.report.added == ("calendrier.md", "glossaire.md")
    assert "Index construit" in log_of(known.index)
    assert [(one.is_current, one.built_by) for one in history(known.index)] == [(True, "Ana")]
    reword(known, "3 juin", "4 juin")
    found = preview()
    assert (found.is_dry_run, found.changed, found.reread, found.reused) == (True, ("calendrier.md",), (), 1)


def _children_that_ended() -> int:
    """Zombies of this process."""
    listed = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "stat="], capture_output=True, text=True, check=False
    )
    return sum(line.startswith("Z") for line in listed.stdout.split())


@pytest.mark.parametrize("at_once", [False, True])
def test_a_cancelled_build_harms_nothing(known: Settings, at_once: bool) -> None:
    build_index(known)
    before = generations.current(known.index).name
    with (known.corpus / "questions.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(
            json.dumps({"id": str(n), "question": f"solde {n} ?", "answerable": True, "gold": ["2023"]}) + "\n"
            for n in range(MANY)
        )
    reword(known, "14 décembre", "15 décembre")
    start_build(known, by="Ana")
    wait_for(known, lambda now: now.record is not None and now.record.stage == "questions")
    cancel_build(known.index, at_once=at_once)
    now = wait_for(known, ended)
    assert now.record is not None
    assert (now.state, now.record.outcome) == (("interrupted", "") if at_once else ("ended", "cancelled"))
    assert generations.current(known.index).name == before
    assert bool(list(known.index.glob("building-*"))) is at_once  # cleared by the next build
    assert _children_that_ended() == 0
    with pytest.raises(AssistantError, match="rien à annuler"):
        cancel_build(known.index)


def test_a_build_elsewhere_is_seen_and_not_disturbed(known: Settings) -> None:
    write_record(known.index, begun(known.index, by="", reason=None, force=False))
    with generations.writing(known.index):
        assert standing(known.index).state == "elsewhere"
        with pytest.raises(AssistantError, match="déjà en cours"):
            start_build(known, by="Ana")
        with pytest.raises(AssistantError, match="rien à annuler"):
            cancel_build(known.index)
    assert standing(known.index).state == "interrupted"


def test_looking_never_keeps_a_build_from_starting(tmp_path: Path) -> None:
    with generations.writing(tmp_path):
        pass
    looking = file_locks.take(tmp_path / "lock")
    assert looking is not None
    threading.Timer(0.1, os.close, [looking]).start()
    with generations.writing(tmp_path):
        pass


@pytest.mark.parametrize(
    ("error", "outcome", "words"),
    [
        (IndexingError("le disque est plein"), "failed", "le disque est plein"),
        (ZeroDivisionError("secret"), "failed", "Erreur inattendue (ZeroDivisionError"),
        (KeyboardInterrupt(), "cancelled", "annulée"),
    ],
)
def test_however_a_build_ends_it_is_recorded(tmp_path: Path, error: BaseException, outcome: str, words: str) -> None:
    with pytest.raises(type(error)), recorded(tmp_path, begun(tmp_path, by="", reason=None, force=False), None):
        raise error
    kept = read_record(tmp_path)
    assert kept is not None
    assert kept.outcome == outcome
    assert words in kept.sentence
    assert kept.ended_at


def test_a_build_that_finds_another_leaves_the_other_ones_record(tmp_path: Path) -> None:
    write_record(tmp_path, begun(tmp_path, by="Ana", reason=None, force=False))
    with (
        pytest.raises(BuildInProgress),
        recorded(tmp_path, begun(tmp_path, by="Zoé", reason=None, force=False), None),
    ):
        raise BuildInProgress("une autre")
    kept = read_record(tmp_path)
    assert kept is not None
    assert (kept.by, kept.outcome) == ("Ana", "")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"by": 1}'])
def test_a_damaged_record_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "last-build.json").write_text(text)
    assert read_record(tmp_path) is None
