"""Pure: the terms that a text names. The longest name wins; a shared acronym is told apart by the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.named_families import NamedFamilies
from index.numbered_terms import Numbered, NumberedTerms, is_numbered
from index.records import Tag
from index.term_matching import Found, PhraseTable, spellings
from index.term_words import Word, fold, is_acronym, ordinary_words, split_words
from index.terms import Term, TermMention, UnknownTerm

# « de » before a name that completes another; with an article only before a proper name (« de la région Centre »).
_COMPLETES = re.compile(r" (?:de|d['’]|(?P<article>de la|de l['’]|du)) ?$")
_COMPLETES_CHARS = 8
_PROPER = re.compile(r" [A-ZÀ-ÖØ-Þ]")
# How many words on each side may tell a shared acronym apart.
NEAR_WORDS = 15


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name a term. `near` is None when the name is sure, else the phrases that make it so."""

    tag: Tag
    near: tuple[tuple[str, ...], ...] | None
    needs_capitals: bool


class MentionFinder:
    """Finds the terms of a vocabulary in words."""

    def __init__(self, terms: Iterable[Term]) -> None:
        terms = tuple(terms)
        self._numbered = NumberedTerms(terms)
        self._families = NamedFamilies(terms)
        names = ((text, name) for term in terms for text, name in _names(term))
        self._names = PhraseTable(
            (text, name) for text, name in names if not is_numbered(text) and not self._families.reads(text)
        )
        self._others = PhraseTable((phrase, term.tag) for term in terms for phrase in term.not_in)

    def find(self, text: str, words: Sequence[Word], context: str = "") -> tuple[list[TermMention], list[UnknownTerm]]:
        """The terms named, and the numbered ones that nobody knows, each in order; `context` only tells names apart."""
        groups = [group for found in self._names.find(text, words) if (group := decide(words, found, context))]
        groups += [list(group) for group in self._numbered.find(text, words)]
        groups += [list(group) for group in self._families.find(text)]
        groups = self._meant(groups, text, words)
        chosen = _without_complements(text, sorted(longest(groups), key=lambda item: (item.start, item.end)))
        known = [
            TermMention(item.start, item.end, text[item.start : item.end], item.tags, _is_exact(words, item))
            for item in chosen
            if item.tags
        ]
        unknown = [
            UnknownTerm(item.kind, text[item.start : item.end], item.start, item.end)
            for item in chosen
            if not item.tags
        ]
        return known, unknown

    def _meant(self, groups: list[list[Numbered]], text: str, words: Sequence[Word]) -> list[list[Numbered]]:
        """The groups without the terms that stand in a phrase that means something else."""
        others = [
            (words[found.first].start, words[found.last - 1].end, found.payloads)
            for found in self._others.find(text, words)
        ]
        if not others:
            return groups
        kept = (
            [
                item
                for item in group
                if not any(
                    start <= item.start and item.end <= end and not set(item.tags).isdisjoint(tags)
                    for start, end, tags in others
                )
            ]
            for group in groups
        )
        return [group for group in kept if group]


def _without_complements(text: str, chosen: Sequence[Numbered]) -> list[Numbered]:
    """The mentions less the professions that only complete an actor's name: « le conseil de commune »."""
    kept: list[Numbered] = []
    ends = {item.end for item in chosen if item.tags and all(tag.kind == "actor" for tag in item.tags)}
    for item in chosen:
        before = _COMPLETES.search(text, max(0, item.start - _COMPLETES_CHARS), item.start)
        completes = (
            before is not None
            and before.start() in ends
            and (before["article"] is None or _PROPER.match(text, item.end) is not None)
        )
        if not (completes and item.tags and all(tag.kind == "profession" for tag in item.tags)):
            kept.append(item)
    return kept


def _names(term: Term) -> Iterable[tuple[str, Name]]:
    for text in (term.label, *term.aliases):
        words = split_words(text)
        needs_capitals = len(words) == 1 and is_acronym(text) and fold(text) in ordinary_words()
        yield text, Name(term.tag, None, needs_capitals)
    for alias in term.aliases_with_context:
        near = tuple(spelling for phrase in alias.near for spelling in spellings(phrase))
        yield alias.alias, Name(term.tag, near, is_acronym(alias.alias))


def decide(words: Sequence[Word], found: Found[Name], context: str, *, reach: int = NEAR_WORDS) -> list[Numbered]:
    """What a name means here: what the words around say, else the sure names, else whatever the capitals allow.

    `reach` is how many words on each side may say it.
    """
    capitals = _is_written_as_acronym(words, found)
    surroundings: list[tuple[str, ...]] | None = None
    beside: list[Name] = []
    for name in found.payloads:
        if name.near:
            surroundings = surroundings if surroundings is not None else _surroundings(words, found, context, reach)
            if any(_holds(surroundings, phrase) for phrase in name.near):
                beside.append(name)
    sure = [name for name in found.payloads if name.near is None and (capitals or not name.needs_capitals)]
    rest = [name for name in found.payloads if name.near is not None and name.needs_capitals and capitals]
    chosen = beside or sure or rest
    if not chosen:
        return []
    tags = tuple(dict.fromkeys(name.tag for name in chosen))
    return [Numbered(words[found.first].start, words[found.last - 1].end, tags[0].kind, tags)]


def _is_written_as_acronym(words: Sequence[Word], found: Found[Name]) -> bool:
    """Whether the name stands out by its capitals; in a text all in capitals nothing does."""
    if not any(is_acronym(word.text) for word in words[found.first : found.last]):
        return False
    return len(words) < 4 or any(character.islower() for word in words for character in word.text)


def _surroundings(words: Sequence[Word], found: Found[Name], context: str, reach: int) -> list[tuple[str, ...]]:
    before = words[max(0, found.first - reach) : found.first]
    after = words[found.last : found.last + reach]
    return [word.keys for word in (*before, *after, *split_words(context))]


def _holds(surroundings: Sequence[tuple[str, ...]], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(
        all(key in keys for key, keys in zip(phrase, surroundings[start : start + size], strict=True))
        for start in range(len(surroundings) - size + 1)
    )


def longest(groups: list[list[Numbered]]) -> list[Numbered]:
    """The items of the longest groups that do not overlap; the first of two equally long ones."""
    taken: list[tuple[int, int]] = []
    chosen: list[Numbered] = []
    ends = [(min(item.start for item in group), max(item.end for item in group)) for group in groups]
    for position in sorted(range(len(groups)), key=lambda i: (ends[i][0] - ends[i][1], ends[i][0])):
        start, end = ends[position]
        if all(end <= other_start or start >= other_end for other_start, other_end in taken):
            taken.append((start, end))
            chosen.extend(groups[position])
    return chosen


def _is_exact(words: Sequence[Word], item: Numbered) -> bool:
    return not any(word.is_mended and item.start <= word.start and word.end <= item.end for word in words)
