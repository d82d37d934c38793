"""Whether two questions ask the same in other words. Pure: a wrong yes would serve a wrong answer, a no costs nothing.

Everything that can be told apart must agree: the terms, the kind of answer wanted, numbers and dates, negations, and
the words that name something. Vectors only judge what is left, since near vectors are what near misses have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant import date_cues
from assistant.cues import folded
from assistant.query import Query
from index.dating_expressions import find_expressions
from index.dating_words import flatten
from index.records import Tag
from index.vocabulary import Vocabulary
from index.words import content_words

# The stems of a text's words that name something.
Stems = Callable[[str], Iterable[str]]

# The least cosine of two questions of one sense; calibrated on tests/assistant/paraphrases.jsonl.
_LIKE = 0.90

# The longest acronym, and the letters that words of one root share: « enrôler », « enrôlement ».
_ACRONYM, _ROOT = 6, 5
_WORD = re.compile(r"[^\W\d_]+")
_USUAL_IN_NAMES = re.compile(rf"{date_cues.GENERIC.pattern}|programmes?|au|aux|en|et")
_CONCERNED = re.compile(r"\b(concern\w+) par\b")
_WHOM = re.compile(r"\b(a|par|de|pour|avec|chez|contre|sur) (?:qui|quoi)\b")
# Of several terms of these kinds, or of one kind, the order says which part each plays.
_AGENTS = frozenset({"profession", "lane", "actor", "service"})
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ORDINAL = re.compile(
    r"\d+|\b(?:premi\w+|deuxi\w+|second\w*|troisi\w+|quatri\w+|une?|deux|trois|quatre|la|le|les|l|du|de|des|d|n|numero)\b"
)
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
    "receive": re.compile(
        r"\bobten\w+|\brec[eo][vi]\w+|\btouch\w+|\bpercev\w+|\bvers(?!ion)\w*|\baur(?:a|ons|ez|ont)\w*|\bavoir\b"
    ),
    "more": re.compile(r"\bplus (?:de|d'|grand|gros|longs?)\b"),
    "less": re.compile(r"\bmoins\b"),
    # Who does it to whom: « qui valide l'agence », « qui est validé par l'agence ».
    "whom": re.compile(r"\bqui\b.*-(?:ils?|elles?|on)\b"),
    "by": re.compile(r"\bpar\b(?! (?:exemple|contre|rapport|ailleurs|mail|courriel|telephone|an|mois)\b)"),
}
# What any question may say and says nothing of what is asked.
_PLAIN = re.compile(
    r"concern\w+|ete|fai[rts]\w*|suis|sommes|etes|est|ai|avons|doi\w+|dev(?:ons|ez|rai\w*|ra|ront)|faut|fau(?:dra\w*|drait)|"
    r"peu[txv]\w*|pouv\w+|pourr\w+|dire|dis|dit|dites|donne[rz]?|expliqu\w+|indiqu\w+|savoir|sais|sait|connaitre|connais|"
    r"cherch\w+|trouv\w+|veut|veux|vouloir|voudrais|souhait\w+|aimerais|bonjour|bonsoir|bjr|hello|salut|svp|stp|merci|"
    r"plait|questions?|rappel\w*|precis\w*|exact\w*|besoin|aide[rz]|infos?|informations?|renseign\w+|propos|sujet|cas|"
    r"existe\w*|comprendre|comprends|actuel\w*|aujourd|hui|kesako|estce|appelle|programmes?|cadre|titre|quoi|donc"
)
# What every question for a definition, or for how long something takes, may say.
_DEFINING = re.compile(r"defini\w+|signifi\w+|sens|sigle|acronyme|abreviation|lettres|notion|terme|mots?")
_DURING = re.compile(r"dur(?:e|ee|er|ent)|temps|utilis\w+|jou\w+")
_USUAL = {
    "date": date_cues.GENERIC,
    "definition": _DEFINING,
    "why": re.compile(r"raisons?|causes?|motifs?"),
    "figure": re.compile(rf"nombre|quantite|{_DURING.pattern}"),
}


@dataclass(frozen=True, slots=True)
class Surface:
    """The words that name a term, without numbers: how they begin, and their letters in one piece."""

    roots: frozenset[str]
    letters: str


@dataclass(frozen=True, slots=True)
class Sense:
    """What a question asks, as far as it can be told; two questions of one sense may share an answer.

    `surfaces` are the words that name each term; `words` the stems beside the terms that name something; `text` is what
    vectors compare.
    """

    frame: tuple[object, ...]
    surfaces: Mapping[tuple[Tag, ...], Surface]
    words: frozenset[str]
    text: str


def sense_of(query: Query, vocabulary: Vocabulary, stems: Stems) -> Sense | None:
    """The sense of a query; None when no stored answer can serve it.

    What leans on the day it is asked, lacks something, or is no question about the programme is never served.
    """
    if query.aside is not None or query.lacks is not None or query.relative is not None or query.unknown:
        return None
    mentions = vocabulary.find(query.text)
    rest = _without(query.text, [(one.start, one.end) for one in mentions])
    flat = flatten(rest)
    dates = [(one.start, one.end) for one in find_expressions(flat)]
    text = _CONCERNED.sub(r"\1", folded(_without(rest, dates)))
    frame = (
        frozenset(vocabulary.narrowest(query.tags)),
        frozenset(frozenset(tags) for tags in query.alternatives),
        query.wanted,
        query.measure,
        query.list_of,
        query.wants_former,
        query.is_english,
        _ends(text),
        tuple(sorted(flat[start:end] for start, end in dates)),
        tuple(sorted(_NUMBER.findall(text))),
        tuple(sorted(_SPELLED.findall(text))),
        frozenset(name for name, turn in _TURNS.items() if turn.search(text)),
        tuple(sorted(_WHOM.findall(text))),
        _in_order(query.tags),
        frozenset(folded(word) for word in (*query.foreign_words, *query.foreign_names)),
    )
    surfaces = {one.tags: _surface(one.text) for one in mentions}
    return Sense(frame, surfaces, _words(query, text, stems), query.text)


def same(first: Sense, second: Sense, likeness: Callable[[], float]) -> bool:
    """Whether an answer to one question answers the other; `likeness` is the cosine of their vectors."""
    if first.frame != second.frame or _are_told_apart(first.surfaces, second.surfaces):
        return False
    return first.words == second.words and likeness() >= _LIKE


def _are_told_apart(first: Mapping[tuple[Tag, ...], Surface], second: Mapping[tuple[Tag, ...], Surface]) -> bool:
    """Whether one term is named by words that may mean different things of its kind: « IME » and « SSIAD ».

    Equal words are one name, and so are an abbreviation and what it abbreviates.
    """
    return any(
        one.roots != second[tags].roots and not _abbreviates(one.letters, second[tags].letters)
        for tags, one in first.items()
        if tags in second
    )


def _abbreviates(first: str, second: str) -> bool:
    """Whether the shorter one is the beginning of the longer, or a few of its letters in their order."""
    short, long = sorted((first, second), key=len)
    if not short or short[0] != long[0]:
        return False
    letters = iter(long)
    is_initials = len(short) <= _ACRONYM and all(letter in letters for letter in short)
    return long.startswith(short) or (is_initials and len(long) > 2 * len(short))


def _surface(text: str) -> Surface:
    words = _WORD.findall(_ORDINAL.sub(" ", folded(text)))
    telling = [word for word in words if len(word) > 1 and not _USUAL_IN_NAMES.fullmatch(word)] or words
    return Surface(frozenset(word.rstrip("sx")[:_ROOT] for word in telling), "".join(words))


def _in_order(tags: Sequence[Tag]) -> tuple[Tag, ...]:
    """The terms whose order tells which part each plays: two of one kind, or of those that act."""
    agents = [tag for tag in tags if tag.kind in _AGENTS]
    kinds = [tag.kind for tag in tags]
    return tuple(tag for tag in tags if (tag.kind in _AGENTS and len(agents) > 1) or kinds.count(tag.kind) > 1)


def _without(text: str, places: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(places, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _ends(text: str) -> tuple[bool, bool, bool]:
    """Whether all the dates of a period are asked for, its beginning, its end; a follow-up may say two of them."""
    opens = bool(date_cues.OPENING.search(text)) and not date_cues.LAST.search(text)
    return bool(date_cues.CALENDAR.search(text)), opens, bool(date_cues.CLOSING.search(text))


def _words(query: Query, text: str, stems: Stems) -> frozenset[str]:
    usual = _USUAL.get(query.wanted, _DURING)
    telling = [word for word in content_words(text) if not _PLAIN.fullmatch(word)]
    telling = [word for word in telling if not usual.fullmatch(word)]
    return frozenset(stems(" ".join(telling)))
