"""What the words of a question say of the dates it asks for, in folded French (and some English). Data.

Nothing here is about a programme. Patterns are tried on what `cues.folded` gives; GENERIC and LOOSE on whole words.
"""

from __future__ import annotations

import re

OPENING = re.compile(
    r"\bouv(?:r|er)|\breouv|\bdebut|\bcommenc|\ba (?:partir|compter) d|\bdemarr|\blanc|\bopen|"
    r"\bdepuis (?:quand|quel)|\bdes quand"
)
CLOSING = re.compile(
    r"\blimite|\bau plus tard|\bavant (?:quand|quel|le|la)|\bjusqu|\bfin\b|\bfini|\bclo[ts]|\bclotur|\bferm|"
    r"\bdernier|\bdelai|\becheance|\bdeadline|\bexpir|\btermin|\bs.achev|\btrop tard|\bultime|\bfinal|"
    r"\bpour quand|\bd.ici quand|\breste"
)
# Beside a word for an opening these still ask for the end: « ouvert jusqu'à quand », « dès quand est-il trop tard ».
LAST = re.compile(r"\bjusqu|\blimite|\btard\b|\bdernier|\bultime|\bavant (?:quand|quel)")
# What ends by itself, with no step to be taken: « la vague s'achève », not « la date limite ».
ENDING = re.compile(r"\bfin\b|\bfini|\bachev|\btermin|\bclo[ts]|\bferm|\bjusqu|\bdur(?:e|a)")
CALENDAR = re.compile(
    r"\bcalendrier|\bplanning|\becheances\b|\bjalons\b|\bdates\b|\betapes\b|\bperiodes\b|\bfenetres\b|"
    r"\bechancier|\becheancier|\bdelais\b|\bdeadlines\b"
)
WINDOW = re.compile(r"\bperiodes?\b|\bfenetres?\b|\bde quand a quand\b")
DATE_WORDS = re.compile(
    r"\b(?:quand|qd)\b|\bdates?\b|\becheances?\b|\bcalendrier|\bdelais?\b|\bplanning\b|\bdeadlines?\b|"
    r"\bjalons\b|\bperiodes?\b|\bfenetres\b|\b(?:le|au) combien\b|\bquel jour\b"
)
# Leans on today without a word for a date: « est-ce foutu pour… », « peut-on déjà… ».
ON_TIME = re.compile(
    r"(?<!pas )\bencore\b|\bdeja\b|\btrop tard\b|\bfoutu|\ba temps\b|\bdans les temps\b|\bdans les delais\b|"
    r"\brate\b|\bmanque\b|\bdepasse|\bperime|\ben retard\b|\btoujours\b|\bplus possible\b"
)
NEXT = re.compile(r"\bprochaine?s?\b|\bnext\b")
# Nouns that make a date of a step: « ouverture des candidatures ».
ENDS = re.compile(r"\b(?:re)?ouverture|\bcloture|\bfermeture|\bfin d|\bdebut d|\blimite\b|\bdemarrage|\blancement")
THE_HOW_MANIETH = re.compile(r"\b(?:le|au) combien\b")
# Words that every question about a date may use; what is dated is said by the others.
GENERIC = re.compile(
    r"jusqu\w*|depuis|avant|apres|dates?|limites?|delais?|echeances?|calendriers?|planning|periodes?|fenetres?|jalons?|etapes?|deadlines?|"
    r"quand|quel\w*|combien|jours?|journee|mois|annees?|ans?|semaines?|heures?|temps|moment|saisons?|derni\w+|"
    r"ultimes?|fina\w+|premi\w+|prochain\w*|precis\w*|exact\w*|bon|bonnes?|bons|vraie?s?|officiel\w*|"
    r"complet\w*|tot|tard|trop|max\w*|pile|fin|fini\w*|termin\w+|acheve\w*|clos\w*|clotur\w+|ferm\w+|"
    r"ouv(?:r|er)\w*|debut\w*|commenc\w+|demarr\w+|partir|compter|reste\w*|restant\w*|expir\w+|passe\w*|"
    r"ecoule\w*|encore|deja|toujours|possible|foutu|fichu|temps|retard|doi\w+|"
    r"dev(?:ait|aient|ions|iez|rai\w*|ra|ront|oir)|dois|faut|fallait|faudra|falloir|peu[txv]\w*|pouv\w+|"
    r"pourr\w+|puis|depos\w+|depot\w*|transm\w+|envo\w+|remet\w*|remis\w*|fourni|fournir|soumet\w*|rendre|"
    r"rendu\w*|presenter|deposer|faire|fait\w*|demand\w+|reclam\w+|sollicit\w+|obtenir|avoir|etre|dire|dit|"
    r"savoir|connaitre|donn\w+|indiqu\w+|rappel\w+|lu|vu|prevu\w*|fix\w+|vise\w*|visait|tomb\w+|lieu|"
    r"report\w*|initial\w*|qd|pr|svp|stp|bonjour|merci|cest|est|sont|suis|sommes|what|when|the|for|does|must|"
    r"until|last|day|by|apply|submit|please|due|open\w*|clos\w*"
)
# Beside a term they add nothing; alone they may name what the vocabulary does not know.
LOOSE = re.compile(r"dossiers?|pieces?|programmes?")
# Stems of the publication of a text.
PUBLISHING = re.compile(r"arret|decret|publi|paru|parait|journal|jo$|text|sort|loi")
# Stems of events of another sort than a deadline: a decree, a meeting, a payment.
OTHER_EVENT = re.compile(
    PUBLISHING.pattern + r"|reuni|comit|confer|communiqu|article|annonc|vir|receoi|recev|recoi|touch|percev|perc|"
    r"vers(?!ion)|pay|pai|rembours|result|bilan|vot|cre|fond|nomm"
)
