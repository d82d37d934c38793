"""The units that may be quoted, a sentence or a table row each: their words, their terms, their shapes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from sys import intern
from threading import Lock

from assistant.covering import roots
from assistant.shapes import Shapes, shapes_of
from index.records import Passage, Span, Tag
from index.vocabulary import TermMention, Vocabulary

_OPENING_CHARS = 70
_CACHED_PASSAGES = 1024


@dataclass(frozen=True, slots=True)
class Unit:
    """One quotable unit of a passage; `position` counts from 0 in the passage.

    `start` and `end` are offsets in the frame, `text` the exact quotation. `reading` is what it says to a reader: the
    text itself, or « column : cell » for a row. `opening_tags` are named in its first words, `own_tags` by the unit,
    `around_tags` by the sentences before it in its passage, its headings or its document's title, for kinds that the
    unit does not name.
    """

    passage: Passage
    position: int
    start: int
    end: int
    text: str
    reading: str
    stems: tuple[str, ...]
    roots: frozenset[str]
    opening_tags: frozenset[Tag]
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
        self._read: OrderedDict[str, tuple[tuple[Unit, ...], frozenset[str]]] = OrderedDict()
        self._lock = Lock()

    def of(self, passage: Passage) -> tuple[Unit, ...]:
        """The passage's units in reading order."""
        return self._kept(passage)[0]

    def heading_roots(self, passage: Passage) -> frozenset[str]:
        """The roots of the words of the passage's headings and column headers."""
        return self._kept(passage)[1]

    def _kept(self, passage: Passage) -> tuple[tuple[Unit, ...], frozenset[str]]:
        with self._lock:
            if passage.id in self._read:
                self._read.move_to_end(passage.id)
                return self._read[passage.id]
        headings = " ".join((*passage.headings, *(header.quote for header in passage.headers if header)))
        read = tuple(self._units(passage)), roots(self._stems(headings))
        with self._lock:
            self._read[passage.id] = read
            if len(self._read) > _CACHED_PASSAGES:
                self._read.popitem(last=False)
        return read

    def _units(self, passage: Passage) -> Iterable[Unit]:
        carried = self._framing_tags(passage)
        for position, (start, end) in enumerate(passage.sentences):
            text = passage.text[start - passage.start : end - passage.start]
            mentions = self._vocabulary.find(text)
            opening, own = _named(passage, mentions)
            kinds = {tag.kind for tag in own}
            around = frozenset(tag for kind, tags in carried.items() if kind not in kinds for tag in tags)
            reading = passage.searchable.split("\n", 1)[-1] if passage.kind == "row" else text
            stems = tuple(map(intern, self._stems(reading)))  # thousands of units share their words
            yield Unit(
                passage,
                position,
                start,
                end,
                text,
                reading,
                stems,
                roots(stems),
                opening,
                own,
                around,
                shapes_of(_without_numbered(text, mentions)),
            )
            for kind in kinds:
                carried[kind] = {tag for tag in own if tag.kind == kind}

    def _framing_tags(self, passage: Passage) -> dict[str, set[Tag]]:
        """The terms that frame the passage, by kind: of each kind those of the nearest heading that names one."""
        columns = " \n\n ".join(header.quote for header in passage.headers if header is not None)
        context = frozenset(passage.context_tags)
        framing: dict[str, set[Tag]] = {}
        for text in (*passage.headings, columns):
            named: dict[str, set[Tag]] = {}
            for mention in self._vocabulary.find(text, context=" \n\n ".join(passage.headings)):
                if len(mention.tags) == 1 or mention.tags[0] in context:
                    named.setdefault(mention.tags[0].kind, set()).add(mention.tags[0])
            framing.update(named)
        return framing


def is_end_of_sentence(passage: Passage) -> bool:
    """Whether prose begins with the end of a sentence that was begun on the page before."""
    begins_page = passage.kind == "prose" and (passage.page or 0) > 1 and passage.start == 0
    return begins_page and passage.text[:1].islower()


def _named(passage: Passage, mentions: Sequence[TermMention]) -> tuple[frozenset[Tag], frozenset[Tag]]:
    """The terms named in the unit's first words, and in all of it."""
    sure = [mention for mention in mentions if len(mention.tags) == 1]
    opening = frozenset(mention.tags[0] for mention in sure if mention.start < _OPENING_CHARS)
    own = frozenset(passage.tags) if passage.kind == "row" else frozenset(mention.tags[0] for mention in sure)
    return opening, own


def _without_numbered(text: str, mentions: Sequence[TermMention]) -> str:
    """The text without the terms whose name holds a number (« vague 2 »): they count nothing."""
    for mention in reversed(mentions):
        if any(character.isdigit() for character in mention.text):
            text = f"{text[: mention.start]} {text[mention.end :]}"
    return text
