"""The passages found for a query, searched for when they are first looked at: dates and sums are told without them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import overload

from index.records import Hit


class Finding(Sequence[Hit]):
    """Hits, best first; `search` is called at most once. For one thread; look while the index is lent."""

    def __init__(self, search: Callable[[], tuple[Hit, ...]]) -> None:
        self._search = search
        self._hits: tuple[Hit, ...] | None = None
        self.took_ms = 0.0

    @property
    def is_made(self) -> bool:
        """Whether the passages were looked at, so that they were searched for."""
        return self._hits is not None

    def __len__(self) -> int:
        return len(self._found())

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, place: int | slice) -> Hit | tuple[Hit, ...]:
        return self._found()[place]

    def _found(self) -> tuple[Hit, ...]:
        if self._hits is None:
            started = perf_counter()
            self._hits = self._search()
            self.took_ms = 1000 * (perf_counter() - started)
        return self._hits
