"""Pure: acronyms that a text expands itself: « dossier médical partagé (DMP) », « DMP (dossier médical partagé) »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.term_words import fold

_ACRONYM = r"[A-ZÀ-ÖØ-Þ0-9][A-Za-zÀ-ÖØ-öø-ÿ0-9]*(?:[-'’][A-ZÀ-ÖØ-Þ0-9][A-Za-zÀ-ÖØ-öø-ÿ0-9]*)*"
_AFTER = re.compile(rf"\(\s*[«\"“]?\s*({_ACRONYM})\s*[»\"”]?\s*(?:[,;:][^()]*)?\)")
_BEFORE = re.compile(rf"(?<![\w-])({_ACRONYM})\s*\(\s*[«\"“]?\s*([^()«»\"]{{5,120}}?)\s*[»\"”]?\s*\)")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.;:!?|()\n]")
_ARTICLE = re.compile(r"^(?:l['’]|(?:le|la|les|un|une)\s+)", re.IGNORECASE)
_LINK_WORDS = frozenset("a au aux d de des du en et l la le les ou par pour sur dans un une s".split())  # noqa: SIM905
_LONGEST_ACRONYM = 10


def learn_acronyms(text: str) -> dict[str, str]:
    """Acronym → expansion as written, for each that the text spells out with the right initials; the first holds."""
    learned: dict[str, str] = {}
    for _, acronym, expansion in sorted(_expansions(text)):
        learned.setdefault(acronym, expansion)
    return learned


def spells_out(acronym: str, phrase: str) -> bool:
    """Whether the phrase's words have the acronym's letters as initials."""
    expansion = _ARTICLE.sub("", " ".join(phrase.split()))
    return _is_acronym(acronym) and _tail_with_initials(acronym, expansion) == expansion


def _expansions(text: str) -> Iterator[tuple[int, str, str]]:
    """Each acronym that is spelled out, after its place in the text."""
    for match in _AFTER.finditer(text):
        before = _SENTENCE_END.split(text[max(0, match.start() - 150) : match.start()])[-1].rstrip(' «»"“”')
        expansion = _tail_with_initials(match[1], before) if _is_acronym(match[1]) else None
        if expansion:
            yield match.start(), match[1], expansion
    for match in _BEFORE.finditer(text):
        expansion = _ARTICLE.sub("", " ".join(match[2].split()))
        if _is_acronym(match[1]) and _tail_with_initials(match[1], expansion) == expansion:
            yield match.start(), match[1], expansion


def _is_acronym(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return 2 <= len(letters) <= _LONGEST_ACRONYM and capitals >= 2 and capitals * 3 >= len(letters)


def _tail_with_initials(acronym: str, phrase: str) -> str | None:
    """The shortest end of `phrase` whose words' initials give the acronym; None when there is none."""
    letters = "".join(character for character in fold(acronym) if character.isalpha())
    words = list(_WORD.finditer(phrase))
    for first in range(len(words) - 2, -1, -1):
        folded = [fold(word.group()) for word in words[first:]]
        if len(folded) > 2 * len(letters) + 5:
            return None
        if folded[0] not in _LINK_WORDS and folded[0][0] == letters[0] and _spells(letters, folded):
            return " ".join(phrase[words[first].start() :].split())
    return None


def _spells(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters are the words' beginnings in order, at least one each; a link word may give none."""
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if word in _LINK_WORDS and _spells(letters, rest):
        return True
    if not letters or letters[0] != word[0]:
        return False
    longest = min(len(word), len(letters))
    return any(word.startswith(letters[:given]) and _spells(letters[given:], rest) for given in range(1, longest + 1))
