"""Pure: whether what a sentence joins or denies is joined or denied so in its text.

Two that the text names side by side (« une liste et un annuaire ») do nothing to each other; two that it names apart
are not joined by « et » with what it says of one alone; who « n'obtient pas » does not obtain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.new_words import Rules
from assistant.pairing import Items, with_terms_in_one_spelling
from assistant.word_places import Word, clauses, names, read_words

_AND = frozenset({"et", "ou"})
_JOINING = frozenset({"et", "ou", "ni", ",", "comme", "ainsi", "avec", "puis", "dont", ":", "(", "/", "soit", "entre"})
_SECOND = frozenset({"pas", "plus", "jamais", "aucun", "aucune", "rien"})
_DENIES = _SECOND | {"sans", "non", "ni", "ne", "n"}
_PRONOUNS = frozenset({"il", "ils", "elle", "on", "ce", "c", "qui", "cela"})
_BELONGING = frozenset({"de", "a", "en"})
_THEMSELVES = frozenset({"eux", "elles", "lui", "meme", "memes"})
_OPENING = frozenset({"par", "a", "pour", "chez", "avec", "dans", "sur", "aupres", "vers"})
_NOT_THESE = re.compile(
    r"\b(?:pas|non|ni|sans|sauf|hors) (?:pas |pour |chez |dans )*(?:les? |la |l'|des? |du |aux? |d')?(\w+)"
)
_REACH, _ITEM = 5, 4


def joins_what_is_apart(sentence: Items, text: Items, rules: Rules) -> bool:
    """Whether the sentence ties two things by more or less than its text does."""
    mine, theirs = (clauses(read_words(with_terms_in_one_spelling(one), rules)) for one in (sentence, text))
    return (
        _relates(mine, theirs)
        or _says_what_is_denied(mine, theirs)
        or _denies_more(mine, theirs)
        or _adds_to_a_list(mine, theirs)
    )


def says_what_headings_deny(sentence: str, quoted: str, above: str, rules: Rules) -> bool:
    """Whether the sentence takes a word from a heading that says « pas les X », and does not deny. In one spelling."""
    said, held = (names(read_words(one, rules)) for one in (sentence, quoted))
    if any(word.said in _DENIES for word in read_words(sentence, rules)):
        return False
    denied = {name for match in _NOT_THESE.finditer(above.casefold()) for name in rules.names(match[1])}
    return bool(denied & said - held)


def _relates(mine: Sequence[Sequence[Word]], theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether a verb or preposition stands between two that the text has side by side alone."""
    pairs = {pair for clause in theirs for pair in _side_by_side(clause)}
    for one, two in pairs:
        together = [clause for clause in theirs if {one, two} <= names(clause)]
        if any((one, two) not in set(_side_by_side(clause)) for clause in together):
            continue
        for clause in mine:
            places = {word.name: place for place, word in reversed(list(enumerate(clause))) if word.name in (one, two)}
            if len(places) < len({one, two}):
                continue
            between = clause[min(places.values()) + 1 : max(places.values())]
            if between and not _JOINING & {word.said for word in between}:
                return True
    return False


def _side_by_side(clause: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """The nouns, each with its article, that « et », « ou » or commas join in one list."""
    for place, word in enumerate(clause[:-1]):
        after = clause[place + 1]
        if word.said not in _AND or not after.name[:1].isalpha() or not after.is_held:
            continue
        items = [after.name, *_items_before(clause, place)]
        yield from combinations(reversed(items), 2)


def _items_before(clause: Sequence[Word], place: int) -> Iterator[str]:
    """The heads of the listed phrases that end at a place, the last one first; « pour A, B et C » lists no A."""
    is_first = True
    for at in range(place - 1, -1, -1):
        word, before = clause[at], clause[at - 1].said if at else ","
        if not word.name and word.said not in _BELONGING | {","}:
            return
        if not word.name or not word.is_held or before in _BELONGING:
            continue
        if before in _OPENING and not is_first:
            return
        yield word.name
        if before != ",":
            return
        is_first = False


def _says_what_is_denied(mine: Sequence[Sequence[Word]], theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether « X obtient » is said, in whatever order, where the text says « X n'obtient pas » and nothing else."""
    if any(word.said in _DENIES for clause in mine for word in clause):
        return False
    for clause in theirs:
        for place, word in enumerate(clause):
            if word.said not in ("ne", "n") or not _SECOND & {one.said for one in clause[place : place + _REACH]}:
                continue
            verb = next((one.name for one in clause[place + 1 : place + 1 + _REACH] if one.name), "")
            who = names([one for one in clause[:place] if one.said not in _THEMSELVES])
            if not verb or not who or _PRONOUNS & {one.said for one in clause[:place]}:
                continue
            elsewhere = any(verb in names(one) and who & names(one) for one in theirs if one is not clause)
            if not elsewhere and any(verb in names(one) and who <= names(one) for one in mine):
                return True
    return False


def _denies_more(mine: Sequence[Sequence[Word]], theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether « n'encaisse rien » is said where the text says « n'encaisse rien au titre de l'équipement »."""
    held = [(verb, rest) for clause in theirs for verb, rest in _denied(clause)]
    for clause in mine:
        for verb, rest in _denied(clause):
            theirs_rests = [other for one, other in held if one == verb]
            if theirs_rests and not any(not other or other & (rest | names(clause)) for other in theirs_rests):
                return True
    return False


def _denied(clause: Sequence[Word]) -> Iterator[tuple[str, frozenset[str]]]:
    """Each verb after « ne » with what is named after it."""
    for place, word in enumerate(clause):
        if word.said in ("ne", "n") and _SECOND & {one.said for one in clause[place : place + _REACH]}:
            at = next((n for n in range(place + 1, min(len(clause), place + 1 + _REACH)) if clause[n].name), None)
            if at is not None:
                yield clause[at].name, names([one for one in clause[at + 1 :] if one.said not in _SECOND])


def _adds_to_a_list(mine: Sequence[Sequence[Word]], theirs: Sequence[Sequence[Word]]) -> bool:
    """Whether « A fait V par B et C » is said where the text says so of B, and never names C with them."""
    held = [names(clause) for clause in theirs]
    for clause in mine:
        for place, word in enumerate(clause):
            start = max((at for at in range(place) if clause[at].said in _OPENING), default=0)
            skipped = place + 1 + (place + 1 < len(clause) and clause[place + 1].said == clause[start].said)
            added = [one for one in clause[skipped : skipped + _ITEM] if one.name[:1].isalpha()]
            if word.said != "et" or not start or len(added) != 1 or skipped + len(added) < len(clause):
                continue
            base, item = names(clause[:start]), names(clause[start:place])
            if any(base | item <= one for one in held) and not any(base | {added[0].name} <= one for one in held):
                return True
    return False
