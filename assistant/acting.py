"""Pure: whether who acts and who is acted on have changed places: « l'éditeur paie l'État ».

The words before and after a verb of action are compared: what stood before it must not stand after it and the other way
round, unless the voice changed (« est payé par »), and then it must.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.new_words import Rules
from assistant.pairing import CLAUSE_END

_WORD = re.compile(r"[^\W\d_]+")
_PARTICIPLE = re.compile(r"(?:e|i|u|is|it|ert)e?s?$")
_BE = frozenset({"est", "sont", "etait", "etaient", "sera", "seront"})
# Between the verb and « par » stand no more words than these.
_REACH = 6


def roles_turned(sentence: str, text: str, rules: Rules) -> bool:
    """Whether the sentence turns round what a clause of the text says. Both in one spelling."""
    theirs = [_read(clause, rules) for clause in CLAUSE_END.split(text)]
    for clause in CLAUSE_END.split(sentence):
        mine = _read(clause, rules)
        best = max(theirs, key=lambda other: len(mine.keys() & other.keys()), default=None)
        if best is not None and _turned(mine, best, rules.acts):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a word stands in its clause, its stems of its forms, whether who did it follows it, or it is to be done."""

    at: int
    stems: frozenset[str]
    is_passive: bool
    is_due: bool
    has_done: bool


def _read(clause: str, rules: Rules) -> dict[str, _Place]:
    """The words of a clause that occur once, by the first stem of their forms."""
    words = _WORD.findall(clause)
    places: dict[str, _Place] = {}
    twice: set[str] = set()
    for place, word in enumerate(words):
        for stem, name in zip(rules.stems(word)[:1], rules.names(word), strict=False):
            stems = rules.forms(stem) | {stem}
            twice |= {name} & places.keys()
            places[name] = _Place(
                place, stems, _is_passive(words, place), _is_due(words, place), _has_done(words, place)
            )
    return {name: found for name, found in places.items() if name not in twice}


def _is_passive(words: Sequence[str], place: int) -> bool:
    return _PARTICIPLE.search(words[place]) is not None and "par" in words[place + 1 : place + 1 + _REACH]


def _is_due(words: Sequence[str], place: int) -> bool:
    """« Le solde est à déposer »: what stands before it is not who does it."""
    return list(words[max(0, place - 1) : place]) == ["a"] and bool(_BE & set(words[max(0, place - 3) : place]))


def _has_done(words: Sequence[str], place: int) -> bool:
    """« a signalé »: whatever the verb, somebody did it."""
    return words[max(0, place - 1) : place] in (["a"], ["ont"]) and _PARTICIPLE.search(words[place]) is not None


def _turned(mine: dict[str, _Place], theirs: dict[str, _Place], acts: frozenset[str]) -> bool:
    shared = sorted(mine.keys() & theirs.keys(), key=lambda name: mine[name].at)
    for n, verb in enumerate(shared):
        here, there = mine[verb], theirs[verb]
        if not (acts & here.stems or here.has_done) or here.is_due is not there.is_due:
            continue
        before = [theirs[name].at < there.at for name in shared[:n]]
        after = [theirs[name].at < there.at for name in shared[n + 1 :]]
        if not before or not after:
            continue
        # What stood before stands after, and something of the other side before: unless the voice changed.
        if here.is_passive is there.is_passive and not any(before) and any(after):
            return True
        if here.is_passive is not there.is_passive and all(before) and not any(after):
            return True
    return False
