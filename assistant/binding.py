"""Pure: whether a sentence obliges, permits or states what its text obliges, permits or only aims at elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Stems = Callable[[str], list[str]]

# « est à déposer » is a duty.
DUTY = re.compile(r"\b(?:est|sont|etait|etaient|sera|seront) a (?:\w+ )?\w+(?:er|ir|re)\b")
_BOUND = (re.compile(r"\b(?:obligat|imperati)\w+"), re.compile(r"\b(?:facultati|optionnel|volonta|libre)\w*"))
_DENIES = re.compile(r"\b(?:pas|aucune?|sans|jamais)\b")
# What is only aimed at, and how a sentence may say so.
_AIM = re.compile(
    r"\b(?:objectifs?|buts?|ambition|finalite) (?:\w+ ){0,3}?(?:est|sont|etait|etaient) (?:de|d|que|qu)\b|"
    r"\b(?:vocation|vise(?:nt)?|visait|cherche(?:nt)?) a \w+(?:er|ir|re)\b|\b(?:souhaite|veu|espere)(?:nt|lent|t)?\b"
)
_AIMS = re.compile(
    r"\b(?:objectif|but|ambition|finalite|vocation|vis[ea]|cherche|souhait|veu|esper|afin|pour|permet|future?|prevu)\w*\b|"
    r"\b\w{3,}ra(?:it|ient)?\b"
)
_SCOPED = {
    "obligation": re.compile(
        r"\b(?:doi(?:t|vent)|devai(?:t|ent)|devr(?:a|ont)|faut|faudra|tenue?s? de|oblige\w* (?:a|de)|obligat\w+|"
        r"exig\w+|impos\w+|(?:est|sont|etait|etaient) a|reste a)\b"
    ),
    "permission": re.compile(
        r"\b(?:peu(?:t|vent)|pouvai(?:t|ent)|pourr(?:a|ont)|pouvoir|permet\w*|possib\w+|autoris\w+|droit|libre\w*)\b"
    ),
}
_SCOPE_END = re.compile(r"\b(?:qui|que|qu|lequel|laquelle|lesquels|dont|si|lorsqu\w*|quand|parce|car|mais|tandis)\b")
_MODAL = {
    "obligation": re.compile(
        r"\b(?:doi(?:t|vent)|devai(?:t|ent)|devr(?:a|ont)) "
        r"(?:(?:etre|se|s|en|y|aussi|egalement|donc|alors|toujours) )*(\w+)"
    ),
    "permission": re.compile(
        r"\b(?:peu(?:t|vent)|pouvai(?:t|ent)|pourr(?:a|ont)) (?:(?:etre|se|s|en|y|aussi|egalement|donc|alors) )*(\w+)"
    ),
}
_TIMED = re.compile(r"\b(?:au plus tard|limite|avant|jusqu)\b")


def binds_otherwise(one: str, clauses: Sequence[str], stems: Stems) -> bool:
    """Whether the sentence binds what the clauses of its text do not bind so. In small letters, without marks."""
    return (
        _loses_aim(one, clauses, stems)
        or any(_binds_another(name, one, clauses, stems) for name in _MODAL)
        or _is_bound_otherwise(one, clauses, stems)
    )


def nearest(one: str, clauses: Sequence[str], stems: Stems) -> str:
    """The clause that shares most words with the sentence."""
    said = set(stems(one))
    return max(clauses, key=lambda clause: (len(said & set(stems(clause))), -len(clause)), default="")


def _loses_aim(one: str, clauses: Sequence[str], stems: Stems) -> bool:
    """Whether what the nearest clause only aims at is said as a fact."""
    if _AIMS.search(one):
        return False
    near = nearest(one, clauses, stems)
    said = set(stems(one))
    return any(len(said & set(stems(near[match.end() :]))) > 1 for match in _AIM.finditer(near))


def _binds_another(name: str, one: str, clauses: Sequence[str], stems: Stems) -> bool:
    """Whether « doit V », « peut V » is said of a verb of which no clause that has it says so, while others do."""
    for match in _MODAL[name].finditer(one):
        verb = set(stems(match[1]))
        having = [clause for clause in clauses if verb & set(stems(clause))]
        bound = [(clause, cue) for clause in having for cue in _SCOPED[name].finditer(clause)]
        if not bound or any(_TIMED.search(clause) or DUTY.search(clause) for clause in having):
            continue
        if not any(verb & set(stems(_SCOPE_END.split(clause[cue.start() :])[0])) for clause, cue in bound):
            return True
    return False


def _is_bound_otherwise(one: str, clauses: Sequence[str], stems: Stems) -> bool:
    """Whether the clause nearest to the sentence says « facultatif » where the sentence says « obligatoire », or so."""
    if _DENIES.search(one):
        return False
    near = nearest(one, clauses, stems)
    for mine, theirs in (_BOUND, _BOUND[::-1]):
        if mine.search(one) and not mine.search(near) and theirs.search(near):
            return True
    return False
