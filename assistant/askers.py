"""Who asks: in « juriste en CHU, quel article … ? » the sector says who is there, not what is asked about. Pure."""

from __future__ import annotations

import re

from assistant.agreement import SECTOR_KINDS
from assistant.cues import folded, load_cues, wanted_kinds
from assistant.query import Query
from index.records import Tag
from index.vocabulary import Vocabulary

# A day or a sum of a sector is not that of another.
_MEASURED = ("date", "figure")
# « Juriste en CHU, … », « DSI de clinique : … », « Bonjour, infirmière à Bordeaux, … ».
_OPENING = re.compile(
    r"\s*(?:(?:bonjour|bonsoir|salut|re)\b[\s,!.]*)?"
    r"(?!(?:en dehors|hors|outre|sauf|à part|pour|concernant|sur|côté|chez|dans|et|à|au|aux)\b)"
    r"(?P<who>[^,:;?!.–—]{3,80}?)\s*[,:;.–—]\s",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:je suis|nous sommes|on est|en tant qu(?:e |’|'))\s*(?P<who>[^,:;?!.–—]{3,80})", re.IGNORECASE
)
_FEWEST_WORDS = 3
_ABOUT_THINGS = frozenset({"wave", "programme", "part", "software", "milestone", "service"})


def sectors_of_asker(query: Query, vocabulary: Vocabulary) -> frozenset[Tag]:
    """The sectors that are only named as those of who asks; none where they decide: of a wave, for a day or a sum."""
    if query.wanted == "definition" and query.of_kind(*_ABOUT_THINGS):
        return frozenset(query.of_kind("lane", "profession"))  # a word means the same whoever asks
    if (
        query.wanted in _MEASURED
        or query.of_kind("wave", "part")
        or load_cues().concern.search(folded(query.text)) is not None
    ):
        return frozenset()
    found = _OPENING.match(query.text) or _PRESENT.search(query.text)
    if found is None or len(found["who"].split()) < _FEWEST_WORDS or wanted_kinds(found["who"]):
        return frozenset()
    named = {tag for one in vocabulary.find(found["who"]) for tag in one.tags}
    rest = query.text[: found.start("who")] + " " + query.text[found.end("who") :]
    beside = {tag for one in vocabulary.find(rest) for tag in one.tags}
    if any(tag.kind in _ABOUT_THINGS for tag in named):
        return frozenset()
    return frozenset(tag for tag in named - beside if tag.kind in SECTOR_KINDS)
