"""Pure: the words beside a date that say that it was put in the place of another, or left: « au lieu du »."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.dating_atoms import Moved
from index.dating_cues import Place
from index.dating_words import AMOUNTS, MOVED, flatten

NEAR_CHARS = 90
_BY = rf"(?:,? (?:d'|de |pour )(?:{AMOUNTS}|\w+) (?:jours?|semaines?|mois|ans?|annees?)(?: \w+)?)?"
_TO_DAY = r"(?:jusqu'(?:au|en|a)|au|a|en|le|pour|pour le)(?: la| l')?"
_TO = re.compile(
    rf"(?:{MOVED}(?: (?!du|de|d')\w+){{0,3}}?{_BY}(?:,? (?:et|soit|donc))?,? {_TO_DAY}"
    rf"|\b(?:report|prolongation|prorogation|decalage)s? d(?:e|u|es) (?:la |l'|les )?\w+"
    rf"(?: (?!prevu|fixe|initial|du\b|de\b)\w+){{0,3}}? {_TO_DAY}"
    r"|(?<!se )(?<!s'est )\bpass(?:e|ent|era|eront) (?:desormais |donc |finalement )?(?:au|a la)"
    rf"|{MOVED}(?: d'| de )[\w ]{{3,20}} ?\((?:le|au|soit)?"
    r"|\b(?:desormais|finalement|nouvelle (?:date|echeance)(?: limite)?)[,:]?(?: [\w']+){0,4})\W*$"
)
_DOUBTFUL = re.compile(
    r"\b(?:pourrai|serai|devrai|aurai)(?:t|ent)\b[^,;:.]{0,40}$|\bsoi(?:t|ent)\b[^,;:.]{0,30}$"
    r"|(?<!a la )\b(?:demand|propos|envisag|souhait|reclam|recommand|sugger|plaid|esper)\w*(?: (?!par\b)[\w']+){0,4} ?$"
)
_NOT = re.compile(r"\b(?:non|pas|ni|jamais)(?: \w+){0,2} ?$")
_FORMERLY = r"(?:initialement|auparavant|precedemment|a l'origine|d'abord|anciennement)"
PLANNED_WORD = r"(?:prevu|fixe|annonc|programm|attendu|envisag|arrete|planifi)\w*"
_FROM = re.compile(rf"\b(?:au lieu d(?:u|e)|{_FORMERLY}(?: \w+){{0,4}})\W*$")
_DENIED = (
    r"\b(?:n'|ne )(?:est|sont|etait|etaient|sera|seront)(?: donc| desormais| pas| plus){1,2}"
    rf"(?: {PLANNED_WORD})? (?:le|au|en|a la|pour le|jusqu'au)"
    r"|\bn'(?:aura|auront|a|ont|avait) (?:donc |finalement )?(?:pas|plus) (?:eu )?lieu (?:le|du|au|en)"
    r"|\b(?:n'|ne |ne se )(?:ferm|ouvr|commenc|demarr|debut|tien|intervien)\w* (?:\w+ )?(?:pas|plus) (?:le|au|en)"
    r"|\b(?:aurai(?:t|ent) du|n'(?:a|ont|avait) (?:pas )?pu) (?:se |s')?\w+(?:er|ir|re)(?: \w+){0,3} (?:le|au|en)"
)
# The day is said to be left, whatever else the sentence says.
_LEFT = re.compile(
    rf"(?:\bau lieu d(?:u|e)|\bplutot que(?: le| du| au| d')?|\bet non(?! plus tard)(?: \w+){{0,3}}"
    rf"|\b{_FORMERLY} {PLANNED_WORD}(?: \w+){{0,3}}|\b{PLANNED_WORD} {_FORMERLY}(?: \w+){{0,2}}"
    rf"|(?:^|[(,;:]) ?(?:initialement|a l'origine)(?: le| au| du| pour le)?"
    rf"|\b(?:non|pas|ni|jamais) (?:\w+ )?{MOVED}(?: \w+){{0,3}}? {_TO_DAY}"
    r"|\b(?:anciennes? (?:date|echeance)s?|(?:date|echeance)s?(?: limites?)? (?:initiale|precedente|d'origine)s?)"
    rf"(?: limites?)?(?: [\w']+){{0,3}}|\bremplac(?:e|ent|era|eront) (?:celle du |la date du |l'echeance du |le )"
    rf"|\b{_FORMERLY} \w+(?: \w+)? jusqu'(?:au|a|en)|{_DENIED}"
    rf"|\bque (?:prevu|annonce)e?s? \(|\bapres avoir ete {PLANNED_WORD}(?: \w+)? (?:le|au|en))\W*$"
)
_SAID_AFTER = re.compile(
    rf" {_FORMERLY}(?: {PLANNED_WORD})?(?= ?[).,;]| ?$)"
    r"| (?:n'|ne )(?:est|sont|sera|seront)(?: donc)? (?:plus|pas)(?: (?:la|le|les|l')(?: \w+)?? ?(?:dates?|echeances?|"
    r"jours?|delais?)\b| (?:d'actualite|valable|valide|retenu|applicable|maintenu|tenable|en vigueur))"
)
# « prévue le 3 mai, aura lieu le 9 juin »
_PLAN = r"\b(?:prevu|fixe|attendu|annonce|programme)e?s?(?: initialement| d'abord)?(?: (?:le|au|en|pour le|pour|a)\b)?"
_PLANNED = re.compile(rf"{_PLAN}\W*$")
_PLANNED_DAY = re.compile(rf"{_PLAN} .{{3,30}}$")
_WILL_BE = re.compile(
    r" ?,? (?:(?:ne (?:s'|se )?|n')\w+r(?:a|ont) (?:finalement |donc )?(?:qu'(?:au|en|a (?:partir|compter) du)|que le)"
    r"|(?:n'|ne )?(?:(?:est|sont) (?:desormais |maintenant |finalement )?(?:fixe|programm|prevu)\w*"
    r"|(?:sera|seront) (?:finalement )?(?!suivi|preced|complet|accompagn|rappel|report|prolong)\w+|"
    r"(?:aura|auront) (?:finalement )?lieu|se tiendr(?:a|ont)|interviendr(?:a|ont))(?: finalement| seulement)?"
    r"(?: au plus tard| d'ici| avant)?(?: que| qu')?(?: le| au| en| fin)?) ?"
)
# « devaient fermer le 3 mars, fermeront le 17 », « pouvait se faire jusqu'au 3 mars, peut se faire jusqu'au 17 »
_WAS_DUE = re.compile(
    r"\b(?:(?:de|pou)vai(?:t|ent)|(?:s'achev|se termin|expir|ferm|ouvr|clotur|finiss)ai(?:t|ent)"
    r"|(?:avai(?:t|ent) ete|etai(?:t|ent)) (?:prevu|fixe|annonc|programm)\w*)\b[^;.]{0,60}$"
)
_IS_DUE = re.compile(
    r"[ ,;)]*(?:mais |et )?(?:ils? |elles? |on |l')?(?:n'|ne )?(?:se |s')?"
    r"(?:\w+r(?:a|ont)\b|(?:poursui|cour)(?:t|ent|vent)\b|rest(?:e|ent)\b|peu(?:t|vent)\b|doi(?:t|vent)\b"
    r"|(?:est|sont) (?:desormais|maintenant|finalement)\b)"
    r"(?! (?:suivi|preced|complet|accompagn|rappel))[^,;:.]{0,40}"
)

# « Date initiale » | « Nouvelle date »
_FORMER_COLUMN = re.compile(
    r"\b(?:(?:dates?|echeances?|delais?|limites?|clotures?)\b[^;]{0,30}\b(?:initiale?s?|precedente?s?|d'origine)"
    r"|(?:anciennes?|precedentes?|premieres?) (?:dates?|echeances?|limites?|clotures?)|initialement|avant report)\b"
)
_NEW_COLUMN = re.compile(
    r"\b(?:nouve(?:au|lle)s?|reporte\w*|apres report|revisee?s?|actualisee?s?|en vigueur|modifiee?s?)\b"
)


def moved_of(place: Place) -> Moved:
    """« to » after « reporté au », « from » after « initialement » or « au lieu du », or when the day is denied.

    So are the two days of « prévu le …, aura lieu le … ».
    """
    left, _ = place.sentence
    before = place.flat[max(left, place.after_previous, place.start - NEAR_CHARS) : place.start]
    to = _TO.search(before)
    if to and not _LEFT.search(before):
        return "" if is_doubtful(place) else "from" if _NOT.search(before[: to.start()]) else "to"
    if _FROM.search(before) or _LEFT.search(before) or _SAID_AFTER.match(place.flat, place.end):
        return "from"
    return _planned(place, before)


def is_doubtful(place: Place) -> bool:
    """Whether a move to this date is only wished for or possible: « pourrait être reportée au … »."""
    left, _ = place.sentence
    before = place.flat[max(left, place.start - NEAR_CHARS) : place.start]
    to = _TO.search(before)
    return to is not None and _DOUBTFUL.search(before[: to.start()]) is not None


def _planned(place: Place, before: str) -> Moved:
    left, _ = place.sentence
    has_next = place.before_next < len(place.flat)
    if has_next and _PLANNED.search(before) and _WILL_BE.fullmatch(place.flat, place.end, place.before_next):
        return "from"
    if has_next and _WAS_DUE.search(before) and _IS_DUE.fullmatch(place.flat, place.end, place.before_next):
        return "from"
    if left >= place.after_previous:
        return ""
    earlier = place.flat[max(left, place.after_previous - NEAR_CHARS) : place.after_previous]
    is_planned = _PLANNED_DAY.search(earlier[-50:]) and _WILL_BE.fullmatch(
        place.flat, place.after_previous, place.start
    )
    was_due = _WAS_DUE.search(earlier) and _IS_DUE.fullmatch(place.flat, place.after_previous, place.start)
    return "to" if is_planned or was_due else ""


def is_left(before: str, after: str) -> bool:
    """Whether the words right before or after a date say that it was left, whatever else the sentence says."""
    return _LEFT.search(before) is not None or _SAID_AFTER.match(after) is not None


def goes_on_to_due(before: str, gap: str) -> bool:
    """Whether the words between two dates tell what is due now where those before told what was: « devaient … »."""
    return _WAS_DUE.search(before) is not None and _IS_DUE.fullmatch(gap) is not None


def moves_of_columns(headers: Sequence[str], dated: Sequence[bool]) -> list[Moved]:
    """For each column of a row, what its header says of its date: « Date initiale » beside « Nouvelle date ».

    Nothing, unless one column says the day left and one other dated column alone may say the day put.
    """
    flat = [flatten(header) if is_dated else "" for header, is_dated in zip(headers, dated, strict=True)]
    left = [number for number, header in enumerate(flat) if _FORMER_COLUMN.search(header)]
    put = [number for number, header in enumerate(flat) if header and number not in left]
    put = [number for number in put if _NEW_COLUMN.search(flat[number])] or put
    if len(left) != 1 or len(put) != 1:
        return ["" for _ in headers]
    return ["from" if number in left else "to" if number in put else "" for number in range(len(headers))]
