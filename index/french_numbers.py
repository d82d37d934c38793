"""Pure: the numbers that French puts after or before a noun, read around given words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.term_matching import SUFFIXES
from index.term_words import Word, fold, joins

# The numbers that are written as words.
CARDINALS = {
    word: number
    for number, word in enumerate(("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"), start=2)
}
_ORDINALS = {
    "premier": 1, "premiere": 1, "second": 2, "seconde": 2, "deuxieme": 2, "troisieme": 3, "quatrieme": 4,
    "cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10,
}  # fmt: skip
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_ORDINAL_ENDINGS = frozenset({"er", "re", "ere", "e", "eme", "ieme", "nd", "nde"})
_NUMBERED_RANK = re.compile(r"(\d{1,2})([a-z]+)")
_NUMBER_SIGNS = frozenset({"n", "no", "num", "numero"})
_LETTER_SUFFIXES = frozenset("abcd")
# What numbers count that are no things.
UNITS_COUNTED = frozenset(
    """jour jours semaine semaines mois an ans annee annees heure heures h min minutes euro euros million millions
    milliard milliards janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre""".split()  # noqa: SIM905
)
# « …et 2 », « , 2 et 3 », « à 4 », « /2 »; what follows must not make the number a quantity of something else.
_FOLLOWER = re.compile(
    r"\s*(?P<mark>,|/|&|\+|-|–)?\s*(?:(?P<word>et|ou|puis|à)\s+(?:(?:la|le)\s+)?(?:n[°o]\s?)?)?(?P<number>\d{1,2})"
    r"(?![\d.,/]*\d)(?=\s*(?:$|[^\w\s%€°]|(?:et|ou|à|a|du|de|des|en|au|aux|la|le|les|pour|par|sur|dans|sont|est|ont|avec|qui"
    r"|que|sera|seront|il|y|dont|ne|se|selon|chez|c)\b|[dlns]['’]))"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text and its span; `value` is None when a suffix makes it another number (« 1bis »)."""

    value: int | None
    start: int
    end: int
    digits: int = 0
    touches: bool = False
    has_unit: bool = False
    closes_range_from: int | None = None


def number_after(text: str, words: Sequence[Word], position: int, *, is_short: bool) -> Number | None:
    """The number at the word `position` that belongs to the word before it: « n° 2 », « deux », « II », « 1bis »."""
    if not is_short and position < len(words) and fold(words[position].text) in _NUMBER_SIGNS:
        position += 1
    if not 0 < position < len(words) or not joins(text, words[position - 1], words[position]):
        return None
    word = words[position]
    if word.number is None:
        is_cut = position + 1 < len(words) and words[position + 1].start == word.end  # the « V » of « V1 »
        value = None if is_short or is_cut else CARDINALS.get(fold(word.text), _roman(word.text))
        return Number(value, word.start, word.end) if value is not None else None
    touches = words[position - 1].end == word.start
    suffix = _suffix(text, words, position)
    if suffix is not None:
        return Number(None, word.start, suffix.end, digits=len(word.text), touches=touches)
    if _is_part_of_larger(text, words, position):
        return None
    unit = position + 1 < len(words) and fold(words[position + 1].text) in UNITS_COUNTED
    has_unit = unit or re.match(r"\s?[%€]", text[word.end :]) is not None
    return Number(word.number, word.start, word.end, digits=len(word.text), touches=touches, has_unit=has_unit)


def numbers_following(text: str, first: Number, *, known: Sequence[int]) -> Iterator[Number]:
    """The further numbers of an enumeration that began with `first`: « 1, 2 et 3 », « 1 à 4 », « 1/2 »."""
    previous = first
    while previous.value is not None:
        match = _FOLLOWER.match(text, previous.end)
        if match is None or not (match["mark"] or match["word"]):
            return
        value = int(match["number"])
        is_range = match["word"] == "à" or (match["mark"] in ("-", "–") and not match["word"])
        if (not match["word"] and value not in known) or (
            is_range and not previous.value < value <= previous.value + 20
        ):
            return
        range_from = previous.value if is_range else None
        previous = Number(value, match.start("number"), match.end("number"), closes_range_from=range_from)
        yield previous


def ordinal_value(word: str) -> int | None:
    """The rank that a word alone says: 7 for « septième », « 7e », « 7ème »; None for other words."""
    letters = fold(word)
    if letters in _ORDINALS:
        return _ORDINALS[letters]
    match = _NUMBERED_RANK.fullmatch(letters)
    return int(match[1]) if match and match[2] in _ORDINAL_ENDINGS else None


def ordinals_before(text: str, words: Sequence[Word], head: int) -> list[Number]:
    """The ordinals that end just before the word `head`, in order: « la première et la deuxième [vague] »."""
    position = _skip_last(words, head)
    found: list[Number] = []
    while position > 0:
        ordinal, begins = _ordinal_ending_at(text, words, position)
        if ordinal is None:
            break
        found.insert(0, ordinal)
        position = begins
        while position > 0 and fold(words[position - 1].text) in {"la", "le", "l"}:
            position -= 1
        if position == 0 or fold(words[position - 1].text) not in {"et", "ou"}:
            break
        position -= 1
    return found


def whole_family_before(
    text: str, words: Sequence[Word], head: int, known: Sequence[int]
) -> tuple[int, list[int]] | None:
    """Where « deux [vagues] » or « 2 premières [vagues] » begins, and the numbers meant; None for anything else."""
    position = head - 1
    firsts_only = position > 0 and fold(words[position].text) in {"premiers", "premieres"}
    if firsts_only:
        position -= 1
    if (
        position < 0
        or not joins(text, words[position], words[position + 1])
        or not words[head].text.endswith(("s", "x"))
    ):
        return None
    count = words[position].number or CARDINALS.get(fold(words[position].text))
    if count is None or count < 2:
        return None
    values = [value for value in known if value <= count] if firsts_only else list(known)
    return (words[position].start, values) if len(values) == count else None


def _suffix(text: str, words: Sequence[Word], position: int) -> Word | None:
    """The word that makes another number of the one at `position`: « bis », or a letter that touches it."""
    if position + 1 >= len(words):
        return None
    word, after = words[position], words[position + 1]
    letters = fold(after.text)
    is_suffix = (letters in SUFFIXES and joins(text, word, after)) or (
        letters in _LETTER_SUFFIXES and word.end == after.start
    )
    return after if is_suffix else None


def _is_part_of_larger(text: str, words: Sequence[Word], position: int) -> bool:
    """Whether the digits are part of an hour, a day or a number in thousands: « 12h », « 30/11/2022 », « 1 182 »."""
    if position + 1 >= len(words):
        return False
    word, after = words[position], words[position + 1]
    if after.text[0].isdecimal():
        gap = text[word.end : after.start]
        return (len(after.text) == 3 and gap.isspace()) or bool(re.match(r"[/.-]\d+[/.-]\d", text[word.end :]))
    return word.end == after.start


def _ordinal_ending_at(text: str, words: Sequence[Word], position: int) -> tuple[Number | None, int]:
    """The ordinal whose last word stands before `position`, and the word where it begins."""
    word = words[position - 1]
    letters = fold(word.text)
    if position < len(words) and not (joins(text, word, words[position]) or letters in _ORDINALS):
        return None, position
    if letters in _ORDINALS:
        return Number(_ORDINALS[letters], word.start, word.end), position - 1
    if letters in _ORDINAL_ENDINGS and position > 1 and words[position - 2].number is not None:
        number = words[position - 2]
        if joins(text, number, word):
            return Number(number.number, number.start, word.end), position - 2
    return None, position


def _skip_last(words: Sequence[Word], head: int) -> int:
    """Steps over « et dernière » in « quatrième et dernière [fenêtre] »."""
    if head > 2 and fold(words[head - 1].text) in {"dernier", "derniere"} and fold(words[head - 2].text) == "et":
        return head - 2
    return head


def _roman(letters: str) -> int | None:
    return _ROMAN.get(letters) or (_ROMAN.get(letters.upper()) if len(letters) > 1 else None)
