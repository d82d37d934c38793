"""Pages of PDFs as pictures with a quotation marked, made in a child process with limits and kept for a while."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.settings import CHECKOUT

TIMEOUT_S = 10.0
KEPT_BYTES = 48_000_000
MAX_SCALE = 4.0


class PictureFailed(AssistantError):
    """The page cannot be shown as a picture."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page (1-based) of which file, how large (1 is 72 points per inch), and what to mark on it.

    `expected_start` is about where the quotation starts in the page's text; it chooses between occurrences.
    `is_cropped` keeps only what surrounds the quotation, when it is found.
    """

    path: Path
    page: int
    scale: float
    quote: str = ""
    expected_start: int | None = None
    is_cropped: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG; `is_marked` says that the quotation was found on it."""

    png: bytes
    is_marked: bool


class PagePictures:
    """Makes pictures one at a time in a process of their own, which is replaced when it dies or takes too long."""

    def __init__(self, *, timeout_s: float = TIMEOUT_S, kept_bytes: int = KEPT_BYTES) -> None:
        self._timeout_s = timeout_s
        self._kept_bytes = kept_bytes
        self._kept: OrderedDict[tuple[object, ...], Picture] = OrderedDict()
        self._hashes: dict[Path, tuple[tuple[int, int], str]] = {}
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None

    def picture(self, wanted: Wanted) -> Picture:
        """The picture, from memory when the same file was shown so already.

        Raises:
            PictureFailed: there is no such page, or it is damaged, too large or too slow to show.
        """
        scale = min(max(wanted.scale, 0.1), MAX_SCALE)
        with self._lock:
            key = (self._content(wanted.path), replace(wanted, path=Path(), scale=scale))
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            made = self._make(wanted, scale)
            self._keep(key, made)
            return made

    def close(self) -> None:
        """Ends the child process."""
        with self._lock:
            self._stop()

    def _make(self, wanted: Wanted, scale: float) -> Picture:
        request = asdict(replace(wanted, scale=scale)) | {"path": str(wanted.path)}
        worker = self._running()
        too_slow = threading.Timer(self._timeout_s, worker.kill)
        too_slow.start()
        try:
            header, png = _exchange(worker, request)
        except (OSError, ValueError) as error:
            self._stop()
            raise PictureFailed(f"La page {wanted.page} ne peut pas être montrée : trop longue à dessiner.") from error
        finally:
            too_slow.cancel()
        if header["reason"]:
            raise PictureFailed(f"La page {wanted.page} ne peut pas être montrée : {header['reason']}")
        return Picture(png, header["found"])

    def _running(self) -> subprocess.Popen[bytes]:
        if self._worker is None or self._worker.poll() is not None:
            command = [sys.executable, "-m", "assistant.page_worker"]
            self._worker = subprocess.Popen(  # noqa: S603 - our own module, no argument from outside
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=CHECKOUT
            )
        return self._worker

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None

    def _content(self, path: Path) -> str:
        """The hash of the file's bytes, read again only when the file was touched."""
        try:
            status = path.stat()
            touched = (status.st_mtime_ns, status.st_size)
            known = self._hashes.get(path)
            if known is None or known[0] != touched:
                known = (touched, hashlib.sha256(path.read_bytes()).hexdigest())
                self._hashes[path] = known
        except OSError as error:
            raise PictureFailed("Le fichier du document n’est pas lisible.") from error
        return known[1]

    def _keep(self, key: tuple[object, ...], made: Picture) -> None:
        self._kept[key] = made
        while sum(len(kept.png) for kept in self._kept.values()) > self._kept_bytes and len(self._kept) > 1:
            self._kept.popitem(last=False)


def _exchange(worker: subprocess.Popen[bytes], request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Sends a request and reads its answer.

    Raises:
        ValueError, OSError: the process ended before its answer was whole.
    """
    if worker.stdin is None or worker.stdout is None:
        raise ValueError("no pipes")
    worker.stdin.write(json.dumps(request).encode() + b"\n")
    worker.stdin.flush()
    header: dict[str, Any] = json.loads(worker.stdout.readline())
    png = worker.stdout.read(header["length"])
    if len(png) != header["length"]:
        raise ValueError("answer cut short")
    return header, png
