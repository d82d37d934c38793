"""Pure: what people call terms when they ask: circumlocutions of a question, to be replaced by the terms' own names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.mentions import Name, decide, longest
from index.records import Tag
from index.term_matching import Found, PhraseTable, spellings
from index.term_words import Word, fold, split_words, term_keys, verb_forms
from index.terms import ContextAlias, Term, TermMention

# Everyday words are told by those quite near them.
_REACH = 6


class AskedNames:
    """Finds in a question the `asked_as` of terms."""

    def __init__(self, terms: Iterable[Term]) -> None:
        terms = tuple(terms)
        self._told = frozenset(fold(one.alias) for term in terms for one in term.asked_as if one.near)
        self._names = PhraseTable((one.alias, (term.tag, one)) for term in terms for one in term.asked_as)

    def find(self, text: str, known: Iterable[TermMention]) -> tuple[TermMention, ...]:
        """What the text calls terms, where it means one alone, in order.

        A `known` name of a term stands, unless what is found is longer, or as long and told by the words around it:
        « le logiciel du labo » goes before « labo », and « premier volet » beside « cyber » before another's.
        """
        words = split_words(text)
        places = (_parted_alike(found, words) for found in self._names.find(text, words))
        groups = [group for found in places if found and (group := decide(words, found, "", reach=_REACH))]
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
        is_alike = {tag.kind for tag in name.tags} == {tag.kind for tag in found.tags}
        is_told = len(name.text) < len(found.text) or (is_alike and fold(found.text) in self._told)
        return not is_apart and not (is_around and is_told)


def _parted_alike(found: Found[tuple[Tag, ContextAlias]], words: Sequence[Word]) -> Found[Name] | None:
    """What has the words of the text one by one: « sunes s'arrête » is no « SUN ESS »."""
    said = words[found.first : found.last]
    names = tuple(
        Name(tag, _near(one.near), needs_capitals=False)
        for tag, one in found.payloads
        if len(keys := _keys(one.alias)) == len(said)
        and all(own & {*word.keys} for own, word in zip(keys, said, strict=True))
    )
    return Found(found.first, found.last, names) if names else None


def _keys(phrase: str) -> tuple[frozenset[str], ...]:
    """What each word of the phrase may be recognised by."""
    words = split_words(phrase)
    forms = verb_forms(words[0].text) if len(words) == 1 else ()
    return tuple(frozenset((*term_keys(word.text), *forms)) for word in words)


def _near(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...] | None:
    return tuple(spelling for phrase in words for spelling in spellings(phrase)) or None
