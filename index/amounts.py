"""Pure: the sums of money that a sentence or row states as a whole budget or cost, and for which years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from index.dating_words import flatten
from index.records import FactKind

_UNITS = {"k€": 3, "m€": 6, "md€": 9, "mds€": 9, "million": 6, "millions": 6, "milliard": 9, "milliards": 9}
_AMOUNT = re.compile(
    r"(?P<number>\d{1,3}(?:[\s.]\d{3})+|\d+(?:,\d+)?)\s*"
    r"(?P<unit>[km]€|mds?€|€|euros?\b|(?:million|milliard)s?\b(?! d(?!['’]euro)))"
)
_ROUNDED = re.compile(r"\b(?:environ|pres de|plus de|moins de|autour de|quelque|au moins)\s*$")
_CUES: dict[FactKind, re.Pattern[str]] = {
    "total": re.compile(r"\bbudget|\benveloppe|\bdote\w*\b|\bdispose\b|\bdotation|\brepresente\b|\bmobilise\b"),
    "cost": re.compile(r"\bcout\w*\b|\bconsacre\w*\b"),
}
# A part of a whole, an aim, or a sum that is not the whole's.
_PART = re.compile(
    r"\b(?:dont|essentiel|reserve\w*|delegue\w*|chacune?|ligne|avance|solde|forfait|maximum|plafond|"
    r"par (?:etablissement|structure)|jusqu'a \d)\b"
)
_UNTIL = re.compile(r"\b(?:jusqu'en|d'ici|horizon|avant)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in euros; `kind` is None where no word says what it is.

    `period` are the years said with it: « 2021-2025 », « →2027 » for what goes up to a year.
    """

    kind: FactKind | None
    euros: Decimal
    period: str
    is_rounded: bool


def whole_amount(said: str, years_in: str) -> Amount | None:
    """The one sum that a sentence, or a row with its headers, states as a whole; None for several, or for a part.

    `years_in` is where its years stand: the header of a column of sums often says when it was written.
    """
    flat = flatten(said).lower()
    found = {euros: match for match in _AMOUNT.finditer(flat) if (euros := _euros(match)) is not None}
    kind = next((kind for kind, cue in _CUES.items() if cue.search(flat)), None)
    if len(found) != 1 or _PART.search(flat):
        return None
    ((euros, match),) = found.items()
    return Amount(kind, euros, _period(flatten(years_in).lower()), _ROUNDED.search(flat[: match.start()]) is not None)


def _period(flat: str) -> str:
    """« 2021-2025 » for two years, « →2027 » for what goes up to one, the year alone for that of one year."""
    years = list(dict.fromkeys(_YEAR.findall(flat)))
    return f"→{years[0]}" if len(years) == 1 and _UNTIL.search(flat) else "-".join(years)


def amounts_of(text: str) -> frozenset[Decimal]:
    """Every sum that a text names, in euros; a bare number takes the unit of the sum that follows it."""
    flat = flatten(text).lower()
    found = [(match, euros) for match in _AMOUNT.finditer(flat) if (euros := _euros(match)) is not None]
    bare = {
        _scaled(match[1], one["unit"])
        for one, _ in found
        for match in re.finditer(
            r"\b(\d+(?:,\d+)?)\s+(?:ou|et|a|tantot|puis|ni)\s+(?:tantot\s+|de\s+)?$", flat[: one.start()]
        )
    }
    return frozenset({euros for _, euros in found} | {one for one in bare if one is not None})


def _euros(match: re.Match[str]) -> Decimal | None:
    return _scaled(match["number"], match["unit"])


def _scaled(number: str, unit: str) -> Decimal | None:
    try:
        value = Decimal(re.sub(r"[\s.]", "", number).replace(",", "."))
    except InvalidOperation:
        return None
    return value.scaleb(_UNITS.get(unit, 0)).normalize()
