"""Pure: French text → words with the keys they are recognised by, whatever the case, accents, number and gender.

A word has two sorts of keys, which never meet: in capitals its letters as they are (how acronyms are known), in small
letters its root without the marks of plural and feminine (how other words are known). « idée » is thus never « IDE ».
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

# A letter may be followed by a combining accent (text that is not NFC); a decimal number is one word.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_][\u0300-\u036f]*)+")
# What may stand between the words of one term. Never a comma, a bracket, a cell border or an empty line.
_BETWEEN = re.compile(r"[ \t\u00a0\u202f\u2009]*(?:\n[ \t]*|[-\u2010-\u2015'’‘/._°][ \t\u00a0]*)?")
_TIGHT = re.compile(r"[-\u2010-\u2015._]?")
_FEMININE = (
    ("trice", "teur"),
    ("ienne", "ien"),
    ("euse", "eur"),
    ("iere", "ier"),
    ("elle", "el"),
    ("onne", "on"),
    ("ale", "al"),
    ("ive", "if"),
)

_QUESTION_CHARS = 300


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: `keys` are what it may be recognised by, `is_mended` says that they mend a typing error."""

    start: int
    end: int
    text: str
    keys: tuple[str, ...]
    is_mended: bool = False

    @property
    def number(self) -> int | None:
        """The whole number of at most two digits that the word is, if it is one."""
        return int(self.text) if len(self.text) <= 2 and self.text.isdecimal() else None


def split_words(text: str) -> list[Word]:
    """The words and numbers of the text, in order; letters and digits that touch are two words."""
    return list(_split_again(text) if len(text) <= _QUESTION_CHARS else _split(text))


def _split(text: str) -> tuple[Word, ...]:
    return tuple(Word(m.start(), m.end(), m.group(), word_keys(m.group())) for m in _WORD.finditer(text))


# A question is split by everyone who looks for something in it.
_split_again = lru_cache(maxsize=512)(_split)


def fold(text: str) -> str:
    """The text in small letters, without accents or ligatures."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in folded if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def word_keys(word: str) -> tuple[str, ...]:
    """What a word of a text may be recognised by: as an acronym, then as a common word."""
    letters = fold(word)
    if letters[0].isdecimal():
        return (letters,)
    keys = [letters.upper(), root(word)]
    if len(word) > 3 and word[-1] in "sS" and letters not in ordinary_words():  # « les DPIs », « les ehpads »
        keys.append(letters[:-1].upper())
    return tuple(dict.fromkeys(keys))


@lru_cache(maxsize=20_000)
def term_keys(word: str) -> tuple[str, ...]:
    """What a word of a term is known by.

    A final « é » may be typed without its accent, and a verb stands for its participle: each gives two keys.
    """
    if word[0].isdecimal():
        return (word,)
    if is_acronym(word):
        return (fold(word).upper(),)
    keys = [root(word), root(fold(word))]
    if word.endswith("er") and len(word) > 4:  # « installer » names « installée » too
        keys.append(fold(word)[:-2] + "é")
    return tuple(dict.fromkeys(keys))


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """The word in small letters without accents, plural or feminine; a final « é » stays (« avancé », « avance »)."""
    letters = fold(word)
    composed = unicodedata.normalize("NFC", word.casefold()).rstrip("s")
    if composed.endswith(("é", "ée")) and len(letters) > 3:
        return letters.rstrip("s").rstrip("e") + "é"
    if len(letters) < 4:
        return letters
    letters = _singular(letters)
    for feminine, masculine in _FEMININE:
        if letters.endswith(feminine) and len(letters) > len(feminine) + 1:
            return letters[: -len(feminine)] + masculine
    for _ in range(2):
        if letters.endswith("e") and len(letters) > 4:
            letters = letters[:-1]
    return letters


def _singular(letters: str) -> str:
    if letters.endswith("eaux"):
        return letters[:-1]
    if letters.endswith("aux") and len(letters) > 4:
        return letters[:-3] + "al"
    if letters[-1] in "sx" and not letters.endswith("ss"):
        return letters[:-1]
    return letters


def is_acronym(word: str) -> bool:
    """Whether a word of a term is written as an acronym: « SGL », « CaRE », « V »."""
    capitals = sum(character.isupper() for character in word)
    return capitals >= 2 or (capitals == 1 and len(word) == 1)


def joins(text: str, left: Word, right: Word) -> bool:
    """Whether nothing but a space, a hyphen, an apostrophe or the like parts two neighbours."""
    return left.end == right.start or _BETWEEN.fullmatch(text, left.end, right.start) is not None


def joins_tightly(text: str, left: Word, right: Word) -> bool:
    """Whether two neighbours touch, or have one hyphen or point between them and no space."""
    return left.end == right.start or _TIGHT.fullmatch(text, left.end, right.start) is not None


def verb_forms(word: str) -> tuple[str, ...]:
    """The commonest other forms of a verb in « -er »: « installait », « installeront »; none of any other word."""
    letters = fold(word)
    if not letters.endswith("er") or letters.endswith(("ier", "eer")) or len(letters) < 6 or is_acronym(word):
        return ()
    return tuple(root(letters[:-2] + ending) for ending in ("ait", "aient", "ent", "era", "eront", "ant", "ons", "ez"))


@cache
def ordinary_words() -> frozenset[str]:
    """Everyday French words, folded: never mended into a term, and no acronym when in small letters."""
    raw = resources.files("index").joinpath("ordinary_words.json").read_text(encoding="utf-8")
    return frozenset(fold(word) for word in json.loads(raw)["words"].split())


@cache
def ordinary_roots() -> frozenset[str]:
    """The roots of the everyday words."""
    return frozenset(root(word) for word in ordinary_words())
