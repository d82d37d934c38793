"""Pure: « au plus tard le 3 mars pour la vigne, le 5 mai pour le blé et le 9 juin pour le lin »: three last days."""

from __future__ import annotations

import re

_FOR_WHOM = r"(?:pour|dans|en|chez|aux?|concernant|s'agissant)"
_NEXT = re.compile(
    rf" ?(?:\(?{_FOR_WHOM} [^.;:\n]{{1,80}}?)?(?: ?[,;)]| et\b| ou\b| puis\b)+ ?"
    rf"(?:{_FOR_WHOM} [^.;:,\n]{{1,60}},? )?(?:(?:a|au|le|la|l'|du|en|fin|d'ici) ?)*"
)
# Accents tell « à » from a verb.
_VERB = re.compile(
    r"\b(?:est|sont|sera|seront|a|ont|aura|auront|doit|doivent|qui|que|dont|il|elle|ils|elles|on|se)\b|\bs'(?!agissant)"
)


def is_next_of(flat: str, lower: str, end: int, start: int) -> bool:
    """Whether the date that begins at `start` goes on the enumeration of the one that ends at `end`.

    `flat` is the flattened text, `lower` the same with its accents.
    """
    return _NEXT.fullmatch(flat, end, start) is not None and _VERB.search(lower, end, start) is None
