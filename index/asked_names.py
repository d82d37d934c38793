"""Pure: what people call terms when they ask: circumlocutions of a question, to be replaced by the terms' own names."""

from __future__ import annotations

from collections.abc import Iterable

from index.mentions import Name, decide, longest
from index.term_matching import PhraseTable, spellings
from index.term_words import split_words
from index.terms import Term, TermMention


class AskedNames:
    """Finds in a question the `asked_as` of terms."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._names = PhraseTable(
            (one.alias, Name(term.tag, _near(one.near), needs_capitals=False))
            for term in terms
            for one in term.asked_as
        )

    def find(self, text: str, known: Iterable[TermMention]) -> tuple[TermMention, ...]:
        """What the text calls terms, where it means one alone, in order.

        A `known` name of a term stands, unless what is found is longer: « le logiciel du labo » goes before « labo ».
        """
        words = split_words(text)
        groups = [group for found in self._names.find(text, words) if (group := decide(words, found, ""))]
        chosen = sorted(longest(groups), key=lambda one: one.start)
        mentions = (TermMention(one.start, one.end, text[one.start : one.end], one.tags) for one in chosen)
        known = tuple(known)
        return tuple(one for one in mentions if len(one.tags) == 1 and not any(_stands(name, one) for name in known))


def _stands(name: TermMention, found: TermMention) -> bool:
    """Whether a name keeps its words from what is found: they overlap, and what is found is no longer one around it."""
    is_apart = name.end <= found.start or found.end <= name.start
    is_around = found.start <= name.start and name.end <= found.end and len(name.text) < len(found.text)
    return not is_apart and not is_around


def _near(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...] | None:
    return tuple(spelling for phrase in words for spelling in spellings(phrase)) or None
