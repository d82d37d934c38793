"""« Oui. » and « Non. » answer one question: it is quoted with them, and they answer no other. Pure."""

from __future__ import annotations

import re
from typing import Protocol

from assistant.covering import Weighed, roots
from index.records import Page, Passage, Span
from index.splitting import sentence_spans
from index.vocabulary import Vocabulary

_VERDICT = re.compile(
    r"(?:oui|non|si(?=[,.!])|pas (?:forcément|nécessairement|toujours|encore|du tout)|bien sûr|tout à fait|absolument"
    r"|effectivement|en effet|jamais|cela dépend|ça dépend|en partie)\b(?![-’'])",
    re.IGNORECASE,
)
# The share of the asked words that question and answer hold, and of the answered question's that the asked one holds.
_ABOUT = 0.7
# From this nearness of meaning on, in standard deviations, other words may ask the same.
_NEAR = 2.75


class Compared(Protocol):
    """What comparing questions needs of an opened index."""

    def rarities(self, question: str) -> dict[str, float]:
        """The stems of the words and their rarity."""

    def near(self, stem: str) -> frozenset[str]:
        """The stems of words near one."""

    def stems(self, text: str) -> list[str]:
        """The stems of a text's words."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The terms of the programme."""

    def sentence_deviations(self, text: str, passage: Passage) -> list[float]:
        """How near the text is to each sentence, in standard deviations."""


def is_verdict(text: str) -> bool:
    """Whether the text begins with a yes or no, which says nothing without its question."""
    return _VERDICT.match(text) is not None


def question_before(page: Page, offset: int) -> Span | None:
    """The question that ends right before a place: the heading above it, or the last sentence before it."""
    before = next((block for block in reversed(page.blocks) if block.start < offset), None)
    if before is None or before.kind == "row":
        return None
    spans = list(sentence_spans(page.text, before.start, min(before.end, offset)))
    if not spans or not page.text[: spans[-1][1]].endswith("?"):
        return None
    start = before.start if before.kind == "heading" else spans[-1][0]
    return Span(page.number, start, spans[-1][1], page.text[start : spans[-1][1]])


def is_of_another(asked: str, passage: Passage, question: Span, index: Compared) -> bool:
    """Whether a passage of yes or no answers a question that is about something else than the one asked."""
    mine, theirs = (_labelled(text, index.vocabulary) for text in (asked, question.quote))
    shared = held(mine, f"{theirs} {_labelled(passage.text, index.vocabulary)}", index) + held(theirs, mine, index)
    return shared < _ABOUT and max(index.sentence_deviations(asked, passage)) < _NEAR


def _labelled(text: str, vocabulary: Vocabulary) -> str:
    """The text with its terms by their names: the same term is the same words."""
    for mention in reversed(vocabulary.find(text)):
        names = " ".join(vocabulary.label(tag) for tag in mention.tags)
        text = f"{text[: mention.start]}{names}{text[mention.end :]}"
    return text


def held(question: str, text: str, index: Compared) -> float:
    """The share of the question's words, weighted by rarity, that the text holds or says by a near word."""
    words = index.rarities(question)
    near = {stem: roots(index.near(stem)) for stem in words}
    return Weighed.of(words, near).near_cover(roots(index.stems(text)))
