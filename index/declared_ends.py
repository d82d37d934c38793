"""Pure: the day until which a document says itself, near its top, that it is in force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from index.dating import find_dates
from index.records import Page
from index.splitting import sentence_spans

# Further down a text speaks of other things than itself.
_TOP_CHARS = 1_500
_ITSELF = (
    r"\b(?:ce|cet|cette|le présent|la présente)\s+(?:page|document|foire aux questions|faq|guide|fiche|version|édition"
    r"|texte|note|notice|brochure|règlement|arrêté|circulaire|calendrier|barème|formulaire)\b"
)
_ENDED = (
    r"n['’]est plus (?:en vigueur|valable|valide|à jour|d['’]actualité|applicable)"
    r"|(?:est|a été) (?:remplacée?|abrogée?|archivée?|retirée?|annulée?|périmée?)"
    r"|(?:est |reste )?(?:en vigueur|valable|valide|applicable) jusqu"
)
_STATEMENT = re.compile(rf"{_ITSELF}[^.;:!?]{{0,80}}?\b(?:{_ENDED})", re.IGNORECASE)


def declared_end(pages: Sequence[Page]) -> date | None:
    """The day in a sentence such as « Cette page est remplacée depuis le 4 mai 2026 par… »; None without one."""
    text = pages[0].text[:_TOP_CHARS] if pages else ""
    for start, end in sentence_spans(text, 0, len(text)):
        said = _STATEMENT.search(text, start, end)
        if said is not None:
            days = (one.last for one in find_dates(text[said.end() : end], written=None) if one.first == one.last)
            return next(days, None)
    return None
