"""Pure: which terms and which directions go with which values in a text, and whether a sentence keeps them together.

A text is read as items in order: terms of the vocabulary, cues of direction (« jusqu'au », « à partir de »), values
(numbers and days). Terms of one kind that are listed together (« les dentistes et les sages-femmes ») are one group.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.citations import same_value
from index.dating import normalise_dates
from index.vocabulary import Vocabulary
from index.words import fold

_VALUE = re.compile(
    r"\d+(?:[.,:-][T\dS]\d*)*(?:\s?(?:%|k€|m€|€|(?:millions?|milliards?|milliers?|jours?|mois|ans?|annees?|semaines?|"
    r"minutes?)\b))?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<![\d.,:/-])\d{1,3}(?:[ .]\d{3})+(?!\d|[.,]\d)")
_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")
_YEARS = re.compile(r"\b(\d{4})/(\d{4})\b")
_MILLIONS = re.compile(r"(\d)\s*(?:millions? (?:d'euros|€)|meur\b)", re.IGNORECASE)
_MONEY = re.compile(r"(\d)\s*(?:euros?\b|eur\b)")
_PERCENT = re.compile(r"(\d)\s*(?:pour cent|p\. ?cent|%)")
_UNIT = re.compile(r"(\d)\s+(€)")
_BOUNDED = re.compile(r"'?\s*(?:(?:l[ae]s?|des?|du|aux?|un|une)\s+|[ld]')?([^\W\d_]{3,})")
_ONCE = re.compile(r"\b(en |qu'|pas |chaque |que )une (?:seule )?fois\b", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORDS = re.compile(r"[^\W\d_]{3,}")
_TOUCHING = 2
# « clos depuis le 15 juin »: what ended then.
_CLOSED_SINCE = re.compile(r"\b(clos\w*|ferme\w*|termine\w*|acheve\w*) depuis\b", re.IGNORECASE)
_NUMBER_WORDS = {
    "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7", "huit": "8", "neuf": "9",
    "dix": "10",
    "onze": "11", "douze": "12", "treize": "13", "quatorze": "14", "quinze": "15", "seize": "16", "vingt": "20",
    "trente": "30", "quarante": "40", "cinquante": "50", "soixante": "60", "cent": "100", "mille": "1000",
}  # fmt: skip
_WRITTEN = re.compile(r"\b(" + "|".join(_NUMBER_WORDS) + r")\b", re.IGNORECASE)
# A term in one spelling begins so; « identité de santé (INS) », « la messagerie sécurisée, MSSanté, » name it twice.
TERM = "zz"
# Of terms, the name of a step (« commande ») has forms that are verbs.
_NOT_NAMES = frozenset({"value", "direction", "milestone"})
_TWICE_NAMED = re.compile(rf"\b({TERM}\w+)(?: ?\(\1\)|, \1\b,?)")
_LISTED = re.compile(
    r"(?:[\s,/&()·]|"
    r"\b(?:et|ou|ainsi|que|les?|la|l|des?|du|d|aux?|a|en|pour|chez|avec|comme|puis|dont)\b|['’-])*",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(r"[;!?|\n]|[.](?=\s|$)|,?\s(?:mais|tandis que|alors que|contre)\b", re.IGNORECASE)
_DIRECTIONS = {
    "before": r"avant|jusqu(?:'|\b)|au plus tard|d'ici|limite|clos\w*|clot\w*|ferm\w*|expir\w*|echeances?|fin|"
    r"pri\w* fin|prend fin|derniers?|dernieres?|termin\w*|acheve\w*",
    "after": r"apres|a partir d\w*|a compter d\w*|des le|des la|ouvr\w*|ouvert\w*|debut\w*|commenc\w*|lanc\w*|depuis|"
    r"demarr\w*|prochain\w*",
    "least": r"au moins|minim\w*|plus d(?:\w+|(?='))|superieur\w*|au-dela|au minimum",
    "most": r"au plus(?! t)|maxim\w*|moins d(?:\w+|(?='))|inferieur\w*|plafon\w*|jusqu(?:'|\b)",
    "up": r"augment\w*|hausse|accru\w*|releve\w*|majore\w*",
    "down": r"dimin\w*|baiss\w*|redui\w*|abaiss\w*|minor\w*",
    "moved": r"report\w*|prolong\w*|decal\w*|repouss\w*",
}
_DIRECTION = [(name, re.compile(rf"(?<!\w)(?:{cue})(?!\w)", re.IGNORECASE)) for name, cue in _DIRECTIONS.items()]


@dataclass(frozen=True, slots=True)
class Item:
    """A term, a direction or a value in `text[start:end]`; several `names` when the words could mean each."""

    start: int
    end: int
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A text in one spelling, with its items in order."""

    text: str
    items: tuple[Item, ...]

    @property
    def values(self) -> frozenset[str]:
        """The numbers and days."""
        return frozenset(item.names[0] for item in self.items if item.kind == "value")

    def of_kind(self, kind: str) -> list[Item]:
        """The items of a kind, in order."""
        return [item for item in self.items if item.kind == kind]

    def names(self, kind: str) -> frozenset[str]:
        """The names of a kind."""
        return frozenset(name for item in self.of_kind(kind) for name in item.names)

    @property
    def term_kinds(self) -> tuple[str, ...]:
        """The kinds of terms that the text names."""
        return tuple(dict.fromkeys(item.kind for item in self.items if item.kind not in ("value", "direction")))


def read_items(text: str, vocabulary: Vocabulary) -> Items:
    """The text in one spelling of dates and numbers, with what it names and says."""
    plain = _in_one_spelling(text)
    mentions = [
        Item(mention.start, mention.end, mention.tags[0].kind, tuple(tag.id for tag in mention.tags))
        for mention in vocabulary.find(plain)
    ]
    taken = [(mention.start, mention.end) for mention in mentions]
    items = [*mentions, *_directions(plain, taken), *_values(plain, taken)]
    return Items(plain, tuple(sorted(items, key=lambda item: (item.start, item.end))))


def with_terms_in_one_spelling(text: Items) -> str:
    """The text with every term by one word, whatever its name: « l'identité de santé (INS) » and « l'INS » alike."""
    pieces, end = [], 0
    for item in text.items:
        if item.kind not in _NOT_NAMES and item.start >= end:
            written = re.sub(r"\W", "", f"{TERM}{item.kind}{''.join(sorted(item.names))}")
            pieces += [text.text[end : item.start], written]
            end = item.end
    return _TWICE_NAMED.sub(r"\1", "".join((*pieces, text.text[end:])))


def mispaired(sentence: Items, text: Items, *, related: Callable[[str, str, str], bool]) -> bool:
    """Whether the sentence puts together a value and a term, or a direction, that the text keeps apart.

    `related(kind, one, other)` says whether two terms of a kind can be said of one thing.
    """
    for value in sentence.of_kind("value"):
        places = [other for other in text.of_kind("value") if same_value(value.names[0], other.names[0])]
        for kind in (*sentence.term_kinds, "direction"):
            mine = _nearest(sentence, value, kind)
            theirs = [group for other in places if (group := _nearest(text, other, kind))]
            if mine and theirs and not any(_meet(mine, group, kind, related) for group in theirs):
                return True
            left = mine - frozenset[str]().union(*theirs) if kind != "direction" and theirs else frozenset[str]()
            if left and any(left & _nearest(text, other, kind) for other in _rivals(text, value)):
                return True
    return False


def _rivals(text: Items, value: Item) -> list[Item]:
    """The other days of a text, for a day."""
    days = [other for other in text.of_kind("value") if _DAY.fullmatch(other.names[0])]
    return (
        [day for day in days if not same_value(value.names[0], day.names[0])] if _DAY.fullmatch(value.names[0]) else []
    )


def loses_a_bound(sentence: Items, text: Items) -> bool:
    """Whether the text says « plus de », « au moins » or the like of a number everywhere, and the sentence does not."""
    for value in sentence.of_kind("value"):
        if value.names[0].startswith(("19", "20")) or _bound(sentence, value):
            continue
        places = [other for other in text.of_kind("value") if other.names == value.names]
        if places and all(_bound(text, other) for other in places):
            return True
    theirs, mine = _bounded(text), _bounded(sentence)
    words = Counter(_WORDS.findall(text.text.casefold()))
    if any(
        words[word] == 1 and word not in mine and re.search(rf"\b{word}\b", sentence.text.casefold()) for word in theirs
    ):
        return True
    return any(word in theirs and not kinds & theirs[word] for word, kinds in mine.items())


def _bounded(text: Items) -> dict[str, set[str]]:
    """The words that « au moins », « au plus » and the like are said of: « au moins la moitié »."""
    bounded: dict[str, set[str]] = {}
    for item in text.of_kind("direction"):
        kinds = {"least", "most"} & set(item.names)
        word = _BOUNDED.match(text.text, item.end) if kinds else None
        if word:
            bounded.setdefault(word[1].casefold(), set()).update(kinds)
    return bounded


def _bound(text: Items, value: Item) -> bool:
    return any(
        {"least", "most"} & set(item.names)
        and (0 <= value.start - item.end <= _TOUCHING or _bounds_before(text, item, value))
        for item in text.of_kind("direction")
    )


def _bounds_before(text: Items, item: Item, value: Item) -> bool:
    """« 12 000 euros au plus », « 3 mois maximum »."""
    cue = text.text[item.start : item.end].casefold()
    return 0 <= item.start - value.end <= _TOUCHING and cue.startswith(("au ", "maxim", "minim"))


def unfounded_directions(sentence: Items, text: Items) -> bool:
    """Whether the sentence says a direction (« avant », « maximum ») that the text nowhere says, or one for another."""
    said = text.names("direction")
    if any(not said & set(item.names) for item in sentence.of_kind("direction")):
        return True
    theirs = Counter(name for item in text.of_kind("direction") for name in item.names)
    mine = Counter(name for item in sentence.of_kind("direction") for name in item.names)
    return bool(mine - theirs) and bool(theirs - mine)


def _nearest(text: Items, value: Item, kind: str) -> frozenset[str]:
    """The group of the kind that goes with a value: in its clause the last one before it, else the first after it."""
    start = max((match.end() for match in CLAUSE_END.finditer(text.text, 0, value.start)), default=0)
    after = CLAUSE_END.search(text.text, value.end)
    end = after.start() if after else len(text.text)
    inside = [group for group in groups(text, kind) if start <= group[0].start and group[-1].end <= end]
    phrase = text.text.rfind(", ", start, value.start) + 1
    if phrase and any(group[0].start >= value.end for group in inside):
        inside = [group for group in inside if group[0].start >= phrase] or inside
    before = [group for group in inside if group[-1].end <= value.start]
    chosen = before[-1] if before else next(iter(inside), None)
    return frozenset(name for item in chosen for name in item.names) if chosen else frozenset()


def groups(text: Items, kind: str) -> list[list[Item]]:
    """The items of a kind, those that are listed together as one group."""
    found: list[list[Item]] = []
    for item in text.of_kind(kind):
        gap = text.text[found[-1][-1].end : item.start] if found else ""
        if found and ((kind == "direction" and len(gap) <= 2) or (kind != "direction" and _LISTED.fullmatch(gap))):
            found[-1].append(item)
        else:
            found.append([item])
    return found


def _meet(mine: frozenset[str], theirs: frozenset[str], kind: str, related: Callable[[str, str, str], bool]) -> bool:
    if kind == "direction":
        return bool(mine & theirs)
    return any(one == other or related(kind, one, other) for one in mine for other in theirs)


def _in_one_spelling(text: str) -> str:
    plain = normalise_dates(fold(text))
    plain = _RANGE.sub(r"a partir du \1 jusqu'au \2", plain)
    plain = _YEARS.sub(r"\1 et \2", plain)
    plain = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), plain)
    plain = in_figures(plain)
    plain = _MILLIONS.sub(r"\1M€", _CLOSED_SINCE.sub(r"\1", plain))
    plain = _ONCE.sub(r"\g<1>1 fois", plain)
    return _UNIT.sub(r"\1\2", _PERCENT.sub(r"\1%", _MONEY.sub(r"\1€", plain)))


def in_figures(text: str) -> str:
    """The text with its number words (« quatre ») as figures."""
    return _WRITTEN.sub(lambda match: _NUMBER_WORDS[match[0].casefold()], text)


def without_directions(text: str) -> str:
    """The text without the words that say a direction."""
    for _, pattern in _DIRECTION:
        text = pattern.sub(" ", text)
    return text


def _directions(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Item]:
    found: dict[tuple[int, int], list[str]] = {}
    for name, pattern in _DIRECTION:
        for match in pattern.finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in taken):
                found.setdefault(match.span(), []).append(name)
    for (start, end), names in found.items():
        yield Item(start, end, "direction", tuple(names))


def _values(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Item]:
    for match in _VALUE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield Item(match.start(), match.end(), "value", (_value(match.group()),))


def _value(written: str) -> str:
    """A number with its unit, in one spelling."""
    return re.sub(r"(?<=[a-z])s$", "", written.casefold().replace(",", ".").replace(" ", "")).upper()
