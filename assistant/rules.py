"""What the checks of a sentence need, of an index: its vocabulary, its stems, and the words that say the same."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from assistant.new_words import Rules
from index.searching import Index
from index.synonyms import near_stems, word_forms
from index.words import content_words


def rules_of(index: Index) -> Rules:
    """The rules for an index."""
    groups, acts = _same_words()
    forms, near = near_stems(index.stems, word_forms()), near_stems(index.stems, groups)
    nothing = frozenset[str]()
    return Rules(
        index.vocabulary,
        lambda text: list(index.rarities(text)),
        lambda stem: forms.get(stem, nothing),
        lambda stem: near.get(stem, nothing),
        frozenset(index.stems(acts)),
    )


@cache
def _same_words() -> tuple[tuple[tuple[str, ...], ...], str]:
    """The groups of `same_words.toml`, and its verbs of action."""
    content = tomllib.loads(resources.files("assistant").joinpath("same_words.toml").read_text(encoding="utf-8"))
    return tuple(tuple(content_words(line)) for line in content["groups"]), str(content["acts"])
