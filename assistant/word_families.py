"""Pure: which stems are forms of one word, where the stemmer leaves them apart: « concerne » and « concernent ».

Stems alike in their first letters are not enough: « public » is no « publié », « support » no « supposer ».
"""

from __future__ import annotations

from collections.abc import Iterable

# Two stems of one word begin with so many letters alike, and what is left of each is an ending.
_ALIKE_LETTERS = 5
_SHORT = 4
_ENDINGS = frozenset({"", *"""
    e es ent nt nent er ir r i ie it t u al au l eux iair air oir ionnel ationnel ionn ionnent ionne abilit ite ement
    ment ag age ant ait aient era eront se ct xion if iv
""".split()})  # fmt: skip  # noqa: SIM905
# Endings that only go together.
_TOGETHER = frozenset(
    {
        frozenset(pair)
        for pair in (("l", "u"), ("se", "t"), ("s", "t"), ("ct", "xion"), ("if", "it"), ("r", "u"), ("au", "l"))
    }
)
_ALONE = frozenset({"l", "t", "u", "s", "ct", "se", "xion"})
# Read one by one: alike, and not forms of one word.
_APART = frozenset(
    frozenset(pair)
    for pair in (
        ("dispos", "disposit"), ("disposent", "disposit"), ("princip", "principal"), ("benefic", "beneficiair"),
        ("recens", "recent"), ("numer", "numero"), ("special", "specialit"), ("commun", "communal"),
        ("general", "generalit"), ("moral", "moralit"),
    )
)  # fmt: skip


def is_form(stem: str, held: Iterable[str]) -> bool:
    """Whether the stem is a form of a word that one of the stems is of."""
    if len(stem) < _ALIKE_LETTERS:
        return len(stem) >= _SHORT and any(other.startswith(stem) and other[len(stem) :] in _ENDINGS for other in held)
    return any(_are_kin(stem, other) for other in held if other[:_ALIKE_LETTERS] == stem[:_ALIKE_LETTERS])


def _are_kin(one: str, other: str) -> bool:
    if one == other:
        return True
    begun = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    pair = frozenset({one[begun:], other[begun:]})
    if begun < _ALIKE_LETTERS or frozenset({one, other}) in _APART:
        return False
    return pair in _TOGETHER or (pair <= _ENDINGS and ("" in pair or not pair & _ALONE))
