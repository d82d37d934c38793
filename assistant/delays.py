"""« Quand l'avance est-elle versée ? » may be answered by no day but by a delay: « dans les trente jours ». Pure."""

from __future__ import annotations

import re

from assistant.cues import folded
from assistant.shapes import shapes_of

_WHEN = re.compile(r"\bquand\b|\ba quel moment\b|\b(?:dans|sous|en) combien de (?:temps|jours|semaines|mois)\b")
# « date limite », « quel jour », « encore » : a day is wanted.
_DAY = re.compile(
    r"\bdates?\b|\bquel(?:le)?s? (?:jour|annee|mois|heure)|\bencore\b|\breste|\blimite\b|\bprochain|\bechean|\b20\d\d\b"
)
_UNIT = r"(?:heures?|jours?|semaines?|mois|ans?|annees?)"
_FOLLOWS = re.compile(
    rf"\b(?:dans|sous|apres|avant|au bout de|d'ici|delais?|au plus tard)\b[^.;:]{{0,30}}? {_UNIT}\b"
    rf"|\b{_UNIT} (?:au plus |ouvres |francs )?(?:apres|avant|suivant|plus tard|de la|de l'|du|qui suivent|a compter)"
)


def asks_when(text: str) -> bool:
    """Whether the text asks when something happens, and for no day of the calendar."""
    plain = folded(text)
    return _WHEN.search(plain) is not None and _DAY.search(plain) is None


def gives_delay(text: str) -> bool:
    """Whether the text says how long after or before something else: « dans les trente jours qui suivent »."""
    return shapes_of(text).duration and _FOLLOWS.search(folded(text)) is not None
