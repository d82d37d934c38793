"""Pure: a text as words in order, each by one name for all its forms, to compare what stands beside what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.new_words import Rules
from index.words import STOP_WORDS

_WORD = re.compile(r"\d(?:[\w.,:-]*\w)?[€%]?|[^\W_]+(?:-[^\W_]+)*|[^\w\s]|\n")
_DETERMINERS = frozenset(
    "le la les l un une ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos".split()  # noqa: SIM905
)
_CONTRACTED = {"du": "de", "des": "de", "d": "de", "au": "a", "aux": "a", "qu": "que", "lorsqu": "lorsque"}
_SKIPPED = frozenset("'\"«»")
# « au plus tard »: a direction, whose place in the sentence is free.
_TIMES = frozenset({"avant", "apres"})
_NAMELESS = frozenset({"tard", "tot", "minimum", "maximum"})
EDGES = frozenset(",;:.!?()|/\n-")
CLAUSE_EDGES = frozenset(";.!?\n")
_BESIDE = 6


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark: as said, and the name that all its forms share, empty for what names nothing.

    `is_held` after an article or the like: it names a thing, and is no verb.
    """

    said: str
    name: str
    is_held: bool = False

    @property
    def is_edge(self) -> bool:
        """Whether it is a mark that ends a phrase."""
        return self.said in EDGES


def read_words(text: str, rules: Rules) -> tuple[Word, ...]:
    """The words and marks of a text in one spelling, without determiners, contractions undone."""
    return tuple(_words(text, rules))


def _words(text: str, rules: Rules) -> Iterator[Word]:
    is_held = False
    for said in _WORD.findall(text.casefold()):
        if said in _SKIPPED:
            continue
        if said not in _DETERMINERS:
            yield Word(_CONTRACTED.get(said, said), _name(said, rules), is_held)
        is_held = said in _DETERMINERS or said in _CONTRACTED or said == "de"


def _name(said: str, rules: Rules) -> str:
    if said[0].isdigit():
        return said
    if said in _TIMES:
        return said
    if not said[0].isalpha() or said in STOP_WORDS or said in _NAMELESS or len(said) < 2:
        return ""
    found = rules.names(said)
    return found[0] if len(found) == 1 else said.replace("-", "") * bool(found)


def clauses(words: Sequence[Word]) -> list[tuple[Word, ...]]:
    """The words between the marks that end a clause; what a line with a colon opens is said of every item after it."""
    found: list[tuple[Word, ...]] = []
    start = 0
    for place, word in enumerate((*words, Word(".", ""))):
        is_decimal = word.said == "." and place + 1 < len(words) and words[place + 1].said[0].isdigit()
        if word.said in CLAUSE_EDGES and not is_decimal:
            if place > start:
                found.append(tuple(words[start:place]))
            start = place + 1
    return found


def names(words: Sequence[Word]) -> frozenset[str]:
    """What the words name."""
    return frozenset(word.name for word in words if word.name)


def unbracketed(words: Sequence[Word]) -> list[Word]:
    """The words that stand in no brackets: « le SONS (système ouvert) finance »."""
    depth, found = 0, []
    for word in words:
        depth += (word.said == "(") - (word.said == ")")
        found += [word] * (depth == 0 and word.said != ")")
    return found


def neighbour(words: Sequence[Word], place: int, step: int) -> str:
    """What is named nearest to a place on one side, in its clause and within a few words."""
    for at in range(place + step, place + step * (_BESIDE + 1), step):
        if not 0 <= at < len(words) or words[at].said in CLAUSE_EDGES:
            return ""
        if words[at].name:
            return words[at].name
    return ""
