"""Pure: whether the terms of a sentence stand where its text has them: not another's place, not another's name.

A text is read as `pairing` reads it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from assistant.pairing import CLAUSE_END, Item, Items, groups

_PHRASE_END = re.compile(rf"[,:]|{CLAUSE_END.pattern}", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_NOTHING = re.compile(r"(?!)")
_OPENING_BRACKET = re.compile(r"\s*\(\s*")
_BY = re.compile(
    r"\b(?:par|grace aux?|grace a|au moyen d\w*|via|a l'aide d\w*)(?: (?:les?|la|l'|des?|du|d'|un|une|\w+))?\s*$"
)
# One after the other: their order is what is said.
_THEN = re.compile(r"\b(?:puis|ensuite|avant|apres)\b", re.IGNORECASE)
# « En vague 2, … »: set before what it is said of, its place tells nothing.
_FRONTED = re.compile(r"\s*(?:en|pour|dans|a|au|aux|depuis|chez|avec|lors)\b[^,;:.]*,", re.IGNORECASE)
# So many words before and after a term are what is said of it; so many more around another one tell.
_BESIDE, _MORE = 6, 2
# So many terms make a list.
_LIST = 3


def displaced(sentence: Items, text: Items, stems: Callable[[str], list[str]]) -> bool:
    """Whether a term stands where the text has another of its kind, or two of a kind have changed places."""
    if _is_misnamed(sentence, text):
        return True
    for kind in sentence.term_kinds:
        if _is_repeated(sentence, text, kind) or _is_alternative(sentence, text, kind):
            return True
        counted = _counted(text, kind)
        mine = Counter(item.names for item in sentence.of_kind(kind))
        if any(number > max(counted[name] for name in names) > 0 for names, number in mine.items()):
            return True
        if len(text.names(kind)) < 2:
            continue
        if any(_is_elsewhere(sentence, group, text, stems) for group in groups(sentence, kind)):
            return True
        if _changed_places(sentence, text, kind) or _joins_a_list(sentence, text, kind):
            return True
    return False


def _joins_a_list(sentence: Items, text: Items, kind: str) -> bool:
    """Whether a list of the sentence holds a term that the text names apart from the others, which it lists."""
    listed = [{name for item in group for name in item.names} for group in groups(text, kind)]
    for group in groups(sentence, kind):
        held = [set(item.names) for item in group if set(item.names) & text.names(kind)]
        most = max((sum(bool(names & one) for names in held) for one in listed), default=0)
        if _LIST <= most < len(held):
            return True
    return False


def _counted(text: Items, kind: str) -> Counter[str]:
    """How often the text names each term; what the lines of a table row repeat (« subject — ») counts once."""
    counted: Counter[str] = Counter()
    opened: set[str] = set()
    start = 0
    for line in text.text.split("\n"):
        subject = line.partition(" - ")[0]
        skipped = start + (len(subject) if subject in opened else 0)
        end = start + len(line)
        counted.update(name for item in text.of_kind(kind) if skipped <= item.start < end for name in item.names)
        opened |= {subject, line.partition(" : ")[2].rstrip(" ;") or subject}
        start = end + 1
    return counted


def _is_elsewhere(sentence: Items, group: list[Item], text: Items, stems: Callable[[str], list[str]]) -> bool:
    """Whether the words around terms are, in the text, around others of their kind rather."""
    for ends, skipped in ((_PHRASE_END, _BRACKETS), (CLAUSE_END, _BRACKETS), (CLAUSE_END, _NOTHING)):
        mine = _around(sentence, group, ends, skipped, stems)
        if mine:
            break
    names = {name for item in group for name in item.names}
    if _is_governed_elsewhere(sentence, group, text, stems):
        return True
    own = other = 0
    for one in groups(text, group[0].kind):
        if names & {name for item in one for name in item.names}:
            own = max(own, len(mine & _around(text, one, CLAUSE_END, skipped, stems)))
        else:
            other = max(other, len(mine & _around(text, one, ends, skipped, stems)))
    return other >= own + min(_MORE, max(1, len(mine)))


def _is_governed_elsewhere(sentence: Items, group: list[Item], text: Items, stems: Callable[[str], list[str]]) -> bool:
    """Whether the word just before terms stands, in the text, just before others of their kind alone."""
    names = {name for item in group for name in item.names}
    mine = _governor(sentence, group, stems)
    kin = [(names & {name for item in one for name in item.names}, one) for one in groups(text, group[0].kind)]
    own = {_governor(text, one, stems) for shared, one in kin if shared}
    return (
        bool(mine)
        and bool(own)
        and mine not in own
        and mine in {_governor(text, one, stems) for shared, one in kin if not shared}
    )


def _governor(text: Items, group: list[Item], stems: Callable[[str], list[str]]) -> str:
    """The stem of the last word of content before terms, in their clause."""
    start = max((match.end() for match in CLAUSE_END.finditer(text.text, 0, group[0].start)), default=0)
    return next(iter(reversed(stems(text.text[start : group[0].start]))), "")


def _around(
    text: Items,
    group: list[Item],
    ends: re.Pattern[str],
    skipped: re.Pattern[str],
    stems: Callable[[str], list[str]],
) -> frozenset[str]:
    """The stems of the few words before and after listed terms, up to an end; what is `skipped` does not count."""
    first, last = group[0].start, group[-1].end
    start = max((match.end() for match in ends.finditer(text.text, 0, first)), default=0)
    before = skipped.sub(" ", text.text[start:first]).split()[-_BESIDE:]
    behind = skipped.sub(" ", text.text[last:])
    after = ends.search(behind)
    words = behind[: after.start() if after else len(behind)].split()[:_BESIDE]
    return frozenset(stems(" ".join((*before, *words))))


def _changed_places(sentence: Items, text: Items, kind: str) -> bool:
    """Whether two terms of a kind follow one another in the sentence as they nowhere do in the text.

    « A paie B » and « B est payé par A » say one thing: where one of both is turned round, the other order is expected.
    """
    listed = [frozenset(name for item in group for name in item.names) for group in groups(text, kind)]
    fronted = _FRONTED.match(sentence.text)
    for first, second in pairwise(sentence.of_kind(kind)):
        if fronted and first.end <= fronted.end() <= second.start:
            continue
        one, other = set(first.names), set(second.names)
        follows = _THEN.search(sentence.text[first.end : second.start]) is not None
        if one & other or (not follows and any(one & group and other & group for group in listed)):
            continue
        is_turned = _is_turned(sentence, first, second)
        met = [
            (item, two)
            for item in text.of_kind(kind)
            for two in text.of_kind(kind)
            if one & set(item.names) and other & set(two.names)
        ]
        if follows:
            met = [pair for pair in met if not CLAUSE_END.search(_between(text, *pair))] or met
        pairs = [
            (two.start > item.start) is not (is_turned is not _is_turned(text, *sorted((item, two), key=_start)))
            or (":" in _between(text, item, two) and ":" not in sentence.text)
            for item, two in met
        ]
        if pairs and not any(pairs):
            return True
    return False


def _between(text: Items, one: Item, two: Item) -> str:
    """What stands between them; with a colon, one is the column of a cell, which does not act on what the cell says."""
    first, second = sorted((one, two), key=_start)
    return text.text[first.end : second.start]


def _start(item: Item) -> int:
    return item.start


def _is_turned(text: Items, first: Item, second: Item) -> bool:
    """Whether the second of two terms is the one that acts: « … est payé par B », « … grâce à B »."""
    return _BY.search(text.text[first.end : second.start]) is not None


def _is_misnamed(sentence: Items, text: Items) -> bool:
    """Whether a term is explained in brackets by one that the text does not put beside it: « le DPI (PFI) »."""
    beside = {(one.names, two.names) for one, two in _bracketed(text)}
    return any(
        not set(one.names) & set(two.names) and (one.names, two.names) not in beside
        for one, two in _bracketed(sentence)
    )


def _bracketed(text: Items) -> list[tuple[Item, Item]]:
    terms = [item for item in text.items if item.kind not in ("value", "direction")]
    return [(one, two) for one, two in pairwise(terms) if _OPENING_BRACKET.fullmatch(text.text[one.end : two.start])]


def _is_repeated(sentence: Items, text: Items, kind: str) -> bool:
    """Whether a clause names a term twice where the text puts it beside another: « les DPI et DPI »."""
    if len(text.names(kind)) < 2 or _twice(text, kind):
        return False
    return _twice(sentence, kind)


def _twice(text: Items, kind: str) -> bool:
    for one, two in pairwise(text.of_kind(kind)):
        gap = text.text[one.end : two.start]
        if one.names == two.names and not CLAUSE_END.search(gap) and "(" not in gap:
            return True
    return False


def _is_alternative(sentence: Items, text: Items, kind: str) -> bool:
    """Whether « A ou B » stands for one thing of which the text never says so."""
    together = [frozenset(name for item in group for name in item.names) for group in groups(text, kind)]
    for one, two in pairwise(sentence.of_kind(kind)):
        if sentence.text[one.end : two.start].strip() != "ou":
            continue
        names = set(one.names) | set(two.names)
        if len(names) > 1 and not any(names <= group for group in together):
            return True
    return False
