"""Builds that are started aside: each in a process of its own, one at a time, known by what lies beside the index.

<index>/last-build.json   its record, see `build_record`
<index>/last-build.log    what it printed
<index>/screen-build      the process number; locked as long as that process lives, so that no restart, page or
                          other server process is mistaken about it
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from assistant.build_record import BuildRecord, begun, read_record, write_record
from assistant.errors import AssistantError
from assistant.settings import CHECKOUT, Settings
from assistant.upkeep_phrases import ALREADY_BUILDING, NO_BUILD_TO_CANCEL, TOO_LONG, no_preview
from index import file_locks, generations
from index.build_report import BuildReport
from index.error_words import reason_of
from index.record_files import from_plain

LOG = "last-build.log"
_LOCK = "screen-build"
_LOG_CHARS = 200_000
_PREVIEW_TIMEOUT_S = 300.0

State = Literal["never", "running", "elsewhere", "interrupted", "ended"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where building stands: by a process started from the screens, elsewhere (command line, cron), or not at all."""

    state: State
    record: BuildRecord | None

    @property
    def is_busy(self) -> bool:
        """True while some process builds."""
        return self.state in {"running", "elsewhere"}


def standing(index_folder: Path) -> Standing:
    """Where building stands now, whoever started it and from wherever one looks."""
    if file_locks.is_taken(index_folder / _LOCK):
        return Standing("running", read_record(index_folder))
    is_busy = generations.is_being_written(index_folder)
    record = read_record(index_folder)
    if is_busy:
        return Standing("elsewhere", record if record and not record.outcome else None)
    if record is None:
        return Standing("never", None)
    return Standing("ended" if record.outcome else "interrupted", record)


def start_build(
    settings: Settings, *, by: str, accept: str | None = None, seen: str | None = None, force: bool = False
) -> None:
    """Starts a build in a process of its own and comes back at once; it outlives this one.

    `accept` is the reason to take the index although the gate refuses it, `seen` the fingerprint of the refusal that
    was seen: another one is not accepted.

    Raises:
        AssistantError: a build is running, or the process cannot be started.
    """
    lock = file_locks.take(settings.index / _LOCK, patience_s=0.2)
    if lock is None:
        raise AssistantError(ALREADY_BUILDING)
    try:
        if generations.is_being_written(settings.index):
            raise AssistantError(ALREADY_BUILDING)
        write_record(settings.index, begun(settings.index, by=by, reason=accept, force=force))
        options = ["--background", f"--by={_one_line(by)}", *(["--force"] if force else [])]
        options += [f"--accept={_one_line(accept)}"] if accept is not None else []
        options += [f"--seen={seen}"] if seen is not None else []
        os.ftruncate(lock, 0)  # the number of the build before is nobody's to stop
        with (settings.index / LOG).open("wb") as log:
            process = _spawn(["build", *options], log, lock)
        # Who waits for a child leaves no zombie; when this process ends first, the system's first process does so.
        threading.Thread(target=process.wait, daemon=True).start()
        os.pwrite(lock, str(process.pid).encode(), 0)
    except OSError as error:
        raise AssistantError(f"La construction n'a pas pu être lancée ({reason_of(error)}).") from error
    finally:
        os.close(lock)


def cancel_build(index_folder: Path, *, at_once: bool = False) -> None:
    """Asks the build that the screens started to end and to clear away what it wrote; `at_once` kills it.

    Raises:
        AssistantError: none is running, or it has only just begun.
    """
    path = index_folder / _LOCK
    try:
        number = int(path.read_text(encoding="ascii"))
        is_alive = file_locks.is_taken(path)
    except (OSError, ValueError):
        is_alive = False
    if not is_alive:
        raise AssistantError(NO_BUILD_TO_CANCEL)
    # The lock is held by this very process: the number is its own, and it leads a group of its own.
    with suppress(ProcessLookupError):
        os.killpg(number, signal.SIGKILL if at_once else signal.SIGTERM)


def log_of(index_folder: Path) -> str:
    """What the last build that the screens started has printed; its end, when it is very long."""
    try:
        return (index_folder / LOG).read_text(encoding="utf-8", errors="replace")[-_LOG_CHARS:]
    except OSError:
        return ""


def preview() -> BuildReport:
    """What a build would change, found by a process of its own: reading documents is not loaded into this one.

    Raises:
        AssistantError: with the sentence of the command.
    """
    command = [sys.executable, "-m", "assistant", "build", "--dry-run", "--json"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            cwd=CHECKOUT,
            capture_output=True,
            timeout=_PREVIEW_TIMEOUT_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return from_plain(BuildReport, json.loads(done.stdout))
    except OSError as error:
        raise AssistantError(no_preview(f"{reason_of(error)}.")) from error
    except subprocess.TimeoutExpired as error:
        raise AssistantError(no_preview(TOO_LONG.format(minutes=int(_PREVIEW_TIMEOUT_S // 60)))) from error
    except (ValueError, KeyError, TypeError) as error:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise AssistantError(no_preview(said.removeprefix("assistant build : "))) from error


def _one_line(text: str) -> str:
    """Text as one argument of a command: it may hold no zero byte."""
    return " ".join(text.replace("\0", " ").split())


def _spawn(arguments: list[str], log: IO[bytes], lock: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program; what a person wrote is one argument, after its « = »
        [sys.executable, "-m", "assistant", *arguments],
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        pass_fds=(lock,),
    )
