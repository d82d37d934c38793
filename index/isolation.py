"""Files are read in a process of their own, so that none can hang, crash or exhaust the build.

One worker serves a whole batch, since starting Python for each document would be slow; a dead one is started again.
"""

from __future__ import annotations

import base64
import json
import os
import selectors
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from index.errors import UnreadableDocument
from index.reading import FileDescription, content_hash
from index.reading_codec import from_plain
from index.reading_formats import check_path
from index.records import Document, DocumentInfo

TIMEOUT_S = 60.0
MEMORY_MB = 2_048

_MAX_REPLY_BYTES = 256 * 2**20
_CRASHED = "le fichier a fait échouer le lecteur ; enregistrez-le ou exportez-le de nouveau."
_STOPPED = "sa lecture a été arrêtée."
_REMEDY = "découpez-le, ou exportez-le dans un autre format."


class _LimitPassedError(Exception):
    """The worker went beyond a limit; the text says which, in French."""


class IsolatedReader:
    """Reads files in a child process; use it as a context manager, for one thread at a time."""

    def __init__(self, *, timeout_s: float = TIMEOUT_S, memory_mb: int = MEMORY_MB) -> None:
        self._timeout_s = timeout_s
        self._memory_mb = memory_mb
        self._worker: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def __enter__(self) -> IsolatedReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path, info: DocumentInfo) -> Document:
        """As `reading.read_document`, within the limits.

        Raises:
            UnreadableDocument: also when the file passed a limit or made the reader crash.
        """
        try:
            check_path(path)
            plain = self._ask("read", path)
            reading = from_plain(plain)
            digest = content_hash(path.read_bytes(), info)
        except UnreadableDocument as refusal:
            raise UnreadableDocument(info.path, refusal.reason) from refusal
        except (KeyError, TypeError, ValueError, OSError) as error:
            self.close()
            raise UnreadableDocument(info.path, _CRASHED) from error
        return Document(info, digest, reading.pages, reading.left_out, reading.warnings)

    def describe(self, path: Path) -> FileDescription:
        """As `reading.describe_file`, within the limits."""
        check_path(path)
        try:
            return FileDescription(**self._ask("describe", path))
        except TypeError as error:
            raise UnreadableDocument(path.name, _CRASHED) from error

    def picture(self, path: Path, page: int, *, dpi: int) -> bytes:
        """The page (1-based) of a PDF as PNG, drawn within the limits.

        Raises:
            UnreadableDocument: it cannot be drawn.
        """
        try:
            return base64.b64decode(self._ask("picture", path, page=page, dpi=dpi)["png"])
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableDocument(path.name, _CRASHED) from error

    def stop(self) -> None:
        """Kills the worker, from any thread: what is being read is refused, and nothing is read any more."""
        self._is_stopped = True
        worker = self._worker
        if worker is not None:
            worker.kill()

    @property
    def is_stopped(self) -> bool:
        """Whether somebody stopped it."""
        return self._is_stopped

    def close(self) -> None:
        """Ends the worker."""
        if self._worker is None:
            return
        worker, self._worker = self._worker, None
        worker.kill()
        worker.communicate()

    def _ask(self, what: str, path: Path, **numbers: int) -> dict[str, Any]:
        request = {"what": what, "path": os.fspath(path.absolute()), **numbers}
        try:
            reply = json.loads(self._reply(request))
        except (OSError, EOFError, ValueError) as error:
            self.close()
            raise UnreadableDocument(path.name, _STOPPED if self._is_stopped else _CRASHED) from error
        except _LimitPassedError as limit:
            self.close()
            raise UnreadableDocument(path.name, f"{limit} ; {_REMEDY}") from limit
        if "refused" in reply:
            raise UnreadableDocument(path.name, str(reply["refused"]))
        done: dict[str, Any] = reply["done"]
        return done

    def _reply(self, request: dict[str, Any]) -> bytes:
        """The worker's reply; a worker that a former file left dying is replaced, and asked once more."""
        if self._worker and self._worker.poll() is None:
            with suppress(EOFError, OSError):
                return self._exchange(self._worker, request)
        return self._exchange(self._started(), request)

    def _exchange(self, worker: subprocess.Popen[bytes], request: dict[str, Any]) -> bytes:
        deadline = time.monotonic() + self._timeout_s
        os.write(_descriptor(worker.stdin), json.dumps(request).encode() + b"\n")
        length = int.from_bytes(self._received(worker, 8, deadline), "big")
        if length > _MAX_REPLY_BYTES:
            raise _LimitPassedError("son texte est démesuré")
        return self._received(worker, length, deadline)

    def _received(self, worker: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
        stream = _descriptor(worker.stdout)
        pieces: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while count > 0:
                left_s = deadline - time.monotonic()
                if left_s <= 0 or not selector.select(left_s):
                    raise _LimitPassedError(f"sa lecture a dépassé {self._timeout_s:.0f} secondes")
                piece = os.read(stream, min(count, 2**20))
                if not piece:
                    raise EOFError("the worker died")
                pieces.append(piece)
                count -= len(piece)
        return b"".join(pieces)

    def _started(self) -> subprocess.Popen[bytes]:
        self.close()
        if self._is_stopped:
            raise EOFError("the reader was stopped")
        root = Path(__file__).resolve().parent.parent
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
        self._worker = subprocess.Popen(  # noqa: S603 our own interpreter and module
            [sys.executable, "-P", "-B", "-m", "index.reading_worker", str(self._memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=root.anchor,
            env={**kept, "PYTHONPATH": os.fspath(root), "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        if self._is_stopped:  # while it was being started
            self._worker.kill()
        return self._worker


def _descriptor(stream: IO[bytes] | None) -> int:
    if stream is None:
        raise EOFError("the worker has no such stream")
    return stream.fileno()
