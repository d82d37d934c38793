"""What the words of a question say of the dates it asks for, in folded French (and some English). Data.

Nothing here is about a programme. Patterns are tried on what `cues.folded` gives; GENERIC and LOOSE on whole words.
"""

from __future__ import annotations

import re

OPENING = re.compile(
    r"\bstart|\bbeg[ai]n|\blaunch|"
    r"(?<!j')\b(?:re)?ouv(?:r|er)|\brouv(?:r|er)|\bdebut|\bcommenc|\ba (?:partir|compter) d|\bdemarr|\blanc|\bopen|"
    r"\bdepuis (?:quand|quel)|\bdes quand"
)
CLOSING = re.compile(
    r"\blimite|\bau plus tard|\bavant (?:quand|quel|le|la)|\bjusqu|\bfin\b|\bfini|\bclo[ts]|\bclotur|\b(?:re)?ferm|"
    r"\bdernier|\bdelai|\becheance|\bdeadline|\bexpir|\btermin|\bs.achev|\bs.arret|\bcess(?:e|er|ait|era|ent)\b|"
    r"\btrop tard|\bultime|\bfinal|\bpour quand|\bd.ici quand|\breste|\bbutoir|\blast (?:day|date)|\bend(?:s|ed)?\b|"
    r"\buntil|\bdue\b|\bno later"
)
# What asks for the date: the end that is asked is the one named nearest to it.
ASKING = re.compile(r"\bquand\b|\bquel(?:le)?s? (?:jour|date|moment|mois|annee|heure|saison)|\bdates?\b|\bwhen\b")
# Beside a word for an opening these still ask for the end: « ouvert jusqu'à quand », « dès quand est-il trop tard ».
LAST = re.compile(r"\bjusqu|\blimite|\btard\b|\bdernier|\bultime|\bavant (?:quand|quel)|\bbutoir")
# What ends by itself, with no step to be taken: « la vague s'achève », not « la date limite ».
ENDING = re.compile(r"\bfin\b|\bfini|\bachev|\btermin|\bclo[ts]|\b(?:re)?ferm|\bjusqu|\bdur(?:e|a)|\bs.arret")
CALENDAR = re.compile(
    r"\bcalendrier|\bplanning|\becheances\b|\bjalons\b|\bdates\b|\betapes\b|\bperiodes\b|\bfenetres\b|"
    r"\bechancier|\becheancier|\bdelais\b|\bdeadlines\b"
)
# From its beginning to its end.
SPAN = re.compile(
    r"\bd[eu] quand (?:a|au|jusqu.a) quand\b|\bdu combien au combien\b|"
    r"\bquand (?:ca |cela )?(?:commenc|debut|demarr)\w*.{0,25}\bquand (?:ca |cela )?(?:fini|termin|s.achev|s.arret)"
)
# How far a date was moved: the former day and the one that stands.
MOVED_BY = re.compile(r"\b(?:de combien|combien de (?:temps|jours|semaines|mois))\b")
WINDOW = re.compile(r"\bperiodes?\b|\bfenetres?\b|\bde quand a quand\b")
DATE_WORDS = re.compile(
    r"\b(?:quand|qd)\b(?! meme)|\bdates?\b|\becheances?\b|\bcalendrier|\bdelais?\b|\bplanning\b|\bdeadlines?\b|"
    r"\bjalons\b|\bperiodes?\b|\bfenetres\b|\b(?:le|au) combien\b|\bquel jour\b"
)
# Leans on today without a word for a date: « est-ce foutu pour… », « peut-on déjà… ».
ON_TIME = re.compile(
    r"(?<!pas )\bencore\b|\bdeja\b|\btrop tard\b|\bfoutu|\ba temps\b|\bdans les temps\b|\bdans les delais\b|"
    r"\brate\b|\bmanque\b|\bdepasse|\bperime|\ben retard\b|\btoujours\b|\bplus possible\b|"
    r"\bc.est (?:cuit|mort|rape|grille)\b"
)
NEXT = re.compile(r"\bprochaine?s?\b|\bnext\b|\ba venir\b")
# Asks whether a date still holds.
MOVED = re.compile(
    r"\brepouss|\bboug(?:e|er)\b|\bprolong|\breport(?:e|es|er|ee)?\b|\bdecal|\brecul|\brallong|\ballong|\bmodifi|"
    r"\bchang(?:e|er|ee)\b(?! d(?:e |['’ ])(?!dates?\b|jours?\b|delais?\b|echeances?\b|calendrier))|"
    r"\bmainten(?:u|ue|ir)\b|\bpostpon|\bextended\b|"
    r"\b(?:toujours|encore) (?:bon|bonne|valable|d.actualite|la bonne|vrai|juste)|\bbonne date\b"
)
BOTH_DATES = re.compile(
    r"\b(?:deux|toutes les) dates\b|\b(?:dates?|limites?) .{0,30}\bla plus (?:tardive|proche|tot|lointaine)"
)
BETWEEN = re.compile(r"\bentre\b|\bsepar|\becoul|\bdepuis\b")
# Between two steps: all from the one to the other.
TO_STEP = re.compile(r"^\W*(?:jusqu.|a\b|au\b)")
# What was said then of what was to come.
FORETOLD = re.compile(r"\b(?:annonc|promett|prevoy|dis|esper|visai|tablai|envisage)(?:ait|aient)\b|\bpromettait")
# « quel jour exactement »: a month or a season does not answer.
EXACT_DAY = re.compile(
    r"\bquels? jours? (?:precis|exact)|\b(?:date|jour)s? (?:precise|exacte)"
    r"|\b(?:precisement|exactement)\b.*\bquel jour\b"
    r"|\bquel jour\b.*\b(?:precisement|exactement|effectivement|au juste|pile)\b"
)
# « quelle différence entre… » asks what things are.
DIFFERENCE = re.compile(r"\bdiffer|\bdistingu")
# Asks whether two dates are one: « c'était le même jour ? ».
SAME_DAY = re.compile(
    r"\bplus (?:tot|tard|tardi\w+|precoce)\b(?<!au plus tard)(?<!au plus tot)|\ben premier\b|\bavant l.autre|"
    r"\bmemes? (?:jour|date|echeance|delai|moment|limite)|\ben meme temps\b|\bsame (?:day|date|deadline)"
)
# « pour quelle saison »: the date asked is said at this precision.
PRECISION: dict[str, re.Pattern[str]] = {
    "season": re.compile(r"\bquelle saison"),
    "quarter": re.compile(r"\bquel trimestre"),
}
# A day from which something holds: « depuis le 1er janvier 2025 ».
SINCE = re.compile(r"\b(?:depuis|a compter d\w|a partir d\w|since)\b")
# Nouns that make a date of a step: « ouverture des candidatures ».
ENDS = re.compile(r"\b(?:re)?ouverture|\bcloture|\bfermeture|\bfin d|\bdebut d|\blimite\b|\bdemarrage|\blancement")
THE_HOW_MANIETH = re.compile(r"\b(?:le|au) combien\b")
# Words that every question about a date may use; what is dated is said by the others.
GENERIC = re.compile(
    r"cuit|mort|rape|quelques|butoirs?|ancien(?:ne)?s?|nouve(?:l|lle|lles|au|aux)|surveill\w+|noter|retenir|agenda|venir|arretai\w*|arretera\w*|cess\w+|referm\w+|rouv\w+|boug\w+|"
    r"memes?|tardi\w+|precoces?|entre|vs|versus|differ\w+|diff|repouss\w+|prolong\w+|decal\w+|chang\w+|valable|carat|"
    r"jusqu\w*|depuis|avant|apres|dates?|limites?|delais?|echeances?|calendriers?|planning|periodes?|fenetres?|jalons?|etapes?|deadlines?|"
    r"quand|quel\w*|combien|jours?|journee|mois|annees?|ans?|semaines?|heures?|temps|moment|saisons?|derni\w+|"
    r"ultimes?|fina\w+|premi\w+|prochain\w*|precis\w*|exact\w*|bon|bonnes?|bons|vraie?s?|officiel\w*|"
    r"complet\w*|tot|tard|trop|max\w*|pile|fin|fini\w*|termin\w+|acheve\w*|clos\w*|clotur\w+|ferm\w+|"
    r"etal\w+|deroul\w+|cour(?:t|u|ait|ra)|dur(?:e|ent|ait|aient|er|era|eront|ee|ees)?|ouv(?:r|er)\w*|debut\w*|commenc\w+|demarr\w+|partir|compter|reste\w*|restant\w*|expir\w+|passe\w*|"
    r"ecoule\w*|encore|deja|toujours|possible|foutu|fichu|temps|retard|doi\w+|"
    r"dev(?:ait|aient|ions|iez|rai\w*|ra|ront|oir)|dois|faut|fallait|faudra|falloir|peu[txv]\w*|pouv\w+|"
    r"pourr\w+|puis|depos\w+|depot\w*|transm\w+|envo\w+|remet\w*|remis\w*|fourni|fournir|soumet\w*|rendre|"
    r"rendu\w*|presenter|deposer|faire|fait\w*|demand\w+|reclam\w+|sollicit\w+|obtenir|avoir|etre|dire|dit|"
    r"savoir|connaitre|donn\w+|indiqu\w+|rappel\w+|lu|vu|prevu\w*|fix\w+|vise\w*|visait|tomb\w+|lieu|"
    r"report\w*|initial\w*|ten(?:ir|ue?s?)|aujourd\w*|hui|compte|qd|pr|svp|stp|bonjour|merci|cest|est|sont|suis|sommes|what|when|the|for|does|must|"
    r"start\w*|beg[aiu]n\w*|launch\w*|official\w*|did|was|were|will|could|how|long|until|last|day|by|apply|submit|please|due|open\w*|clos\w*"
)
# Beside a term they add nothing; alone they may name what the vocabulary does not know.
LOOSE = re.compile(r"dossiers?|pieces?|programmes?")
STOPS = re.compile(
    r"\b[sS]['’]arr[êe]t\w*|(?<=\bjour |\bdate )annonc\w+|(?<=\bdates )annonc\w+|(?<=\bjours )annonc\w+", re.IGNORECASE
)
# What people say of handing in, each with its noun; the first stands for the others.
HANDING_IN = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        r"depos\w*|depots?", r"envo[iy]\w*", r"transm\w+", r"remet\w*|remis\w*", r"soumet\w*|soumis\w*|soumission\w*",
        r"apply|applying|submit\w*",
    )
)  # fmt: skip
ENROLLING = re.compile(r"\binscri\w+")
# Stems of the publication of a text.
PUBLISHING = re.compile(r"arret|decret|publi|paru|parait|journal|jo$|text|sort|loi")
# Those of them that name the text.
TEXT = re.compile(r"arret|decret|loi")
# Stems of events of another sort than a deadline: a decree, a meeting, a payment.
OTHER_EVENT = re.compile(
    PUBLISHING.pattern + r"|reuni|comit|confer|communiqu|article|annonc|vir|receoi|recev|recoi|touch|percev|perc|"
    r"vers(?!ion)|pay|pai|rembours|result|bilan|vot|cre|fond|nomm"
)
