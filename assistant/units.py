"""The units that may be quoted, a sentence or a table row each, with what each says: its words, its terms, its shapes."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock

from index.records import Passage, Span, Tag
from index.vocabulary import Vocabulary

_MONTHS = "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
_NUMBER = re.compile(r"\d")
# What has digits and counts nothing: days, months, years, hours, numbered things, the number of a list item.
_NO_COUNT = re.compile(
    rf"\b(?:\d{{1,2}}(?:er)?\s+)?(?:{_MONTHS})(?:\s+\d{{4}})?\b|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b|\b(?:19|20)\d\d\b|\b\d{{1,2}}\s?h(?:\s?\d\d)?\b"
    r"|\b[^\W\d_]{3,}[\s-]\d{1,2}\b(?!\s*(?:%|€|M€|millions?|milliards?|[^\W\d_]{3,}))|\b[^\W\d_]+\d+\b|^\s*(?:-\s*)?\d+[.)]\s",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d[\d\s.,\u00a0\u202f]*(?:€|euros?\b|[MmKk]€|millions? d['’]euros|milliards?\b)", re.IGNORECASE)
_SHARE = re.compile(r"\d\s*%|\bpour cent\b|\bmoitié\b|\btiers\b|\bquarts?\b|\b\w+ \w+ sur (?:deux|trois|quatre|cinq|dix)\b", re.IGNORECASE)
_DURATION = re.compile(r"\b(?:\d+|un|une|deux|trois|quatre|cinq|six|douze|quinze|trente)\s+(?:jours?|mois|ans?|années?|semaines?|heures?|minutes)\b", re.IGNORECASE)
_DATE = re.compile(
    rf"\b(?:1[0-9]|20)\d\d\b|\b(?:{_MONTHS})\b|\b\d{{1,2}}[/.]\d{{1,2}}\b|\b(?:printemps|été|automne|hiver|trimestre|semestre)\b|\bT[1-4]\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;:)’'] )(?!(?:Le|La|Les|L|Un|Une|Des|En|Au|Aux)\b)[A-ZÀ-Þ][\w-]+")
_CACHED_PASSAGES = 4096


@dataclass(frozen=True, slots=True)
class Shapes:
    """Which shapes of an answer a unit holds; `number` is one that is no date and no name's number."""

    number: bool
    duration: bool
    amount: bool
    share: bool
    date: bool
    name: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """One quotable unit of a passage; `position` counts from 0 in the passage.

    `start` and `end` are offsets in the frame, `text` the exact quotation. `reading` is what it says to a reader: the text
    itself, or « column : cell » for a row. `own_tags` are named by the unit, `around_tags` by the sentences before it in
    its paragraph or passage, its headings or its document's title, for kinds that the unit does not name.
    """

    passage: Passage
    position: int
    start: int
    end: int
    text: str
    reading: str
    stems: tuple[str, ...]
    own_tags: frozenset[Tag]
    around_tags: frozenset[Tag]
    shapes: Shapes

    @property
    def headers(self) -> tuple[Span, ...]:
        """The headers that give a row its sense, and its cells that stand outside it (merged or title cells)."""
        outside = [c for c in self.passage.cells if c.quote and not (self.start <= c.start and c.end <= self.end)]
        return tuple(span for span in (*outside, *self.passage.headers) if span is not None and span.quote)


class Units:
    """Reads passages into units and keeps the latest read; safe for several threads."""

    def __init__(self, vocabulary: Vocabulary, stems: Callable[[str], list[str]]) -> None:
        self._vocabulary = vocabulary
        self._stems = stems
        self._read: OrderedDict[str, tuple[Unit, ...]] = OrderedDict()
        self._lock = Lock()

    def of(self, passage: Passage) -> tuple[Unit, ...]:
        """The passage's units in reading order."""
        with self._lock:
            if passage.id in self._read:
                self._read.move_to_end(passage.id)
                return self._read[passage.id]
        units = tuple(self._units(passage))
        with self._lock:
            self._read[passage.id] = units
            if len(self._read) > _CACHED_PASSAGES:
                self._read.popitem(last=False)
        return units

    def _units(self, passage: Passage) -> Iterable[Unit]:
        carried: dict[str, set[Tag]] = {}
        for tag in passage.context_tags:
            carried.setdefault(tag.kind, set()).add(tag)
        for position, (start, end) in enumerate(passage.sentences):
            text = passage.text[start - passage.start : end - passage.start]
            own = self._own_tags(passage, text)
            kinds = {tag.kind for tag in own}
            around = frozenset(tag for kind, tags in carried.items() if kind not in kinds for tag in tags)
            reading = passage.searchable.split("\n", 1)[-1] if passage.kind == "row" else text
            yield Unit(passage, position, start, end, text, reading, tuple(self._stems(reading)), own, around, _shapes(text))
            for kind in kinds:
                carried[kind] = {tag for tag in own if tag.kind == kind}

    def _own_tags(self, passage: Passage, text: str) -> frozenset[Tag]:
        if passage.kind == "row":
            return frozenset(passage.tags)
        mentions = self._vocabulary.find(text)
        return frozenset(mention.tags[0] for mention in mentions if len(mention.tags) == 1)


def _shapes(text: str) -> Shapes:
    return Shapes(
        number=bool(_NUMBER.search(_NO_COUNT.sub(" ", text))),
        duration=bool(_DURATION.search(text)),
        amount=bool(_AMOUNT.search(text)),
        share=bool(_SHARE.search(text)),
        date=bool(_DATE.search(text)),
        name=bool(_NAME.search(text)),
    )
