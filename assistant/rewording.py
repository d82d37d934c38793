"""Pure: French wordings whose terms are taken out or replaced, with the small words that hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HELD = re.compile(
    r"(?:(?:^|(?<=[\s(,;:'’]))(?P<preposition>de|du|des|d['’]|en|dans|pour|à|a|au|aux|chez|vers|par|sur|avec|côté)\s*)?"
    r"(?:(?:^|(?<=[\s(,;:'’]))(?P<determiner>le|la|les|l['’]|un|une|mon|ma|mes|notre|nos|votre|vos|leurs?|cette|cet|ces|ce)\s*)?$",
    re.IGNORECASE,
)
_CONTRACTED = {"du": ("de", "le"), "des": ("de", "les"), "au": ("à", "le"), "aux": ("à", "les")}
_CONTRACTS = {pair: word for word, pair in _CONTRACTED.items()}
_LINK_BEFORE = re.compile(r"(?:\s+(?:et|ou|puis)|\s*[,/&])\s*$", re.IGNORECASE)
_LINK_AFTER = re.compile(r"^\s*(?:(?:et|ou|puis)\b|[,/&])\s*", re.IGNORECASE)
_EMPTY_CLAUSES = re.compile(
    r"(?:\b(?:je suis|on est|nous sommes|en tant que?|moi)\b|['’])\s*(?=[,;.?!]|$)[,;.]?|\(\s*\)", re.IGNORECASE
)
_COUNTED = re.compile(r"\b(?:combien|nombre|nb|cb)\s*$", re.IGNORECASE)
_END = re.compile(r"[\s?!.…,;:]+$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A term in a wording, with the preposition and the determiner that hold it, contractions undone."""

    start: int
    end: int
    preposition: str
    determiner: str
    words: str


def phrase(text: str, start: int, end: int) -> Phrase:
    """The phrase of the term at `text[start:end]`: « du solde » is (« de », « le », « solde »)."""
    held = _HELD.search(text[:start])
    preposition = (held["preposition"] or "").lower() if held else ""
    determiner = (held["determiner"] or "").lower() if held else ""
    if preposition in _CONTRACTED and not determiner:
        preposition, determiner = _CONTRACTED[preposition]
    if preposition in ("d'", "d’"):
        preposition = "de"
    begins = held.start() if held and (preposition or determiner) else start
    return Phrase(begins, end, preposition, determiner, text[start:end])


def replaced(text: str, old: Phrase, new: Phrase) -> str:
    """The text with one phrase in the place of another: its own preposition, else the one that stood there."""
    preposition, determiner = old.preposition, new.determiner or old.determiner
    if _COUNTED.search(text[: old.start]):
        preposition, determiner = "de", ""
    elif old.preposition and new.preposition:
        preposition, determiner = new.preposition, new.determiner
    elif not old.preposition and not old.determiner:
        preposition, determiner = "", ""
    elif new.preposition and not old.preposition:
        determiner = new.determiner
    return text[: old.start] + written(preposition, determiner, new.words) + text[old.end :]


def added(text: str, new: Phrase) -> str:
    """The text with a phrase at its end, before the mark that closes it."""
    preposition = new.preposition or ("" if not new.determiner else "pour")
    closing = _END.search(text)
    mark = " ?" if closing and "?" in closing.group() else ""
    return f"{_END.sub('', text)} {written(preposition, new.determiner, new.words)}{mark}"


def written(preposition: str, determiner: str, words: str) -> str:
    """The three as French writes them: « de », « le », « solde » give « du solde »."""
    if preposition == "en" and determiner:
        preposition = "pour"
    held = _CONTRACTS.get((preposition, determiner))
    if held is None:
        if preposition == "de" and not determiner and words[:1].lower() in "aeéèêiouyhœ":
            preposition = "d'"
        held = " ".join(part for part in (preposition, determiner) if part)
    gap = "" if not held or held[-1] in "'’" else " "
    return f"{held}{gap}{words}"


def without(text: str, gone: Phrase) -> str:
    """The text without a phrase, the link that joined it to another one included."""
    before, after = text[: gone.start], text[gone.end :]
    if _LINK_BEFORE.search(before):
        before = _LINK_BEFORE.sub(" ", before)
    elif not before.strip() or before.rstrip()[-1] in ",;:(":
        after = _LINK_AFTER.sub(" ", after)
    return tidy(f"{before} {after}")


def tidy(text: str) -> str:
    """The text in single spaces, without clauses and marks that hold nothing any more."""
    while (tidied := _tidied(text)) != text:
        text = tidied
    return text


def _tidied(text: str) -> str:
    text = _EMPTY_CLAUSES.sub(" ", text)
    text = re.sub(r"\s+(?=[,.)])", "", " ".join(text.split()))
    text = re.sub(r"([,;:])\s*(?=[,;:.?!])", "", text)
    return re.sub(r"^[\s,;:.?!]+", "", text)


def closed(text: str) -> str:
    """The text without the mark that closes it."""
    return _END.sub("", text)


def lowered(text: str) -> str:
    """The text beginning with a small letter, unless it begins with an acronym or a name of capitals."""
    first = text.split(" ", 1)[0]
    return text if sum(letter.isupper() for letter in first) > 1 else text[:1].lower() + text[1:]
