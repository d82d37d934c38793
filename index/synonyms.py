"""Words that people say for one another: « papiers » and « pièces », « forcé » and « obligatoire ». Pure.

The groups of `synonyms.toml` are everyday and administrative French; a programme's own terms are in its vocabulary.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import resources

from index.words import content_words

# What a word counts that stands for another, where the word itself counts 1. Chosen on the working questions.
NEARNESS = 0.7


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    return (*word_forms(), *_lines("groups"))


@cache
def word_forms() -> tuple[tuple[str, ...], ...]:
    """The groups of forms of one word, and the nouns that come from it: « recevoir », « reçu », « réception »."""
    return _lines("forms")


@cache
def same_words() -> tuple[tuple[str, ...], ...]:
    """The groups of words that say the same where one text repeats another."""
    return _lines("same")


@cache
def _lines(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(content_words(line)) for line in _read()[name])


@cache
def _read() -> dict[str, list[str]]:
    return tomllib.loads(resources.files("index").joinpath("synonyms.toml").read_text(encoding="utf-8"))


def near_stems(
    stems: Callable[[str], list[str]], groups: Iterable[Iterable[str]] | None = None
) -> Mapping[str, frozenset[str]]:
    """For each stem of the groups, the stems of the words near it, itself left out."""
    near: dict[str, set[str]] = {}
    for group in _groups() if groups is None else groups:
        members = dict.fromkeys(stems(" ".join(group)))
        for stem in members:
            near.setdefault(stem, set()).update(members)
    return {stem: frozenset(others - {stem}) for stem, others in near.items()}
