"""Back-pressure: a few questions are answered side by side, some wait for their turn, the others are told to come back.

More threads than cores would only make everybody slower. Whoever computes holds a turn; whoever waits for a language
model or a reader holds none.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.errors import AssistantError

BUSY = (
    "Beaucoup de questions arrivent en même temps et la vôtre n'a pas pu être traitée : "
    "posez-la de nouveau dans {wait_s} secondes."
)
# 200 people who ask at the same moment are all answered: 25 ms each make 3 s for the last one on two cores.
PLACES = 256
_PATIENCE_S = 20.0
_COME_BACK_S = 5


class Busy(AssistantError):
    """Too many questions at once; `headers` tell a program when to try again."""

    def __init__(self, wait_s: int = _COME_BACK_S) -> None:
        super().__init__(BUSY.format(wait_s=wait_s))
        self.headers = {"retry-after": str(wait_s)}


class Turns:
    """At most `at_once` threads have a turn, at most `places` more wait, none of them longer than `patience_s`."""

    def __init__(self, at_once: int | None = None, *, places: int = PLACES, patience_s: float = _PATIENCE_S) -> None:
        self.at_once = at_once or os.cpu_count() or 1
        self.places = places
        self._patience_s = patience_s
        self._free = threading.Semaphore(self.at_once)
        self._counting = threading.Lock()
        self.waiting = 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits for a turn, and gives it back after the `with` block.

        Raises:
            Busy: too many wait already, or no turn came in time.
        """
        if not self._free.acquire(blocking=False):
            self._wait()
        try:
            yield
        finally:
            self._free.release()

    def _wait(self) -> None:
        with self._counting:
            if self.waiting >= self.places:
                raise Busy
            self.waiting += 1
        try:
            if not self._free.acquire(timeout=self._patience_s):
                raise Busy
        finally:
            with self._counting:
                self.waiting -= 1
