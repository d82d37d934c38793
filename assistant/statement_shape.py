"""Pure: whether a sentence states anything by itself: no question, no talk of oneself, neither cut nor bare."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.new_words import Rules
from index.dating import normalise_dates
from index.words import fold

_ASKS = re.compile(
    r"\?\s*$|^\W*(?:quel(?:le)?s?|comment|pourquoi|combien|est-ce|qu'est-ce|que (?!l[ea]s?\b|l'))\b|"
    r"\w-(?:t-)?(?:ils?|elles?|on|je|tu|ce)\b|\bquoi\b",
    re.IGNORECASE,
)
# Whoever speaks, is spoken to, or speaks of the talk itself.
_SPEAKS = re.compile(r"\b(?:je|j|moi|me|mon|ma|mes|nous|notre|nos|tu|te|toi|ton|ta|tes|ca|questions?|reponses?)\b")
_CUT = re.compile(
    r"(?:^|[\s'(])(?:de|du|des|la|le|les|un|une|et|ou|au|aux|en|pour|par|que|qui|quel|quelle|dont|sur|dans|avec|l|d|s|"
    r"qu|on|ils?|elles?|se|ce|y)\W*$|\b(?:car|donc|mais|et) (?:il|elle|on|ils|elles) \w+\W*$|"
    r"\s(?:est|sont|etait|doit|peut|ne|n)\W*$"
)
_SAYS_NOTHING = re.compile(r"\b(?:veut|veulent|voulait) dire\W*$")
_TO = re.compile(r"(?:^|\s)à\W*$")
_LINKS = re.compile(r"\b(?:est|sont|a|ont|etai(?:t|ent)|doi(?:t|vent)|peu(?:t|vent)|sera|seront|avai(?:t|ent))\b")
# A number or a day; an hour says nothing by itself.
_AMOUNT = re.compile(r"(?<![\d:.,-])\d+(?:[.,-]\d+)*(?!\d|[:,.-]\d| ?h\b)")
_WORD = re.compile(r"[^\W\d_]+")
_LAST = re.compile(r"[^\W\d_]+(?=\W*$)")
_PAIRS = (("(", ")"), ("«", "»"), ("[", "]"))
_LEAST_WORDS = 2
# What tells a verb, with « à » as a mark: a word that only stands before or after one, or one of its usual endings.
_WITH_VERB = re.compile(
    r"\b(?:est|sont|a|ont|fut|va|vont|fait|font|faut|peut|doit|il|elle|ils|elles|on|qui|se|ne)\b|\b(?:c|n|s)'"
)
_VERB = re.compile(r"\w+(?:[^\Wé]e|t|ra|ront|end|ond|ois)")
_HOLDS = frozenset(
    "le la les l un une ce cet cette ces son sa ses leur leurs de d du des au aux à en par pour et ou sur".split()  # noqa: SIM905
)
# Nouns and adjectives with a verb's ending; « est déploie » is nothing at all.
_NO_VERB = re.compile(r"(?:ique|aire|oire|able|ible|ive|euse|ette|isme|iste|ite|ment|une)s?$")
_GARBLED = re.compile(r"\bne n[e']|\?|\b(?:est|sont|etai(?:t|ent)) \w+(?:oie|oient|vent|tent)\b")
_THIS_IS = re.compile(r"\W*(?:cela|ceci|ca) (?:est|sont|etait)\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_CELL = re.compile(r" — [^:]+ : ")
_TELLS = re.compile(r"[:—–]|\d\d|[%€]")


def _says_itself(plain: str, rules: Rules) -> bool:
    """« CDA-R2 : CDA-R2 »."""
    before, colon, after = plain.partition(" : ")
    return bool(colon) and set(rules.stems(after)) <= set(rules.stems(before))


def _is_cut(plain: str, quoted: str) -> bool:
    """Whether the last word is only the beginning of one of the text: « le mont » where it says « le montant »."""
    last = _LAST.search(plain)
    words = frozenset(_WORD.findall(quoted))
    if last is None or last[0] in words:
        return False
    return any(word.startswith(last[0]) and len(word) > len(last[0]) + 1 for word in words)


def _has_verb(sentence: str) -> bool:
    """Whether a word of the sentence may be its verb: « la sécurité des comptes » has none."""
    if _WITH_VERB.search(fold(re.sub(r"\b[àÀ](?!\w)", "@", sentence)).casefold()):
        return True
    words = [word.casefold() for word in _WORD.findall(sentence)]
    return any(
        _VERB.fullmatch(two) and not {one, two} & _HOLDS and not _NO_VERB.search(fold(two))
        for one, two in pairwise(words)
    )


def is_statement(sentence: str, text: str, rules: Rules) -> bool:
    """Whether the sentence can stand by itself; `text` is what it leans on, whose speaker may speak of himself."""
    plain, quoted = (fold(one).casefold() for one in (sentence, text))
    if _ASKS.search(plain) or _CUT.search(fold(sentence)) or _SAYS_NOTHING.search(plain) or _TO.search(sentence):
        return False
    if _is_cut(plain, quoted):
        return False
    if any(sentence.count(one) != sentence.count(two) for one, two in _PAIRS):
        return False
    if frozenset(_SPEAKS.findall(plain)) - frozenset(_SPEAKS.findall(quoted)):
        return False
    if _THIS_IS.match(plain) or _says_itself(plain, rules):
        return False
    if (not _has_verb(_BRACKETS.sub(" ", sentence)) and not _TELLS.search(sentence)) or _GARBLED.search(plain):
        return False
    dated = normalise_dates(plain)
    words = {stem for stem in rules.stems(dated) if not any(letter.isdigit() for letter in stem)}
    if len(words) >= _LEAST_WORDS + (not _LINKS.search(plain) and _CELL.search(sentence) is None):
        return True
    return len(words) > 0 and len(_AMOUNT.findall(dated)) > 1
