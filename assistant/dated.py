"""Deadlines as a writer quotes them: the group that says one thing, its quotation, its text in the document's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.drafts import Quotation
from index.dating import format_interval
from index.dating_expressions import find_expressions
from index.dating_printing import parse_hour
from index.dating_words import flatten
from index.ends import End
from index.records import Deadline, DocumentInfo, Passage, Span
from index.vocabulary import Vocabulary

_CELL_CHARS = 90
_DATE_CHARS = 40
_NOTHING = re.compile(r"[-–—.…]*|sans objet|sans date|n[ée]ant|n/?a|non concern[ée]e?s?|à venir|à préciser|s\.? ?o\.?")


class DatedIndex(Protocol):
    """What writing of dates needs of an opened index."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The programme's terms."""

    @property
    def deadlines(self) -> Sequence[Deadline]:
        """Every deadline of the corpus."""

    @property
    def documents(self) -> Mapping[str, DocumentInfo]:
        """What is known of each document, by id."""

    @property
    def ends(self) -> Mapping[str, End]:
        """When each document that is replaced, or valid until a day, goes out of force."""

    def passage(self, name: str) -> Passage:
        """The passage of this id."""

    def deadline(self, name: str) -> Deadline | None:
        """The deadline of this id."""

    def deadlines_of(self, passage_id: str) -> tuple[Deadline, ...]:
        """The deadlines stated in a passage."""

    def deadlines_holding(self, stems: Iterable[str]) -> Sequence[Deadline]:
        """The deadlines stated in passages that hold a word of every stem, in order."""

    def rarities(self, question: str) -> dict[str, float]:
        """The stems of the words and their rarity."""

    def stems(self, text: str) -> list[str]:
        """The stems of a text's words."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Deadlines that say one day of one thing: `best` is quoted, `same` corroborate it, `former` it replaced."""

    best: Deadline
    same: tuple[Deadline, ...]
    former: tuple[Deadline, ...]

    @property
    def every(self) -> tuple[Deadline, ...]:
        """All that say the day in force."""
        return (self.best, *self.same)


def quotation_of(deadline: Deadline, *, replaced_by: Quotation | None = None) -> Quotation:
    """The deadline's sentence or row as a quotation; what calls a day off is current."""
    return Quotation(
        deadline.document_id,
        deadline.passage_id,
        deadline.span,
        deadline.headers,
        is_current=deadline.status != "replaced" or deadline.is_off,
        replaced_by=replaced_by,
    )


def date_text(deadline: Deadline) -> str:
    """The date in French at its precision."""
    return format_interval(deadline.first_day, deadline.last_day, deadline.precision, deadline.hour)


def with_full_day(text: str, deadline: Deadline) -> str:
    """The text with the full day in brackets beside the words of the date, or at its end when they stand twice."""
    words, day = plain(deadline.mention.quote), f"({date_text(deadline)})"
    found = [match.end() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if len(found) == 1:
        return f"{text[: found[0]]} {day}{text[found[0] :]}"
    return text if text.endswith(f"{day}.") else f"{text.removesuffix('.')} {day}."


def dated_text(deadline: Deadline, passage: Passage) -> str:
    """The date in the document's own words: the sentence, or « what the row is about — column : date »."""
    if passage.kind == "prose":
        return plain(deadline.span.quote)
    quoted = _Quoted(deadline)
    column = _column(deadline.mention, passage.cells)
    if column is None:
        return plain(deadline.span.quote)
    cell, header = passage.cells[column], passage.headers[column]
    others = [n for n, one in enumerate(passage.cells) if n != column and one.quote and quoted.holds(one)]
    undated = [n for n in others if not parse_hour(passage.cells[n].quote) and not _is_dated(passage.cells[n], n)]
    before = [n for n in undated if n < column and len(passage.cells[n].quote) <= _CELL_CHARS]
    about = before or [n for n in undated if n < column][-1:] or undated[:1]
    hours = [passage.cells[n].quote for n in others if parse_hour(passage.cells[n].quote)]
    subject = " · ".join(dict.fromkeys(plain(passage.cells[n].quote) for n in about))
    heading = plain(header.quote) if header is not None and quoted.holds(header) else ""
    said = plain(cell.quote)
    if deadline.hour and hours and not parse_hour(deadline.mention.quote):
        said = f"{said} à {hours[0]}"
    what = " — ".join(part for part in (subject, heading) if part)
    return f"{what} : {said}" if what else said


def _column(mention: Span, cells: Sequence[Span]) -> int | None:
    return next((n for n, c in enumerate(cells) if c.page == mention.page and c.start <= mention.start < c.end), None)


def _is_dated(cell: Span, column: int) -> bool:
    """Whether another cell holds a date of its own and little else, or that there is none.

    A season or year that opens the row says what the row is about: « Automne 2026 ».
    """
    if _NOTHING.fullmatch(cell.quote.strip().lower()):
        return True
    units = {one.first.unit for one in find_expressions(flatten(cell.quote))}
    return len(cell.quote) <= _DATE_CHARS and bool(units) and (column > 0 or not units <= {"season", "year"})


@dataclass(frozen=True, slots=True)
class _Quoted:
    """What the quotation of a deadline holds."""

    deadline: Deadline

    def holds(self, span: Span) -> bool:
        whole = self.deadline.span
        return (
            whole.page == span.page and whole.start <= span.start and span.end <= whole.end
        ) or span in self.deadline.headers


def plain(quote: str) -> str:
    """A quotation as one line of text, without the mark of a list item."""
    return " ".join(quote.split()).removeprefix("- ").removeprefix("• ")
