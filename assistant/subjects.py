"""Pure: whether who does something, or what it is done to, is who does it and what it is done to in the text.

Any verb counts, told by its place: an article or number follows it (« affiche un bon bilan »). What belongs to the one
who acts does not act in its stead: « la phase 1 du plan compte huit objectifs » is not « le plan compte huit objectifs ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from assistant.new_words import Rules
from assistant.pairing import TERM, Items, with_terms_in_one_spelling
from assistant.said_of import attributes
from assistant.word_places import Word, clauses, names, read_words

_FINITE = re.compile(r"(?:[^e\W]e|[^m\W]ent|[dt]|ont|ait|aient|r[ae]|ront)$")
_INFINITIVE = re.compile(r"(?:er|ir|re|oir)$")
_NOUN = re.compile(r"(?:ments?|tions?|eurs?|ages?|ites?|iques?|aires?|ance|ence|ure)$")
_PRONOUNS = frozenset({"il", "ils", "elle", "elles", "on", "ce", "c", "cela", "celui", "celle", "ceux", "celles"})
_RELATIVES = frozenset({"que", "dont", "lequel", "laquelle", "lesquels", "lesquelles", "auquel", "auxquels", "duquel"})
_CLITICS = frozenset(
    "ne n se s y en lui leur l pas plus donc aussi alors ainsi ensuite egalement deja puis "
    "doit doivent devait devaient peut peuvent pouvait pouvaient a ont avait avaient fait font".split()  # noqa: SIM905
)
_PREPOSITIONS = frozenset("a de pour en par sans sur dans avec chez vers sous afin".split())  # noqa: SIM905
_BEFORE_EN = frozenset("et ou , il ils elle elles qui on n ne".split())  # noqa: SIM905
_BELONGING = frozenset({"de", "a", "en"})
_AND = frozenset({"et", "ou", "puis"})
_COUNTED = re.compile(r"\d{1,3}")
_IS = "est "
_BE = frozenset("est sont etait etaient sera seront ete etre faut fallait faudra".split())  # noqa: SIM905
_NO_VERBS = frozenset({"avant", "apres", "pendant", "durant", "suivant", "concernant", "environ"})
_THIS = re.compile(r"\b(?:ce|cet|cette|ces) (\w+)")
_LOOK_BACK = 3
_NOTHING = Word("", "")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase of nouns: what it is about, and all that it names."""

    heads: frozenset[str]
    named: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Deed:
    """A verb, who does it, what it is done to; None where that is not told."""

    verb: str
    doer: _Phrase | None
    done_to: _Phrase | None


def does_otherwise(sentence: Items, text: Items, rules: Rules) -> bool:
    """Whether a verb of the sentence has another doer or object than anywhere in the text."""
    one, other = (with_terms_in_one_spelling(part) for part in (sentence, text))
    theirs = list(_deeds(other, rules))
    said, held = (names(read_words(part, rules)) for part in (one, other))
    # What a text may mean by « ce programme », and what it names by its own name.
    meant = frozenset(name for match in _THIS.finditer(text.text.casefold()) for name in rules.names(match[1]))
    termed = frozenset(name for name in held if name.startswith(TERM))
    for deed in _deeds(one, rules):
        alike = [one for one in theirs if one.verb == deed.verb]
        doers, objects = [one.doer for one in alike], [one.done_to for one in alike]
        # What else a thing is said to be is for `said_of` to judge.
        is_state = deed.verb.startswith(_IS)
        if deed.doer and _all(doers) and is_state and all(_belongs(deed.doer, one, said) for one in doers):
            return True
        if deed.doer and _all(doers) and not is_state and not any(_may_do(deed.doer, one, said, held, meant, termed) for one in doers):
            return True
        if deed.done_to and _all(objects) and all(_belongs(deed.done_to, one, said) for one in objects):
            return True
    return False


def _all(phrases: Sequence[_Phrase | None]) -> TypeGuard[list[_Phrase]]:
    return bool(phrases) and None not in phrases


def _may_do(
    mine: _Phrase,
    other: _Phrase,
    said: frozenset[str],
    held: frozenset[str],
    meant: frozenset[str],
    termed: frozenset[str],
) -> bool:
    """Whether the doer of the sentence may be the text's."""
    if mine.heads & other.heads or other.heads & meant:
        return True
    return not _belongs(mine, other, said) and not mine.heads & held and not other.named & termed


def _belongs(mine: _Phrase, other: _Phrase, said: frozenset[str]) -> bool:
    """Whether what the sentence speaks of only belongs, in the text, to something that the sentence does not name."""
    return not mine.heads & other.heads and mine.heads <= other.named and not other.heads & said


def _deeds(text: str, rules: Rules) -> Iterator[_Deed]:
    earlier: frozenset[str] = frozenset()
    for clause in clauses(read_words(text, rules)):
        for place in range(len(clause)):
            if _is_verb(clause, place):
                yield _read(clause, place, earlier)
        for at, place in attributes(clause):
            start = at - 1
            while start >= 0 and clause[start].said in _CLITICS:
                start -= 1
            yield _Deed(f"{_IS}{clause[place].name}", _doer(clause, start, earlier), None)
        if not any(word.said in _PRONOUNS for word in clause[:_LOOK_BACK]):
            earlier = names(clause) or earlier


def _is_verb(clause: Sequence[Word], place: int) -> bool:
    word = clause[place]
    if not word.name[:1].isalpha() or word.is_held or _NOUN.search(word.said) or word.said in _NO_VERBS:
        return False
    is_infinitive = _INFINITIVE.search(word.said) is not None
    if not is_infinitive and not _FINITE.search(word.said):
        return False
    one, two = (clause[place - n] if place >= n else _NOTHING for n in (1, 2))
    is_clitic = one.said == "en" and (two.said in _BEFORE_EN or place == 1)
    if one.said in _PREPOSITIONS and not is_infinitive and not is_clitic:
        return False
    after = clause[place + 1] if place + 1 < len(clause) else _NOTHING
    is_before_number = _COUNTED.fullmatch(after.name) is not None and bool(one.name) and not is_infinitive
    return one.said in ("se", "s") or (bool(after.name) and after.is_held) or is_before_number


def _read(clause: Sequence[Word], place: int, earlier: frozenset[str]) -> _Deed:
    start = place - 1
    while start >= 0 and clause[start].said in _CLITICS:
        start -= 1
    verb, after = clause[place].name, _phrase_after(clause, place + 1)
    if start >= 0 and clause[start].said in _RELATIVES:
        return _Deed(verb, after, None)
    is_self = place > 0 and clause[place - 1].said in ("se", "s")
    return _Deed(verb, _doer(clause, start, earlier), None if is_self else after)


def _doer(clause: Sequence[Word], at: int, earlier: frozenset[str]) -> _Phrase | None:
    """Who does what a verb after this place says."""
    if at < 0 or clause[at].said in _BE | _PREPOSITIONS:
        return None
    if clause[at].said == "qui":
        found = _phrase_before(clause, at - 1 - (clause[at - 1].said == ","))
        return found and _Phrase(found.named, found.named)
    before = any(word.name for word in clause[:at])
    leans = any(word.said in _PRONOUNS for word in clause[:_LOOK_BACK])
    if clause[at].said in _PRONOUNS or (clause[at].said in _AND and leans):
        return _Phrase(earlier, earlier) if earlier and (leans or not before) else None
    if clause[at].said == ",":
        opened = max((n for n in range(at) if clause[n].said == ","), default=0)
        return _phrase_before(clause, opened - 1)
    return None if clause[at].is_edge and clause[at].said != ")" else _phrase_before(clause, at)


def _phrase_before(clause: Sequence[Word], at: int) -> _Phrase | None:
    """The phrase that ends at a place; what stands in brackets after a noun is another name of it."""
    named, group, heads, aside = set[str](), set[str](), set[str](), set[str]()
    while at >= 0:
        word = clause[at]
        if word.said == ")":
            opened = max((n for n in range(at) if clause[n].said == "("), default=0)
            aside |= names(clause[opened + 1 : at])
            at = opened - 1
            continue
        if not word.name:
            break
        named.add(word.name)
        group.add(word.name)
        before = clause[at - 1] if at else _NOTHING
        if before.said in _BELONGING | {"et", "ou"}:
            heads |= group if before.said not in _BELONGING else set()
            group = set()
            at -= 2
        elif before.said == ")" or (before.name and not word.is_held):
            at -= 1
        else:
            break
    if not named:
        return None
    return _Phrase(frozenset(heads | group) | aside or frozenset(named), frozenset(named | aside))


def _phrase_after(clause: Sequence[Word], at: int) -> _Phrase | None:
    """The phrase that begins at a place, after an article or with a number."""
    if at >= len(clause) or not clause[at].name:
        return None
    heads, named, is_head = set[str](), set[str](), True
    for word in clause[at:]:
        if not word.name and word.said not in _BELONGING | {"et", "ou", ",", "(", ")"}:
            break
        is_head = not word.said == "de" and (is_head or word.said in ("et", "ou", ",", "("))
        if word.name:
            named.add(word.name)
            heads |= {word.name} if is_head else set()
    return _Phrase(frozenset(heads), frozenset(named))
