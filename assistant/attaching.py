"""Pure: whether what hangs together in a sentence does so in its text: complements, items of a list, side clauses.

« Il s'adresse à A pour B, et à C pour D » says nothing of A for D; what « tant que X » says is not what
the clause after it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby

from assistant.new_words import ORDINALS, Rules
from assistant.word_places import Word, clauses, names, read_words

_PREPOSITIONS = frozenset({"a", "pour", "par", "chez", "sur", "avec", "dans", "aupres", "en"})
_ALL = _PREPOSITIONS | {"de", "depuis", "vers", "sans", "contre", "sous"}
_SIDE = re.compile(
    r"(?:^|(?<=[,:;.] ))(?:meme )?(?:tant qu\w*|lorsqu\w*|quand|si|des qu\w*|une fois|avant qu\w*|bien qu\w*|"
    r"alors qu\w*|tandis qu\w*)\b[^,.;:]*(?=,)"
)
_LEADS_ASIDE = re.compile(
    r"\b(?:tant qu|lorsqu|quand|si|s'|des|une fois|avant|bien qu|alors|tandis|qui|dont|en cas|condition|sous|si|apres|"
    r"au moment|lors|car|parce|puisqu)"
)
_ITEM = re.compile(r"^\s*(?:(\d{1,2})[.)]|[-•–])\s+(.*)$", re.MULTILINE)
_LAST = re.compile(r"\bderni(?:er|ere)\b")
_MARKS = frozenset(",:-/|")
_TELLING = frozenset("est sont a ont ete etre et ou ni qui que se s ne n il elle pour au doit peut".split())  # noqa: SIM905
_LEAST_NOUNS = 3
_CAUSES = re.compile(r"\b(?:faire|fait|font|faisait|fera|feront)(?: \w+)? (\w{2,}(?:er|ir|re))\b")
_CLAUSE = re.compile(r"[.;!?](?=\s|$)|\n")


def hangs_otherwise(sentence: str, text: str, rules: Rules) -> bool:
    """Whether the sentence ties together what its text ties otherwise. Both in one spelling."""
    one, other = sentence.casefold(), text.casefold()
    found = clauses(read_words(one, rules)), clauses(read_words(other, rules))
    return (
        _crosses(*found)
        or _are_exchanged(*found)
        or _shuffles(*found)
        or _doubles(found[0]) > _doubles(found[1])
        or _mixes_side_clauses(one, other, rules)
        or is_another_item(one, other, rules)
        or _does_what_others_do_for_it(one, other, rules)
    )


Complement = tuple[int, str, str]


def _complements(clause: Sequence[Word], opening: frozenset[str] = _PREPOSITIONS) -> list[Complement]:
    """Each preposition with its place and what it opens."""
    return [
        (place, word.said, clause[place + 1].name)
        for place, word in enumerate(clause[:-1])
        if word.said in opening and clause[place + 1].name
    ]


def _crosses(mine: Sequence[Sequence[Word]], theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether « à A pour D » is said where the text says « à A pour B, et à C pour D » and nothing nearer."""
    found = [_complements(clause) for clause in theirs]
    for clause in mine:
        said = _complements(clause)
        for n, (_, first, one) in enumerate(said):
            for _, second, two in said[n + 1 :]:
                ways = list(_ways(found, (first, one), (second, two)))
                if first != second and ways and all(ways):
                    return True
    return False


def _are_exchanged(mine: Sequence[Sequence[Word]], theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether « de A depuis B » is made « de B depuis A »."""
    held = [{(opening, name) for _, opening, name in _complements(clause, _ALL)} for clause in theirs]
    anywhere = set[tuple[str, str]]().union(*held)
    for clause in mine:
        for (_, first, one), (_, second, two) in combinations(_complements(clause, _ALL), 2):
            if first == second or one == two or {(first, one), (second, two)} & anywhere:
                continue
            if any({(second, one), (first, two)} <= pairs for pairs in held):
                return True
    return False


def _shuffles(mine: Sequence[Sequence[Word]], theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether nouns of the text stand in another order: « avance d’ouverture des demandes »."""
    held = list(_phrases_of_nouns(theirs))
    alike = [[one for one in held if sorted(one) == sorted(phrase)] for phrase in _phrases_of_nouns(mine)]
    return any(ones and phrase not in ones for phrase, ones in zip(_phrases_of_nouns(mine), alike, strict=True))


def _phrases_of_nouns(found: Sequence[Sequence[Word]]) -> Iterator[list[str]]:
    """The words of each run between marks that holds no number, verb of being or link."""
    for clause in found:
        for is_mark, run in groupby(clause, key=lambda word: word.said in _MARKS):
            words = list(run)
            named = [word.name for word in words if word.name]
            is_plain = not any(word.said in _TELLING or word.name[:1].isdigit() for word in words)
            if not is_mark and is_plain and len(named) >= _LEAST_NOUNS:
                yield named


def _doubles(found: Sequence[Sequence[Word]]) -> int:
    """How often something is said to be of itself: « le Ségur du Ségur »."""
    return sum(
        bool(one.name) and two.said == "de" and one.name == three.name
        for clause in found
        for one, two, three in zip(clause, clause[1:], clause[2:], strict=False)
    )


def _ways(found: Sequence[Sequence[Complement]], one: tuple[str, str], two: tuple[str, str]) -> Iterator[bool]:
    """For each place where a clause has both, in this order: whether another pair of the kind stands between."""
    for complements in found:
        for n, (_, first, name) in enumerate(complements):
            for m in range(n + 1, len(complements)):
                if (first, name) == one and complements[m][1:] == two:
                    between = [said for _, said, _ in complements[n + 1 : m]]
                    yield two[0] in between and one[0] in between[between.index(two[0]) :]


def _mixes_side_clauses(sentence: str, text: str, rules: Rules) -> bool:
    """Whether a sentence without a side clause joins what a side clause of the text and its main clause say."""
    if _LEADS_ASIDE.search(sentence):
        return False
    said = names(read_words(sentence, rules))
    for clause in _CLAUSE.split(text):
        for match in _SIDE.finditer(clause.strip()):
            inside = names(read_words(match[0], rules))
            outside = names(read_words(clause.strip().replace(match[0], " "), rules))
            if said & (inside - outside) and said & (outside - inside) and said <= inside | outside | rules.neutral:
                return True
    return False


def _does_what_others_do_for_it(sentence: str, text: str, rules: Rules) -> bool:
    """Whether « ils font financer la mise à jour » is made « ils financent la mise à jour »."""
    if _CAUSES.search(sentence) or re.search(r"\b(?:est|sont|ete|etre|par)\b", sentence):
        return False
    said = names(read_words(sentence, rules))
    caused = {name for match in _CAUSES.finditer(text) for name in rules.names(match[1])}
    rest = names(read_words(_CAUSES.sub(" ", text), rules))
    return bool((caused - rest) & said)


def is_another_item(sentence: str, text: str, rules: Rules) -> bool:
    """Whether « le troisième pilier » is said of another item than the third of a list. In small letters."""
    found = _ITEM.findall(text)
    items = {int(number) if number else n: names(read_words(item, rules)) for n, (number, item) in enumerate(found, 1)}
    if len(items) < 2:
        return False
    said = names(read_words(sentence, rules))
    wanted = [number for word, number in ORDINALS.items() if re.search(rf"\b{word}\b", sentence)]
    wanted += [max(items)] * bool(_LAST.search(sentence))
    for number in wanted:
        if number not in items:
            continue
        others = [len(said & held) for other, held in items.items() if other != number]
        if len(said & items[number]) < max(others):
            return True
    return False
