"""Pure: what a question names by its rank, « le 7e comité », and what speaks of another one of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from assistant.cues import folded
from index.french_numbers import ordinal_value

T = TypeVar("T")
_RANKED = re.compile(r"\b([^\W_]{2,})\s+(?=([^\W\d_]{3,}))")
# Nouns are the same by this many first letters.
_ROOT = 5


def of_rank(found: Iterable[T], text_of: Callable[[T], str], question: str) -> tuple[T, ...]:
    """Those that do not speak of another one only of what the question names by its rank."""
    return tuple(one for one, says in _read(found, text_of, question) if says is not False)


def naming_rank(found: Iterable[T], text_of: Callable[[T], str], question: str) -> tuple[T, ...]:
    """Those that name by its rank what the question names so."""
    return tuple(one for one, says in _read(found, text_of, question) if says)


def _read(found: Iterable[T], text_of: Callable[[T], str], question: str) -> Iterator[tuple[T, bool | None]]:
    """Each with whether it names the rank that is asked: False when only others, None when none of that noun."""
    asked = dict(_ranks(question))
    for one in found:
        said = {rank for noun, rank in _ranks(text_of(one)) if noun in asked} if asked else set()
        yield one, bool(said & {*asked.values()}) if said else None


def _ranks(text: str) -> list[tuple[str, int]]:
    """The nouns that a rank stands before, by their roots, each with its rank."""
    pairs = ((ordinal_value(first), folded(noun)[:_ROOT]) for first, noun in _RANKED.findall(text))
    return [(noun, rank) for rank, noun in pairs if rank is not None]
