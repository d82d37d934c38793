"""Door for RapidFuzz: small typing errors in the words of known terms. An everyday or known word is never touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from index.term_words import Word, fold, is_acronym, joins, ordinary_roots, ordinary_words, root, split_words, term_keys

_SHORTEST_TYPED = 4
_SHORTEST_TARGET = 5
# From this length on, two errors may be mended; and two words may have been one.
_LONG = 9
_CLEAR_SOUND = 6
_VERB = re.compile(r"(\w{6,}?)(?:er|e|es|ee|ees|ent|ait|aient|ation|ations|ement|ements)")
# What sounds alike is written alike: « ofissine » is « officine ». In this order.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"), (r"^h", ""), (r"th", "t"), (r"rh", "r"), (r"qu|ck|k|q", "c"), (r"ss|c(?=[eiy])|z|x$", "s"),
        (r"c", "k"), (r"gu(?=[eiy])", "g"), (r"eau|au", "o"), (r"y", "i"), (r"([a-z])\1+", r"\1"), (r"[es]+$", ""),
    )
)  # fmt: skip


class TypingErrors:
    """Mends words that are almost, and only almost, words of the vocabulary."""

    def __init__(self, names: Iterable[str], known_words: Iterable[str] = ()) -> None:
        self._targets: dict[str, str] = {}
        self._compounds: dict[str, str] = {}
        self._known = {root(word) for word in known_words} | {fold(word) for word in known_words}
        self._verbs = {_verb(word) for word in (*self._known, *ordinary_words())} - {""}
        for name in names:
            for part in re.split(r"[\s/(),’']+", name):
                self._add(part)

    def _add(self, part: str) -> None:
        words = split_words(part)
        for word in words:
            letters = fold(word.text)
            self._known.update((letters, root(word.text)))
            if len(letters) >= _SHORTEST_TARGET and not word.text[0].isdecimal():
                self._targets.setdefault(letters, word.text)
        letters = fold("".join(word.text for word in words))
        if len(words) > 1 and len(letters) >= _LONG - 1 and letters.isalpha():
            self._targets.setdefault(letters, part)
            self._compounds.setdefault(letters, part)

    def mend(self, text: str, words: Sequence[Word], covered: Sequence[bool]) -> list[Word]:
        """The words with typing errors mended where a single term's word is meant; `covered` words stay as they are."""
        mended: list[Word] = []
        position = 0
        while position < len(words):
            word = words[position]
            after = words[position + 1] if position + 1 < len(words) else None
            if after and not (covered[position] or covered[position + 1]) and joins(text, word, after):
                whole = self._two_in_one(word, after)
                if whole:
                    mended.append(_mended(word.text, word.start, after.end, whole))
                    position += 2
                    continue
            target = None if covered[position] else self._meant(word.text)
            mended.append(_mended(word.text, word.start, word.end, target) if target else word)
            position += 1
        return mended

    def keep(self, words: Sequence[Word], mended: Sequence[Word], useful: Sequence[tuple[int, int]]) -> list[Word]:
        """The mended words inside a span of `useful`; elsewhere the words as typed."""
        kept: list[Word] = []
        for word in mended:
            if not word.is_mended or any(start <= word.start and word.end <= end for start, end in useful):
                kept.append(word)
            else:
                kept += [typed for typed in words if word.start <= typed.start and typed.end <= word.end]
        return kept

    def _meant(self, typed: str) -> str | None:
        """The spelling of the word that was meant, if it was another one than was typed."""
        letters = fold(typed)
        if letters in self._targets and root(typed) not in self._known and letters not in ordinary_words():
            return self._targets[letters]  # « agrés » for « agrès »: only a final « é » makes another word
        return self._target(letters, self._targets)

    def _two_in_one(self, word: Word, after: Word) -> str | None:
        """The compound that two words were meant to be: « sage fame »."""
        letters = fold(word.text) + fold(after.text)
        if len(letters) < _LONG - 1 or (self._is_known(fold(word.text)) and self._is_known(fold(after.text))):
            return None
        return self._target(letters, self._compounds)

    def _target(self, letters: str, targets: Mapping[str, str]) -> str | None:
        """The one word that `letters` were meant to be; None when that is not plain, or was an everyday word."""
        if len(letters) < _SHORTEST_TYPED or letters[0].isdecimal() or self._is_known(letters):
            return None
        best = _nearest(letters, targets)
        if not best:
            return None
        everyday = _nearest(letters, dict.fromkeys(ordinary_words()), at_most=best[0][1])
        meant = {root(target) for target, _ in best}
        if len(meant) != 1 or any(root(word) not in meant for word, _ in everyday):
            return None
        spelling = targets[best[0][0]]
        return None if is_acronym(spelling) and len(letters) < _SHORTEST_TARGET else spelling

    def _is_known(self, letters: str) -> bool:
        """Whether a word needs no mending: a word of the terms, of the documents or of everyday French."""
        own_root = root(letters)
        return (
            letters in self._known
            or own_root in self._known
            or letters in ordinary_words()
            or own_root in ordinary_roots()
            or _verb(letters) in self._verbs
        )


def _verb(letters: str) -> str:
    """What a verb has in common with its noun: « généraliser », « généralisation »; empty when that is short."""
    found = _VERB.fullmatch(letters)
    return found[1] if found else ""


def _mended(typed: str, start: int, end: int, spelling: str) -> Word:
    """The word that was meant, in small letters when it was typed so and is no acronym."""
    shown = spelling.lower() if typed.islower() and not is_acronym(spelling) else spelling
    return Word(start, end, shown, _keys(spelling), is_mended=True)


def _keys(spelling: str) -> tuple[str, ...]:
    parts = split_words(spelling)
    if len(parts) == 1:
        return (*term_keys(spelling), fold(spelling).upper()) if not is_acronym(spelling) else term_keys(spelling)
    return ("".join(term_keys(part.text)[-1] for part in parts),)


@lru_cache(maxsize=20_000)
def _sound(letters: str) -> str:
    for pattern, sound in _SOUNDS:
        letters = pattern.sub(sound, letters)
    return letters


def _nearest(letters: str, targets: Mapping[str, object], at_most: int = 9) -> list[tuple[str, int]]:
    """The likeliest words that `letters` were meant to be, all at the same distance, with it.

    The distance is that of the letters and that of the sounds together. Few errors in the letters, or none in the
    sound, are small; a letter left out is the commonest error and decides between equals.
    """
    few, sound = 2 if len(letters) >= _LONG else 1, _sound(letters)
    reach = 1 if len(letters) < 6 else few + 1 if len(letters) < 8 else 3
    found: list[tuple[str, int]] = []
    for target, distance, _ in process.extract(
        letters, targets.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=reach, limit=None
    ):
        between = DamerauLevenshtein.distance(sound, _sound(target))
        is_small = distance <= few or between == 0 or (between == 1 and len(sound) >= _CLEAR_SOUND)
        if is_small and distance + between <= at_most and _begins_alike(letters, target):
            found.append((target, distance + between))
    least = min((total for _, total in found), default=0)
    best = [(target, total) for target, total in found if total == least]
    complete = [(target, total) for target, total in best if _is_within(letters, target)]
    return complete if complete and len(best) > 1 else best


def _begins_alike(letters: str, target: str) -> bool:
    return _sound(letters)[:1] == _sound(target)[:1] or sorted(letters[:2]) == sorted(target[:2])


def _is_within(letters: str, target: str) -> bool:
    rest = iter(target)
    return all(letter in rest for letter in letters)
