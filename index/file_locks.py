"""Locks of the operating system on files: they go with the process that holds them, however it ends."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STEP_S = 0.02


def take(path: Path, *, patience_s: float = 0.0) -> int | None:
    """A descriptor that holds the lock of `path`, which is made; None when another holds it all of `patience_s`.

    The lock goes when the descriptor is closed, here and in every process that was given it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    end = time.monotonic() + patience_s
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                os.close(descriptor)
                return None
            time.sleep(_STEP_S)
        except OSError:
            os.close(descriptor)
            raise
        else:
            return descriptor


@contextmanager
def held(path: Path, *, patience_s: float = 0.0) -> Iterator[None]:
    """Holds the lock of `path` for the length of a block.

    Raises:
        BlockingIOError: another holds it all of `patience_s`.
    """
    descriptor = take(path, patience_s=patience_s)
    if descriptor is None:
        raise BlockingIOError(errno.EAGAIN, "taken by another process", path.name)
    try:
        yield
    finally:
        os.close(descriptor)


def is_taken(path: Path) -> bool:
    """True when a process holds the lock. Looking takes it for a moment: those who want it have that much patience."""
    if not path.exists():
        return False
    descriptor = take(path)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False
