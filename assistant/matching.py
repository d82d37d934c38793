"""Whether two questions ask the same in other words. Pure: a wrong yes would serve a wrong answer, a no costs nothing.

Everything that can be told apart must agree: the terms, the kind of answer wanted, numbers and dates, negations, and
the words that name something. Vectors only judge what is left, since near vectors are what near misses have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant import date_cues
from assistant.cues import folded, load_cues
from assistant.query import Query
from index.dating_expressions import find_expressions
from index.dating_words import flatten
from index.records import Tag
from index.terms import TermMention
from index.words import content_words

# Stems of a text, and how rare each of a text's words is among the passages.
Stems = Callable[[str], Sequence[str]]
Rarities = Callable[[str], Mapping[str, float]]

# Calibrated on tests/assistant/near_questions.jsonl: the rarity of the words that only one question has, and the least
# cosine of the two; a question that has a word more must be nearer.
_APART, _LIKE, _LIKE_APART = 3.0, 0.90, 0.95

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ORDINAL = re.compile(r"\d+|premi\w+|deuxi\w+|second\w*|troisi\w+|quatri\w+|une?|deux|trois|quatre|la|le|les")
_SPELLED = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|cent|mille|moitie|tiers|quart|"
    r"premi\w+|second\w*|deuxiem\w+|troisiem\w+|seul\w*|chaque|tous|toutes|chacun\w*)\b"
)
# Words that turn a question round, or say which side of something is meant.
_TURNS = {
    "negation": re.compile(
        r"\bne\b|\bn'|\bpas\b|\bjamais\b|\baucun\w*|\bsans\b|\bsauf\b|\bhors\b|\bhormis\b|\bexcept\w+|\bexclu\w*|\bnon\b|"
        r"\bplus (?:possible|eligible|besoin|le droit|oblig\w+|accept\w+)|\bni\b|\brefus\w*|\brejet\w*"
    ),
    "before": re.compile(r"\bavant (?!quand|quel)"),
    "after": re.compile(r"\bapres\b|\bsuit\w*|\bensuite\b"),
    "least": re.compile(r"\bmini\w*|\bau moins\b|\bplancher\b|\bseuil"),
    "most": re.compile(r"\bmaxi\w*|\bau plus\b(?! tard)|\bplafon\w+"),
    "former": re.compile(r"\bancien\w*|\binitial\w*|\bauparavant\b|\bprecedent\w*|\bd'origine\b|\bau depart\b"),
    "change": re.compile(r"\breport\w*|\bdecal\w+|\bprolong\w+|\brepouss\w+|\bmodifi\w+|\bchang\w+|\bretard\w*"),
    "money": re.compile(r"\bpay\w+|\bpaie\w*|\bcout\w*|\bprix\b|\btarif\w*|\bfinanc\w+|\bmontant\w*|\bforfait\w*"),
    "hour": re.compile(r"\bheures?\b|\b\d+ ?h\b"),
    "must": re.compile(r"\boblig\w+|\bimpos\w+|\bfor[cç]\w+|\bexig\w+|\bfaut\b|\bdoi[stv]\w*|\bdevons\b|\bdevez\b"),
    "next": re.compile(r"\bprochain\w*|\bsuivant\w*|\ba venir\b|\bfutur\w*"),
    "where": re.compile(r"\bou (?!quand)(?=\w)|\badresse\b|\bsite\b|\blien\b"),
}
# Too common in questions to tell two apart; what they mean is compared by other means.
_PLAIN = re.compile(
    r"concern\w+|ete|fai[rts]\w*|suis|sommes|etes|est|ai|avons|doit|dois|doivent|devons|devez|faut|peu[txv]\w*|pouv\w+|"
    r"programme\w*|cadre|titre|question|information\w*|infos?|exact\w*|precis\w*|actuel\w*|aujourd|hui|svp|merci|aide[rz]?"
)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a question asks, as far as it can be told; two questions of one sense may share an answer.

    `surfaces` are the stems of the words that name each term; `words` the stems beside the terms that name something,
    with their rarity; `text` is what vectors compare.
    """

    frame: tuple[object, ...]
    surfaces: Mapping[tuple[Tag, ...], frozenset[str]]
    words: Mapping[str, float]
    text: str


def sense_of(query: Query, mentions: Sequence[TermMention], stems: Stems, rarities: Rarities) -> Sense | None:
    """The sense of a query in whose text these terms are named; None when no stored answer can serve it.

    What leans on the day it is asked, lacks something, or is no question about the programme is never served.
    """
    if query.aside is not None or query.lacks is not None or query.relative is not None or query.unknown:
        return None
    rest = _without(query.text, [(one.start, one.end) for one in mentions])
    flat = flatten(rest)
    dates = [(one.start, one.end) for one in find_expressions(flat)]
    text = folded(_without(rest, dates))
    frame = (
        frozenset(query.tags),
        frozenset(frozenset(tags) for tags in query.alternatives),
        query.wanted,
        query.measure,
        query.list_of,
        query.wants_former,
        query.is_english,
        _end(text),
        tuple(sorted(flat[start:end] for start, end in dates)),
        tuple(sorted(_NUMBER.findall(text))),
        tuple(sorted(_SPELLED.findall(text))),
        frozenset(name for name, turn in _TURNS.items() if turn.search(text)),
        frozenset(folded(word) for word in (*query.foreign_words, *query.foreign_names)),
    )
    surfaces = {one.tags: frozenset(stems(_ORDINAL.sub(" ", folded(one.text)))) for one in mentions}
    return Sense(frame, surfaces, _words(query, text, rarities), query.text)


def same(first: Sense, second: Sense, likeness: Callable[[], float]) -> bool:
    """Whether an answer to one question answers the other; `likeness` is the cosine of their vectors."""
    if first.frame != second.frame or _are_told_apart(first.surfaces, second.surfaces):
        return False
    apart = words_apart(first, second)
    if apart > _APART:
        return False
    return likeness() >= (_LIKE if apart == 0 else _LIKE_APART)


def words_apart(first: Sense, second: Sense) -> float:
    """The rarity of the words that only one of the questions has: the weightier side."""
    only_first = sum(weight for stem, weight in first.words.items() if stem not in second.words)
    only_second = sum(weight for stem, weight in second.words.items() if stem not in first.words)
    return max(only_first, only_second)


def _are_told_apart(
    first: Mapping[tuple[Tag, ...], frozenset[str]], second: Mapping[tuple[Tag, ...], frozenset[str]]
) -> bool:
    """Whether one term is named in two ways that share a word: « boîte organisationnelle », « boîte applicative ».

    Names that share none are an acronym and its expansion.
    """
    return any(
        names != second[tags] and names & second[tags] and min(len(names), len(second[tags])) > 0
        for tags, names in first.items()
        if tags in second
    )


def _without(text: str, places: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(places, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _end(text: str) -> str:
    """Which end of a period is asked for, whether all its dates are, or neither."""
    if date_cues.CALENDAR.search(text):
        return "calendar"
    if date_cues.OPENING.search(text) and not date_cues.LAST.search(text):
        return "opens"
    return "closes" if date_cues.CLOSING.search(text) else ""


def _words(query: Query, text: str, rarities: Rarities) -> Mapping[str, float]:
    asking = load_cues().asking_words | load_cues().milestone_words
    telling = [word for word in content_words(text) if word not in asking and not _PLAIN.fullmatch(word)]
    if query.wanted == "date":
        telling = [word for word in telling if not date_cues.GENERIC.fullmatch(word)]
    return rarities(" ".join(telling))
