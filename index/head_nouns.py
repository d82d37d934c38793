"""Pure: the nouns that open the names of terms of one kind: « couloir hôpital », « couloir imagerie » → « couloir »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from index.records import TagKind
from index.term_words import is_acronym, root, split_words
from index.terms import Term
from index.words import fold

_AT_LEAST = 2
_SHARE = 0.7
_WHO = ("lane", "profession")
_LINKS = frozenset({"de", "du", "des", "d", "qui", "a", "au", "aux", "en"})


def head_nouns(terms: Iterable[Term], *, naming: bool = False) -> dict[str, TagKind]:
    """Root of the noun → the kind whose terms' names it opens.

    A noun counts when it opens names of at least two terms, nearly all of one kind, and names no term by itself. With
    `naming`, an alias that says what somebody is or does (« ports de pêche ») does not count: such a noun has other
    sorts than those that are terms.
    """
    opened: dict[str, Counter[TagKind]] = {}
    described: Counter[str] = Counter()
    alone: set[str] = set()
    for term in terms:
        heads: set[str] = set()
        for name in (term.label, *term.aliases):
            words = split_words(name)
            if len(words) < 2:
                alone.update(root(word.text) for word in words)
            elif naming and term.kind in _WHO and name != term.label and fold(words[1].text).casefold() in _LINKS:
                described[root(words[0].text)] += 1
            elif words[0].text.isalpha() and not is_acronym(words[0].text):
                heads.add(root(words[0].text))
        for head in heads:
            opened.setdefault(head, Counter())[term.kind] += 1
    nouns: dict[str, TagKind] = {}
    for head, kinds in opened.items():
        kind, count = kinds.most_common(1)[0]
        if (
            len(head) > 2
            and head not in alone
            and count >= _AT_LEAST
            and count >= _SHARE * (kinds.total() + described[head])
        ):
            nouns[head] = kind
    return nouns
