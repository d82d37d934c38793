"""Exchanges go into the journal, or, while it is away, into a folder beside the index, to be written later.

Each waits in a file of its own, masked as in the journal, so that processes that share the folder, are killed or start
anew lose none; the folder is bounded. What neither takes is not answered.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.circuit import Circuit
from assistant.desk_records import Exchange
from assistant.errors import JournalRefused, JournalUnavailable
from assistant.journal import Journal
from assistant.journal_rows import as_text, exchange_rows, rows_of_text
from index.error_words import reason_of
from index.file_locks import held
from index.plain_files import write_atomically

LOGGER = logging.getLogger("assistant.keeping")
MOST_WAITING = 10_000
_WAITING, _REFUSED = ".json", ".refused"
_AWAY = "Le journal ne répond pas (%s) : les échanges attendent dans « %s »."
_BACK = "Le journal répond à nouveau : %d échanges qui attendaient y sont écrits."
_UNREADABLE = "« %s » ne peut pas entrer dans le journal (%s) : l'échange est mis de côté."
FULL = (
    "Le journal ne répond pas et {count} échanges l'attendent déjà : la question n'est pas traitée. "
    "Rétablissez la base de données, puis réessayez."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Whether the journal is away, how many exchanges wait for it, and how many it will not take."""

    is_away: bool
    waiting: int
    refused: int


class Keeping:
    """Keeps exchanges, whatever becomes of the journal's database. Safe to share between threads."""

    def __init__(self, journal: Journal, waiting: Path | None = None, *, most: int = MOST_WAITING) -> None:
        self._journal = journal
        self._folder = waiting
        self._most = most
        # A database that is away is tried again every few seconds, by one question that waits for it.
        self._circuit = Circuit(tolerated=1, rest_s=1.0, longest_s=4.0)
        self._is_away = False
        self._saying = threading.Lock()

    def keep(self, asked: Exchange) -> None:
        """Keeps an exchange; committed, or waiting on disk, on return.

        Raises:
            JournalUnavailable: neither the journal nor the folder takes it.
        """
        if self._folder is None:
            self._journal.record(asked)
            return
        if self.is_reachable():
            with self.noticing():
                self._journal.record(asked)
                return
        self._put_aside(self._folder, asked)

    def is_reachable(self) -> bool:
        """Whether to try the journal now."""
        return self._circuit.allows()

    @contextmanager
    def noticing(self) -> Iterator[None]:
        """Around what asks the journal: when it is away, the block ends there and it is left alone for a moment."""
        try:
            yield
        except JournalUnavailable as error:
            self._circuit.failed()
            with self._saying:
                is_news, self._is_away = not self._is_away, True
            if is_news:
                LOGGER.warning(_AWAY, error, self._folder)
        else:
            self._circuit.succeeded()
            self._is_away = False

    def state(self) -> Kept:
        """What waits."""
        return Kept(self._is_away, len(self._files(_WAITING)), len(self._files(_REFUSED)))

    def write_waiting(self) -> int:
        """Writes into the journal what waits for it; how many exchanges that were. Another process may be doing so."""
        files = self._files(_WAITING)
        if not files or self._folder is None:
            return 0
        written = 0
        with suppress(BlockingIOError), held(self._folder / "lock"), self.noticing():
            for path in files:
                written += self._write(path)
        if written:
            LOGGER.warning(_BACK, written)
        return written

    def erase_before(self, day: date) -> int:
        """Erases what waits from before a day (UTC); how many exchanges that were."""
        return 0 if self._folder is None else erase_waiting(self._folder, before=day)

    def _write(self, path: Path) -> bool:
        """Whether a waiting exchange is in the journal now; one that it will never take is set aside.

        Raises:
            JournalUnavailable: the journal is still away.
        """
        try:
            row, citations = rows_of_text(path.read_text(encoding="utf-8"))
        except OSError:  # another machine has written it, or it cannot be read at this moment and goes on waiting
            return False
        except (KeyError, TypeError, ValueError) as error:
            return self._refuse(path, error)
        try:
            self._journal.record_rows(row, citations, is_again=True)
        except JournalRefused as error:
            if not self._journal.has_exchange(row["id"]):
                return self._refuse(path, error)
        path.unlink(missing_ok=True)
        return True

    def _refuse(self, path: Path, error: Exception) -> bool:
        LOGGER.error(_UNREADABLE, path, error)
        with suppress(OSError):
            path.rename(path.with_suffix(_REFUSED))
        return False

    def _put_aside(self, folder: Path, asked: Exchange) -> None:
        count = len(self._files(_WAITING))
        if count >= self._most:
            raise JournalUnavailable(FULL.format(count=count))
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # In the order in which they were asked.
            path = folder / f"{asked.asked_at:%Y%m%d%H%M%S%f}-{asked.id}{_WAITING}"
            write_atomically(path, as_text(*exchange_rows(asked)))
        except OSError as error:
            raise JournalUnavailable(
                f"Le journal ne répond pas et « {folder} » ne peut pas être écrit ({reason_of(error)}) : "
                "rétablissez la base de données, ou les droits de ce dossier, puis réessayez."
            ) from error

    def _files(self, suffix: str) -> list[Path]:
        return [] if self._folder is None else _files(self._folder, suffix)


def waiting_count(folder: Path, *, is_refused: bool = False) -> int:
    """How many exchanges wait in the folder for the journal, or were set aside since it does not take them."""
    return len(_files(folder, _REFUSED if is_refused else _WAITING))


def erase_waiting(folder: Path, *, conversation: str = "", before: date | None = None) -> int:
    """Erases what waits, or was set aside, of a conversation or from before a day (UTC); how many."""
    gone = 0
    for path in (*_files(folder, _WAITING), *_files(folder, _REFUSED)):
        try:
            row, _ = rows_of_text(path.read_text(encoding="utf-8"))
            asked, of = row["asked_at"].astimezone(UTC).date(), row["conversation"]
        except FileNotFoundError:
            continue
        except (OSError, KeyError, TypeError, ValueError):
            asked, of = datetime.fromtimestamp(path.stat().st_mtime, UTC).date(), ""
        if (conversation and of == conversation) or (before is not None and asked < before):
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _files(folder: Path, suffix: str) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == suffix) if folder.is_dir() else []
