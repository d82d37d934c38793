"""More ways to make a true sentence false: what it leaves out, exchanges, joins or claims beside what is proven.

As in `false_replies`: each rule gives sentences that differ in one thing from the true one; none where it has no hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from index.words import STOP_WORDS, fold

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary

Rule = Callable[[str, str, "Vocabulary"], Iterator[str]]

_END = r"(?=[,.;:!?)]|$)"
_CONDITION = re.compile(
    rf",? ?\b(?:à condition|sous réserve|sous condition|pourvu|pour autant|dès lors|en cas d|à moins|tant qu|lorsqu|"
    rf"(?<!depuis )quand|si|s'(?=ils?\b)|dans la limite|au prorata|selon que)\b[^,.;:!?()]*{_END}",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:seulement|uniquement|exclusivement|au moins|au plus(?! t[ôa])|au maximum|au minimum|environ|"
    r"près d[e']|plus d[e']|moins d[e']|jusqu'à|à partir d(?:e\b|')|seule?s?)(?= ?\w)[ ']?",
    re.IGNORECASE,
)
_HOUR = re.compile(r",? (?:à|avant|,) ?\d{1,2} ?(?:h|heures?|:)(?: ?\d\d)?\b")
_CAUSE = re.compile(
    r"^(?P<one>.{12,}?),? (?P<link>parce que?|car|puisque|en raison de|grâce à|afin de|pour que|donc|bien que|"
    r"tandis que|alors que) (?P<two>.{12,}?)(?P<end>[.]?)$"
)
_NUMBER = re.compile(r"(?<![\d/.,:-])\d{1,3}(?:[ \u202f\u00a0]\d{3})+(?!\d)|(?<![\d/.,:-])\d+(?:,\d+)?(?![\d/.,:-])")
_MONTH = re.compile(r"(?:er)? (?:janv|fév|mars|avr|mai|juin|juil|août|sept|oct|nov|déc|h\b)")
# Parts of set phrases (« de son côté », « dans le cadre de ») name nothing that could be exchanged.
_SET = frozenset("côté cadre titre cas fois moins plus terme sein cours lieu part nouveau nouvelle premier".split())  # noqa: SIM905
_NOUN = re.compile(
    r"\b(?:[Ll]e |[Ll]a |[Ll]es |[Ll]['’]|[Uu]ne? |des |du |aux? |son |sa |ses |leurs? |cette |ce )([\w-]{4,})"
)
_LISTED = re.compile(r"(?:[\s,/()]|\b(?:et|ou|ni|les?|la|l['’]|des?|du|aux?|un|une|pour|en|à|que|entre)\b)*")
_UNITS = (
    (r" (?:€|euros)(?! ?/)", " M€"), (r" M€|(?<=\d) millions d'euros", " €"), (r" M€", " Md€"), (r"\bjours?\b", "mois"),
    (r"\bmois\b", "jours"), (r"\bsemaines?\b", "mois"), (r"\bans?\b", "semaines"), (r" HT\b", ""), (r" TTC\b", " HT"),
    (r"\bpar an\b", "par mois"), (r"\bpar (?:dossier|mois|site|poste)\b", "par an"), (r" %", " millions"),
    (r" k€", " M€"), (r"\bminutes\b", "heures"), (r"\bjours ouvrés\b", "jours"),
)  # fmt: skip
_INTENSE = (
    (r"\b(est|sont) (?=\w)", r"\1 de très loin "), (r"^(Les?|La) (\w+) ", r"\1 plus important \2 "),
    (r"\b(est|sont|a|ont) (?=\w)", r"\1 toujours "), (r"\b(est|sont|a|ont) (?=\w)", r"\1 déjà "),
    (r"\b(peut|peuvent|doit|doivent) ", r"\1 encore "), (r"^(Les? |La |L['’])", r"Même \1"),
    (r"\b(est|sont) (?=\w+(?:é|e)s?\b)", r"\1 le plus "), (r"\b(est|sont) (?=\w)", r"\1 parfois "),
    (r"\b(a|ont|est|sont) (?=\w)", r"\1 au moins "), (r"\b(est|sont) (?=\w)", r"\1 presque "),
)  # fmt: skip


def removed(pattern: re.Pattern[str], *, least: int = 4) -> Rule:
    def rule(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
        for match in pattern.finditer(sentence):
            rest = f"{sentence[: match.start()]} {sentence[match.end() :].lstrip(' ,')}".strip()
            if len(rest.split()) >= least:
                yield rest[:1].upper() + rest[1:]

    return rule


def exchanged_words(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    """Two nouns in each other's place, unless they are listed side by side."""
    nouns = [
        match for match in _NOUN.finditer(sentence) if not {fold(match[1]).casefold(), match[1]} & (STOP_WORDS | _SET)
    ]
    for one, two in combinations(nouns, 2):
        between = sentence[one.end(1) : two.start(1)]
        if one[1].casefold() == two[1].casefold() or _LISTED.fullmatch(between) or re.search(r"[.;:—]", between):
            continue
        if one[1].endswith("s") is two[1].endswith("s"):
            yield sentence[: one.start(1)] + two[1] + between + one[1] + sentence[two.end(1) :]


def exchanged_numbers(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    found = [one for one in _NUMBER.finditer(sentence) if not _MONTH.match(sentence, one.end())]
    for one, two in combinations(found, 2):
        between = sentence[one.end() : two.start()]
        is_listed = re.fullmatch(r"\s*(?:,|et|ou|et/ou|/|à|au?x?|-)\s*", between)
        if one[0] != two[0] and not is_listed and _is_a_count(one[0]) and _is_a_count(two[0]):
            yield sentence[: one.start()] + two[0] + between + one[0] + sentence[two.end() :]


def _is_a_count(number: str) -> bool:
    return not re.fullmatch(r"(?:19|20)\d\d|\d", number)


def exchanged_days(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    found = list(re.finditer(r"\d{1,2}(?:er)? [a-zéû]{3,9} 20\d\d|\d\d/\d\d/20\d\d", sentence))
    for one, two in combinations(found, 2):
        between = sentence[one.end() : two.start()]
        if one[0] != two[0] and len(between.split()) > 2:
            yield sentence[: one.start()] + two[0] + between + one[0] + sentence[two.end() :]


def causes(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    """The cause made the consequence, another link, and a link where none is said."""
    match = _CAUSE.match(sentence)
    if match:
        one, two, link = match["one"], match["two"], match["link"]
        if link not in ("bien que", "tandis que", "alors que"):
            yield f"{two[0].upper()}{two[1:]} {link} {one[0].lower()}{one[1:]}{match['end']}"
        for other in ("donc", "parce que", "bien que", "afin que"):
            if other != link and {other, link} != {"parce que", "car"}:
                yield f"{one} {other} {two}{match['end']}"
    elif re.search(r"\w{4,} et (?:les?|la|l'|il|elle)\b", sentence):
        yield re.sub(r"(\w{4,}) et (?=(?:les?|la|l'|il|elle)\b)", r"\1 parce que ", sentence, count=1)


def units(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    for pattern, made in _UNITS:
        match = re.search(rf"(\d[\d ,]*)({pattern})", sentence)
        if match:
            yield sentence[: match.start(2)] + made + sentence[match.end(2) :]


def rounded(sentence: str, quoted: str, _: Vocabulary) -> Iterator[str]:
    """« 2 307 » made « 2 300 », « 48,5 % » made « 48 % » and « 1,5 » made « 2 »."""
    for match in _NUMBER.finditer(sentence):
        plain = re.sub(r"[\s\u202f\u00a0]", "", match[0])
        if "," in plain:
            whole = plain.partition(",")[0]
            others = [whole, str(int(whole) + 1)]
        elif len(plain) > 2 and not _MONTH.match(sentence, match.end()) and not re.fullmatch(r"20\d\d", plain):
            others = [str(round(int(plain), 1 - len(plain))), str(round(int(plain), -1))]
        else:
            others = []
        for other in dict.fromkeys(others):
            if other != plain and other not in re.sub(r"(?<=\d)[\s\u202f\u00a0](?=\d{3})", "", quoted):
                yield sentence[: match.start()] + other + sentence[match.end() :]


def alternatives(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    for match in re.finditer(r"\b(et|ou)\b(?! demi)", sentence):
        if sentence[match.end() : match.end() + 1] == " " and "et/ou" not in sentence:
            yield sentence[: match.start()] + ("ou" if match[0] == "et" else "et") + sentence[match.end() :]


def intensified(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    for pattern, made in _INTENSE:
        word = made.split()[-1].casefold() if made.startswith("\\1") else "même"
        if re.search(pattern, sentence) and word not in sentence.casefold():
            yield re.sub(pattern, made, sentence, count=1)


def misattributed(sentence: str, quoted: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Said to be the word of someone whom the quotation only names, or of a source that it is not."""
    lowered = sentence[0].lower() + sentence[1:] if not sentence[:2].isupper() else sentence
    for mention in vocabulary.find(quoted):
        if mention.tags[0].kind == "actor" and not re.search(r"\b(?:selon|d'après)\b", quoted, re.IGNORECASE):
            yield f"Selon {mention.text}, {lowered}"
    yield f"Selon la loi, {lowered}"
    yield f"D'après le ministère de l'Agriculture, {lowered}"


def generalised(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    """« d'au moins 50 places », « de plus de 200 places » left out: said of all."""
    for match in re.finditer(r" (?:d'au moins|de plus de|de moins de|d'au plus) \d+ [a-zé]+", sentence):
        yield sentence[: match.start()] + sentence[match.end() :]


TURNS: dict[str, Rule] = {
    "condition": removed(_CONDITION),
    "limit": removed(_LIMIT),
    "hour left out": removed(_HOUR),
    "exchanged words": exchanged_words,
    "exchanged numbers": exchanged_numbers,
    "exchanged days": exchanged_days,
    "cause": causes,
    "units": units,
    "rounded": rounded,
    "and, or": alternatives,
    "intensity": intensified,
    "source": misattributed,
    "generalised": generalised,
}
