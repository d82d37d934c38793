"""A circuit breaker: after failures nobody waits for what is dead; now and then one question tries it again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic


class Circuit:
    """Open after `tolerated` failures in a row, for `rest_s`, twice as long each time a try fails, up to `longest_s`.

    Safe for threads.
    """

    def __init__(
        self,
        *,
        tolerated: int = 2,
        rest_s: float = 20.0,
        longest_s: float = 300.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._tolerated, self._rest_s, self._longest_s, self._clock = tolerated, rest_s, longest_s, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_from = 0.0

    def allows(self) -> bool:
        """Whether to try now. When the rest is over, one caller may; the others wait for what becomes of it."""
        with self._lock:
            if self._failures < self._tolerated:
                return True
            if self._clock() < self._closed_from:
                return False
            self._closed_from = self._clock() + self._rest()
            return True

    def succeeded(self) -> None:
        """It lives."""
        with self._lock:
            self._failures = 0

    def failed(self, *, is_dead: bool = False) -> None:
        """It failed; `is_dead` when nobody answered at all, which is reason enough."""
        with self._lock:
            self._failures = max(self._failures + 1, self._tolerated if is_dead else 0)
            self._closed_from = self._clock() + self._rest()

    def _rest(self) -> float:
        return float(min(self._rest_s * 2 ** max(0, self._failures - self._tolerated), self._longest_s))
