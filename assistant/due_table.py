"""Pure: the calendar as the rows of a table to download."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.due_markup import status_text, when
from assistant.dues import Due
from assistant.screens import wording
from assistant.sheets import Cell

HEADER = wording.DUE_COLUMNS


def rows(entries: Sequence[Due]) -> list[list[Cell]]:
    """One row per entry, under `HEADER`."""
    return [_row(due) for due in entries]


def _row(due: Due) -> list[Cell]:
    deadline, evidence = due.deadline, due.document.evidence
    return [
        deadline.first_day,
        deadline.last_day,
        deadline.hour or "",
        when(deadline),
        wording.DATE_KINDS[deadline.date_kind],
        due.title,
        status_text(due),
        wording.YES if deadline.year_inferred else "",
        when(due.replaced_by) if due.replaced_by else "",
        " ".join(deadline.span.quote.split()),
        due.document.title,
        evidence.publisher,
        evidence.published_as_written,
        str(deadline.span.page or ""),
        evidence.url or "",
    ]
