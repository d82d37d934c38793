"""Pure: French phrases with a number, a date or a name in them, for the staff screens."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.desk_records import Opinion
from assistant.screens import phrasing, staff_wording


def moment(value: datetime, zone: ZoneInfo) -> str:
    """« 24 mai 2023 à 14 h 05 », where the programme is."""
    there = value.astimezone(zone)
    return f"{phrasing.day(there.date())} à {there.hour}\u00a0h\u00a0{there.minute:02}"


def sure(confidence: float) -> str:
    """« confiance 93 % »."""
    return staff_wording.SURE.format(percent=round(100 * confidence))


def opinion(one: Opinion) -> str:
    """« pas utile, sur la citation 2 : date fausse — le solde est clos »."""
    about = staff_wording.ON_CITATION.format(number=one.citation) if one.citation else staff_wording.ON_ANSWER
    reason = f" : {staff_wording.REASONS[one.reason].lower()}" if one.reason else ""
    return f"{staff_wording.THUMBS[one.thumb]}, {about}{reason}" + (f" — {one.text}" if one.text else "")


def rank(found: tuple[int, float] | None) -> str:
    """« 3e (0,87) »; a dash when the retriever did not find it."""
    if found is None:
        return staff_wording.NOTHING_THERE
    return f"{'1er' if found[0] == 1 else f'{found[0]}e'} ({found[1]:.2f})".replace(".", ",")
