"""Pure: whether a sentence states anything by itself: no question, no talk of oneself, neither cut nor bare."""

from __future__ import annotations

import re

from assistant.new_words import Rules
from index.dating import normalise_dates
from index.words import fold

_ASKS = re.compile(r"\?\s*$|^\W*(?:quel(?:le)?s?|comment|pourquoi|combien|est-ce|qu'est-ce|suis-je)\b", re.IGNORECASE)
_SPEAKS = re.compile(r"\b(?:je|j|moi|me|mon|ma|mes|nous|notre|nos)\b")
_CUT = re.compile(
    r"(?:^|[\s'(])(?:de|du|des|la|le|les|un|une|et|ou|a|au|aux|en|pour|par|que|qui|quel|quelle|dont|sur|dans|avec|l|d|s|"
    r"qu)\W*$"
)
_PAIRS = (("(", ")"), ("«", "»"), ("[", "]"))
_LEAST_WORDS = 2
# A number or a day; an hour says nothing by itself.
_AMOUNT = re.compile(r"(?<![\d:.,-])\d+(?:[.,-]\d+)*(?!\d|[:,.-]\d| ?h\b)")


def is_statement(sentence: str, text: str, rules: Rules) -> bool:
    """Whether the sentence can stand by itself; `text` is what it leans on, whose speaker may speak of himself."""
    if _ASKS.search(fold(sentence)) or any(sentence.count(one) != sentence.count(two) for one, two in _PAIRS):
        return False
    plain, quoted = (fold(one).casefold() for one in (sentence, text))
    # « à » says nothing at an end, « il y en a » does: accents tell them apart.
    if _CUT.search(plain) and not sentence.rstrip(" .").endswith((" a", "'a")):
        return False
    if frozenset(_SPEAKS.findall(plain)) - frozenset(_SPEAKS.findall(quoted)):
        return False
    words = len({stem for stem in rules.stems(sentence) if not any(letter.isdigit() for letter in stem)})
    values = len(_AMOUNT.findall(normalise_dates(plain)))
    return words >= _LEAST_WORDS or (words > 0 and values > 1)
