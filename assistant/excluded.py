"""Questions for what is left out: « quels ports n'ont pas droit… » is answered by what denies or excludes. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.cues import folded
from assistant.query import Query

_ASKED = re.compile(
    r"(?:\bquel(?:le)?s? |\blesquel(?:le)?s |^\W*(?:et |alors )?qui |\bqu'est[- ]ce qu[ei' ])"
    r"(?:(?! si | s'| qui )[^,;:]){0,50}?"
    r"(?:\bn(?:e |')[^,;:]{0,30}?\b(?:pas|plus|jamais)\b"
    r"|\b(?:est|sont|reste\w*|etai(?:t|ent)|sera|seront) (?:\w+ )?(?:exclu|ecarte|refuse|ineligible|interdit)e?s?\b"
    r"|\b(?:refus|exclu)(?:e|ent|t)\b)"
)
_EXCLUDES = re.compile(
    r"\bn(?:e |')[^.;:]{0,60}?\b(?:pas|plus|jamais|aucun\w*)\b"
    r"|\bne (?:peu(?:t|vent)|saurai(?:t|ent)|pourr(?:a|ont)) (?!(?:\w+ )?(?:depasser|exceder|etre))\w+"
    r"|\baucune? \w+ n(?:e |')"
    r"|\b(?:est|sont|sera|seront|etre|reste\w*) (?:\w+ ){0,2}?(?:exclu|ecarte|refuse|rejete|interdit|ineligible)"
    r"|\bexclu(?:e?s|t|ent)? d[eu']|\bnon eligibles?\b"
)
# Of the best score: what excludes is quoted, and what begins by it comes first.
_LEAST, _WORTH, _WORTH_LIST = 0.3, 0.5, 0.25
_OPENING_CHARS = 30


def asks_excluded(query: Query) -> bool:
    """Whether the query wants to know what is left out, or who gets nothing."""
    return query.wanted in ("list", "who", "open") and _ASKED.search(folded(query.text)) is not None


def excludes(one: Candidate) -> bool:
    """Whether the unit, or the heading it stands under, denies or excludes."""
    return any(
        _EXCLUDES.search(folded(text.replace("’", "'"))) for text in (one.unit.reading, *one.unit.passage.headings[-1:])
    )


def excluding(found: Sequence[Candidate], query: Query) -> list[Candidate]:
    """For a query of what is left out the candidates that exclude, when one of them is good enough; else all."""
    if not found or not asks_excluded(query):
        return list(found)
    kept = [one for one in found if excludes(one)]
    if not kept or kept[0].score < _LEAST * found[0].score:
        return list(found)
    return sorted(kept, key=lambda one: not (_opens(one) and one.score >= _worth(one) * kept[0].score))


def lists_excluded(best: Candidate, query: Query) -> bool:
    """Whether what is left out is asked for and the best candidate opens the list of it: « Ne sont pas admis : »."""
    return asks_excluded(query) and _opens_list(best) and _opens(best)


def _worth(one: Candidate) -> float:
    """Of the best score what is asked of a unit that begins by excluding: less of one that opens the list of them."""
    return _WORTH_LIST if _opens_list(one) else _WORTH


def _opens_list(one: Candidate) -> bool:
    return one.unit.text.rstrip().endswith(":")


def _opens(one: Candidate) -> bool:
    """Whether the unit begins by excluding: « Ne sont pas admis… », « Sont exclus… »."""
    match = _EXCLUDES.search(folded(one.unit.reading.replace("’", "'")))
    return match is not None and match.start() < _OPENING_CHARS


def is_not_excluding(best: Candidate, query: Query) -> bool:
    """Whether what is left out is asked for and the best candidate leaves nothing out."""
    return asks_excluded(query) and not excludes(best)
