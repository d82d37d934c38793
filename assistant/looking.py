"""First looks at files that wait, each in a thread of its own: a page waits for one a moment, and may stop it.

A scan is read page by page, which may take minutes; the page would be frozen all that time.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from index.first_look import FirstLook
from index.isolation import IsolatedReader

Look = Callable[[IsolatedReader], FirstLook]
_KEPT = 8


class Looking:
    """One look, under way or at its end."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._reader = IsolatedReader()
        self._found: FirstLook | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True, name="first-look")
        self._thread.start()

    @property
    def is_stopped(self) -> bool:
        """Whether somebody stopped it."""
        return self._reader.is_stopped

    def is_done(self, *, within_s: float = 0.0) -> bool:
        """Whether it ended, well or not, waited for no longer than that."""
        self._thread.join(within_s)
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Kills what reads the file; the file goes on waiting."""
        self._reader.stop()

    def found(self) -> FirstLook:
        """What was found, once it ended.

        Raises:
            UnreadableDocument: as the look raised it.
        """
        if self._error is not None:
            raise self._error
        if self._found is None:
            raise RuntimeError("the look has not ended")
        return self._found

    def _run(self) -> None:
        try:
            with self._reader:
                self._found = self._look(self._reader)
        except Exception as error:  # noqa: BLE001 - raised again in the thread that asks for what was found
            self._error = error


class Looks:
    """The last looks, by what they were taken of. Safe to share between threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, ...], Looking] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: tuple[str, ...], look: Look) -> Looking:
        """The look of this key, begun now when there is none."""
        with self._lock:
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = Looking(look)
            self._known.move_to_end(key)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)[1].stop()
            return found

    def drop(self, key: tuple[str, ...]) -> None:
        """Has the next one who asks look anew."""
        with self._lock:
            found = self._known.pop(key, None)
        if found is not None:
            found.stop()
