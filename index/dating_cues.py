"""Pure: what the words around a date say of it: its kind and its direction in time.

All patterns run on flattened text (`dating_words.flatten`), except the past tense, which needs the accents of « é »
and « à ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from index.records import DateKind

Direction = Literal["prospective", "past", ""]

_SENTENCE_EDGE = re.compile(r"[.!?…](?=\s)|[;\n]")
_CLAUSE_EDGE = re.compile(r"[,;:()«»]| - ")
_CARRIED_CHARS = 30
# Words further away say nothing of a date; it also bounds the time that a hostile text can take.
_REACH_CHARS = 600

# What governs a date stands just before it. What must not be done before a day begins on it, or is expected after it.
_GOVERNING: tuple[tuple[DateKind, re.Pattern[str]], ...] = (
    ("expected", re.compile(
        r"(?:\b(?:pas|jamais) avant(?: le| la| l'| les)?|\bqu'apres(?: le| la| l')?|"
        r"\bau plus tot(?: le| a| au| en)?)\W*$")),
    ("opens", re.compile(
        r"\bne (?:peut|peuvent|pourra|pourront|doit|doivent|devra|devront|sera|seront)\b[^;:.,]{0,60}"
        r"\bavant(?: le| la| l'| les)?\W*$")),
    ("opens", re.compile(
        r"\b(?:n'est|ne sont|ne sera|ne seront) (?:pas|plus|donc pas) (?:encore )?"
        r"(?:possible|ouvert|accessible|disponible|autoris|permis|recevable|obligatoire|exig)\w*\b[^;:.,]{0,60}"
        r"\bavant(?: le| la| l'| les)?\W*$")),
    ("closes", re.compile(
        r"(?:au plus tard(?: le| a| au| en)?|\bavant(?: le| la| l'| les)?|\bjusqu'(?:au|a|en|a la|a l')|"
        r"\bd'?ici(?: a)?(?: la| le| l')?|"
        r"\blimite(?: est)?(?: fixee?)?(?: au| le| du)?|derniere? delai|\bdelais? ?:(?: le| au)?)\W*$")),
    ("opens", re.compile(r"(?:\ba (?:compter|partir) d(?:u|e|es|'|e l'|e la)|\bdes(?: le| la| l')?)\W*$")),
    ("published", re.compile(
        r"(?:\b(?:arretes?|decrets?|lois?|ordonnance|instruction|circulaire|directive|reglement|note|avis|communique|"
        r"courrier|"
        r"article|page|version|deliberation|journal officiel|jo|"
        r"jorf)\b[^,;:.]{0,40}(?:\bn ?° ?[\w.-]+ ?)?[^,;:]{0,20}\bdu|"
        r"\b(?:version|page|edition|communique|article) d[eu]|\b(?:publie|paru|mise? a jour|mise? en ligne|"
        r"signe)e?s?(?: le| au| en)?|"
        r"(?<!\bla )(?<!\bles )(?<!\bcette )\bdatee?s? du|"
        r"^\W*fait(?: a [\w' -]{2,30},?)? le|\ben date du|\ben vigueur au|\bconsultee? le)\W*$")),
)  # fmt: skip
# « Passé le 3 mai, les dossiers sont refusés », « aucune demande n'est reçue après le 3 mai »
_AFTER_DAY = re.compile(
    r"(?:\bapres|\bau-dela d[eu]|\bposterieur\w*(?: a| au)?|(?:^|[,;:(«] ?)passee?)(?: le| la| cette date du)?\W*$"
)
_REFUSED = re.compile(
    r"\b(?:refus|rejet|irrecevab|forclo|tardi|hors delai|impossible|ecart)\w*"
    r"|\b(?:aucun\w*|plus|ni)\b[^;.]{0,60}\bn(?:e |')(?!(?:a|ont|avait)\b)"
    r"|\b(?:ne |n')(?!(?:a|ont|avait)\b)\w+ (?:plus\b|pas (?:etre )?(?:accept|recev|recu|pris|trait|instrui|possib|"
    r"autoris|examin|valab|eligib|finan|rembours|admis))|\bplus (?:de|d'|aucun\w*) "
)
# « est maintenue au 3 mai », « la date du 3 mai est inchangée »
_NAMED_DAY = re.compile(
    r"\b(?:dates?|echeances?|delais?|limites?|clotures?)(?: limites?| initiale?s?| prevue?s?)?(?: du| au| le)?\W*$"
)
STANDS = re.compile(
    r" (?:est|sont|reste|restent|demeure|demeurent)(?: bien| donc| toutefois)? "
    r"(?:maintenu|inchange|conserve|confirme|valable|applicable|la meme|les memes)"
)
STAYS_AT = re.compile(
    r"\b(?:(?:reste|demeure)(?:nt)? (?:fixe|prevu|maintenu)e?s?|(?:est|sont) (?:maintenu|conserve)e?s?) "
    r"(?:au|a la|a|le|en)\W*$"
)
_AT_LATEST = re.compile(r" ?,? ?\(?(?:au plus tard|dernier delai|delai de rigueur)")
_BEFORE_HOUR = re.compile(r" (?:avant|jusqu'a) ")
_MUST = re.compile(
    r"\b(?:doi(?:t|vent)|devr(?:a|ont)|faut|faudra|imperativement|obligatoirement|a (?!titre|notre|votre)\w+(?:er|ir|"
    r"re))\b"
    r"[^;:.]{0,80}\b(?:au|pour|pour le|le)\W*$"
)
KIND_WORDS = re.compile(
    r"\b(?:(?P<closes>(?:dates?|heures?|delais?) limites?|limites?|clotur\w+|clot|clos(?:e|es)?|"
    r"fin d(?:u|e|es)(?! mois\b)|fin de (?:la|l)|fermetures?|ferm(?:e|es|ee|ees|ent|era|eront|erait|eraient)"
    r"|echeances?|s'ache?v\w+|"
    r"s'arret(?:e|ent|era|eront|ait)|acheve\w*|achevera|se termin\w+|terminee?s?|prend(?:ra)? fin|"
    r"pris fin|expir\w+|butoir|deadline"
    r"|au plus tard|d'ici|avant (?:le|la|fin))"
    r"|(?P<opens>(?<!jour )(?<!jours )r?e?ouvr(?!abl|ag|ier|oir)\w+|"
    r"r?e?ouvertures?|r?e?ouvert(?:e|s|es)?|entre(?:e|nt|ra|ront)? en vigueur"
    r"|(?:peut|peuvent|possibles?|accessibles?|disponibles?)\b[^;.]{0,80}\bdepuis)"
    r"|(?P<takes_place>depuis|lance(?:e|s|es|r|ra|ront|ment|ments)?|deploi\w+|deployee?s?|demarr\w+|commenc\w+|debut\w*|"
    r"se tien\w+|s'est tenue?"
    r"|tenue?s?|reuni(?:e|s|es|on|ons)?)"
    r"|(?P<published>publi(?:e|ee|es|ees|cation|cations)|paru(?:e|s|es)?|parution|mis(?:e|es)? a jour|mis(?:e|"
    r"es)? en ligne"
    r"|signee?s?|prepublie\w*|dates? (?:de l'|du |de la )(?:arrete|decret|loi|ordonnance|avis)|journal officiel)"
    r"|(?P<expected>prevu(?:e|s|es)?|attendu(?:e|s|es)?|horizon|envisag\w+|esperee?s?|devrai(?:t|ent)|pourrai(?:t|ent)"
    r"|annoncee?s? pour|projetee?s?|vise(?:e|es)? pour))\b"
)
_NEGATED = re.compile(r"\b(?:pas|jamais|plus)(?: encore)? $")
_NEGATION = re.compile(r" (?:pas|plus|jamais)\b")
WINDOW = re.compile(
    r"\b(?:candidat\w+|guichets?|fenetres?|depots?|deposer|inscriptions?|appels? a|appels|enrolements?|demandes?)\b"
)

_PROSPECTIVE_BEFORE = re.compile(
    r"(?:au plus tard(?: le| a| au| en)?|\bd'?ici(?: a)?(?: la| le| l')?|"
    r"\b(?:report|repouss|prolong|decal|prorog|fixe|annonc|program|prevu)\w*(?: \w+)? (?:jusqu'(?:au|en|a)|au|pour|"
    r"pour le|a|le))\W*$"
)
_UNTIL = re.compile(
    r"(?:\bavant(?: le| la| l')?|\bjusqu'(?:au|a|en|a la|a l')|\ba compter d\w*'?|\ba partir d\w*'?|\bdes(?: le| la|"
    r" l')?)\W*$"
)
_SINCE = re.compile(r"\bdepuis(?: le| la| l')?\W*$")
_NEXT = re.compile(r"\W*(?:(?P<past>dernier|derniere|passe|passee)|(?P<next>prochain|prochaine))\b")
_FUTURE = re.compile(
    r"\b(?:(?!opera|camera|extra|ultra|tera)\w+[eidrutv]r(?:a|ont)|(?:va|vont) (?:\w+ )?\w+(?:er|ir|re)|doi(?:t|"
    r"vent)|faut"
    r"|a (?!titre|notre|votre|entre|chiffre|\w+mbre|octobre|janvier|fevrier|autre|l|ordre|cadre)\w{3,}(?:er|ir|re)"
    r"|prochain\w*|prochaine\w*|au plus tard|d'ici|(?<!etait )(?<!etaient )(?<!ete )(?:prevu|attendu)(?:e|s|es)?|"
    r"horizon)\b"
)
_SCHEDULED = re.compile(
    r"\b(?:(?:date|heure|delai)s? limites?|echeances?|clotures?|fermetures?|ouvertures?|ouvre|ouvrent|ferme|ferment|"
    r"butoir)\b"
)
_DECIDED = "fix|report|repouss|prolong|décal|prorog|annonc|prév|programm"
SAID = (
    "soulign|expliqu|indiqu|annonc|précis|rappel|dit|déclar|ajout|poursuivi|détaill|confirm|présent|affirm|estim|"
    "promis|averti|"
    f"conclu|insist|not|décid|demand|obtenu|{_DECIDED}"
)
_PAST = re.compile(
    r"\b(?:s'est|se sont|s'était|s'étaient|étai(?:t|ent)|avai(?:t|ent)|devai(?:t|ent)|fut|furent|"
    rf"(?:a|ont) été (?!{_DECIDED})\w+|(?:a|ont) (?!été)(?:\w+ )?(?!{SAID})\w+(?:é|ée|és|ées|i|is|it|u|us|ue|ues|"
    rf"ert|erts)|"
    r"(?:est|sont) (?:entré|paru|parti|arrivé|passé|devenu|venu|né|resté|intervenu|survenu|sorti|tombé)\w*|"
    r"publiée?s?|paru(?:e|s|es)?)\b"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a date stands: its text, lower case with accents and flattened, its span, and its neighbours' edges."""

    lower: str
    flat: str
    start: int
    end: int
    after_previous: int
    before_next: int

    @property
    def sentence(self) -> tuple[int, int]:
        """The edges of the sentence around the date."""
        reach = max(0, self.start - _REACH_CHARS)
        limit = min(len(self.flat), self.end + _REACH_CHARS)
        left = max((m.end() for m in _SENTENCE_EDGE.finditer(self.flat, reach, self.start)), default=reach)
        right = _SENTENCE_EDGE.search(self.flat, self.end, limit)
        return left, right.start() if right else limit

    @property
    def is_carried(self) -> bool:
        """Whether the words of the date before may govern this one: « avant le 15 mars, solde le 28 avril »."""
        return self.after_previous > self.sentence[0] and self.start - self.after_previous <= _CARRIED_CHARS


def kind_of(place: Place, *, is_window: bool, context: str) -> DateKind | None:
    """The kind that the nearest words give; None when nothing says it. `context` is flattened; it is asked last.

    A window (« du … au … ») of a desk, of applications or of orders closes on its last day.
    """
    left, right = place.sentence
    before = place.flat[max(left, place.after_previous) : place.start]
    after = place.flat[place.end : min(right, place.before_next)]
    own = place.flat[place.start : place.end]
    kind = (
        _standing(before, after)
        or ("closes" if _AFTER_DAY.search(before) and _REFUSED.search(place.flat, left, right) else None)
        or governing(before)
        or ("closes" if _BEFORE_HOUR.search(own) or _AT_LATEST.match(after) else None)
        or _from_words(before, nearest_is_last=True)
        or _from_words(after, nearest_is_last=False)
    )
    if kind is None and place.is_carried:
        carried = place.flat[left : place.start]
        kind = _from_words(carried, nearest_is_last=True)
    kind = kind or _from_words(context, nearest_is_last=True)
    if is_window and (kind in {"opens", "closes"} or (kind is None and WINDOW.search(place.flat, left, place.start))):
        return "closes"
    return kind


def _standing(before: str, after: str) -> DateKind | None:
    """« la date du 3 mai est maintenue » says again what opens or closes then: it closes, unless it says otherwise."""
    is_named = STANDS.match(after) is not None and _NAMED_DAY.search(before) is not None
    if not is_named and STAYS_AT.search(before) is None:
        return None
    kind = _from_words(before, nearest_is_last=True)
    return kind if kind in ("opens", "takes_place") else "closes"


def governing(before: str) -> DateKind | None:
    """The kind given by the words that stand right before the date."""
    tail = before[-90:]
    return next(
        (kind for kind, pattern in _GOVERNING if pattern.search(tail)), "closes" if _MUST.search(tail) else None
    )


def _from_words(text: str, *, nearest_is_last: bool) -> DateKind | None:
    """The nearest of the words that open or close; else the nearest that publish or expect."""
    if not text:
        return None
    names = [match.lastgroup for match in KIND_WORDS.finditer(text) if not _is_negated(text, match)]
    if nearest_is_last:
        names.reverse()
    certain = [name for name in names if name in {"opens", "closes"}]
    return cast("DateKind | None", (certain or names or [None])[0])


def _is_negated(text: str, match: re.Match[str]) -> bool:
    """« n'avaient pas encore ouvert », « ne ferme pas »: nothing opens or closes on that day."""
    before = _NEGATED.search(text, max(0, match.start() - 16), match.start())
    return before is not None or _NEGATION.match(text, match.end()) is not None


def direction_of(place: Place, *, context: str = "") -> Direction:
    """Whether the sentence looks ahead to the date or back on it; "" when neither is said."""
    left, right = place.sentence
    before, after = place.flat[left : place.start], place.flat[place.end : right]
    if beside := _NEXT.match(after):
        return "past" if beside["past"] else "prospective"
    if _PROSPECTIVE_BEFORE.search(before[-60:]):
        return "prospective"
    if _SINCE.search(before[-20:]):
        return "past"
    clause = _clause(place, left, right)
    own = _tense(place, clause[0], place.start, nearest_is_last=True)
    if _UNTIL.search(before[-20:]):
        return "past" if own == "past" else "prospective"
    found = own or _tense(place, place.end, clause[1], nearest_is_last=False)
    found = found or _tense(place, left, clause[0], nearest_is_last=True)
    found = found or _tense(place, clause[1], right, nearest_is_last=False)
    if found:
        return found
    return "prospective" if _SCHEDULED.search(place.flat, left, right) or _SCHEDULED.search(context) else ""


def _clause(place: Place, left: int, right: int) -> tuple[int, int]:
    start = max((m.end() for m in _CLAUSE_EDGE.finditer(place.flat, left, place.start)), default=left)
    end = _CLAUSE_EDGE.search(place.flat, place.end, right)
    return start, end.start() if end else right


def _tense(place: Place, start: int, end: int, *, nearest_is_last: bool) -> Direction:
    """The tense of the nearest verb between two offsets."""
    found: list[tuple[int, Direction]] = [(m.start(), "prospective") for m in _FUTURE.finditer(place.flat, start, end)]
    found += [(m.start(), "past") for m in _PAST.finditer(place.lower, start, end)]
    if not found:
        return ""
    return (max(found) if nearest_is_last else min(found))[1]
