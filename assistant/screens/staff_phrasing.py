"""Pure: French phrases with a number, a date or a name in them, for the staff screens."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.corpus_records import Change
from assistant.desk_records import Opinion, QueueItem
from assistant.evidence import Seen
from assistant.screens import corpus_wording, phrasing, staff_wording


def moment(value: datetime, zone: ZoneInfo) -> str:
    """« 24 mai 2023 à 14 h 05 », where the programme is."""
    there = value.astimezone(zone)
    return f"{phrasing.day(there.date())} à {there.hour}\u00a0h\u00a0{there.minute:02}"


def sure(confidence: float) -> str:
    """« confiance 93 % »."""
    return staff_wording.SURE.format(percent=round(100 * confidence))


def queue_facts(item: QueueItem) -> list[str]:
    """What is known of an exchange in the queue, in few words each."""
    facts = [
        phrasing.day(item.asked_at.date()),
        staff_wording.OUTCOMES[item.outcome].lower(),
        sure(item.confidence),
        staff_wording.ASKED_TIMES.format(number=item.asked) if item.asked > 1 else "",
        phrasing.counted(item.downs, "avis négatif", "avis négatifs") if item.downs else "",
        phrasing.counted(item.ups, "avis positif", "avis positifs") if item.ups else "",
        staff_wording.DUE_ON.format(day=phrasing.day(item.due_on)) if item.due_on else "",
        f"{staff_wording.ASSIGNEE.lower()} {item.assignee}" if item.assignee else "",
    ]
    return [fact for fact in facts if fact]


def opinion(one: Opinion) -> str:
    """« pas utile, sur la citation 2 : date fausse — le solde est clos »."""
    about = staff_wording.ON_CITATION.format(number=one.citation) if one.citation else staff_wording.ON_ANSWER
    reason = f" : {staff_wording.REASONS[one.reason].lower()}" if one.reason else ""
    return f"{staff_wording.THUMBS[one.thumb]}, {about}{reason}" + (f" — {one.text}" if one.text else "")


def rank(found: Seen | None) -> str:
    """« 3e (0,87) »; a dash when the retriever did not find it."""
    if found is None:
        return staff_wording.NOTHING_THERE
    return f"{'1er' if found.rank == 1 else f'{found.rank}e'} ({found.score:.2f})".replace(".", ",")


def last_change(change: Change, zone: ZoneInfo) -> str:
    """What was changed in the corpus last, by whom and when."""
    when = moment(datetime.fromisoformat(change.at), zone)
    what = change.what[:1].lower() + change.what[1:]
    return corpus_wording.LAST_CHANGE.format(what=what, who=change.by, when=when)
