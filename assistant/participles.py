"""Pure: what somebody does and what was done, told by French participles and auxiliaries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.new_words import Rules
from index.words import fold

COPULAS = frozenset("est sont etait etaient sera seront ete etre serait seraient reste restent".split())  # noqa: SIM905
PREPOSITIONS = frozenset("a par pour chez en sur avec dans de sans sous entre vers aupres".split())  # noqa: SIM905
NOUN = re.compile(r"(?:ments?|tions?|eurs?|ages?)$")
_AUXILIARIES = COPULAS | {"a", "ont", "avait", "avaient", "aura", "auront", "avoir"}
_HOLDING = frozenset("le la les l un une ce cet cette ces son sa ses leur leurs d du des au aux et ou".split())  # noqa: SIM905
_PARTICIPLE = re.compile(r"\b([^\W\d_]{3,}(?:é|ée|és|ées))\b")
_RAW_WORD = re.compile(r"[^\W\d_]+|[^\w\s]")
# So many words before a participle an auxiliary may stand, and after it « par ».
_AUXILIARY_BEFORE, _BY_WITHIN = 3, 4


def does_what_was_done(sentence: str, text: str, rules: Rules) -> bool:
    """Whether « les difficultés rencontrées » is made « l'équipe rencontre »: nobody is said to do it.

    Both as written, since accents tell one from the other.
    """
    passive, otherwise = set[str](), set[str]()
    found = list(bare_participles(text))
    for word, is_done_by in found:
        (otherwise if is_done_by else passive).update(rules.names(fold(word)))
    bare = {word for word, _ in found}
    for word in {one.casefold() for one in _RAW_WORD.findall(text)} - bare:
        otherwise.update(rules.names(fold(word)))
    return any(name in passive - otherwise for name in _done(sentence, rules))


def bare_participles(text: str) -> Iterator[tuple[str, bool]]:
    """The participles of a text that stand beside a noun, with whether « par » says who did it."""
    words = [word.casefold() for word in _RAW_WORD.findall(text)]
    for place, word in enumerate(words):
        before = {fold(one) for one in words[max(0, place - _AUXILIARY_BEFORE) : place]}
        if _PARTICIPLE.fullmatch(word) and not before & _AUXILIARIES:
            yield word, "par" in words[place + 1 : place + 1 + _BY_WITHIN]


def _done(sentence: str, rules: Rules) -> Iterator[str]:
    """The names of what somebody does in a sentence: « rencontre », « a rencontré »."""
    words = [word.casefold() for word in _RAW_WORD.findall(sentence)]
    for place, word in enumerate(words[1:], 1):
        before = fold(words[place - 1]).casefold()
        is_active = re.fullmatch(r"\w{2,}(?:[^é\W]e|[^m\W]ent|ait|aient|era|eront)", word) is not None
        has_done = _PARTICIPLE.fullmatch(word) is not None and before in {"a", "ont", "avait", "avaient"}
        is_noun = before in PREPOSITIONS or before in _HOLDING or NOUN.search(fold(word)) is not None
        if has_done or (is_active and not is_noun and not set(words[max(0, place - 2) : place]) & {"est", "sont"}):
            yield from rules.names(fold(word))
