"""Pure: whether what is said of a thing is said of it in the text: « la DRIMbox est étendue », and who did it.

A participle or attribute belongs to the noun before it; a participle beside a noun names nobody who did it; who
does what is « payé par » somebody is that somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.new_words import Rules
from assistant.participles import COPULAS, NOUN, PREPOSITIONS, bare_participles
from assistant.word_places import Word, clauses, names, read_words, unbracketed
from index.words import fold

_PRONOUNS = frozenset("il ils elle elles ce c cela celui celle ceux celles qui que on y se s".split())  # noqa: SIM905
_DENIES = frozenset({"pas", "plus", "jamais", "aucun", "aucune"})
_ADVERBS = frozenset("desormais maintenant deja encore toujours aussi donc bien ainsi alors souvent".split())  # noqa: SIM905
_LINKING = frozenset({"de", "a", "en", "et", "ou", ","})
_ATTRIBUTE = re.compile(r"(?:us?|ues|(?:ert|if|al|el|ien)e?s?|(?:iv|bl|air|oir|iqu)es?|aux)$")
_PASSIVE = re.compile(r"(?:e|i|u|is|it|ert)e?s?$")
# Between a copula and what is said stand no more words than these; so many may separate « payé » from « par ».
_BETWEEN, _BY_WITHIN, _BY_AFTER, _AGENT = 3, 4, 7, 4
_AUXILIARY_BEFORE = 3


def said_of_another(sentence: str, text: str, written: str, rules: Rules) -> bool:
    """Whether an attribute of the sentence is another's in the text, or who acts is not who acts there.

    Both in one spelling; `written` is the text as it is.
    """
    bare = frozenset(fold(one).casefold() for one, _ in bare_participles(written))
    mine, theirs = (clauses(read_words(one, rules)) for one in (sentence, text))
    held = frozenset[str]().union(*(names(clause) for clause in theirs)) if theirs else frozenset[str]()
    return any(
        _is_anothers(clause, theirs, bare)
        or _is_done_by_another(clause, theirs, held)
        or _is_done_to_who_does(clause, theirs)
        for clause in mine
    )


def _is_anothers(clause: Sequence[Word], theirs: Sequence[Sequence[Word]], bare: frozenset[str]) -> bool:
    held = frozenset[str]().union(*(names(one) for one in theirs))
    for at, place in attributes(clause):
        subject = _subject(clause, at)
        if subject is None or not subject & held:
            continue
        if clause[place].is_held and _are_two(subject, clause[place].name, theirs):
            return True
        is_denied = _is_denied(clause, at)
        owners = [owner for other in theirs for owner in _owners(other, clause[place].name, bare, is_denied=is_denied)]
        if owners and None not in owners and not any(subject & owner for owner in owners if owner is not None):
            return True
        copulas = [
            (other, there) for other in theirs for there, k in attributes(other) if other[k].name == clause[place].name
        ]
        if len(copulas) == len(owners) > 0 and all(_is_without_head(clause, at, subject, *one) for one in copulas):
            return True
    return False


def _are_two(subject: frozenset[str], name: str, theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether « A est la B » is said of what the text names side by side: « A et la B »."""
    for clause in map(unbracketed, theirs):
        for place in (place for place, word in enumerate(clause) if word.name == name):
            joined = max((at for at in range(place) if clause[at].said in ("et", "ou")), default=-1)
            first = max(
                (at for at in range(max(0, joined)) if clause[at].said in COPULAS or clause[at].is_edge), default=-1
            )
            between = {word.said for word in clause[joined + 1 : place]}
            if joined > 0 and not between & (COPULAS | {","}) and names(clause[first + 1 : joined]) >= subject:
                return True
    return False


def _is_without_head(
    clause: Sequence[Word], at: int, subject: frozenset[str], other: Sequence[Word], there: int
) -> bool:
    """Whether « le matériel de la DRIMbox est » is made « la DRIMbox est »."""
    mine, theirs = _head(clause, at), _head(other, there)
    belongs = any(two.name == mine and one.said == "de" for one, two in pairwise(other[:there]))
    return bool(mine and theirs) and theirs not in subject and belongs


def _head(clause: Sequence[Word], at: int) -> str:
    """The first name of what stands before a copula: what its other names belong to."""
    head = ""
    for place in range(at - 1, -1, -1):
        word = clause[place]
        if not word.name and word.said not in _LINKING - {","} | {"ne", "n"}:
            break
        if word.name[:1].isalpha():
            head = word.name
            if word.is_held and not (place and clause[place - 1].said in _LINKING):
                break
    return head


def attributes(clause: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """The places of each copula and of the first word that it says of its subject."""
    for at, word in enumerate(clause):
        if word.said not in COPULAS or (at and clause[at - 1].said in COPULAS):
            continue
        for place in range(at + 1, min(at + 1 + _BETWEEN, len(clause))):
            other = clause[place]
            if other.is_edge or other.said in PREPOSITIONS or other.name[:1].isdigit():
                break
            if other.name and other.said not in _DENIES | _ADVERBS and not other.said.endswith("ment"):
                yield at, place
                break


def _subject(clause: Sequence[Word], at: int) -> frozenset[str] | None:
    """What is named before a copula; None when a pronoun stands for it."""
    near = [word.said for word in clause[max(0, at - 2) : at]]
    if _PRONOUNS & set(near):
        return None
    return frozenset(name for name in names(clause[:at]) if not name[0].isdigit()) or None


def _is_denied(clause: Sequence[Word], at: int) -> bool:
    before = {word.said for word in clause[max(0, at - 2) : at]}
    return bool(before & {"ne", "n"}) and any(word.said in _DENIES for word in clause[at + 1 : at + 1 + _BETWEEN])


def _owners(
    clause: Sequence[Word], name: str, bare: frozenset[str], *, is_denied: bool
) -> Iterator[frozenset[str] | None]:
    """Of what a clause says it, wherever it does: None where that is not told."""
    said = {place: at for at, place in attributes(clause)}
    for place, word in enumerate(clause):
        if word.name != name:
            continue
        if place in said:
            is_other = not is_denied and _is_denied(clause, said[place])
            yield frozenset() if is_other else _subject(clause, said[place])
        elif place and (word.said in bare or _is_attribute(word)):
            yield _antecedent(clause, place)
        elif not word.is_held:
            yield None


def _is_attribute(word: Word) -> bool:
    return _ATTRIBUTE.search(word.said) is not None and NOUN.search(word.said) is None and not word.is_held


def _antecedent(clause: Sequence[Word], place: int) -> frozenset[str] | None:
    """The noun, with what belongs to it, right before a place: « le document » in « remplace le document envoyé »."""
    found: set[str] = set()
    at = place - 1
    if clause[at].said == ",":
        at -= 1
    while at >= 0 and (clause[at].name or clause[at].said in _LINKING):
        if clause[at].name:
            found.add(clause[at].name)
            if clause[at].is_held and not (at and clause[at - 1].said in _LINKING):
                break
        at -= 1
    return frozenset(found) or None


def _is_done_by_another(clause: Sequence[Word], theirs: Sequence[Sequence[Word]], held: frozenset[str]) -> bool:
    """Whether the sentence gives a deed to somebody where the text says « par » whom it was done."""
    for place, word in enumerate(clause):
        if not word.name or word.is_held or NOUN.search(word.said):
            continue
        if doer := _agent(clause, place):
            if _is_anothers_deed(word, doer, theirs, held):
                return True
            continue
        before = [other.said for other in clause[max(0, place - _AUXILIARY_BEFORE) : place]]
        subject = _subject(clause, place)
        if COPULAS & set(before) or subject is None or not subject & held or place + 1 >= len(clause):
            continue
        if not before or before[-1] in PREPOSITIONS or clause[place + 1].said in PREPOSITIONS:
            continue
        places = [(other, at) for other in theirs for at, one in enumerate(other) if one.name == word.name]
        agents = [_agent(other, at) for other, at in places]
        if agents and all(agents) and not any(subject & set(agent) for agent in agents):
            return True
    return False


def _is_anothers_deed(verb: Word, doer: Sequence[str], theirs: Sequence[Sequence[Word]], held: frozenset[str]) -> bool:
    """Whether « V par X » is said where the text says V « par » others only, or V of nobody and nothing « par » X."""
    agents = [_agent(other, at) for other in theirs for at, one in enumerate(other) if one.name == verb.name]
    if agents and not any(agents) and doer[0] in held:
        return _is_only_done_elsewhere(verb, doer[0], theirs)
    if doer[0] not in held or not all(agents) or any(doer[0] in agent for agent in agents):
        return False
    return bool(agents) or not _by(theirs, frozenset(doer), verb)


def _is_only_done_elsewhere(verb: Word, doer: str, theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether a text that says V of nobody, « est rejeté », says « signé par » the doer."""
    for clause in theirs:
        for place, word in enumerate(clause):
            before = {one.said for one in clause[max(0, place - _AUXILIARY_BEFORE) : place]}
            if word.name == verb.name and not COPULAS & before:
                return False
    return any(
        doer in _agent(clause, place)
        for clause in theirs
        for place, word in enumerate(clause)
        if word.name and word.name != verb.name and word.said != verb.said
    )


def _by(theirs: Sequence[Sequence[Word]], doer: frozenset[str], verb: Word) -> bool:
    """Whether something is said to be done « par » one of them, or one of them to be the first named of a clause.

    Who is « concerné par » something is not said to be acted on.
    """
    if verb.said.startswith("concern"):
        return True
    for clause in theirs:
        first = next((word.name for word in clause if word.name), "")
        if first in doer or any(doer & set(_agent(clause, place)) for place in range(len(clause))):
            return True
    return False


def _is_done_to_who_does(clause: Sequence[Word], theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether « les dates ne changent pas » is made « ceux qui ne changent pas les dates »."""
    for place, word in enumerate(clause):
        after = next((one for one in clause[place + 1 :] if one.said not in _DENIES), None)
        if not word.name or word.is_held or NOUN.search(word.said) or after is None or not after.is_held:
            continue
        if not after.name[:1].isalpha():
            continue
        places = [(other, at) for other in theirs for at, one in enumerate(other) if one.name == word.name]
        if places and all(_does(other, at, after.name) for other, at in places):
            return True
    return False


def _does(clause: Sequence[Word], place: int, name: str) -> bool:
    """Whether what stands right before a verb, and nowhere after it, has the name."""
    at = place - 1
    while at >= 0 and clause[at].said in ("ne", "n"):
        at -= 1
    return (
        at >= 0
        and name in (_antecedent(clause, at + 1) or ())
        and not clause[place].is_held
        and all(word.name != name for word in clause[place + 1 :])
        and not COPULAS & {word.said for word in clause[max(0, place - _AUXILIARY_BEFORE) : place]}
    )


def _agent(clause: Sequence[Word], place: int) -> tuple[str, ...]:
    """Who did it, after « par », of a participle at a place, the nearest first; empty where that is not said."""
    if not _PASSIVE.search(clause[place].said):
        return ()
    is_passive = bool(COPULAS & {word.said for word in clause[max(0, place - _AUXILIARY_BEFORE) : place]})
    within = _BY_AFTER if is_passive else _BY_WITHIN
    for at in range(place + 1, min(place + 1 + within, len(clause))):
        if clause[at].said == "par":
            found: list[str] = []
            for word in clause[at + 1 :]:
                if word.said in PREPOSITIONS - {"de"} or word.is_edge or len(found) == _AGENT:
                    break
                found += [word.name] * bool(word.name)
            return tuple(found)
        if clause[at].is_edge or clause[at].said in COPULAS | {"si", "s", "qui", "que", "quand"}:
            break
    return ()
