"""Pure: whether what a sentence puts first comes first in its text: « A suit B », « B, puis A », « A après B »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.new_words import Rules
from assistant.word_places import names, read_words

_CLAUSE = re.compile(r"[.;!?](?=\s|$)|\n")
# What follows the first comes first, what follows the second comes last; a day after them is a bound.
_OPENS = re.compile(r"\b(?:(apres|une fois|a la suite d\w*)|(avant))\b(?! (?:l[ea] )?\d)")
_THEN = re.compile(r"\b(?:puis|ensuite)\b")
_FOLLOWS = re.compile(r"\b(?:suit|suivent|suivait|suivaient|succede\w*|prend la suite|prennent la suite|fait suite)\b")
_PRECEDES = re.compile(r"\bpreced(?:e|ent|ait|aient)\b")
_WHEN = re.compile(r"\b(?:quand|lorsqu\w*|au moment|pendant qu\w*|chaque fois|tant qu\w*)(?!\w)")
_WHENEVER = re.compile(
    r"\b(?:quand|lors\w*|moment|pendant|fois|tant|en cas|dans \w+ cas|si|s'|des (?:qu|l)\w*|condition|chaque|qui|dont|"
    r"selon|reserve|apres|au cours)(?!\w)"
)
# What comes first, what comes last.
Order = tuple[frozenset[str], frozenset[str]]


def orders_otherwise(sentence: str, text: str, rules: Rules) -> bool:
    """Whether the sentence turns the order of its text round, or gives one of its own. Both in one spelling."""
    one, other = sentence.casefold(), text.casefold()
    if _WHEN.search(one) and not _WHENEVER.search(other):
        return True
    held = [*_by_link(other, rules), *_by_verb(other, rules)]
    for order in _by_link(one, rules):
        found = [_agreement(order, another) for another in held]
        if found and max(found) < 0:
            return True
    return any(max((_agreement(order, one) for one in held), default=0) <= 0 for order in _by_verb(one, rules))


def _agreement(mine: Order, theirs: Order) -> int:
    """How much more of both stands in one order than the other way round."""
    first, last, earlier, later = mine[0] - mine[1], mine[1] - mine[0], theirs[0] - theirs[1], theirs[1] - theirs[0]
    return len(first & earlier) + len(last & later) - len(first & later) - len(last & earlier)


def _by_link(text: str, rules: Rules) -> Iterator[Order]:
    """« Après A, B », « B avant A », « A, puis B »."""
    for clause in _CLAUSE.split(text):
        for match in _OPENS.finditer(clause):
            before, after = clause[: match.start()], clause[match.end() :]
            inside, _, rest = after.partition(",") if not before.strip(" ,") else (after, "", "")
            one, two = _named(inside, rules), _named(f"{before} {rest}", rules)
            yield (one, two) if match[1] else (two, one)
        for match in _THEN.finditer(clause):
            yield _named(clause[: match.start()], rules), _named(clause[match.end() :], rules)


def _by_verb(text: str, rules: Rules) -> Iterator[Order]:
    """« B suit A », « A précède B »."""
    for clause in _CLAUSE.split(text):
        for pattern, is_later in ((_FOLLOWS, True), (_PRECEDES, False)):
            for match in pattern.finditer(clause):
                one, two = _named(clause[: match.start()], rules), _named(clause[match.end() :], rules)
                yield (two, one) if is_later else (one, two)


def _named(text: str, rules: Rules) -> frozenset[str]:
    return names(read_words(text, rules))
