"""The records of the vocabulary: its terms, and what is found of them in a text. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Tag, TagKind


@dataclass(frozen=True, slots=True)
class ContextAlias:
    """An alias that other words share: it counts beside a word of `near`, or in capitals if nothing else claims it."""

    alias: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the programme. The first alias is its name in full; `within` are the tags that it belongs to.

    `not_in` are phrases that hold one of its names and mean something else: « à l'avance » is no « avance ».
    `asked_as` is what people call it in questions, and no document does: « le reste de la somme ».
    """

    id: str
    kind: TagKind
    label: str
    aliases: tuple[str, ...] = ()
    definition: str | None = None
    source: str | None = None
    within: tuple[Tag, ...] = ()
    aliases_with_context: tuple[ContextAlias, ...] = ()
    not_in: tuple[str, ...] = ()
    asked_as: tuple[ContextAlias, ...] = ()

    @property
    def tag(self) -> Tag:
        """The kind and the id."""
        return Tag(self.kind, self.id)


@dataclass(frozen=True, slots=True)
class TermMention:
    """A term named in a text: `text == whole[start:end]`; several tags when the words could mean each of them.

    `is_exact` is false when a typing error was mended. Mentions never overlap, but « les deux vagues » gives
    several with the same span, one for each term that is meant.
    """

    start: int
    end: int
    text: str
    tags: tuple[Tag, ...]
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class UnknownTerm:
    """A term of a family that the vocabulary does not have: a third wave of two, « catégorie E », « automne 2031 »."""

    kind: TagKind
    text: str
    start: int
    end: int
