"""The reviewed phrases that tell furniture, and the lines that say when and by whom a text was published.

Pure, but for reading `furniture.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Extent = Literal["line", "teasers", "box", "author", "rest"]

_MAX_CUE_WORDS = 45
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d+)*[.)]\s")
_WORD = re.compile(r"\w+")
_MONTHS = (
    r"(?:janv(?:ier|\.)?|jan\.?|f[ée]v(?:rier|r?\.)?|mars|avr(?:il|\.)?|mai|juin|juil(?:let|\.)?|ao[uû]t"
    r"|sept(?:embre|\.)?|oct(?:obre|\.)?|nov(?:embre|\.)?|d[ée]c(?:embre|\.)?)"
)
_DATE = rf"(?:\d{{1,2}}(?:er)?\s+{_MONTHS}\s+\d{{4}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
_AGO = re.compile(r"il y a (?:\d+|une?) (?:minutes?|heures?|jours?|semaines?|mois|ans?)", re.IGNORECASE)
_HOUR = r"(?:\d{1,2}\s*(?:h|:)\s*(?:\d{2})?)"
DATED_LINE = re.compile(
    rf"(?P<before>[^\d]{{0,60}}?)\b(?P<date>{_DATE})(?:\s*(?:[-–—,à]|à)?\s*{_HOUR})?(?P<after>.{{0,60}})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase of the list: the pattern of a folded line, and how far the furniture that it opens goes."""

    pattern: re.Pattern[str]
    reason: str
    extent: Extent
    is_strong: bool


@dataclass(frozen=True, slots=True)
class Cues:
    """The reviewed list, ready for use."""

    cues: tuple[Cue, ...]
    continuations: tuple[str, ...]
    kickers: frozenset[str]
    byline: re.Pattern[str]
    published: frozenset[str]

    def find(self, text: str) -> Cue | None:
        """The cue that the whole text is, strong ones first."""
        if _NUMBERED.match(text) or len(text) > 600 or len(_WORD.findall(text)) > _MAX_CUE_WORDS:
            return None
        folded = fold(text)
        return next((cue for cue in self.cues if cue.pattern.fullmatch(folded)), None)


def fold(text: str) -> str:
    """Lower case without accents; words, colons and arrows parted by single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+|[:>›»/©#*]", bare.replace("œ", "oe")))


@cache
def load_cues() -> Cues:
    """The phrases of `furniture.toml`, read once: doing so for each file cost 14 times what reading it does."""
    listed: dict[str, Any] = tomllib.loads(files("index").joinpath("furniture.toml").read_text("utf-8"))
    cues = [cue for section in listed["section"] for cue in _cues_of(section, section["extent"])]
    cues += [cue for line in listed["line"] for cue in _cues_of(line, "line")]
    byline = "|".join(re.escape(fold(opening)) for opening in listed["byline"]["openings"])
    return Cues(
        tuple(sorted(cues, key=lambda cue: not cue.is_strong)),
        tuple(fold(words) for words in listed["teaser"]["continuations"]),
        frozenset(fold(kicker) for kicker in listed["byline"]["kickers"]),
        re.compile(rf"(?:{byline})(?: .*)?"),
        frozenset(fold(words) for words in listed["byline"]["published"]),
    )


def is_dated(text: str, cues: Cues) -> bool:
    """Whether the line says a date of publication and nothing else: « Publié le 24 mai 2023 - 17:56, »."""
    match = DATED_LINE.match(text.strip())
    if not match:
        return _AGO.fullmatch(text.strip()) is not None
    before, after = fold(match["before"]).removesuffix(" :"), fold(match["after"])
    days = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) ?)?"
    plain_before = not before or before in cues.published or re.fullmatch(days.strip(), before) is not None
    return (plain_before or before + " :" in cues.published) and (not after or is_byline(after, cues))


def is_byline(text: str, cues: Cues) -> bool:
    """Whether the short line names who wrote: « Par Pauline Nicolas », « Actualité - DSIH »."""
    words = _WORD.findall(text)
    if not words or len(words) > 12 or text.rstrip().endswith((".", "?", "!", ";")):
        return False
    folded = fold(text.lstrip("-–— "))
    first = re.split(r"\s+[-–—|]\s+|\s*\|\s*|,", text.strip())[0]
    if cues.byline.fullmatch(folded):
        return not folded.startswith("par ") or (len(words) > 1 and words[1][:1].isupper())
    return fold(first) in cues.kickers and len(words) <= 6


def _cues_of(listed: dict[str, Any], extent: Extent) -> list[Cue]:
    reason = listed["reason"]
    cues = [Cue(_pattern(phrase), reason, extent, True) for phrase in listed.get("lines", ())]
    cues += [Cue(_pattern(phrase + " *"), reason, extent, True) for phrase in listed.get("openings", ())]
    return cues + [Cue(_pattern(phrase), reason, extent, False) for phrase in listed.get("weak", ())]


def _pattern(phrase: str) -> re.Pattern[str]:
    words = [{"*": "(?:.*)", "#": r"\d+"}.get(word, re.escape(word)) for word in fold(phrase).split()]
    pattern = " ".join(words).replace(" (?:.*)", "(?: .*)?").replace("(?:.*) ", "(?:.* )?")
    return re.compile(pattern + r"(?: :)?")
