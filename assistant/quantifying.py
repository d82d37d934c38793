"""Pure: whether small words that count or compare (« tous », « le plus », « déjà ») say what the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.new_words import Rules
from assistant.word_places import Word, read_words

_WORD = re.compile(r"[^\W_]+")
# What a sentence may not add, folded: each only where the text has it, in one of its forms.
_SMALL = {
    "deja": r"deja", "encore": r"encore", "meme": r"memes?", "tres": r"tres", "presque": r"presque|pres d\w*",
    "toujours": r"toujours", "jamais": r"jamais|aucune?|rien", "parfois": r"parfois|certain\w*",
    "souvent": r"souvent|frequem\w*|regulier\w*|plupart", "plupart": r"plupart|majorite|majoritaire\w*",
    "aussitot": r"aussitot|immediat\w*|des", "uniquement": r"uniquement|seul\w*|que|exclusiv\w*",
    "exactement": r"exactement|precisement", "notamment": r"notamment|entre autres|par exemple|dont|tel\w*",
}  # fmt: skip
_HELD = {word: re.compile(rf"\b(?:{forms})\b") for word, forms in _SMALL.items()}
_SUPERLATIVE = re.compile(r"\b(?:les?|la|l|du|des|aux?) (plus|moins|mieux) (?!(?:tard|tot|d|de)\b)(\w+)")
_COMPARES = re.compile(r"\b(plus|moins|aussi) (?!tard|tot)\w+ (?:que|qu)\b|\b(plus|moins) (?!tard)\w{4,}")
# « Même les dentistes », not « la même chose » nor « eux-mêmes ».
_EVEN = re.compile(
    r"(?<!\bl[ea] )(?<!\bles )(?<!\bun )(?<!\bune )(?<!\bdes )(?<!\bdu )(?<!\bce )(?<!\bde )(?<!-)\bmeme (?!temps)"
)
_EVERY = re.compile(
    r"\b(?:tous|toutes|tout|toute|chaque|l'ensemble d\w*)\s+(?:les?|la|l'|des?|du|ces|cette|ses|leurs?)?\s*(\w+)"
)
_EACH = frozenset({"chaque", "tout", "toute", "tous", "toutes"})
_TAIL = re.compile(r"\b(?:tous|toutes)\b")
# « L'essentiel, 430 M€ » is no « l'essentiel des 430 M€ ».
_SHARE = re.compile(
    r"\b(essentiel|majorite|moitie|plupart|partie|reste|tiers|quarts?|ensemble|totalite) (?:de |du |des |d )"
    r"(?:les? |la |l )?(\S+)"
)


def counts_otherwise(sentence: str, text: str, rules: Rules) -> bool:
    """Whether the sentence compares, ranks or takes all of what its text does not. Both in one spelling."""
    one, other = (text.casefold().replace("'", " ") for text in (sentence, text))
    words = frozenset(_WORD.findall(one))
    if any(word in words and not held.search(other) for word, held in _HELD.items()):
        return True
    if {match[1] for match in _SUPERLATIVE.finditer(one)} - {match[1] for match in _SUPERLATIVE.finditer(other)}:
        return True
    if any(not re.search(rf"\b{match[2] or match[1]}\b", other) for match in _COMPARES.finditer(one)):
        return True
    if _shares(one) - _shares(other):
        return True
    if _EVEN.search(sentence.casefold()) and not _EVEN.search(text.casefold()):
        return True
    mine, theirs = (read_words(text, rules) for text in (sentence, text))
    return (
        _takes_all(sentence.casefold(), text.casefold(), rules) or _widens(mine, theirs) or _counts_others(mine, theirs)
    )


def _shares(text: str) -> set[tuple[str, str]]:
    """The words of a share, each with what it is a share of; only numbers, whose share is easily another's."""
    return {(match[1], match[2]) for match in _SHARE.finditer(text) if match[2][:1].isdigit()}


def _takes_all(sentence: str, text: str, rules: Rules) -> bool:
    """Whether « tous les X » stands in the sentence and the text says « tous », « chaque » of others only."""
    mine = [_named(match[1], rules) for match in _EVERY.finditer(sentence)]
    theirs = {_named(match[1], rules) for match in _EVERY.finditer(text)}
    # « ils sont tous concernés » says it of what comes before; « l'un des deux », of nothing in particular.
    floating = len(_TAIL.findall(text)) > len(theirs)
    return not floating and any(name and name not in theirs for name in mine)


def _named(word: str, rules: Rules) -> str:
    found = read_words(word, rules)
    return (found[0].name or found[0].said) if found else ""


def _widens(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether « chaque cible atteinte » is made « chaque cible »."""
    said = {word.name for word in mine}
    narrowed = {(one.said, two.name): three.name for one, two, three in _threes(theirs) if one.said in _EACH}
    return any(
        narrowed.get((one.said, two.name), "") not in ("", *said)
        for one, two in pairwise(mine)
        if one.said in _EACH and two.name
    )


def _threes(words: Sequence[Word]) -> Iterator[tuple[Word, Word, Word]]:
    return zip(words, words[1:], words[2:], strict=False)


def _counts_others(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether « 96 dossiers » stands in the sentence and the text counts dossiers by other numbers only."""
    said = {word.name for word in mine}
    counted = [(one.name, two.name) for one, two in pairwise(theirs) if _is_number(one) and two.name]
    for one, two in pairwise(mine):
        if not _is_number(one) or not two.name or (one.name, two.name) in counted:
            continue
        things = {name for number, name in counted if number == one.name}
        if any(name == two.name for _, name in counted) and not things & said:
            return True
    return False


def _is_number(word: Word) -> bool:
    return word.name.isdigit() and not (len(word.name) == len("2024") and word.name.startswith(("19", "20")))
