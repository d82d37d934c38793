"""What is not the article: teasers, newsletter boxes, buttons, comments. Pure.

Phrases say where furniture may start; structure says how far it goes. A phrase that could as well be the heading of a
real document counts only beside other furniture, so that a document without furniture loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.furniture_cues import Cue, Cues, fold, is_byline, is_dated
from index.parts import Part, Prose
from index.records import LeftOut

_MAX_SECTION_WORDS = 10
_CHAIN = 3
_LONG_WORDS = 25
_RESUMING_WORDS = 60
_WORD = re.compile(r"\w+")
_TRUNCATED = re.compile(r"(?:\.\.\.|…|\[\s*(?:\.\.\.|…)\s*\])\s*[»\]>)]*\s*$")
_FINISHED = re.compile(r"[.!?:;]\s*[»\")\]]*\s*$")


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
        if cue is None or not (cue.is_strong or _is_in_chain(found, at)):
            at += 1
            continue
        end = _end_of(cue, parts, found, at, cues)
        reasons[at:end] = [cue.reason] * (end - at)
        at = end
    if is_pasted:
        _mark_teasers(parts, reasons, cues)
    return _parted(parts, reasons)


def _cue_of(part: Part, cues: Cues) -> Cue | None:
    if not isinstance(part, Prose):
        return None
    cue = cues.find(part.text)
    too_long = cue and cue.extent != "line" and len(_WORD.findall(part.text)) > _MAX_SECTION_WORDS
    return None if too_long else cue


def _is_in_chain(found: Sequence[Cue | None], at: int) -> bool:
    """Whether the phrases that touch this one hold one that is enough by itself, or are three or more."""
    start, end = at, at + 1
    while start > 0 and found[start - 1]:
        start -= 1
    while end < len(found) and found[end]:
        end += 1
    return end - start >= _CHAIN or any(cue.is_strong for cue in found[start:end] if cue)


def _end_of(cue: Cue, parts: Sequence[Part], found: Sequence[Cue | None], at: int, cues: Cues) -> int:
    if cue.extent == "line":
        return at + 1
    end = len(parts) if cue.extent == "rest" else _next_heading(parts, at)
    if cue.extent == "box":
        return next((i for i in range(at + 1, end) if not _is_boxed(parts[i], found[i])), end)
    if cue.extent == "author":
        return min(at + 2, end) if at + 1 < end and isinstance(parts[at + 1], Prose) else at + 1
    if cue.extent == "teasers":
        resumed = next((i for i in range(at + 1, end) if _resumes(parts, i, at, cues)), end)
        return _with_heading(parts, resumed, at, cues) if resumed < end else end
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
    if _has_credit(parts, at, start, cues):
        return False
    words = len(_WORD.findall(part.text))
    if words >= _RESUMING_WORDS or getattr(parts[at - 1], "kind", "") == "item" or at == start + 1:
        return True
    rest = parts[at + 1 :]
    if any(_is_cut(later, cues) for later in rest):
        return False
    return any(_is_prose(later, cues) for later in rest[:2])


def _has_credit(parts: Sequence[Part], at: int, start: int, cues: Cues) -> bool:
    """Whether a date or an author stands between the paragraph and the one before it, or right below."""
    above = at - 1
    while above > start and not (_is_prose(parts[above], cues) or _is_cut(parts[above], cues)):
        if _is_credit(parts[above], cues):
            return True
        above -= 1
    return at + 1 < len(parts) and _is_credit(parts[at + 1], cues)


def _with_heading(parts: Sequence[Part], at: int, start: int, cues: Cues) -> int:
    """Where the article goes on: one part earlier when a heading stands alone between it and finished teasers."""
    above, before = parts[at - 1], parts[at - 2]
    is_heading = isinstance(above, Prose) and (above.kind == "heading" or above.level < 0)
    is_finished = isinstance(before, Prose) and (before.kind == "item" or _is_prose(before, cues))
    return at - 1 if at - 2 > start and is_heading and is_finished else at


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
