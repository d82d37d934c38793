"""What a question asks of dates: an opening or an end, one day or a calendar, and what its terms leave over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant import date_cues
from assistant.agreement import SECTOR_KINDS
from assistant.cues import Relative, folded
from assistant.dated import DatedIndex
from assistant.understanding import Query
from index.dating_expressions import find_expressions
from index.dating_words import flatten
from index.french_numbers import ordinal_value

_NO_DATE = frozenset({"why", "who", "how", "definition"})
# Words that may be left over where only « encore », « ouverture »… lean on a date: a short one.
_SLIGHT = 4.5
_SENTENCES = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ý\d«])")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class DateAsked:
    """`kind` is the end that the words ask for, if they say.

    `rest` are the stems that neither terms nor the usual words of such questions cover, with their rarity: what else
    the date must be about. `is_moved` when the words ask whether a date still holds.
    """

    kind: Literal["opens", "closes"] | None
    is_calendar: bool
    rest: Mapping[str, float]
    relative: Relative | None = None
    is_moved: bool = False

    @property
    def weight(self) -> float:
        """How much is left to cover."""
        return sum(self.rest.values())

    @property
    def other_events(self) -> frozenset[str]:
        """Stems that name an event of another sort than a deadline: a decree, a meeting, a payment."""
        return frozenset(stem for stem in self.rest if date_cues.OTHER_EVENT.match(stem))


def date_asked(query: Query, index: DatedIndex) -> DateAsked | None:
    """What the query asks of dates; None when it asks for none."""
    text = folded(query.text)
    certainty = _asks(query, text)
    if not certainty:
        return None
    relative: Relative | None = query.relative or ("still_possible" if date_cues.ON_TIME.search(text) else None)
    is_moved = date_cues.MOVED.search(text) is not None
    rest = left_over(_asking_sentences(query.text), index)
    asked = DateAsked(_kind(query, text), is_calendar(query), rest, relative, is_moved)
    return asked if certainty == "surely" or asked.weight <= _SLIGHT else None


def _asking_sentences(text: str) -> str:
    """The sentences that ask, without those that tell how it came to that; the text where all do, or none."""
    sentences = [one for one in _SENTENCES.split(text) if one.strip()]
    asking = [one for one in sentences if one.rstrip().endswith("?")]
    return " ".join(asking or sentences)


def is_calendar(query: Query) -> bool:
    """Whether several dates are wanted."""
    return bool(date_cues.CALENDAR.search(folded(query.text))) or query.relative == "next"


def _asks(query: Query, text: str) -> Literal["surely", "perhaps", ""]:
    """« perhaps » when only words that other questions use too lean on a date."""
    if query.wanted == "date":
        # « est-ce encore possible » of a step leans on its date, unless it is something else that may be possible
        is_plain = query.kinds[:1] != ("yes_no",) or date_cues.DATE_WORDS.search(text)
        return "surely" if is_plain else "perhaps"
    if query.wanted in _NO_DATE:
        return "surely" if date_cues.BOTH_DATES.search(text) else ""
    if query.wanted == "figure":
        steps = query.of_kind("milestone")
        between = query.measure == "duration" and len(steps) > 1 and date_cues.BETWEEN.search(text)
        moved = date_cues.MOVED.search(text) and date_cues.MOVED_BY.search(text)
        spans = date_cues.SPAN.search(text) or date_cues.THE_HOW_MANIETH.search(text)
        return "surely" if spans or between or moved else ""
    if date_cues.DATE_WORDS.search(text):
        return "surely"
    says_day = bool(find_expressions(flatten(query.text)))
    if date_cues.MOVED.search(text) and (says_day or query.of_kind("milestone")):
        return "surely"
    leans = (
        (
            query.wanted == "comparison"
            and query.of_kind("milestone")
            and not _NO_DATE & set(query.kinds)
            and not date_cues.DIFFERENCE.search(text)
        )
        or query.relative
        or (says_day and " ou " in text)
        or any(cue.search(text) for cue in (date_cues.SAME_DAY, date_cues.ON_TIME, date_cues.ENDS))
    )
    is_two_sided = date_cues.SAME_DAY.search(text) and len(query.of_kind(*SECTOR_KINDS)) > 1
    return "perhaps" if leans and (query.of_kind("milestone", "part") or is_two_sided) else ""


def _kind(query: Query, text: str) -> Literal["opens", "closes"] | None:
    """The end that the words ask for; those of a follow-up go before the words that it took from the conversation."""
    own = _end_of(folded(query.question)) if query.is_follow_up else None
    return own or _end_of(text) or ("closes" if query.relative == "days_left" else None)


def _end_of(text: str) -> Literal["opens", "closes"] | None:
    openings, closings = list(date_cues.OPENING.finditer(text)), list(date_cues.CLOSING.finditer(text))
    if not openings or not closings:
        return "opens" if openings else "closes" if closings else None
    if date_cues.LAST.search(text):
        return "closes"
    asking = [place for match in date_cues.ASKING.finditer(text) for place in match.span()]
    near = [min((abs(one.start() - place) for place in asking), default=0) for one in (*openings, *closings)]
    return "opens" if near.index(min(near)) < len(openings) else "closes"


def left_over(text: str, index: DatedIndex) -> dict[str, float]:
    """The stems that neither terms, dates nor the usual words of such questions cover, with their rarity."""
    for mention in reversed(index.vocabulary.find(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    flat = flatten(text)
    for date in reversed(find_expressions(flat)):
        text = f"{text[: date.start]} {text[date.end :]}"
    words = [word for word in telling_words(text) if not date_cues.LOOSE.fullmatch(word)]
    return index.rarities(" ".join(word for word in words if ordinal_value(word) is None))


def telling_words(text: str) -> list[str]:
    """The folded words of a question that are none of the usual ones of questions about dates, numbers left out."""
    words = (folded(word) for word in _WORD.findall(date_cues.STOPS.sub(" ", text)))
    return [word for word in words if not word.isdigit() and not date_cues.GENERIC.fullmatch(word)]
