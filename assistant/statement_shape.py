"""Pure: whether a sentence states anything by itself: no question, no talk of oneself, neither cut nor bare."""

from __future__ import annotations

import re

from assistant.new_words import Rules
from index.dating import normalise_dates
from index.words import fold

_ASKS = re.compile(
    r"\?\s*$|^\W*(?:quel(?:le)?s?|comment|pourquoi|combien|est-ce|qu'est-ce|que (?!l[ea]s?\b|l'))\b|"
    r"\w-(?:t-)?(?:ils?|elles?|on|je|tu|ce)\b|\bquoi\b",
    re.IGNORECASE,
)
# Whoever speaks, is spoken to, or speaks of the talk itself.
_SPEAKS = re.compile(r"\b(?:je|j|moi|me|mon|ma|mes|nous|notre|nos|tu|te|toi|ton|ta|tes|ca|questions?|reponses?)\b")
_CUT = re.compile(
    r"(?:^|[\s'(])(?:de|du|des|la|le|les|un|une|et|ou|au|aux|en|pour|par|que|qui|quel|quelle|dont|sur|dans|avec|l|d|s|"
    r"qu)\W*$|\s(?:est|sont|etait|doit|peut|ne|n)\W*$"
)
_TO = re.compile(r"(?:^|\s)à\W*$")
_LINKS = re.compile(r"\b(?:est|sont|a|ont|etai(?:t|ent)|doi(?:t|vent)|peu(?:t|vent)|sera|seront|avai(?:t|ent))\b")
# A number or a day; an hour says nothing by itself.
_AMOUNT = re.compile(r"(?<![\d:.,-])\d+(?:[.,-]\d+)*(?!\d|[:,.-]\d| ?h\b)")
_PAIRS = (("(", ")"), ("«", "»"), ("[", "]"))
_LEAST_WORDS = 2


def is_statement(sentence: str, text: str, rules: Rules) -> bool:
    """Whether the sentence can stand by itself; `text` is what it leans on, whose speaker may speak of himself."""
    plain, quoted = (fold(one).casefold() for one in (sentence, text))
    if _ASKS.search(plain) or _CUT.search(fold(sentence)) or _TO.search(sentence):
        return False
    if any(sentence.count(one) != sentence.count(two) for one, two in _PAIRS):
        return False
    if frozenset(_SPEAKS.findall(plain)) - frozenset(_SPEAKS.findall(quoted)):
        return False
    dated = normalise_dates(plain)
    words = {stem for stem in rules.stems(dated) if not any(letter.isdigit() for letter in stem)}
    if len(words) >= _LEAST_WORDS + (not _LINKS.search(plain)):
        return True
    return len(words) > 0 and len(_AMOUNT.findall(dated)) > 1
