"""Pure: whether a sentence makes the future of a text past, or its past future."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.words import fold

_FUTURE = re.compile(
    r"\b(?:sera|seront|aura|auront|(?:va|vont) (?:etre|\w+(?:er|ir|re))|prochain\w*|"
    r"\w{2,}(?:er|ir|dr|tr|vr|ur|ar)(?:a|ont))\b"
)
# What is planned, and what else one may say of that it will be: a duty, an end, an announcement, a condition.
_PLANNED = re.compile(
    r"\b(?:prev\w+|attendu\w*|devrai\w+|horizon|d'ici|@ venir|envisag\w+|doi(?:t|vent)|vocation @|vise\w* @|"
    r"objectifs? (?:est|sont) (?:d|qu)\w*)(?!\w)"
)
_AHEAD = re.compile(
    rf"{_PLANNED.pattern}|\b(?:devai\w+|calendrier|annonc\w+|jusqu\w*|limite|au plus tard|@ partir|plan\w*|est @|"
    r"sont @|si|lorsque|quand|des que|une fois)\b"
)
_PAST = re.compile(
    r"\b(?:(?:a|ont|est|sont|avait|avaient) (?:ete|eu|pu|du)|s'est|se sont|fut|furent|\w+ai(?:t|ent)|"
    r"(?:a|ont) (?:\w+ment )?\w+(?:e|i|u|is|it))\b"
)
# What is said to have happened; an imperfect (« devait », « pouvait ») may tell of a duty or of a plan.
_DONE = re.compile(r"\b(?:(?:a|ont) (?:ete|eu)|s'est|se sont)\b")
_ANNOUNCED = re.compile(r"\bannonc\w+ .*pour\b")
# « a été annoncé » tells of a plan: what is planned has not happened for all that.
_TOLD = re.compile(
    r"\b(?:a|ont|est|sont|avai(?:t|ent)|etai(?:t|ent))(?: ete)? "
    r"(?:annonce|prevu|envisage|attendu|programme|planifie)\w*"
)
_DUE = re.compile(
    r"\b(?:doi(?:t|vent)|devai(?:t|ent)|devr(?:a|ont|ait|aient)) (?:\w+ )?etre\b|"
    r"\b(?:est|sont|etai(?:t|ent)|sera|seront) @ (?:\w+ )?\w+(?:er|ir|re)\b"
)
_CLAUSES = re.compile(r"[;\n]|[.!?](?=\s)")
_TO = re.compile(r"\b[àÀ](?!\w)")
_WORD = re.compile(r"[^\W_]{4,}")
_NOT_VERBS = frozenset({"contra", "extra", "ultra", "camera", "opera"})


def shifts_time(sentence: str, text: str) -> bool:
    """Whether the sentence says as to come what the text says as done, or as done what it only says as to come."""
    clauses = [one for one in _CLAUSES.split(_plain(text)) if one.strip()]
    return any(_shifts(clause, _nearest(clause, clauses)) for clause in _CLAUSES.split(_plain(sentence)))


def _plain(text: str) -> str:
    """The folded text, with « à », which would be taken for « a », as a mark."""
    return fold(_TO.sub("@", text)).casefold()


def _nearest(clause: str, clauses: Sequence[str]) -> str:
    """The clause that shares most words with one."""
    words = set(_WORD.findall(clause))
    return max(clauses, key=lambda other: len(words & set(_WORD.findall(other))), default="")


def _shifts(said: str, held: str) -> bool:
    is_planned = _PLANNED.search(held) and not _DONE.search(_TOLD.sub(" ", held))
    is_open = _is_future(held) or (_AHEAD.search(held) and not _PAST.search(held)) or is_planned
    if _is_future(said) and not is_open:
        return True
    if _DONE.search(said) and _DUE.search(held) and not _DONE.search(held):
        return True
    is_ahead = _is_future(held) or _PLANNED.search(held) or _ANNOUNCED.search(held)
    is_only_ahead = is_ahead and not _PAST.search(_TOLD.sub(" ", held))
    return bool(is_only_ahead and _DONE.search(_TOLD.sub(" ", said)))


def _is_future(text: str) -> bool:
    return any(match.group() not in _NOT_VERBS for match in _FUTURE.finditer(text))
