"""Pure: whether a sentence says of the whole what its text says of a part, or of all what it says of some.

« L'un des apports » is not « l'apport », « dont 518 sont nouveaux » says nothing of all, « 99 % des mises à jour » are
no « 99 % des logiciels », « les éditeurs en retard » are not « les éditeurs », « la déclaration d'activité » is not
« la déclaration de l'agence ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.new_words import Rules
from assistant.pairing import TERM, Items, with_terms_in_one_spelling
from assistant.word_places import Word, clauses, names, read_words

# « l'un des apports », « parmi les services », « fait partie des briques ».
_ONE_OF = re.compile(
    r"\b(?:l'une?|une?|certaine?s|plusieurs|quelques|parmi|partie|autres|dont)\s+(?:des?|d'|les?)\s*(\w+)"
)
_SOME = re.compile(
    r"\b(?:une?|parmi|partie|certaine?s|plusieurs|quelques|dont|compte|figure\w*|autres?|aussi|egalement)\b"
)
_PART_OF = re.compile(r"([^.;!?\n]*)\b(?:f(?:ai|on)t(?: aussi| egalement)? partie|(?:compt|figur)e(?:nt)? parmi)\b")
_THE_ONE = re.compile(r"\b(?:est|etait|sera|sont) (?:les? |la |l')(\w+)")
_OF_WHICH = re.compile(r"\bdont (?:environ |pres de |plus de )?(\d[\d.,]*%?)([^.;!?\n]*)")
_AMOUNT = re.compile(r"\d[\d.,]*(?:[a-z]*[€%])?")
_YEAR = re.compile(r"(?:19|20)\d\d|\d{4}-.*|\d\d:.*")
_MEANS = re.compile(r"\b(?:signifie|veut dire|est le sigle d\w*|est l'acronyme d\w*)\W+([^.;:,()«»\"\n]*[^\W_])")
_LEANS = frozenset({"il", "ils", "elle", "elles", "ce", "c"})
# « les éditeurs en retard », « un médecin sans secrétariat ».
_BY_STATE = frozenset({"en", "sans"})
_PLURALS = re.compile(r"\b(?:les|aux|des|ses|leurs|tous|chaque) (\w+)")
_ADJECTIVE = re.compile(r"(?:aux|[ie]f|ive|el|elle|al|ale|ique|aire|eux|euse|ant|ante|e|ee|u|ue|i|ie)s?$")
_NOT_TOLD_BY = re.compile(r"(?:ment|tion|eur|age|ence|ance)s?$")


def takes_more(sentence: Items, text: Items, rules: Rules) -> bool:
    """Whether the sentence says of more than its text does what it says."""
    one, other = sentence.text.casefold(), text.text.casefold()
    mine, theirs = (clauses(read_words(with_terms_in_one_spelling(part), rules)) for part in (sentence, text))
    return (
        _is_the_one(one, other, rules)
        or _is_of_a_part(one, other, rules)
        or _measures_another(mine, theirs)
        or _has_another_complement(mine, theirs)
        or _narrows_a_number(mine, theirs)
        or _crosses_a_list(mine, theirs)
        or _cuts_a_meaning(one, other)
        or _widens_who(one, other, rules)
        or _widens_who(with_terms_in_one_spelling(sentence), with_terms_in_one_spelling(text), rules)
    )


def _is_the_one(sentence: str, text: str, rules: Rules) -> bool:
    """Whether « est l'un des X » is made « est le X »."""
    some = {name for match in _ONE_OF.finditer(text) for name in rules.names(match[1])}
    if _SOME.search(sentence):
        return False
    identity = _THE_ONE.search(sentence)
    parts = {name for match in _PART_OF.finditer(text) for name in rules.names(match[1])}
    if identity and parts & set(rules.names(sentence[: identity.start()])):
        return True
    the = {name for match in _THE_ONE.finditer(text) for name in rules.names(match[1])}
    said = {name for match in _THE_ONE.finditer(sentence) for name in rules.names(match[1])}
    return bool(said & some - the)


def _is_of_a_part(sentence: str, text: str, rules: Rules) -> bool:
    """Whether what is said of the 518 in « dont 518 … » is said without them."""
    said = names(read_words(sentence, rules))
    for match in _OF_WHICH.finditer(text):
        rest = names(read_words(f"{text[: match.start()]}. {text[match.end() :]}", rules))
        own = names(read_words(match[2], rules)) - rest
        if match[1] not in said and own and len(said & own) * 2 >= len(own):
            return True
    return False


def _measures_another(mine: Sequence[Sequence[Word]], theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether « 99 % des X » or « 12 X » is said where the text has the number of other things alone."""
    held = list(_measured(theirs))
    everywhere = frozenset[str]().union(*(names(clause) for clause in theirs)) if theirs else frozenset[str]()
    said = frozenset[str]().union(*(names(clause) for clause in mine)) if mine else frozenset[str]()
    for amount, is_of, thing in _measured(mine):
        others = {other for number, of, other in held if number == amount and of is is_of}
        if others and thing in everywhere and thing not in others and (is_of or not others & said):
            return True
    return False


def _measured(found: Sequence[Sequence[Word]]) -> Iterator[tuple[str, bool, str]]:
    """Each number with what it measures, and whether « de » stands between."""
    for clause in found:
        for place, word in enumerate(clause[:-1]):
            if not _AMOUNT.fullmatch(word.name) or _YEAR.fullmatch(word.name):
                continue
            after = clause[place + 1]
            is_of = after.said == "de" and place + 2 < len(clause)
            thing = clause[place + 2] if is_of else after
            if thing.name[:1].isalpha():
                yield word.name, is_of, thing.name


def _has_another_complement(mine: Sequence[Sequence[Word]], theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether « la déclaration de B » is said where the text has, each time, « la déclaration de A » and no B in it."""
    held: dict[str, list[frozenset[str]]] = {}
    bare = set[str]()
    for clause in theirs:
        for place, word in enumerate(clause):
            if word.name[:1].isalpha():
                chain = _chain(clause, place)
                held.setdefault(word.name, []).append(chain)
                bare |= set() if chain else {word.name}
    for clause in mine:
        for place, word in enumerate(clause):
            own = _chain(clause, place)
            chains = held.get(word.name, []) if own and word.name not in bare else []
            if chains and not any(own & chain for chain in chains):
                return True
    return False


def _narrows_a_number(mine: Sequence[Sequence[Word]], theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether « trois logiciels » is made « trois logiciels de théâtre »."""
    held: dict[tuple[str, str], list[frozenset[str]]] = {}
    everything = frozenset[str]().union(*(names(clause) for clause in theirs)) if theirs else frozenset[str]()
    for number, noun, clause, place in _counted(theirs):
        leans = any(word.said in _LEANS for word in clause[:2])
        own = _chain(clause, place) | (everything if leans else names(clause[:place]))
        held.setdefault((number, noun), []).append(own)
    for number, noun, clause, place in _counted(mine):
        own = _chain(clause, place)
        if own and held.get((number, noun)) and not any(own & one for one in held[number, noun]):
            return True
    return False


def _cuts_a_meaning(sentence: str, text: str) -> bool:
    """Whether « X signifie A et B » is made « X signifie A »."""
    found = [match[1].split() for match in _MEANS.finditer(text)]
    for match in _MEANS.finditer(sentence):
        said = match[1].split()
        if any(said == other[: len(said)] for other in found) and said not in found:
            return True
    return False


def _counted(found: Sequence[Sequence[Word]]) -> Iterator[tuple[str, str, Sequence[Word], int]]:
    """Each number with the noun after it, and where that stands."""
    for clause in found:
        for place, (one, two) in enumerate(pairwise(clause), 1):
            if one.name.isdigit() and two.name[:1].isalpha() and not _YEAR.fullmatch(one.name):
                yield one.name, two.name, clause, place


def _crosses_a_list(mine: Sequence[Sequence[Word]], theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether « B pour X » is said where the text says « A pour X, B pour Y »."""
    said = frozenset[str]().union(*(names(clause) for clause in mine)) if mine else frozenset[str]()
    for clause in theirs:
        sides = list(_fors(clause))
        for n, (left, right) in enumerate(sides):
            others = sides[:n] + sides[n + 1 :]
            mine_only = right.difference(*(one for _, one in others)) if others else frozenset[str]()
            own = left.difference(*(one for one, _ in others))
            if not mine_only & said or own & said:
                continue
            if any((one - left) & said and not (two - right) & said for one, two in others):
                return True
    return False


def _fors(clause: Sequence[Word]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """What stands before and after « pour » between the commas of a clause."""
    start = 0
    for end in [*(n for n, word in enumerate(clause) if word.said in (",", ":")), len(clause)]:
        part = clause[start:end]
        at = next((n for n, word in enumerate(part) if word.said == "pour"), 0)
        if at:
            yield names(part[:at]), names(part[at:])
        start = end + 1


def _chain(clause: Sequence[Word], place: int) -> frozenset[str]:
    """What belongs to a noun by « de », one after the other; adjectives between do not count."""
    found: list[str] = []
    at = place + 1
    while at < len(clause):
        word = clause[at]
        if word.said == "de":
            if at + 1 >= len(clause) or not clause[at + 1].name[:1].isalpha():
                break
            found.append(clause[at + 1].name)
            at += 2
        elif word.name and not word.is_held:
            found += [word.name] * bool(found)
            at += 1
        else:
            break
    return frozenset(found)


def _widens_who(sentence: str, text: str, rules: Rules) -> bool:
    """Whether « les éditeurs » is said where the text says « les éditeurs en retard » each time."""
    plural = {name for match in _PLURALS.finditer(sentence.casefold()) for name in rules.names(match[1])}
    said = names(read_words(sentence, rules))
    held: dict[str, list[str]] = {}
    for clause in clauses(read_words(text, rules)):
        for place, word in enumerate(clause):
            if word.name in plural:
                held.setdefault(word.name, []).append(_narrowed_by(clause, place))
    return any(all(found) and not said & set(found) for found in held.values())


def _narrowed_by(clause: Sequence[Word], place: int) -> str:
    """The adjective right after a noun, or what follows « en » or « sans » after it and what belongs to it."""
    at = place + 1
    while at + 1 < len(clause) and clause[at].said == "de" and clause[at + 1].name:
        at += 2
    if at + 1 < len(clause) and clause[at].said in _BY_STATE and clause[at + 1].name[:1].isalpha():
        return "" if clause[at + 1].is_held else clause[at + 1].name
    if at != place + 1 or at >= len(clause) or clause[at].is_held or not clause[at].name[:1].isalpha():
        return ""
    word = clause[at]
    is_verb = at + 1 < len(clause) and (clause[at + 1].is_held or clause[at + 1].name[:1].isdigit())
    is_plural = word.said.endswith(("s", "x"))
    if word.name.startswith(TERM):
        return word.name
    if is_verb or not is_plural or not _ADJECTIVE.search(word.said) or _NOT_TOLD_BY.search(word.said):
        return ""
    return word.name
