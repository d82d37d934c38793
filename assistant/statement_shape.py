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
_SAYS_NOTHING = re.compile(r"\b(?:veut|veulent|voulait) dire\W*$")
_TO = re.compile(r"(?:^|\s)à\W*$")
_LINKS = re.compile(r"\b(?:est|sont|a|ont|etai(?:t|ent)|doi(?:t|vent)|peu(?:t|vent)|sera|seront|avai(?:t|ent))\b")
# A number or a day; an hour says nothing by itself.
_AMOUNT = re.compile(r"(?<![\d:.,-])\d+(?:[.,-]\d+)*(?!\d|[:,.-]\d| ?h\b)")
_WORD = re.compile(r"[^\W\d_]+")
_LAST = re.compile(r"[^\W\d_]+(?=\W*$)")
_PAIRS = (("(", ")"), ("«", "»"), ("[", "]"))
_LEAST_WORDS = 2


def _is_cut(plain: str, quoted: str) -> bool:
    """Whether the last word is only the beginning of one of the text: « le mont » where it says « le montant »."""
    last = _LAST.search(plain)
    words = frozenset(_WORD.findall(quoted))
    if last is None or last[0] in words:
        return False
    return any(word.startswith(last[0]) and len(word) > len(last[0]) + 1 for word in words)


def is_statement(sentence: str, text: str, rules: Rules) -> bool:
    """Whether the sentence can stand by itself; `text` is what it leans on, whose speaker may speak of himself."""
    plain, quoted = (fold(one).casefold() for one in (sentence, text))
    if _ASKS.search(plain) or _CUT.search(fold(sentence)) or _SAYS_NOTHING.search(plain) or _TO.search(sentence):
        return False
    if _is_cut(plain, quoted):
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
