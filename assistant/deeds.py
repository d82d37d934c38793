"""Pure: who does what to what in a text, for any verb, told by its place: an article or number follows it.

« La phase 1 du plan compte huit objectifs »: « la phase 1 » acts, « du plan » only belongs to it. What is only said to
be so or done (« est attendue ») is a state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.new_words import Rules
from assistant.pairing import TERM
from assistant.said_of import attributes
from assistant.word_places import Word, clauses, names, read_words

_FINITE = re.compile(r"(?:[^e\W]e|[^m\W]ent|[dt]|ont|ait|aient|r[ae]|ront)$")
_PARTICIPLE = re.compile(r"(?:e|i|u|is|it|ert)(?:e?s?)$")
_HAVE = frozenset({"a", "ont", "avait", "avaient"})
_INFINITIVE = re.compile(r"(?:er|ir|re|oir)$")
_NOUN = re.compile(r"(?:[aeiouym]ments?|tions?|eurs?|ages?|ites?|iques?|aires?|ance|ence)$")
_PRONOUNS = frozenset({"il", "ils", "elle", "elles", "on", "ce", "c", "cela", "celui", "celle", "ceux", "celles"})
_RELATIVES = frozenset({"que", "dont", "lequel", "laquelle", "lesquels", "lesquelles", "auquel", "auxquels", "duquel"})
_CLITICS = frozenset(
    {
        *"ne n se s y en lui leur l pas plus donc aussi alors ainsi ensuite egalement deja puis".split(),  # noqa: SIM905
        *"doit doivent devait devaient peut peuvent pouvait pouvaient a ont avait avaient fait font".split(),  # noqa: SIM905
    }
)
_PREPOSITIONS = frozenset("a de pour en par sans sur dans avec chez vers sous afin".split())  # noqa: SIM905
_BEFORE_EN = frozenset("et ou , il ils elle elles qui on n ne".split())  # noqa: SIM905
_BELONGING = frozenset("de a en dans pour par chez sur sans avec entre".split())  # noqa: SIM905
_AND = frozenset({"et", "ou", "puis"})
_BE = frozenset("est sont etait etaient sera seront ete etre faut fallait faudra".split())  # noqa: SIM905
_NO_VERBS = frozenset({"avant", "apres", "pendant", "durant", "suivant", "concernant", "environ"})
_ALSO_CALLED = frozenset("et ou , ( ) appele appelee appeles appelees dit dite dits dites soit deja".split())  # noqa: SIM905
_EACH = frozenset({"chaque", "tout", "toute", "tous", "toutes"})
_COUNTED = re.compile(r"\d{1,3}")
_LOOK_BACK = 3
_NOTHING = Word("", "")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of nouns: what it is about, all that it names, and the names of each of those joined in it."""

    heads: frozenset[str]
    named: frozenset[str]
    joined: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with its place's word, who does it, what it is done to; None where that is not told."""

    verb: str
    said: str
    is_state: bool
    doer: Phrase | None
    done_to: Phrase | None
    takes_some: bool = False


def read_deeds(text: str, rules: Rules, *, of_some: bool = False) -> Iterator[Deed]:
    """The deeds and states of a text in one spelling; `of_some`: « nationale de » may be read as « recense des »."""
    earlier: Phrase | None = None
    for clause in clauses(read_words(text, rules)):
        places = [
            place for place in range(len(clause)) if _is_verb(clause, place) or (of_some and _takes_some(clause, place))
        ]
        for place in places:
            yield _read(clause, place, earlier)
        # « Les salles ont jusqu'au 12 pour signer. »
        for at in (n for n, word in enumerate(clause[:-1]) if word.said in _HAVE and clause[n + 1].said == "jusqu"):
            yield Deed("jusqu", "jusqu", False, _doer(clause, at - 1, earlier), None)
        states = list(attributes(clause))
        for at, place in states:
            yield Deed(clause[place].name, clause[place].said, True, _doer(clause, _back(clause, at), earlier), None)
        if not any(word.said in _PRONOUNS for word in clause[:_LOOK_BACK]):
            first = min((*places, *(at for at, _ in states)), default=len(clause))
            everything = names(clause[:first]) or names(clause)
            told = _doer(clause, _back(clause, first), None) if first < len(clause) else None
            earlier = told or (Phrase(everything, everything) if everything else earlier)


def _back(clause: Sequence[Word], at: int) -> int:
    """The place before a verb and the small words that go with it."""
    at -= 1
    while at >= 0 and clause[at].said in _CLITICS:
        at -= 1
    return at


def _is_verb(clause: Sequence[Word], place: int) -> bool:
    word = clause[place]
    is_self = place > 0 and clause[place - 1].said in ("se", "s")
    one, two = (clause[place - n] if place >= n else _NOTHING for n in (1, 2))
    is_infinitive = _INFINITIVE.search(word.said) is not None
    is_held = word.is_held and not (is_infinitive and one.said == "de")
    if not word.name[:1].isalpha() or is_held or word.said in _NO_VERBS:
        return False
    if _NOUN.search(word.said) and not is_self:
        return False
    has_done = one.said in _HAVE and _PARTICIPLE.search(word.said) is not None
    if not is_infinitive and not has_done and not _FINITE.search(word.said):
        return False
    is_clitic = one.said == "en" and (two.said in _BEFORE_EN or place == 1)
    if one.said in _PREPOSITIONS and not (is_infinitive or is_clitic or has_done):
        return False
    after = clause[_object_at(clause, place)] if _object_at(clause, place) < len(clause) else _NOTHING
    is_held = after.is_held or after.name.startswith(TERM) or (after.said == "que" and not is_infinitive)
    is_before_number = _COUNTED.fullmatch(after.name) is not None and (has_done or bool(one.name)) and not is_infinitive
    return is_self or (is_held and (bool(after.name) or after.said in ("de", "que"))) or is_before_number


def _object_at(clause: Sequence[Word], place: int) -> int:
    """Where what a verb acts on begins: « met en cause la qualité »."""
    is_phrase = place + 3 < len(clause) and clause[place + 1].said in ("en", "a") and clause[place + 3].is_held
    return place + 3 if is_phrase and clause[place + 2].name and not clause[place + 2].is_held else place + 1


def _takes_some(clause: Sequence[Word], place: int) -> bool:
    """« recense des ressources », as far as it can be told."""
    if place + 2 >= len(clause) or clause[place + 1].said != "de" or not clause[place + 2].name:
        return False
    if not place or not (clause[place - 1].name or clause[place - 1].said in _PRONOUNS | _CLITICS):
        return False
    return _is_verb((*clause[: place + 1], clause[place + 2]), place)


def _read(clause: Sequence[Word], place: int, earlier: Phrase | None) -> Deed:
    start = _back(clause, place)
    first = _object_at(clause, place)
    opened = first + (first < len(clause) and clause[first].said == "de")
    word, after = clause[place], _phrase_after(clause, opened)
    if start >= 0 and clause[start].said in _RELATIVES:
        return Deed(word.name, word.said, False, after, None)
    is_self = place > 0 and clause[place - 1].said in ("se", "s")
    done_to = None if is_self else after
    return Deed(word.name, word.said, False, _doer(clause, start, earlier), done_to, opened > first)


def _doer(clause: Sequence[Word], at: int, earlier: Phrase | None) -> Phrase | None:
    """Who does what a verb after this place says."""
    if at < 0 or clause[at].said in _BE | _PREPOSITIONS:
        return None
    if clause[at].said == "qui":
        found = _phrase_before(clause, at - 1 - (clause[at - 1].said == ","))
        return found and Phrase(found.named, found.named)
    before = any(word.name for word in clause[:at])
    leans = any(word.said in _PRONOUNS for word in clause[:_LOOK_BACK])
    if clause[at].said in _PRONOUNS or (clause[at].said in _AND and leans):
        return earlier if leans or not before else None
    if clause[at].said == ",":
        return _explained(clause, at)
    return None if clause[at].is_edge and clause[at].said != ")" else _phrase_before(clause, at)


def _explained(clause: Sequence[Word], at: int) -> Phrase | None:
    """« La prestation, c'est-à-dire le transcodage des examens, doit … »: both, without what belongs to them."""
    opened = max((n for n in range(at) if clause[n].said == ","), default=0)
    found = _phrase_before(clause, opened - 1)
    aside = _phrase_after(clause[:at], next((n for n in range(opened + 1, at) if clause[n].is_held), at))
    if found is None or aside is None:
        return found
    return Phrase(found.heads | aside.heads, found.named | aside.named)


def _phrase_before(clause: Sequence[Word], at: int) -> Phrase | None:
    """The phrase that ends at a place; what stands in brackets after a noun is another name of it."""
    named, group, aside = set[str](), set[str](), set[str]()
    heads: list[frozenset[str]] = []
    nearest: frozenset[str] | None = None
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
        at -= at > 0 and clause[at - 1].said in _EACH
        before = clause[at - 1] if at else _NOTHING
        if before.said in _BELONGING:
            group = set()
            at -= 2
        elif before.said in ("et", "ou"):
            heads.append(frozenset(group))
            nearest = nearest or frozenset(named)
            group = set()
            at -= 2
        elif before.said == ")" or (before.name and not word.is_held):
            at -= 1
        else:
            at -= 1
            break
    if not named:
        return None
    if nearest and at >= 0 and not clause[at].is_edge and clause[at].said not in ("qui", "que"):
        # « X est clos et son arrêté paraît »: what stands before « et » is of another clause.
        return Phrase(heads[0] or nearest, nearest)
    heads += [frozenset(group)] * bool(group)
    own = frozenset[str]().union(*heads) | aside or frozenset(named)
    return Phrase(own, frozenset(named | aside), tuple(heads) if len(heads) > 1 else ())


def _phrase_after(clause: Sequence[Word], at: int) -> Phrase | None:
    """The phrase that begins at a place, after an article or with a number."""
    if at >= len(clause) or not clause[at].name:
        return None
    heads, named, is_head = set[str](), set[str](), True
    joined: list[set[str]] = [set()]
    for word in clause[at:]:
        if not word.name and word.said not in _BELONGING | _ALSO_CALLED:
            break
        is_head = word.said not in _BELONGING and (is_head or word.said in ("et", "ou", ",", "("))
        if word.said in ("et", "ou"):
            joined.append(set())
        if word.name:
            named.add(word.name)
            heads |= {word.name} if is_head else set()
            joined[-1] |= {word.name} if is_head else set()
    groups = tuple(frozenset(one) for one in joined if one)
    return Phrase(frozenset(heads), frozenset(named), groups if len(groups) > 1 else ())
