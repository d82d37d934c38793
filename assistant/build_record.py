"""The record of the last build, kept beside the index: how far it is, how it ended. Every build writes its own."""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from assistant.errors import AssistantError
from assistant.upkeep_phrases import CANCELLED, CANCELLED_TOO_LATE, unexpected_end
from index import generations
from index.build_report import BuildReport, GateVerdict
from index.error_words import reason_of
from index.errors import BuildInProgress, GateRefused, IndexingError
from index.plain_files import read_json, write_atomically
from index.record_files import from_plain, to_plain

FILE = "last-build.json"
# Written this often at most: a record on disk is flushed, and who reads it looks once a second.
_EVERY_S = 0.5
_log = logging.getLogger(__name__)

Outcome = Literal["", "done", "refused", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """One build. `by` is who asked ("" on the command line), `before` the generation in use when it began.

    Times are ISO 8601 in UTC. `stage` is as `index.building.Progress` tells it. As long as `outcome` is "", it has not
    ended, or was killed; then `sentence` says what went wrong, `report` what was done, `gate` what the gate refused.
    """

    by: str
    started_at: str
    before: str
    reason: str | None = None
    force: bool = False
    stage: str = ""
    done: int = 0
    total: int = 0
    ended_at: str = ""
    outcome: Outcome = ""
    sentence: str = ""
    report: BuildReport | None = None
    gate: GateVerdict | None = None


def begun(index_folder: Path, *, by: str, reason: str | None, force: bool) -> BuildRecord:
    """A record of a build that begins now."""
    return BuildRecord(by, _now(), generations.current_name(index_folder) or "", reason, force)


def write_record(index_folder: Path, record: BuildRecord) -> None:
    """Makes it the record of the last build."""
    index_folder.mkdir(parents=True, exist_ok=True)
    write_atomically(index_folder / FILE, json.dumps(to_plain(record), ensure_ascii=False) + "\n")


def read_record(index_folder: Path) -> BuildRecord | None:
    """The record of the last build; None when there is none that can be read."""
    try:
        return from_plain(BuildRecord, read_json(index_folder / FILE))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Recorder:
    """Keeps the record of the build that runs in this process."""

    def __init__(self, index_folder: Path, record: BuildRecord, told: Callable[[str, int, int], None] | None) -> None:
        self._folder = index_folder
        self._record = record
        self._told = told
        self._written_at = 0.0

    def progress(self, stage: str, done: int, total: int) -> None:
        """Notes how far the build is, and passes it on."""
        is_new = stage != self._record.stage
        self._record = replace(self._record, stage=stage, done=done, total=total)
        if is_new or time.monotonic() - self._written_at >= _EVERY_S:
            self._write()
        if self._told is not None:
            self._told(stage, done, total)

    def end(self, outcome: Outcome, sentence: str = "", **parts: Any) -> None:
        """Notes how it ended; `parts` are the report or the gate's verdict."""
        self._record = replace(self._record, outcome=outcome, sentence=sentence, ended_at=_now(), **parts)
        self._write()

    def end_cancelled(self) -> None:
        """Notes that somebody stopped it, and whether that was before the new index came into use."""
        is_late = (generations.current_name(self._folder) or "") != self._record.before
        self.end("cancelled", CANCELLED_TOO_LATE if is_late else CANCELLED)

    def _write(self) -> None:
        self._written_at = time.monotonic()
        try:
            write_record(self._folder, self._record)
        except OSError as error:
            # A full disk ends the build by itself where that matters; its record is not what may stop it.
            _log.warning("Le compte rendu de la construction ne peut pas être écrit (%s).", reason_of(error))


@contextmanager
def recorded(
    index_folder: Path, record: BuildRecord, told: Callable[[str, int, int], None] | None
) -> Iterator[Recorder]:
    """The recorder of a build; however the build ends, it is noted. A terminating signal ends it as Ctrl-C does."""
    recorder = Recorder(index_folder, record, told)
    try:
        with _terminated_as_interrupted():
            yield recorder
    except BuildInProgress:
        raise  # the record is that of the other one
    except GateRefused as refusal:
        recorder.end("refused", gate=replace(refusal.verdict, results=()))
        raise
    except KeyboardInterrupt:
        recorder.end_cancelled()
        raise
    except (IndexingError, AssistantError) as error:
        recorder.end("failed", str(error))
        raise
    except Exception as error:
        recorder.end("failed", unexpected_end(error))
        raise


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def give_way() -> None:
    """Lets every other process of this machine go first: those that answer questions."""
    with suppress(OSError):
        os.nice(10)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
