"""A question as it is searched for and answered. Values only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from assistant.cues import Aside, Measure, Relative, Wanted
from index.records import Tag, TagKind
from index.vocabulary import UnknownTerm

Lack = Literal["profession", "subject"]


@dataclass(frozen=True, slots=True)
class AskedTag:
    """A term of the question; `is_inherited` when an earlier question said it."""

    tag: Tag
    is_inherited: bool


# Between what a follow-up says itself and what it takes from the conversation.
TAKEN = " : "


@dataclass(frozen=True)
class Query:
    """What is searched for. `text` stands alone and is spelled right; `asked` are its terms, in the order of saying.

    `alternatives` are the readings of an ambiguous term; `unknown` are numbered terms that the vocabulary does not know
    (« vague 3 ») and kinds of term with a name that no document holds (« couloir vétérinaire »). `wanted` decides the
    writer; `kinds` are all the kinds of answer that the words ask for, the deciding one first. `list_of` is the kind of
    term that a list is wanted of. `day` is today for this question. `is_follow_up` says that something was taken from
    the conversation. `lacks` says what must be known before anything can be answered. `foreign_words` are those of the
    question that neither a document, nor the vocabulary, nor everyday French holds; `foreign_names` those written as
    names (« TVA », « Softway »). There are none when the question `is_english`.
    """

    question: str
    text: str
    asked: tuple[AskedTag, ...]
    alternatives: tuple[tuple[Tag, ...], ...]
    unknown: tuple[UnknownTerm, ...]
    wanted: Wanted
    kinds: tuple[Wanted, ...]
    measure: Measure | None
    relative: Relative | None
    aside: Aside | None
    list_of: TagKind | None
    wants_former: bool
    day: date
    is_follow_up: bool
    is_english: bool
    lacks: Lack | None
    foreign_words: tuple[str, ...]
    foreign_names: tuple[str, ...]

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The terms alone."""
        return tuple(asked.tag for asked in self.asked)

    @property
    def own_text(self) -> str:
        """What a follow-up says itself, before what it takes from the conversation; empty when it stands alone."""
        return self.text.partition(TAKEN)[0] if self.is_follow_up else ""

    def of_kind(self, *kinds: str) -> tuple[Tag, ...]:
        """The terms of these kinds, in the order of saying."""
        if len(kinds) == 1:
            return self._by_kind.get(kinds[0], ())
        return tuple(tag for tag in self.tags if tag.kind in kinds)

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Tag, ...]]:
        # Asked for every deadline of the corpus.
        found: dict[str, list[Tag]] = defaultdict(list)
        for tag in self.tags:
            found[tag.kind].append(tag)
        return {kind: tuple(tags) for kind, tags in found.items()}
