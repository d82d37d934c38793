"""A real journal that can be away, as when its database is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from assistant.errors import JournalUnavailable
from assistant.journal import Journal


class Interrupted(Journal):
    """A real journal that can be away; with `is_cut`, it fails just after having written."""

    is_away = False
    is_cut = False

    def writing(self, *audited: str) -> AbstractContextManager[Any]:
        self._answer()
        return super().writing(*audited)

    def reading(self) -> AbstractContextManager[Any]:
        self._answer()
        return super().reading()

    def record_rows(self, *rows: Any, is_again: bool = False) -> None:
        super().record_rows(*rows, is_again=is_again)
        if self.is_cut:
            raise JournalUnavailable("cut")

    def _answer(self) -> None:
        if self.is_away:
            raise JournalUnavailable("away")
