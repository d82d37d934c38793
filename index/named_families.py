"""Pure: terms told apart by a letter, or by a season or year: « catégories A, C et D », « session d'automne 2027 ».

A family is learned from labels and aliases, as those of numbers are: « Catégorie A » and « Catégorie B » make one,
« Printemps 2026 » and « Session d'automne 2026 » that of the sessions. What it lacks is a term nobody knows:
« catégorie E », « catégorie 5 », « automne 2031 ».
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.dating_words import flatten
from index.numbered_terms import Numbered
from index.records import Tag, TagKind
from index.terms import Term

_LETTERED = re.compile(r"(?P<head>[^\W\d_]{4,}) (?P<letter>[A-Z])")
_END = r"(?![\w'’]|\.\w|-\w)"
_FIRST = re.compile(
    rf"s? (?:n° ?)?(?:(?P<letter>[A-Zb-xz]{_END}|a(?=\s*(?:[?.,;:!)]|$)))"
    r"|(?P<number>\d{1,2})(?![\w%€]|[ .,]\d|\s[%€]))"
)
_NEXT = re.compile(rf"\s*(?:,\s*(?:et|ou)\b|,|/|&|\bet\b|\bou\b)\s*(?:(?:la|le)\s+)?(?P<letter>[A-Z]){_END}")
_SEASON_YEAR = r"(?:de (?:l'annee )?)?(?P<year>(?:19|20)\d\d)(?![\w-]|[/.,]\d)"
_SEASON = r"(?P<season>printemps|ete|automne|hiver)"
_DATED = re.compile(
    rf"(?<![\w'])(?:(?P<head>(?!{_SEASON.replace('?P<season>', '?:')}\b)[a-z]{{4,}}) (?:d'|de l'|de |du )?)?"
    rf"(?:{_SEASON} )?{_SEASON_YEAR}"
)
_BARE = re.compile(rf"\b{_SEASON} {_SEASON_YEAR}")
# Before a season that is a time of the year: « au printemps 2028 ».
_IN_TIME = re.compile(
    r"(?:\b(?:au|en|a l'|des l'|des le|des|d'ici l'|d'ici le|d'ici|avant l'|avant le|avant|apres l'|apres le|depuis l'|"
    r"depuis le|jusqu'au|jusqu'a l'|fin|debut|courant|fin de l'|debut de l'|entre|cet|ce) ?|\bmi-)$"
)
_LOOK_BACK = 16
_LEAST = 2

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Seasons:
    """The terms of a kind by season (possibly empty) and year; `is_bare` when a name is no more than these."""

    kind: TagKind
    tags: dict[Key, tuple[Tag, ...]]
    heads: frozenset[str]
    is_bare: bool


class NamedFamilies:
    """The families of a vocabulary that letters, or seasons and years, tell apart."""

    def __init__(self, terms: Iterable[Term]) -> None:
        terms = tuple(terms)
        self._letters = {
            (head, kind): (re.compile(rf"\b{re.escape(head)}(?=s? )"), tags) for (head, kind), tags in _letters(terms)
        }
        self._seasons = tuple(_seasons(terms))

    def reads(self, name: str) -> bool:
        """Whether a name is read by its letter and needs no entry of its own: « la catégorie a changé » is none."""
        match = _LETTERED.fullmatch(name)
        return match is not None and any(head == flatten(match["head"]) for head, _ in self._letters)

    def find(self, text: str) -> Iterator[tuple[Numbered, ...]]:
        """Each group of terms: those of « catégories A, C et D » come together, in order."""
        if not self._letters and not self._seasons:
            return
        flat = flatten(text)
        for (_, kind), (head, tags) in self._letters.items():
            for match in head.finditer(flat):
                yield from _lettered(text, match, kind, tags)
        for family in self._seasons:
            yield from _of_seasons(flat, family)


def _letters(terms: Iterable[Term]) -> Iterator[tuple[tuple[str, TagKind], dict[str, Tag]]]:
    """The terms of each noun and kind by letter, where there are several."""
    found: dict[tuple[str, TagKind], dict[str, Tag]] = defaultdict(dict)
    for term in terms:
        for name in (term.label, *term.aliases):
            if match := _LETTERED.fullmatch(name):
                found[flatten(match["head"]), term.kind].setdefault(match["letter"], term.tag)
    return ((key, tags) for key, tags in found.items() if len(tags) >= _LEAST)


def _lettered(text: str, head: re.Match[str], kind: TagKind, tags: dict[str, Tag]) -> Iterator[tuple[Numbered, ...]]:
    """The group that follows a noun; a small letter, or a number beside other words, names what is known or nothing."""
    match = _FIRST.match(text, head.end())
    if match is None:
        return
    letter = (match["letter"] or "").upper()
    if letter not in tags and match["letter"] and match["letter"].islower():
        return
    group = [Numbered(head.start(), match.end(), kind, (tags[letter],) if letter in tags else ())]
    while letter and (match := _NEXT.match(text, group[-1].end)):
        letter = match["letter"]
        group.append(Numbered(match.start("letter"), match.end(), kind, (tags[letter],) if letter in tags else ()))
    yield tuple(group)


def _seasons(terms: Iterable[Term]) -> Iterator[_Seasons]:
    """The family of each kind of which several names are a season or year."""
    tags: dict[TagKind, dict[Key, list[Tag]]] = defaultdict(lambda: defaultdict(list))
    heads: dict[TagKind, set[str]] = defaultdict(set)
    for term in terms:
        for name in (term.label, *term.aliases):
            match = _DATED.fullmatch(flatten(name))
            if match is None or not (match["head"] or match["season"]):
                continue
            known = tags[term.kind][match["season"] or "", match["year"]]
            if term.tag not in known:
                known.append(term.tag)
            heads[term.kind].add(match["head"] or "")
    for kind, found in tags.items():
        if len(found) >= _LEAST:
            known_tags = {key: tuple(of_key) for key, of_key in found.items()}
            yield _Seasons(kind, known_tags, frozenset(heads[kind] - {""}), "" in heads[kind])


def _of_seasons(flat: str, family: _Seasons) -> Iterator[tuple[Numbered, ...]]:
    """The terms named after one of the family's nouns, or by their season and year alone."""
    taken = 0
    for match in _DATED.finditer(flat):
        if match["head"] in family.heads or (match["head"] or "").removesuffix("s") in family.heads:
            yield from _of_key(match.start(), match, family)
            taken = match.end()
    for match in _BARE.finditer(flat, taken) if family.is_bare else ():
        if not _IN_TIME.search(flat, max(0, match.start() - _LOOK_BACK), match.start()):
            yield from _of_key(match.start(), match, family)


def _of_key(start: int, match: re.Match[str], family: _Seasons) -> Iterator[tuple[Numbered, ...]]:
    key = (match["season"] or "", match["year"])
    # A year of several seasons names none of them.
    is_wider = not key[0] and key not in family.tags and any(year == key[1] for _, year in family.tags)
    if not is_wider:
        yield (Numbered(start, match.end(), family.kind, family.tags.get(key, ())),)
