"""Pure: whether what a text has to be done, or says with a bound, is made done, or said of the day itself.

« Il a jusqu'au 18 pour commander » is not « il a commandé le 18 », « doivent être atteintes » not « sont atteintes ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.new_words import Rules
from assistant.pairing import CLAUSE_END, Item, Items
from index.words import fold

_DID = re.compile(
    r"\b(?:a|ont|avait|avaient)(?: bien| deja| aussi| egalement| tous| toutes|,? \w+ment)? (?:ete )?"
    r"(\w{3,}(?:[eiu]|is|it|ert)(?:e?s?))\b"
)
_TO = re.compile(r"\b[àÀ](?!\w)")
_IS = re.compile(r"\b(?:est|sont) (?:\w+ment )?(\w{3,}(?:[eiu]|is|it|ert)e?s?)\b")
_DUE = re.compile(r"\b(?:doi(?:t|vent)|devai(?:t|ent)|devr(?:a|ont)|a) (?:\w+ )?etre (?:\w+ment )?$")
_BINDS = re.compile(
    r"\b(?:doi(?:t|vent)|devai(?:t|ent)|faut|fallait|oblig\w+|exig\w+|plus tard|limite|avant|jusqu\w*|d'ici|delai|"
    r"echeance|necessaire\w*)\b"
)
_NOT_YET = re.compile(r"(?:er|ir|[^u]re|oir|[eidt]ra|[eidt]ront)$")
_NOUN = re.compile(r"(?:ments?|tions?|ages?|ures?|er|ir|[^u]re|oir)$")
_ANNOUNCES = re.compile(r"\b(?:annonce\w*|prevue?s?|visee?s?|attendue?s?|envisage\w*|programmee?s?)\b")
_INFINITIVE = re.compile(r"(?:er|ir|[^u]re|oir)$")
_WORD = re.compile(r"[^\W\d_]{3,}")
# A verb, as far as its ending and what follows tell; what is supposed, right before a verb of its own.
_VERB = re.compile(r"\b(\w{3,}(?:[^e\W]e|[^m\W]ent|[dt])) (?:l[ae]s? |l'|une? |d'une? |des? |son |sa |ses )")
_SUPPOSES = re.compile(r"\b(?:si|s'ils?|s'elles?|quand|lorsqu\w*|condition|en cas|tant qu\w*|reserve|pourvu)(?!\w)|\?")
_SUPPOSED = re.compile(r"\b(?:si (?:les? |la |l'|une? |elles? )?|s'ils? )(?:\w+ ){0,3}$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?")
# So near before a day stands what bounds it: « au plus tard le ».
_BESIDE = 5


def carries_out(sentence: str, text: str, above: str, rules: Rules) -> bool:
    """Whether the sentence says as done, or as being so, what its text only has to be done. All as written.

    `above` are the headings: what they name is not said to have been done.
    """
    one, other = (fold(_TO.sub("@", part)).casefold() for part in (sentence, text))
    forms, headed = list(_forms(other, rules)), frozenset(rules.names(fold(above)))
    for match in _DID.finditer(one):
        wanted = set(rules.names(match[1]))
        found = [word for word, names in forms if names & wanted]
        if all(_NOT_YET.search(word) for word in found) and (found or wanted & headed):
            return True
        if found and _ANNOUNCES.search(other) and all(_NOUN.search(word) for word in found):
            return True
    if _is_only_supposed(one, other, rules):
        return True
    if _BINDS.search(one):
        return False
    return any(_is_due(match[1], other, rules) for match in _IS.finditer(one))


def _is_only_supposed(sentence: str, text: str, rules: Rules) -> bool:
    """Whether « si elles disposent d'une salle » is made « elles disposent d'une salle »."""
    if _SUPPOSES.search(sentence):
        return False
    for match in _VERB.finditer(sentence):
        wanted = set(rules.names(match[1]))
        found = [one for one in _WORD.finditer(text) if wanted & set(rules.names(one[0]))]
        if found and all(_SUPPOSED.search(text[: one.start()]) for one in found):
            return True
    return False


def _forms(text: str, rules: Rules) -> Iterator[tuple[str, frozenset[str]]]:
    for word in _WORD.findall(text):
        yield word, frozenset(rules.names(word))


def _is_due(verb: str, text: str, rules: Rules) -> bool:
    """Whether the text has the verb each time after « doit être »."""
    wanted = set(rules.names(verb))
    found = [match for match in _WORD.finditer(text) if wanted & set(rules.names(match[0]))]
    return bool(wanted and found) and all(
        _DUE.search(text[: match.start()]) or _INFINITIVE.search(match[0]) for match in found
    )


def unbounds_a_day(sentence: Items, text: Items) -> bool:
    """Whether « le 18 » is said where the text says « jusqu'au 18 », « à partir du 18 » each time."""
    for day in _days(sentence):
        theirs = [one for one in _days(text) if one.names == day.names]
        if theirs and not _has_direction(sentence, day) and all(_is_bounded(text, one) for one in theirs):
            return True
    return False


def _days(text: Items) -> list[Item]:
    return [item for item in text.of_kind("value") if _DAY.fullmatch(item.names[0])]


def _has_direction(text: Items, day: Item) -> bool:
    """Whether the clause of a day says any direction."""
    start = max((match.end() for match in CLAUSE_END.finditer(text.text, 0, day.start)), default=0)
    after = CLAUSE_END.search(text.text, day.end)
    end = after.start() if after else len(text.text)
    return any(start <= item.start and item.end <= end for item in text.of_kind("direction"))


def _is_bounded(text: Items, day: Item) -> bool:
    return any(
        {"before", "after"} & set(item.names) and 0 <= day.start - item.end <= _BESIDE
        for item in text.of_kind("direction")
    )
