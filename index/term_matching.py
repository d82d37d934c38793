"""Pure: which phrases of a table a text holds. Spaces, hyphens and apostrophes inside a phrase do not matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product
from typing import Generic, TypeVar

from index.term_words import Word, joins, joins_tightly, split_words, term_keys, verb_forms

Payload = TypeVar("Payload")

# Shorter phrases must be parted as the term is: « le RI s'applique » does not hold « RIS ».
_LOOSE_LETTERS = 6
_SPELLINGS = 16
SUFFIXES = frozenset({"bis", "ter", "quater"})


@dataclass(frozen=True, slots=True)
class Found(Generic[Payload]):
    """A phrase in a text: the words `first` to `last` (half-open), and what the table holds for them."""

    first: int
    last: int
    payloads: tuple[Payload, ...]


class PhraseTable(Generic[Payload]):
    """Phrases, each with a payload, found in the words of a text in time proportional to its length."""

    def __init__(self, phrases: Iterable[tuple[str, Payload]]) -> None:
        self._entries: dict[str, list[tuple[tuple[int, ...], Payload]]] = {}
        self._prefixes: set[str] = set()
        for phrase, payload in phrases:
            for keys in spellings(phrase):
                self._add(keys, payload)

    def _add(self, keys: Sequence[str], payload: Payload) -> None:
        joined, pieces = "".join(keys), tuple(map(len, keys))
        entry = (pieces, payload)
        if entry not in self._entries.setdefault(joined, []):
            self._entries[joined].append(entry)
        self._prefixes.update(joined[:end] for end in range(1, len(joined) + 1))

    def find(self, text: str, words: Sequence[Word]) -> Iterator[Found[Payload]]:
        """Every phrase of the table in the text, overlapping ones too; `words` are the text's."""
        for first, word in enumerate(words):
            if not self._prefixes.isdisjoint(word.keys):
                yield from self._find_from(text, words, first)

    def _find_from(self, text: str, words: Sequence[Word], first: int) -> Iterator[Found[Payload]]:
        open_paths: list[tuple[str, tuple[int, ...]]] = [("", ())]
        last = first
        while open_paths and last < len(words):
            if last > first and not joins(text, words[last - 1], words[last]):
                return
            open_paths = [
                (joined + key, (*pieces, len(key)))
                for joined, pieces in open_paths
                for key in words[last].keys
                if joined + key in self._prefixes
            ]
            last += 1
            payloads = [
                payload
                for joined, pieces in open_paths
                for own_pieces, payload in self._entries.get(joined, ())
                if len(joined) >= _LOOSE_LETTERS or pieces == own_pieces or _is_tight(text, words[first:last])
            ]
            if payloads and not _goes_on(text, words, last):
                yield Found(first, last, tuple(dict.fromkeys(payloads)))


def spellings(phrase: str) -> list[tuple[str, ...]]:
    """The keys of a phrase's words, once for each way they may be typed (at most 16)."""
    words = split_words(phrase)
    keys = [term_keys(word.text) for word in words]
    found = list(islice(product(*keys), _SPELLINGS)) if keys else []
    return found + ([(form,) for form in verb_forms(words[0].text)] if len(words) == 1 else [])


def _is_tight(text: str, words: Sequence[Word]) -> bool:
    return all(joins_tightly(text, left, right) for left, right in pairwise(words))


def _goes_on(text: str, words: Sequence[Word], last: int) -> bool:
    """Whether a phrase that ends in a number goes on with a suffix that makes it another: « 1bis », « 2b »."""
    if last >= len(words) or words[last - 1].number is None:
        return False
    before, after = words[last - 1], words[last]
    if before.end == after.start:
        return not after.text[0].isdecimal()
    return after.text.casefold() in SUFFIXES and joins(text, before, after)
