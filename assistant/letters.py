"""A question as a letter: what greets, thanks and signs says nothing of what is asked. Pure."""

from __future__ import annotations

import re

_NAMED = r"[^.?!:;\n]{0,40}?"
_GREETING = re.compile(
    rf"^\s*(?:bonjour|bonsoir|salut|hello|coucou|madame|monsieur|mesdames|messieurs|ch[eè]re?s?)\b{_NAMED}[,!.]\s+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:(?:un grand |mille |d['’]avance,? )?merci\b|cordialement|bien à vous|d['’]avance\b|bien cordialement|"
    r"respectueusement|veuillez (?:agréer|recevoir|croire)|(?:mes |meilleures |sincères )?salutations|"
    r"bonne journée|cdt\b)",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ý\d«])")
# A longer sentence says more than thanks.
_LONGEST_CLOSING = 12


def without_courtesy(text: str) -> str:
    """The text without its greeting, and without the sentences at its end that thank or sign; as it is if short."""
    body = _GREETING.sub("", text, count=1)
    sentences = _SENTENCES.split(body)
    asked = [number for number, one in enumerate(sentences) if "?" in one]
    if not asked:
        return body.strip() or text
    closing = next(
        (number for number, one in enumerate(sentences) if number > asked[-1] and _is_closing(one)), len(sentences)
    )
    return " ".join(sentences[:closing]) or text


def _is_closing(sentence: str) -> bool:
    return _CLOSING.match(sentence) is not None and len(sentence.split()) <= _LONGEST_CLOSING
