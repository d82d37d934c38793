"""Pure: whether a sentence leaves out of its text what it must not: a condition, an hour, for whom or what it holds."""

from __future__ import annotations

import re

from assistant.new_words import Rules
from assistant.pairing import Items
from assistant.word_places import names, read_words

_CUE = (
    r"a (?:la )?condition|sous (?:reserve|condition)|pourvu|pour autant|des lors|en cas d\w*|a moins|tant qu\w*|"
    r"lorsqu\w*|quand|si(?! bien)|s'(?=ils? )|dans la limite|dans les? cas|selon qu\w*|faute d\w*|"
    r"a defaut|des qu\w*|une fois"
)
# What narrows whom it is about, with no comma before it: « les établissements qui atteignent des cibles ».
_NARROWS = re.compile(
    r"(?<![,;:)] )(?<!\bce )(?<!\bceux )(?<!\bcelles )\bqui (?![^,.;:!?()\n]*\bque\b)[^,.;:!?()\n]*|"
    r"\bsans (?:\w+ ){1,6}?(?=(?:est|sont|doi(?:t|vent)|peu(?:t|vent)|sera|seront)\b|"
    r"\w+(?:[^e\W]e|ent) (?:l[ae]s?|l'|une?|son|sa) ?)"
)
_CONDITION = re.compile(rf"\b(?:{_CUE})(?!\w)[^,.;:!?()\n]*")
_CLAUSE = re.compile(r"[.;!?](?=\s|$)|\n")
_HOUR = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?! ?\d\d:)")
_FOR = re.compile(r"\b(\w{3,}) (?:d'au (?:moins|plus)|de (?:plus|moins) de|ayant (?:plus|moins) de|a partir de) (\d+)")
# So much of a condition must be said; of a clause so much, that the sentence says it.
_HALF = 0.5
_LEAST_SHARED = 2


def loses_measure(sentence: Items, text: Items, rules: Rules) -> bool:
    """Whether an hour or a bound that belongs to what is said is left out."""
    one, other = sentence.text.casefold(), text.text.casefold()
    return _loses_hour(one, other) or _loses_bound(one, other, rules)


def _loses_hour(one: str, other: str) -> bool:
    """Whether a day stands without its hour that has one wherever the text names it."""
    hours = {day for day, _ in _HOUR.findall(other)}
    bare = set(_DAY.findall(other))
    return bool((hours - bare) & set(_DAY.findall(one)) - {day for day, _ in _HOUR.findall(one)})


def _loses_bound(one: str, other: str, rules: Rules) -> bool:
    """Whether « les salles d'au moins 50 places » are made « les salles »."""
    said = names(read_words(one, rules))
    for match in _FOR.finditer(other):
        about = names(read_words(match[1], rules))
        if about and about <= said and match[2] not in one and _nearest(said, other, rules) == _clause_at(other, match):
            return True
    return False


def _clause_at(text: str, match: re.Match[str]) -> str:
    start = 0
    for piece in _CLAUSE.split(text):
        if match[0] in piece:
            return piece
        start += len(piece)
    return ""


def _nearest(said: frozenset[str], text: str, rules: Rules) -> str:
    """The clause that shares most with what is said."""
    pieces = [piece for piece in _CLAUSE.split(text) if piece.strip()]
    return max(pieces, key=lambda piece: len(said & names(read_words(piece, rules))), default="")


def loses_condition(sentence: Items, text: Items, rules: Rules) -> bool:
    """Whether the sentence says what a clause says and not the condition on which it says so."""
    said = names(read_words(sentence.text, rules))
    clause = _nearest(said, text.text.casefold(), rules)
    for match in (*_CONDITION.finditer(clause), *_NARROWS.finditer(clause)):
        is_inside = match.re is _NARROWS
        depends = f"{clause[: match.start()]} {clause[match.end() :]}" if is_inside else _what_depends(clause, match)
        main = names(read_words(depends, rules))
        wanted = names(read_words(match[0], rules)) - main
        shared = said & main
        if is_inside:
            before = [word.name for word in read_words(clause[: match.start()], rules) if word.name]
            if (
                before
                and before[-1] in said
                and len(shared) >= _LEAST_SHARED
                and len(said & wanted) < _HALF * len(wanted)
            ):
                return True
            continue
        rest = names(read_words(clause[match.end() :], rules)) if clause[: match.start()].strip() else frozenset[str]()
        if len(shared) < min(len(main), len(said & rest - main)):
            continue
        if len(shared) >= _LEAST_SHARED and len(said & wanted) < _HALF * len(wanted):
            return True
    return False


def _what_depends(clause: str, match: re.Match[str]) -> str:
    """The part of a clause that a condition holds for: what comes before it from the last comma, else what follows."""
    before, after = clause[: match.start()].strip(" ,"), clause[match.end() :].strip(" ,")
    nearer = before.rpartition(",")[2]
    return (nearer if len(nearer.split()) > _LEAST_SHARED else before) or after
