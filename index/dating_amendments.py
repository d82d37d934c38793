"""Pure: « les mots « le 3 mai 2026 » sont remplacés par les mots « le 9 juin 2026 » »: the day left and the day put."""

from __future__ import annotations

import re

from index.dating_atoms import Moved
from index.dating_cues import Place
from index.dating_words import flatten

_SWAP = re.compile(r"\b(?:remplac(?:er|ee?s?) (?:respectivement )?par|substituee?s? aux? |lire\b)")
_ERRATUM = re.compile(r"\bau lieu d[eu]\b")
_WORDS = r"(?:mots?|dates?|annees?|termes?|mentions?|echeances?|delais?|jours?|celles?|ceux|celui)"
# Right before the day that is left, outside quotation marks, and before the one that is put in its place.
_LEFT = re.compile(rf"\b{_WORDS}(?: limites?)?(?: ?:| du| de| fixee?s? au)? ?(?:le )?$")
_PUT = re.compile(rf"(?: ?:)?(?: (?:le|la|les) {_WORDS}| {_WORDS})?(?: limites?)?(?: ?:| du| de)? ?(?:le )?")
_QUOTED = re.compile(r"[«“\"]([^«“\"»”]*)[»”\"]")


def amended(place: Place) -> Moved:
    """« from » for a day that the sentence takes out of a text, « to » for the one that it puts there."""
    left, right = place.sentence
    before, after = place.flat[left : place.start], place.flat[place.end : right]
    swaps = list(_SWAP.finditer(before))
    if swaps and _is_swap(swaps[-1], before):
        since = before[swaps[-1].end() :]
        if _is_quoted(since) or _PUT.fullmatch(since):
            return "to"
    following = _SWAP.search(after)
    if following is None or not (_is_quoted(before) or _LEFT.search(before)):
        return ""
    return "from" if _is_swap(following, before + after) else ""


def amends(text: str) -> bool:
    """Whether a sentence changes the words of another text."""
    return any(_is_swap(match, flatten(text)) for match in _SWAP.finditer(flatten(text)))


def quoted_around(text: str, start: int) -> str:
    """The words in quotation marks that an offset stands in, flattened; empty outside."""
    return next(
        (
            " ".join(flatten(match[1]).split())
            for match in _QUOTED.finditer(text)
            if match.start() < start < match.end()
        ),
        "",
    )


def _is_swap(match: re.Match[str], text: str) -> bool:
    """« lire » corrects only what « au lieu de » quotes."""
    return match.group() != "lire" or _ERRATUM.search(text) is not None


def _is_quoted(before: str) -> bool:
    """Whether quotation marks are open at the end."""
    straight = before.count('"') % 2 == 1
    return straight or max(before.rfind("«"), before.rfind("“")) > max(before.rfind("»"), before.rfind("”"))
