"""« Le premier volet de CaRE » where the parts of CaRE are called domains: its first domain, written out. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.french_numbers import ordinal_value
from index.records import Tag
from index.terms import TermMention, UnknownTerm
from index.vocabulary import Vocabulary
from index.words import fold

_WORD = re.compile(r"\w+")
_NUMBERED_NAME = re.compile(r"(\D+)(\d{1,2})")


def with_own_parts(text: str, vocabulary: Vocabulary) -> str:
    """The question, each numbered part that is none of the programmes named written as theirs of the same number.

    As it is where no programme is named, or not just one part of theirs has the number.
    """
    found = vocabulary.find(text, typing_errors=True)
    programmes = [tag for one in found for tag in one.tags if tag.kind == "programme"]
    numbered: tuple[TermMention | UnknownTerm, ...] = (*found, *vocabulary.unknown_numbered(text))
    others = [one for one in numbered if _is_of_others(one, programmes, vocabulary)]
    for mention in sorted(others, key=lambda one: -one.start):
        meant = _alike(mention.text, programmes, vocabulary)
        if meant is not None:
            text = f"{text[: mention.start]}{meant}{text[mention.end :]}"
    return text


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
    names = [(term.tag, match) for term in theirs for name in term.aliases if (match := _NUMBERED_NAME.fullmatch(name))]
    if any(fold(match[1]).casefold().strip() in words for _, match in names):
        return None
    same = {tag: match[0] for tag, match in reversed(names) if {int(match[2])} == numbers}
    return next(iter(same.values())) if len(same) == 1 else None
