"""Pure: what people call terms when they ask: circumlocutions of a question, to be replaced by the terms' own names."""

from __future__ import annotations

from collections.abc import Iterable

from index.mentions import Name, decide, longest
from index.term_matching import PhraseTable, spellings
from index.term_words import fold, split_words
from index.terms import Term, TermMention


class AskedNames:
    """Finds in a question the `asked_as` of terms."""

    def __init__(self, terms: Iterable[Term]) -> None:
        terms = tuple(terms)
        self._told = frozenset(fold(one.alias) for term in terms for one in term.asked_as if one.near)
        self._names = PhraseTable(
            (one.alias, Name(term.tag, _near(one.near), needs_capitals=False))
            for term in terms
            for one in term.asked_as
        )

    def find(self, text: str, known: Iterable[TermMention]) -> tuple[TermMention, ...]:
        """What the text calls terms, where it means one alone, in order.

        A `known` name of a term stands, unless what is found is longer, or as long and told by the words around it:
        « le logiciel du labo » goes before « labo », and « premier volet » beside « cyber » before another's.
        """
        words = split_words(text)
        groups = [group for found in self._names.find(text, words) if (group := decide(words, found, ""))]
        chosen = sorted(longest(groups), key=lambda one: one.start)
        mentions = (TermMention(one.start, one.end, text[one.start : one.end], one.tags) for one in chosen)
        known = tuple(known)
        return tuple(
            one for one in mentions if len(one.tags) == 1 and not any(self._stands(name, one) for name in known)
        )

    def _stands(self, name: TermMention, found: TermMention) -> bool:
        """Whether a name keeps its words from what is found."""
        is_apart = name.end <= found.start or found.end <= name.start
        is_around = found.start <= name.start and name.end <= found.end
        is_told = len(name.text) < len(found.text) or fold(found.text) in self._told
        return not is_apart and not (is_around and is_told)


def _near(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...] | None:
    return tuple(spelling for phrase in words for spelling in spellings(phrase)) or None
