"""The words of an open generation: stems, their rarity, and the words that people say for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

from index.keywords import Keywords
from index.synonyms import near_stems, same_words, word_forms

# Names and headings are short.
_SHORT_CHARS = 300
_REMEMBERED_STEMS, _REMEMBERED_TEXTS, _REMEMBERED_QUESTIONS = 1024, 384, 64


class HeldWords:
    """What words a generation holds. Safe to share between threads; what questions ask again is remembered."""

    def __init__(self, keywords: Keywords) -> None:
        self.keywords = keywords
        self._short_stems = lru_cache(_REMEMBERED_STEMS)(keywords.stems)
        self._stem_sets = lru_cache(_REMEMBERED_TEXTS)(keywords.stem_set)
        self._rarities = lru_cache(_REMEMBERED_QUESTIONS)(keywords.rarities)

    def rarities(self, question: str) -> dict[str, float]:
        """The stems of a question's words that name something, and how rare each is among the passages."""
        return dict(self._rarities(question))

    def stems(self, text: str) -> list[str]:
        """The words of a text as they are compared with a question's."""
        return list(self._short_stems(text)) if len(text) <= _SHORT_CHARS else self.keywords.stems(text)

    def stem_set(self, text: str) -> frozenset[str]:
        """The same, each once; texts that are quoted come again."""
        return self._stem_sets(text)

    def word_stems(self, text: str) -> list[str]:
        """The stems of a text's single words that name something, each once."""
        return self.keywords.word_stems(text)

    def near(self, stem: str) -> frozenset[str]:
        """The stems of the words that people say for a word of this stem."""
        return self._near_stems.get(stem, frozenset())

    def forms(self, stem: str) -> frozenset[str]:
        """The stems of the other forms of a word of this stem."""
        return self._form_stems.get(stem, frozenset())

    def same(self, stem: str) -> frozenset[str]:
        """The stems of the words that say the same as a word of this stem."""
        return self._same_stems.get(stem, frozenset())

    @cached_property
    def _form_stems(self) -> Mapping[str, frozenset[str]]:
        return near_stems(self.stems, word_forms())

    @cached_property
    def _same_stems(self) -> Mapping[str, frozenset[str]]:
        return near_stems(self.stems, same_words())

    @cached_property
    def _near_stems(self) -> Mapping[str, frozenset[str]]:
        return near_stems(self.stems)

    def has_stem(self, stem: str) -> bool:
        """Whether a passage holds a word of this stem."""
        return self.keywords.has(stem)

    def knows(self, word: str) -> bool:
        """Whether a passage holds the word, or one that people say for it."""
        return any(self.has_stem(one) for stem in self.stems(word) for one in (stem, *self.near(stem)))
