"""Pure: whether words of a sentence stand in each other's place, or what two clauses say is run together.

Words that the text uses are compared by what stands beside them: where exchanging two of them makes the sentence say
what the text says, they had changed places. Words that are listed side by side may come in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from assistant.new_words import Rules
from assistant.word_places import Word, clauses, names, read_words, unbracketed
from index.words import fold

_SEPARATORS = frozenset({"et", "ou", "ni", ",", "/"})
_HOLDING = frozenset({"de", "a", "pour", "en"})
# A listed item between two others has no more words than these.
_ITEM_WORDS = 2
_RELATIVES = frozenset({"qui", "dont", "que", "ou"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_AMOUNT = re.compile(r"[\d.,]+(?:m€|k€|md€|€|%)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNITS = frozenset("jour jours mois an ans annee annees semaine semaines heure heures".split())  # noqa: SIM905
_CLEFT = re.compile(r"^\W*(?:c'est|ce sont)\b.*\bqu(?:e\b|')", re.IGNORECASE)
_ANAPHORS = frozenset(
    "il ils elle elles ce cela celui celle ceux celles y en lui leur dont qui on cette cet ces son sa ses".split()  # noqa: SIM905
)
# An exchange tells when so many more of the words beside both are as in the text.
_TELLING, _TELLING_NUMBERS = 3, 2
# The sides on which stands what names something.
_NAMING = (1, 3)
Context = tuple[int, str]


def exchanges(sentence: str, text: str, rules: Rules) -> bool:
    """Whether two words of the sentence stand in each other's place. Both in one spelling."""
    mine, theirs = read_words(sentence, rules), read_words(text, rules)
    held: dict[str, set[Context]] = {}
    for place, word in enumerate(theirs):
        if word.name:
            held.setdefault(word.name, set()).update(_contexts(theirs, place))
    if _CLEFT.search(sentence):
        return False
    verbs = frozenset(map(rules.name, rules.acts))
    places = [place for place, word in enumerate(mine) if word.name in held]
    for one, two in combinations(places, 2):
        first, second = mine[one].name, mine[two].name
        is_act = any(mine[place].name in verbs and not mine[place].is_held for place in (one, two))
        if first == second or is_act or _is_list(mine, one, two):
            continue
        least = _TELLING_NUMBERS if first[0].isdigit() and second[0].isdigit() else _TELLING
        if _is_agent(mine, one, theirs) or _is_agent(mine, two, theirs):
            continue
        turned = {first: second, second: first}
        gains = [_gains(mine, place, held, turned) for place in (one, two)]
        both = any(min(gain[side] for gain in gains) > 0 for side in _NAMING)
        total = sum(sum(gain) for gain in gains)
        # « …, l'archive d'images » and « une passerelle, la DRIMbox »: two things that explain what stands before them.
        is_bare = total > 1 and all(place and mine[place - 1].is_edge for place in (one, two))
        if total >= least or (both and total > 1) or is_bare:
            return True
    return False


def _is_agent(mine: Sequence[Word], place: int, theirs: Sequence[Word]) -> bool:
    """« payé par l'ASP » where the text says it in the active voice."""
    return place > 0 and mine[place - 1].said == "par" and all(word.said != "par" for word in theirs)


def _gains(
    mine: Sequence[Word], place: int, held: dict[str, set[Context]], turned: dict[str, str]
) -> tuple[int, int, int, int]:
    """On each of the four sides of a place, whether what stands there is as in the text with the other word there."""
    name = mine[place].name
    gains = [0, 0, 0, 0]
    for side, beside in _contexts(mine, place):
        gains[side] += ((side, turned.get(beside, beside)) in held[turned[name]]) - ((side, beside) in held[name])
    return gains[0], gains[1], gains[2], gains[3]


def _contexts(words: Sequence[Word], place: int) -> Iterator[Context]:
    """What stands beside a place: the next word and the next that names something, on either side, in its phrase."""
    for side, step in ((0, -1), (2, 1)):
        at = place + step
        if step > 0 and at + 1 < len(words) and words[at].said == "," and words[at + 1].said in _RELATIVES:
            at += 1
        if 0 <= at < len(words) and not words[at].is_edge:
            yield side, words[at].name or words[at].said
        while 0 <= at < len(words) and not words[at].is_edge:
            if words[at].name:
                yield side + 1, words[at].name
                break
            at += step


def _is_list(words: Sequence[Word], one: int, two: int) -> bool:
    """Whether two words are items of one list: marks, « et » or « ou » between, and short items if any."""
    between = [word.said for word in words[one + 1 : two] if word.said not in _HOLDING]
    if not between or between[0] not in _SEPARATORS or between[-1] not in _SEPARATORS:
        return False
    if two + 1 < len(words) and (words[two + 1].name or words[two + 1].said in _HOLDING):
        return False
    run = 0
    for said in between:
        run = 0 if said in _SEPARATORS else run + 1
        if run > _ITEM_WORDS:
            return False
    return True


def runs_together(sentence: str, text: str, around: str, rules: Rules) -> bool:
    """Whether a phrase of the sentence is made of pieces that no clause of the text says together."""
    theirs = _said_together(clauses(read_words(_rows_in_one(text), rules)))
    anywhere = frozenset[str]().union(*theirs) if theirs else frozenset[str]()
    everywhere = (names(read_words(around, rules)) - _rivals(text, around, rules)) | (rules.neutral - rules.acts)
    for phrase in _phrases(read_words(sentence, rules)):
        mine = (names(phrase) & anywhere) - everywhere
        if len(mine) > 1 and not any(mine <= clause for clause in theirs):
            return True
    return False


def _rivals(text: str, around: str, rules: Rules) -> frozenset[str]:
    """The terms of headings of whose kind the text names another: who knows which of them a sentence is about."""
    held, above = (rules.vocabulary.find(one) for one in (text, around))
    kinds: dict[str, set[str]] = {}
    for mention in (*held, *above):
        kinds.setdefault(mention.tags[0].kind, set()).add(mention.tags[0].id)
    named = {mention.tags[0].kind for mention in held}
    rivals = [one.text for one in above if one.tags[0].kind in named and len(kinds[one.tags[0].kind]) > 1]
    return names(read_words(fold("\n".join(rivals)), rules))


def _rows_in_one(text: str) -> str:
    """The text with the cells of a row (« subject — column : cell ») as one clause."""
    return re.sub(r" ;\n(?=[^\n]+ - )", ", ", text)


def _said_together(found: Sequence[Sequence[Word]]) -> list[frozenset[str]]:
    """What each clause names, with what the one before names where it leans on that one."""
    together: list[frozenset[str]] = []
    opened: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()
    for clause in found:
        own = names(clause)
        if clause[-1].said == ":":
            opened = own
        elif any(word.said in _ANAPHORS for word in clause[:3]):
            own |= opening
        else:
            opening = frozenset([word.name for word in clause if word.name[:1].isalpha()][:_SUBJECT]) or opening
        together.append(own | opened)
    return together


def _phrases(words: Sequence[Word]) -> list[tuple[Word, ...]]:
    phrases: list[list[Word]] = [[]]
    for word, after in zip(words, (*words[1:], Word(".", "")), strict=True):
        if word.said == "," and (after.said in _TIED or (len(phrases) == 1 and words[0].said in _LEADS)):
            continue
        if word.is_edge or word.said in _PARTS:
            phrases.append([])
        else:
            phrases[-1].append(word)
    return [tuple(phrase) for phrase in phrases if phrase]


# So many words that a clause names first may be what the next one leans on.
_SUBJECT = 3
# After a comma, what these open belongs to what comes before.
_TIED = frozenset({"avec", "sans", "par", "sur", "chez", "contre"})
_LEADS = frozenset({"chez", "en", "pour", "a", "dans", "sur"})
_PARTS = frozenset({"et", "ou", "mais", "puis", "qui", "dont", "car", "donc", "quand", "lorsque", "si"})


def days_elsewhere(sentence: str, text: str, rules: Rules) -> bool:
    """Whether a day of the sentence stands with what the text puts beside another day: « 15/12 pour la pose »."""
    said, held = (_beside_days(read_words(one, rules)) for one in (sentence, text))
    return _is_with_another(said, held)


def amounts_elsewhere(sentence: str, text: str, rules: Rules) -> bool:
    """Whether what follows an amount follows another one in the text: « 250 M€ d'abord, puis 750 M€ en 2027 »."""
    said, held = (_after_amounts(read_words(one, rules)) for one in (sentence, text))
    return _is_with_another(said, held)


def _is_with_another(said: Iterable[tuple[str, frozenset[str]]], held: Iterable[tuple[str, frozenset[str]]]) -> bool:
    """Whether a thing said shares no word of what is beside it with itself as held, and some with another thing."""
    theirs = list(held)
    for thing, mine in said:
        own = [len(mine & beside) for other, beside in theirs if other == thing]
        others = [len(mine & beside) for other, beside in theirs if other != thing]
        if own and others and max(own) == 0 < max(others):
            return True
    return False


def _after_amounts(words: Sequence[Word]) -> Iterator[tuple[str, frozenset[str]]]:
    for phrase in _phrases(unbracketed(words)):
        places = [n for n, word in enumerate(phrase) if _AMOUNT.fullmatch(word.name) and not _YEAR.fullmatch(word.name)]
        if len(places) == 1:
            after = phrase[places[0] + 1 :]
            yield phrase[places[0]].name, frozenset(names(after[1:] if after and after[0].said in _UNITS else after))


def _beside_days(words: Sequence[Word]) -> Iterator[tuple[str, frozenset[str]]]:
    for phrase in _phrases(words):
        days = [word.name for word in phrase if _DAY.fullmatch(word.name)]
        if len(days) == 1:
            yield days[0], frozenset(name for name in names(phrase) if not name[0].isdigit())
