"""Pure: what frames a dated sentence or cell: the words that lead to it, its headings, the title and opening."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from index.attribution import ABOUT_KINDS, SECTOR_KINDS, Frame, TermReader
from index.dating_expressions import find_expressions
from index.dating_words import flatten
from index.records import DocumentInfo, Passage, TagKind

_ITEM = re.compile(r"(?:[-–•*▪◦]|\d{1,2}[.)])\s")
# Before those whom a sentence is for: « pour les », no place (« au théâtre »).
_FOR = re.compile(r"\b(?:pour|concernant|s'agissant d\w*|quant aux?|chez)'? ?(?:les? |la |l'|des |du |de la |de l')?$")
_EARLIER_SENTENCES = 8
_LEAD_SENTENCES = 2
# An opening sentence says which programme a document is about; what else it names may be one example of several.
_LEAD_KINDS: tuple[TagKind, ...] = ("programme", "wave", "part")
_INTRODUCTION_KINDS: tuple[TagKind, ...] = (*_LEAD_KINDS, "lane", "software")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of prose; `gap` is what stands between it and the one before, None at the start of a frame."""

    passage: Passage
    start: int
    end: int
    text: str
    gap: str | None

    @property
    def is_item(self) -> bool:
        """Whether the sentence opens a list item."""
        return _ITEM.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class Around:
    """What frames a whole document: its title and the sentences it opens with."""

    info: DocumentInfo
    lead: tuple[str, ...]
    title_kinds: tuple[TagKind, ...] = ABOUT_KINDS

    def frames(self, passage: Passage) -> list[Frame]:
        """The headings, nearest first, the title, and the opening."""
        near = [Frame(heading) for heading in reversed(passage.headings) if heading != self.info.title]
        opening = [Frame(text, is_speech=True, is_title=True, kinds=_LEAD_KINDS) for text in self.lead]
        return [*near, Frame(self.info.title, is_title=True, kinds=self.title_kinds), *opening]


def title_kinds(passages: Sequence[Passage], title: str, reader: TermReader) -> tuple[TagKind, ...]:
    """What a title says of the dates beneath it: not its sector, when a dated sentence names another one.

    « Un délai pour la plaisance » also tells what stays the same for the others, and for all.
    """
    own = [one.tag for one in reader.named(title) if one.tag.kind in SECTOR_KINDS]
    for passage in passages if own else ():
        for start, end in passage.sentences if passage.kind == "prose" else ():
            text = passage.text[start - passage.start : end - passage.start]
            flat = flatten(text)
            named = [one for one in reader.named(text) if one.tag.kind in SECTOR_KINDS]
            others = [one.tag for one in named if _FOR.search(flat, 0, one.start)]
            is_apart = others and all(reader.vocabulary.conflicts(one, mine) for one in others for mine in own)
            if is_apart and find_expressions(flat):
                return tuple(kind for kind in ABOUT_KINDS if kind not in SECTOR_KINDS)
    return ABOUT_KINDS


def lead_of(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The first sentences of a document's prose, before any list."""
    first = next((passage for passage in passages if passage.kind == "prose"), None)
    sentences = list(sentences_of(first, None))[:_LEAD_SENTENCES] if first is not None else []
    return tuple(one.text for one in takewhile(lambda one: not one.is_item, sentences))


def sentences_of(passage: Passage, previous: Passage | None) -> Iterator[Sentence]:
    """The sentences of a passage of prose; `previous` is the passage before in the same section, if any."""
    # Of the text between two passages only the length is known: paragraphs stand two characters apart.
    gap = None if previous is None else "\n\n" if passage.start - previous.end > 1 else " "
    last_end: int | None = None
    for start, end in passage.sentences:
        if last_end is not None:
            gap = passage.text[last_end - passage.start : start - passage.start]
        yield Sentence(passage, start, end, passage.text[start - passage.start : end - passage.start], gap)
        last_end = end


def goes_on(previous: Passage, passage: Passage) -> bool:
    """Whether a passage follows another in the same section of the same page."""
    where = (previous.document_id, previous.page, previous.headings)
    return where == (passage.document_id, passage.page, passage.headings) and previous.end <= passage.start


def speech_before(sentence: Sentence, earlier: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences that lead to this one, nearest first: its paragraph's, and what introduces its list.

    The other items of a list say nothing of this one.
    """
    following = sentence
    is_in_list = sentence.is_item
    for one in reversed(earlier[-_EARLIER_SENTENCES:]):
        introduces = one.text.rstrip().endswith(":")
        is_apart = following.gap is not None and "\n\n" in following.gap
        following, left = one, following
        if is_in_list:
            if one.is_item:
                continue
            if not left.is_item and not is_apart:
                continue
            if is_apart and not introduces:
                return
            is_in_list, is_apart = False, False
        elif is_apart and not introduces:
            return
        yield one
        if one.is_item:
            is_in_list = True


def introduction_frames(earlier: Sequence[Sentence]) -> Iterator[Frame]:
    """The sentences of the paragraph that stands before a table, nearest first."""
    for one in reversed(earlier[-_EARLIER_SENTENCES:]):
        yield Frame(one.text, is_speech=True, kinds=_INTRODUCTION_KINDS)
        if one.gap is None or "\n" in one.gap:
            return
