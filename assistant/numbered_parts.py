"""« Le premier volet de CaRE » where the parts of CaRE are called domains: its first domain, written out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.french_numbers import ordinal_value
from index.records import Tag
from index.terms import TermMention, UnknownTerm
from index.vocabulary import Vocabulary
from index.words import fold

_WORD = re.compile(r"\w+")
# What any programme's parts may be called: « la deuxième étape », « au second tour », « l'étape 2 ».
_NOUN = r"(?:étape|tour|manche|temps|round|partie|volet|phase|période|édition|session|tranche|stade|palier|épisode)s?"
_RANKED = re.compile(
    rf"\b(?P<rank>[^\W\d_]+|\d{{1,2}}[a-zèé]{{1,4}})\s+{_NOUN}\b|\b{_NOUN}\s+\d{{1,2}}\b", re.IGNORECASE
)
_NUMBERED_NAME = re.compile(r"(\D+)(\d{1,2})")


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Something numbered by a common noun: `text` stands at `start` to `end`."""

    text: str
    start: int
    end: int


def with_own_parts(text: str, previous: Iterable[Tag], vocabulary: Vocabulary) -> str:
    """The question, each numbered part that is none of the programmes named written as theirs of the same number.

    Where it names no programme, those that what was spoken of before belongs to are meant. As it is where there is
    none, or not just one part of theirs has the number.
    """
    found = vocabulary.find(text, typing_errors=True)
    programmes = [tag for one in found for tag in one.tags if tag.kind == "programme"]
    if not programmes:
        parts = [tag for tag in previous if tag.kind == "part"]
        programmes = [up for tag in parts for up in vocabulary.belonging(tag) if up.kind == "programme"]
    numbered: tuple[TermMention | UnknownTerm, ...] = (*found, *vocabulary.unknown_numbered(text))
    others: list[TermMention | UnknownTerm | _Ranked]
    others = [one for one in numbered if _is_of_others(one, programmes, vocabulary)]
    others += [
        one for one in _ranked(text) if not any(one.start < name.end and name.start < one.end for name in numbered)
    ]
    for mention in sorted(others, key=lambda one: -one.start):
        meant = _alike(mention.text, programmes, vocabulary)
        if meant is not None:
            text = f"{text[: mention.start]}{meant}{text[mention.end :]}"
    return text


def _ranked(text: str) -> list[_Ranked]:
    """The ranks and numbers of what no vocabulary may know by that noun."""
    places = (
        match for match in _RANKED.finditer(text) if not match["rank"] or ordinal_value(match["rank"]) is not None
    )
    return [_Ranked(match.group(), match.start(), match.end()) for match in places]


def _is_of_others(mention: TermMention | UnknownTerm, programmes: Sequence[Tag], vocabulary: Vocabulary) -> bool:
    if not programmes:
        return False
    if isinstance(mention, UnknownTerm):
        return mention.kind == "part"
    parts = [tag for tag in mention.tags if tag.kind == "part"]
    return bool(parts) and all(vocabulary.conflicts(part, one) for part in parts for one in programmes)


def _alike(said: str, programmes: Sequence[Tag], vocabulary: Vocabulary) -> str | None:
    """The name of the one part of the programmes with the number that the words say; None if they have the noun."""
    words = _WORD.findall(fold(said).casefold())
    numbers = {int(word) if word.isdecimal() else ordinal_value(word) for word in words} - {None}
    theirs = [term for term in vocabulary.terms_of("part") if vocabulary.belonging(term.tag) & {*programmes}]
    names = [(term.tag, match) for term in theirs for name in term.aliases if (match := _numbered(name))]
    if any(fold(match[1]).casefold().strip() in words for _, match in names):
        return None
    same = {tag: match[0] for tag, match in reversed(names) if {int(match[2])} == numbers}
    return next(iter(same.values())) if len(same) == 1 else None


def _numbered(name: str) -> re.Match[str] | None:
    """A name that ends in its number; the number of « première phase de HOP'EN 2 » is another."""
    match = _NUMBERED_NAME.fullmatch(name)
    has_rank = match is not None and any(ordinal_value(word) is not None for word in _WORD.findall(match[1]))
    return None if has_rank else match
