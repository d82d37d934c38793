"""Pure: a sum for each of something, or on average, is asked: what gives the whole does not answer."""

from __future__ import annotations

import re

_AVERAGE = re.compile(r"\ben moyenne\b|(?<!taille )\bmoyen(?:ne)?\b(?! (?:de|d'))")
_AVERAGE_SAID = re.compile(r"\bmoyen(?:ne|s|nes)?\b(?! (?:de|d'))")
_EACH = re.compile(r"\bpar (?!le |la |les |l'|rapport|contre|exemple|ailleurs)\w+")
_EACH_SAID = re.compile(
    r"\bpar (?!le |la |les |l')\w+|\bchaque\b|\bchacune?\b|\bforfait\b|\bunitaires?\b|\bpour une? \w+|\bplafond"
    r"|\bjusqu.a\b"
)


def asks_for_average(text: str) -> bool:
    """Whether folded text asks for an average: « en moyenne », « le coût moyen »."""
    return _AVERAGE.search(text) is not None


def asks_for_each(text: str) -> bool:
    """Whether folded text asks for a sum for each of something: « combien par lit », « en moyenne »."""
    return asks_for_average(text) or _EACH.search(text) is not None


def says_each(said: str) -> bool:
    """Whether folded text says of what it states that it is an average, or for each of something."""
    return _AVERAGE_SAID.search(said) is not None or _EACH_SAID.search(said) is not None
