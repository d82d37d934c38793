"""The part of the journal that keeps which generation of the index the machines serve, and which they served before."""

from __future__ import annotations

from sqlalchemy import insert, select

from assistant.desk_records import Choice
from assistant.journal_store import Store, now
from assistant.journal_tables import choice

_COLUMNS = (choice.c.generation, choice.c.chosen_at, choice.c.chosen_by)


class Choices(Store):
    """The generation in use on all machines; a journal of one machine (SQLite) holds none: its folder says it."""

    @property
    def is_shared(self) -> bool:
        """Whether several machines can use this journal."""
        return not self._is_sqlite

    def current_generation(self) -> str | None:
        """The generation that every machine should serve; None when none was ever named."""
        found = self.choices(limit=1)
        return found[0].generation if found else None

    def choose_generation(self, name: str, *, by: str) -> None:
        """Names the generation that every machine should serve from now on."""
        with self.writing(by, "generation", name) as connection:
            connection.execute(insert(choice).values(generation=name, chosen_at=now(), chosen_by=by))

    def choices(self, limit: int = 50) -> tuple[Choice, ...]:
        """What was named, the one in use first."""
        wanted = select(*_COLUMNS).order_by(choice.c.number.desc()).limit(limit)
        with self.reading() as connection:
            return tuple(Choice(*row) for row in connection.execute(wanted))
