"""How often one session and one address may ask: buckets that refill with time."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from time import monotonic

from assistant.errors import AssistantError

TOO_MANY = "Trop de questions en peu de temps : réessayez dans {wait}."
_MAX_KEYS = 10_000


class TooMany(AssistantError):
    """Asked too often; `wait_s` whole seconds from now it works again."""

    def __init__(self, wait_s: int, sentence: str = TOO_MANY) -> None:
        super().__init__(sentence.format(wait="une seconde" if wait_s == 1 else f"{wait_s} secondes"))
        self.wait_s = wait_s


class Limit:
    """At most `per_minute` uses in a burst by one key, refilled evenly; 0 limits nothing. Safe between threads."""

    def __init__(self, per_minute: int, *, minutes: float = 1, now: Callable[[], float] = monotonic) -> None:
        self._capacity = per_minute
        self._rate = per_minute / (60 * minutes)
        self._now = now
        self._left: dict[str, tuple[float, float]] = {}  # key → what was left, and when
        self._lock = threading.Lock()

    def use(self, key: str, *, sentence: str = TOO_MANY) -> None:
        """Counts one use by `key`.

        Raises:
            TooMany: `key` has used up what it may; nothing is counted.
        """
        if not self._capacity:
            return
        with self._lock:
            now = self._now()
            left = self._refilled(key, now)
            if left < 1:
                raise TooMany(max(1, math.ceil((1 - left) / self._rate)), sentence)
            if len(self._left) >= _MAX_KEYS:
                self._forget_full(now)
            self._left[key] = (left - 1, now)

    def _refilled(self, key: str, now: float) -> float:
        left, since = self._left.get(key, (float(self._capacity), now))
        return min(float(self._capacity), left + (now - since) * self._rate)

    def _forget_full(self, now: float) -> None:
        """Forgets the keys that may use everything again; all of them when an attacker brings ever new ones."""
        self._left = {key: kept for key, kept in self._left.items() if self._refilled(key, now) < self._capacity}
        if len(self._left) >= _MAX_KEYS:
            self._left.clear()
