"""What a question asks of dates: an opening or an end, one day or a calendar, and the words that its terms leave over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.cues import Relative, folded
from assistant.dated import DatedIndex
from assistant.understanding import Query
from index.dating_expressions import find_expressions
from index.dating_words import flatten

_OPENING = re.compile(
    r"\bouv(?:r|er)|\breouv|\bdebut|\bcommenc|\ba (?:partir|compter) d|\bdemarr|\blanc|\bopen|\bdepuis (?:quand|quel)|\bdes quand"
)
_CLOSING = re.compile(
    r"\blimite|\bau plus tard|\bavant (?:quand|quel|le|la)|\bjusqu|\bfin\b|\bfini|\bclo[ts]|\bclotur|\bferm|\bdernier|\bdelai|"
    r"\becheance|\bdeadline|\bexpir|\btermin|\bs'achev|\btrop tard|\bultime|\bfinal|\bpour quand|\bd'ici quand|\breste"
)
# Beside a word for an opening these still ask for the end: « ouvert jusqu'à quand », « à partir de quand est-il trop tard ».
_LAST = re.compile(r"\bjusqu|\blimite|\btard\b|\bdernier|\bultime|\bavant (?:quand|quel)")
_CALENDAR = re.compile(
    r"\bcalendrier|\bplanning|\becheances\b|\bjalons\b|\bdates\b|\betapes\b|\bperiodes\b|\bfenetres\b|\bechancier|\becheancier|"
    r"\bdelais\b|\bdeadlines\b"
)
_DATE_WORDS = re.compile(
    r"\b(?:quand|qd)\b|\bdates?\b|\becheances?\b|\bcalendrier|\bdelais?\b|\bplanning\b|\bdeadlines?\b|\bjalons\b|\bperiodes?\b|\bfenetres\b|"
    r"\b(?:le|au) combien\b|\bquel jour\b"
)
# Leans on today without a word for a date: « est-ce foutu pour… », « peut-on déjà… ».
_ON_TIME = re.compile(
    r"(?<!pas )\bencore\b|\bdeja\b|\btrop tard\b|\bfoutu|\ba temps\b|\bdans les temps\b|\bdans les delais\b|\brate\b|\bmanque\b|\bdepasse|"
    r"\bperime|\ben retard\b|\btoujours\b|\bplus possible\b"
)
NEXT = re.compile(r"\bprochaine?s?\b|\bnext\b")
_NOUNS = re.compile(r"\b(?:re)?ouverture|\bcloture|\bfermeture|\bfin d|\bdebut d|\blimite\b|\bdemarrage|\blancement")
_NO_DATE = frozenset({"why", "who", "how", "definition"})
# Words that every question about a date may use; what is dated is said by the others.
_GENERIC = re.compile(
    r"dates?|limites?|delais?|echeances?|calendriers?|planning|periodes?|fenetres?|jalons?|etapes?|deadlines?|quand|quel\w*|combien|"
    r"jours?|journee|mois|annees?|ans?|semaines?|heures?|temps|moment|saisons?|derni\w+|ultimes?|fina\w+|premi\w+|prochain\w*|"
    r"precis\w*|exact\w*|bon|bonnes?|bons|vraie?s?|officiel\w*|complet\w*|tot|tard|trop|max\w*|pile|"
    r"fin|fini\w*|termin\w+|acheve\w*|clos\w*|clotur\w+|ferm\w+|ouv(?:r|er)\w*|debut\w*|commenc\w+|demarr\w+|partir|compter|reste\w*|restant\w*|"
    r"expir\w+|passe\w*|ecoule\w*|encore|deja|toujours|possible|foutu|fichu|temps|retard|"
    r"doi\w+|dev(?:ait|aient|ions|iez|rai\w*|ra|ront|oir)|dois|faut|fallait|faudra|falloir|peu[txv]\w*|pouv\w+|pourr\w+|puis|"
    r"depos\w+|depot\w*|transm\w+|envo\w+|remet\w*|remis\w*|fourni|fournir|soumet\w*|rendre|rendu\w*|presenter|deposer|faire|fait\w*|"
    r"demand\w+|reclam\w+|sollicit\w+|obtenir|avoir|etre|dire|dit|savoir|connaitre|donn\w+|indiqu\w+|rappel\w+|lu|vu|"
    r"prevu\w*|fix\w+|vise\w*|visait|tomb\w+|lieu|report\w*|initial\w*|"
    r"qd|pr|svp|stp|bonjour|merci|cest|est|sont|suis|sommes|"
    r"what|when|the|for|does|must|until|last|day|by|apply|submit|please|due|open\w*|clos\w*"
)
# Beside a term they add nothing; alone they may name what the vocabulary does not know.
_LOOSE = re.compile(r"dossiers?|pieces?|programmes?|couloirs?|vagues?")
_OTHER_EVENT = re.compile(
    r"arret|decret|publi|paru|paraî|parait|journal|jo|reuni|comit|confer|communiqu|article|annonc|vir|receoi|recev|recoi|touch|percev|"
    r"perc|vers(?!ion)|pay|pai|rembours|result|bilan|vot|loi|cre|fond|nomm"
)
# Words that may be left over where only « encore », « ouverture »… lean on a date: a short one.
_SLIGHT = 4.5
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class DateAsked:
    """`kind` is the end that the words ask for, if they say. `rest` are the stems that neither terms nor the usual words
    of such questions cover, with their rarity: what else the date must be about.
    """

    kind: Literal["opens", "closes"] | None
    is_calendar: bool
    rest: Mapping[str, float]
    relative: Relative | None = None

    @property
    def weight(self) -> float:
        """How much is left to cover."""
        return sum(self.rest.values())

    @property
    def other_events(self) -> frozenset[str]:
        """Stems that name an event of another sort than a deadline: a decree, a meeting, a payment."""
        return frozenset(stem for stem in self.rest if _OTHER_EVENT.match(stem))


def date_asked(query: Query, index: DatedIndex) -> DateAsked | None:
    """What the query asks of dates; None when it asks for none."""
    text = folded(query.text)
    certainty = _asks(query, text)
    if not certainty:
        return None
    relative: Relative | None = query.relative or ("still_possible" if _ON_TIME.search(text) else None)
    asked = DateAsked(_kind(query, text), is_calendar(query), _rest(query.text, index), relative)
    return asked if certainty == "surely" or asked.weight <= _SLIGHT else None


def is_calendar(query: Query) -> bool:
    """Whether several dates are wanted."""
    return bool(_CALENDAR.search(folded(query.text))) or query.relative == "next"


def _asks(query: Query, text: str) -> Literal["surely", "perhaps", ""]:
    """« perhaps » when only words that other questions use too lean on a date."""
    if query.wanted == "date":
        return "surely"
    if query.wanted in _NO_DATE:
        return ""
    if query.wanted == "figure":
        return "surely" if re.search(r"\b(?:le|au) combien\b", text) else ""
    if _DATE_WORDS.search(text):
        return "surely"
    says_day = bool(find_expressions(flatten(query.text)))
    leans = query.relative or _ON_TIME.search(text) or _NOUNS.search(text) or (says_day and " ou " in text)
    return "perhaps" if leans and query.of_kind("milestone", "part") else ""


def _kind(query: Query, text: str) -> Literal["opens", "closes"] | None:
    is_closing = bool(_CLOSING.search(text)) or query.relative == "days_left"
    if _OPENING.search(text) and not _LAST.search(text):
        return "opens"
    return "closes" if is_closing else None


def _rest(text: str, index: DatedIndex) -> dict[str, float]:
    for mention in reversed(index.vocabulary.find(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    flat = flatten(text)
    for date in reversed(find_expressions(flat)):
        text = f"{text[: date.start]} {text[date.end :]}"
    return index.rarities(" ".join(word for word in telling_words(text) if not _LOOSE.fullmatch(word)))


def telling_words(text: str) -> list[str]:
    """The folded words of a question that are none of the usual ones of questions about dates, numbers left out."""
    words = (folded(word) for word in _WORD.findall(text))
    return [word for word in words if not word.isdigit() and not _GENERIC.fullmatch(word)]
