"""Pure: numbered terms in all their spellings, and the numbers that the vocabulary does not have.

A family is learned from labels and aliases: « Vague 1 » and « Vague 2 » make the family « vague », « V1 » and « V2 »
the family « V ». It reads « vagues 1 et 2 », « 2e vague », « la première et la deuxième vague », « les deux vagues ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.french_numbers import Number, number_after, numbers_following, ordinals_before, whole_family_before
from index.records import Tag, TagKind
from index.term_matching import PhraseTable
from index.term_words import Word, joins_tightly, ordinary_words, split_words, term_keys
from index.terms import Term

_NUMBERED = re.compile(r"(?P<head>\D*[^\W\d_])\s*(?P<number>\d{1,2})", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Family:
    """Terms of one kind told apart by a number after the same words. `is_short`: « V », « D », « MS »."""

    kind: TagKind
    tags: tuple[tuple[int, tuple[Tag, ...]], ...]
    is_short: bool
    is_word: bool

    def of(self, number: int | None) -> tuple[Tag, ...]:
        """The terms with this number; empty when there is none."""
        return dict(self.tags).get(number, ()) if number is not None else ()


@dataclass(frozen=True, slots=True)
class Numbered:
    """One numbered term in a text; `tags` is empty when the vocabulary has no such number."""

    start: int
    end: int
    kind: TagKind
    tags: tuple[Tag, ...]


class NumberedTerms:
    """The families of a vocabulary."""

    def __init__(self, terms: Iterable[Term]) -> None:
        families: dict[tuple[str, TagKind], tuple[str, dict[int, list[Tag]]]] = {}
        for term in terms:
            for name in (term.label, *term.aliases):
                numbered = _NUMBERED.fullmatch(name)
                if numbered:
                    head = numbered["head"]
                    _, numbers = families.setdefault((_canonical(head), term.kind), (head, {}))
                    tags = numbers.setdefault(int(numbered["number"]), [])
                    if term.tag not in tags:
                        tags.append(term.tag)
        self._table = PhraseTable(
            (head, _family(head, kind, numbers)) for (_, kind), (head, numbers) in families.items()
        )

    def find(self, text: str, words: Sequence[Word]) -> Iterator[tuple[Numbered, ...]]:
        """Each group of numbered terms: those of « vagues 1 et 2 » come together, one after the other in the text."""
        for found in self._table.find(text, words):
            for family in found.payloads:
                group = tuple(_read(text, words, found.first, found.last, family))
                if group:
                    yield group


def is_numbered(name: str) -> bool:
    """Whether a name is read by its family and needs no entry of its own."""
    return _NUMBERED.fullmatch(name) is not None


def _canonical(head: str) -> str:
    """One key for « Vague » and « vague », « HOP'EN » and « HOP-EN »; acronyms and words stay apart."""
    return "".join(term_keys(word.text)[-1] for word in split_words(head))


def _family(head: str, kind: TagKind, tags: dict[int, list[Tag]]) -> Family:
    numbers = tuple((number, tuple(tags[number])) for number in sorted(tags))
    return Family(kind, numbers, len(head) <= 2, head.casefold() in ordinary_words())


def _read(text: str, words: Sequence[Word], first: int, last: int, family: Family) -> Iterator[Numbered]:
    """The terms named around the family's head, the words `first` to `last`."""
    start = words[first].start
    number = number_after(text, words, last, is_short=family.is_short)
    if number is not None:
        if not _is_sure(text, words, last, family) or (
            not family.of(number.value) and not _may_be_unknown(number, family)
        ):
            return
        yield Numbered(start, number.end, family.kind, family.of(number.value))
        for follower in numbers_following(text, number, known=[value for value, _ in family.tags]):
            yield from _followers(follower, family)
        return
    if family.is_short:
        return
    end = words[last - 1].end
    together = whole_family_before(text, words, first, [value for value, _ in family.tags])
    if together:
        span_start, values = together
        yield from (Numbered(span_start, end, family.kind, family.of(value)) for value in values)
        return
    ordinals = ordinals_before(text, words, first)
    for position, ordinal in enumerate(ordinals):
        own_end = end if position == len(ordinals) - 1 else ordinal.end
        tags = family.of(ordinal.value)
        if tags or len(family.tags) > 1:
            yield Numbered(ordinal.start, own_end, family.kind, tags)


def _followers(follower: Number, family: Family) -> Iterator[Numbered]:
    """One number of an enumeration, or all those of a range: « fenêtres 1 à 4 »."""
    values: Iterable[int | None] = [follower.value]
    if follower.closes_range_from is not None and follower.value is not None:
        values = range(follower.closes_range_from + 1, follower.value + 1)
    for value in values:
        yield Numbered(follower.start, follower.end, family.kind, family.of(value))


def _is_sure(text: str, words: Sequence[Word], last: int, family: Family) -> bool:
    """A short head that is an everyday word must touch its number: « il va 1 fois » names no « va1 »."""
    if not family.is_short or joins_tightly(text, words[last - 1], words[last]):
        return True
    return not family.is_word and "'" not in text[words[last - 1].end : words[last].start].replace("’", "'")


def _may_be_unknown(number: Number, family: Family) -> bool:
    """Whether a number that the family lacks names a term nobody knows, and is no quantity or code."""
    if number.has_unit or (len(family.tags) < 2 and (family.is_short or number.digits != 1)):
        return False
    return not family.is_short or (number.touches and number.digits == 1)
