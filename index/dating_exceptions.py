"""Pure: what reads like the day on which something closes, and is not: something done before a day, a wish, a session.

Patterns run on flattened text, except those that need the accents of participles.
"""

from __future__ import annotations

import re

from index.dating_cues import KIND_WORDS, WINDOW, Place, governing
from index.records import DateKind

_BEFORE = re.compile(r"\bavant(?: le| la| l'| les)?\W*$")
# « avait fermé son bassin avant l'été », with accents; what was said or decided before a day may still be due on it.
_DONE = re.compile(
    r"\b(?:a|ont|avait|avaient) (?:été )?"
    r"(?!été|(?:dû|pu|obtenu|permis|demand|soulign|expliqu|indiqu|annonc|précis|rappel|dit|déclar|ajout|confirm|affirm|"
    r"promis|averti|insist|décid|fix|report|repouss|prolong|décal|prorog|prév|programm|invit|pri)\w*)"
    r"\w{2,}(?:é|ée|és|ées|i|is|it|u|us|ue|ues|ert|erts)\b[^,;:.]{0,80}$"
)
_TO_DO = re.compile(r"\b(?:à|de|d'|pour) ?(?:l'|les? |la )?\w+(?:er|ir|re)\b")
# « les lots posés avant l'été ont tenu »
_DESCRIBED = re.compile(r"\w{2,}(?:é|i|u|ert)e?s?\W+avant(?: le| la| l['’]| les)?\W*$")
_HAPPENED = re.compile(r"\b(?:a|ont|avait|avaient) (?:\w+ )?\w{2,}(?:é|ée|és|ées|i|is|it|u|us|ue|ues|ert|erts)\b")
_WISHED = re.compile(
    r"\b(?:demand|souhait|propos|recommand|sugger|esper|reclam|plaid)\w*(?: a ce)? qu(?:e |')[^.;:]{0,120}\b"
    r"soi(?:t|ent)\b"
)
# « fermé du … au … » is the time of being closed.
_INTERRUPTED = re.compile(
    r"\b(?:ferm(?:e|es|ee|ees|eture|etures|era|eront)|interromp\w+|interruptions?|indisponib\w+|suspen\w+)\b"
)
# « Comme en 2025, le dépôt ferme début mars »
_COMPARED = re.compile(r"\b(?:comme|par rapport a|contrairement a)(?: en| au| a la| le| la)?\W*$")
_SESSIONS = re.compile(
    r"\b(?:sessions?|formations?|stages?|ateliers?|journees?|salons?|congres|seminaires?|webinaires?|rencontres?|"
    r"reunions?|conferences?|examens?|epreuves?|festivals?|ceremonies?|concerts?|permanences?|assemblees?|forums?|fetes?|spectacles?|visites?|auditions?|rendez-vous)\b"
)


def corrected(kind: DateKind | None, place: Place, *, is_period: bool, is_loose: bool) -> DateKind | None:
    """The kind that the nearest words gave, less what only looks like it.

    `is_period` for « du … au … », `is_loose` for a date that is no day: « avant l'été ».
    """
    if kind not in ("opens", "closes"):
        return kind
    left, right = place.sentence
    before, said = place.flat[left : place.start], place.lower[left : place.start]
    if _COMPARED.search(before[-40:]):
        return "takes_place"
    if _BEFORE.search(before[-20:]):
        return _before_a_day(
            kind, said, place.lower[place.end : right], is_wished=is_loose and bool(_WISHED.search(before))
        )
    is_event = governing(before) is None and _names_event(before, is_period=is_period)
    return "takes_place" if is_event else kind


def is_of_session(place: Place) -> bool:
    """Whether the sentence speaks of a session or meeting before the date, which takes place and closes nothing."""
    return _SESSIONS.search(place.flat, place.sentence[0], place.start) is not None


def _names_event(before: str, *, is_period: bool) -> bool:
    """Whether the nearest word before is that of a session or, before a period, of an interruption."""
    events = [match.end() for match in _SESSIONS.finditer(before)]
    edges = [match.end() for match in WINDOW.finditer(before)]
    for match in KIND_WORDS.finditer(before):
        is_interruption = is_period and _INTERRUPTED.fullmatch(match.group()) is not None
        if is_interruption:
            events.append(match.end())
        elif match.lastgroup in ("opens", "closes"):
            edges.append(match.end())
    return max(events, default=-1) > max(edges, default=-1)


def _before_a_day(kind: DateKind, said: str, after: str, *, is_wished: bool) -> DateKind:
    """« avant … » closes, unless it tells what was done by then; what somebody wishes for is expected."""
    clause = said[: said.rfind("avant")].rstrip()
    done = _DONE.search(clause)
    is_done = done is not None and not _TO_DO.search(clause, done.start())
    is_described = _DESCRIBED.search(said) is not None and _HAPPENED.search(after) is not None
    if is_done or is_described:
        return "takes_place"
    return "expected" if is_wished else kind
