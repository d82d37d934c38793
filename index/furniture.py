"""What is not the article: teasers, newsletter boxes, buttons, comments. Pure, but for the reviewed list of phrases.

Phrases say where furniture may start; structure says how far it goes. A phrase that could as well be the heading of a
real document counts only beside other furniture, so that a document without furniture loses nothing.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from index.frames import Part, Prose
from index.records import LeftOut

Extent = Literal["line", "teasers", "box", "author", "rest"]

_MAX_CUE_WORDS = 45
_MAX_SECTION_WORDS = 10
_LONG_WORDS = 25
_RESUMING_WORDS = 60
_WORD = re.compile(r"\w+")
_TRUNCATED = re.compile(r"(?:\.\.\.|…|\[\s*(?:\.\.\.|…)\s*\])\s*[»\]>)]*\s*$")
_FINISHED = re.compile(r"[.!?:;]\s*[»\")\]]*\s*$")
_MONTHS = (
    r"(?:janv(?:ier|\.)?|jan\.?|f[ée]v(?:rier|r?\.)?|mars|avr(?:il|\.)?|mai|juin|juil(?:let|\.)?|ao[uû]t"
    r"|sept(?:embre|\.)?|oct(?:obre|\.)?|nov(?:embre|\.)?|d[ée]c(?:embre|\.)?)"
)
_DATE = rf"(?:\d{{1,2}}(?:er)?\s+{_MONTHS}\s+\d{{4}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
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
        if len(text) > 600 or len(_WORD.findall(text)) > _MAX_CUE_WORDS:
            return None
        folded = fold(text)
        return next((cue for cue in self.cues if cue.pattern.fullmatch(folded)), None)


def fold(text: str) -> str:
    """Lower case without accents; words, colons and arrows parted by single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+|[:>›»/©#*]", bare.replace("œ", "oe")))


def load_cues() -> Cues:
    """The phrases of `furniture.toml`."""
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


def separate(parts: Sequence[Part], cues: Cues, *, is_pasted: bool = False) -> tuple[list[Part], tuple[LeftOut, ...]]:
    """The parts that are the document, and the others with the reason.

    Args:
        parts: in reading order.
        cues: the reviewed list.
        is_pasted: plain text copied from a page, whose structure is lost: cut beginnings of articles tell teasers too.
    """
    reasons: list[str | None] = [None] * len(parts)
    found = [_cue_of(part, cues) for part in parts]
    at = 0
    while at < len(parts):
        cue = found[at]
        if cue is None or not (cue.is_strong or _has_furniture_beside(found, at)):
            at += 1
            continue
        end = _end_of(cue, parts, found, at, cues)
        reasons[at:end] = [cue.reason] * (end - at)
        at = end
    if is_pasted:
        _mark_teasers(parts, reasons, cues)
    return _parted(parts, reasons)


def is_dated(text: str, cues: Cues) -> bool:
    """Whether the line says a date of publication and nothing else: « Publié le 24 mai 2023 - 17:56, »."""
    match = DATED_LINE.match(text.strip())
    if not match:
        return False
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


def _cue_of(part: Part, cues: Cues) -> Cue | None:
    if not isinstance(part, Prose):
        return None
    cue = cues.find(part.text)
    too_long = cue and cue.extent != "line" and len(_WORD.findall(part.text)) > _MAX_SECTION_WORDS
    return None if too_long else cue


def _has_furniture_beside(found: Sequence[Cue | None], at: int) -> bool:
    return any(0 <= beside < len(found) and found[beside] for beside in (at - 1, at + 1))


def _end_of(cue: Cue, parts: Sequence[Part], found: Sequence[Cue | None], at: int, cues: Cues) -> int:
    if cue.extent == "line":
        return at + 1
    end = len(parts) if cue.extent == "rest" else _next_heading(parts, at)
    if cue.extent == "box":
        return next((i for i in range(at + 1, end) if not _is_boxed(parts[i], found[i])), end)
    if cue.extent == "author":
        return min(at + 2, end) if at + 1 < end and isinstance(parts[at + 1], Prose) else at + 1
    if cue.extent == "teasers":
        return next((i for i in range(at + 1, end) if _resumes(parts, i, at, cues)), end)
    return end


def _next_heading(parts: Sequence[Part], at: int) -> int:
    """Where the part under a heading ends; without heading levels, the end of the document."""
    level = getattr(parts[at], "level", 0)
    if not level:
        return len(parts)
    later = range(at + 1, len(parts))
    return next((i for i in later if 0 < getattr(parts[i], "level", 0) <= level), len(parts))


def _is_boxed(part: Part, cue: Cue | None) -> bool:
    if not isinstance(part, Prose) or part.level:
        return False
    return bool(cue and cue.extent == "line") or (
        len(_WORD.findall(part.text)) <= 4 and not _FINISHED.search(part.text)
    )


def _is_prose(part: Part, cues: Cues, least_words: int = _LONG_WORDS) -> bool:
    """Whether the part is a whole, finished paragraph, as articles are made of."""
    if not isinstance(part, Prose) or part.kind != "paragraph" or _is_cut(part, cues):
        return False
    return len(_WORD.findall(part.text)) >= least_words and _FINISHED.search(part.text) is not None


def _is_cut(part: Part, cues: Cues) -> bool:
    """Whether the part is the beginning of an article, cut: « … le numérique en santé se ... »."""
    if not isinstance(part, Prose) or len(_WORD.findall(part.text)) < 8:
        return False
    if _TRUNCATED.search(part.text):
        return True
    head, _, tail = part.text.rpartition("…" if "…" in part.text else "...")
    return bool(head) and fold(tail) in cues.continuations


def _is_credit(part: Part, cues: Cues) -> bool:
    return isinstance(part, Prose) and (is_dated(part.text, cues) or is_byline(part.text, cues))


def _resumes(parts: Sequence[Part], at: int, start: int, cues: Cues) -> bool:
    """Whether the article goes on at `at`, after teasers that were opened at `start`.

    A teaser may be a finished paragraph too: a date or an author beside it, or another teaser below, tells it.
    """
    part = parts[at]
    if not isinstance(part, Prose):
        return True
    if not _is_prose(part, cues):
        return False
    around = [*parts[max(start + 1, at - 3) : at], *parts[at + 1 : at + 2]]
    if any(_is_credit(beside, cues) for beside in around):
        return False
    words = len(_WORD.findall(part.text))
    if words >= _RESUMING_WORDS or getattr(parts[at - 1], "kind", "") == "item" or at == start + 1:
        return True
    rest = parts[at + 1 :]
    if any(_is_cut(later, cues) for later in rest):
        return False
    return any(_is_prose(later, cues) for later in rest[:2])


def _mark_teasers(parts: Sequence[Part], reasons: list[str | None], cues: Cues) -> None:
    """Marks lists of cut articles that no phrase announces: two or more, with a date, an author or the title twice."""
    groups: list[tuple[int, int]] = []
    floor = 0
    for at, part in enumerate(parts):
        if reasons[at] is None and _is_prose(part, cues):
            floor = at + 1
        elif reasons[at] is None and _is_cut(part, cues):
            start = _start_of_teaser(parts, at, floor, cues)
            if start is not None:
                groups.append((start, at + 1))
            floor = at + 1
    marked = sum(end - start for start, end in groups)
    if len(groups) < 2 or marked > 0.8 * len(parts):
        return
    for start, end in groups:
        reasons[start:end] = ["articles proposés"] * (end - start)


def _start_of_teaser(parts: Sequence[Part], at: int, floor: int, cues: Cues) -> int | None:
    lead = parts[max(floor, at - 6) : at]
    texts = [fold(part.text) for part in lead if isinstance(part, Prose)]
    is_repeated = any(text and texts.count(text) > 1 for text in texts)
    if not (is_repeated or any(_is_credit(part, cues) for part in lead)):
        return None
    return max(floor, at - 6)


def _parted(parts: Sequence[Part], reasons: Sequence[str | None]) -> tuple[list[Part], tuple[LeftOut, ...]]:
    kept: list[Part] = []
    left_out: list[LeftOut] = []
    before: str | None = None
    for part, reason in zip(parts, reasons, strict=True):
        if reason is None:
            kept.append(part)
        elif isinstance(part, Prose):
            if reason == before and left_out:
                left_out[-1] = LeftOut(f"{left_out[-1].text}\n{part.text}", reason)
            else:
                left_out.append(LeftOut(part.text, reason))
        before = reason
    return kept, tuple(left_out)
