"""A date in a text, with what the words around say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from index.dating_atoms import Moved
from index.records import DateKind, Precision


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: `text == source[start:end]`, and the days it means, both included.

    `first` and `last` are None together, when the date is relative (« deux mois après … ») or its year cannot be known.
    `precision` names the unit that the words give; « fin avril » has the precision of a month and covers its last days.
    « avant le 1er juin » closes on 1 June, the day as written. `hour` is "14:00" ("24:00" for « minuit ») and belongs
    to the last day. `is_cued` tells that words gave `date_kind`, which else is `takes_place`. `how` says in French how
    the year was found, or why it was not; it is empty when the year is written. `moved` is « to » after « reporté au
    », « from » for the date that was left for it, « off » for one that was called off or left for no other date.
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    precision: Precision
    hour: str | None
    date_kind: DateKind
    year_inferred: bool
    how: str
    moved: Moved = ""
    is_cued: bool = False
