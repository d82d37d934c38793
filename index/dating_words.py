"""Pure: the spellings of French dates, as patterns over flattened text.

`flatten` keeps every offset: one character for one, lower case, no accents, plain spaces, apostrophes and hyphens.
"""

from __future__ import annotations

import re
import unicodedata

from index.dating_calendar import MONTHS, SEASONS, WEEKDAYS


def _plain(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return base if base.isascii() else character.lower()[0]


_FLAT = str.maketrans(
    {chr(code): _plain(chr(code)) for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))}
    | dict.fromkeys("’ʼ‘`´", "'")
    | dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys("\u00a0\u202f\u2007\u2009\u2002\u2003\t", " ")
    | {"ᵉ": "e", "ʳ": "r"}
)


def flatten(text: str) -> str:
    """The text in lower case without accents, of the same length; expects NFC."""
    return text.translate(_FLAT)


MONTH_NUMBERS = {flatten(name): number for number, name in enumerate(MONTHS, 1)} | {
    "janv": 1, "jan": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
SEASON_NUMBERS = {flatten(name): number for number, name in enumerate(SEASONS, 1)}
WEEKDAY_NUMBERS = {name: number for number, name in enumerate(WEEKDAYS)}
PARTS = {"fin": "fin", "debut": "début", "mi": "mi", "milieu": "mi", "courant": ""}
ORDINALS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4}
AMOUNTS = r"(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|trente|soixante|quelques|\d{1,3})"

# Spaces are written [ ]: these pieces stand in a verbose pattern.
_S = r"(?:[ ]{1,3}|\n[ ]?)"
_S0 = r"[ ]{0,3}\n?[ ]?"
_YEAR = r"(?:19|20)\d\d(?!\d|[.,]\d|[ ]?(?:€|%|euros?\b|m€|k€))"
_UNITS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_TEENS = ("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf")
DAY_WORDS = {word: number for number, word in enumerate((*_UNITS, *_TEENS, "vingt", "vingt et un"), 2)} | {
    **{f"vingt-{word}": number for number, word in enumerate(_UNITS, 22)}, "trente": 30, "trente et un": 31,
}  # fmt: skip
_DAY_WORD = "|".join(sorted(DAY_WORDS, key=len, reverse=True)).replace(" ", "[ ]")
_DAY = r"(?:1[ ]?er|ler|premier|0?[1-9]|[12]\d|3[01])"
_NAMES = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_MONTH = rf"(?:{_NAMES})(?![a-z])"
_WEEKDAY = "(?:" + "|".join(WEEKDAYS) + ")"
_SEASON = "|".join(SEASON_NUMBERS)
_ORDINAL = r"1[ ]?ere?|[2-4][ ]?(?:eme|e|nde|nd)|premier|deuxieme|second|troisieme|quatrieme|dernier"
_COORDINATION = r"(?:,|et|ou|au|puis|-|/|a)"


def _of_year(name: str) -> str:
    return rf"(?:{_S0}(?:de[ ]l'annee[ ]|de[ ]|d')?(?P<{name}>{_YEAR}))?"


# One alternative for each way to write a date; tried at the starts of words only.
# « 15/04/2026-30/04/2026 » is a range.
_NOT_IN_NUMBER = r"(?!\d|[/.,]\d|-(?!\d{1,2}[/.]\d{1,2}[/.]\d)\d|[ ]?(?:€|%))"
_PART_LINK = r"(?:-|[ ])(?:(?:du[ ])?mois[ ]d(?:e[ ]|')|du[ ]|de[ ]la[ ]|de[ ]l'|de[ ]|d'|l')?"
_WRITTEN = rf"(?P<day>{_DAY}|(?:{_DAY_WORD})(?=[ ])){_S0}(?P<month>{_MONTH})(?P<dot>\.?){_of_year('year')}"
_LISTED = rf"{_S0}(?:{_COORDINATION}(?:[ ]le)?{_S0}(?:{_WEEKDAY}[ ])?{_DAY}{_S0}){{1,4}}{_MONTH}"
# « du 5 au 27/02/2026 »
_LISTED_NUMERIC = rf"{_S0}(?:au|et|-)(?:[ ]le)?{_S0}{_DAY}[/.]\d{{1,2}}[/.](?:(?:19|20)\d\d|\d\d)(?!\d)"
_SEASON_YEAR = rf"(?P<season_year>{_YEAR})(?:[-/](?P<season_next>(?:19|20)?\d\d)(?!\d))?"
ATOM = re.compile(
    rf"""(?<![\w])(?:
    (?P<iso>(?:19|20)\d\d(?:-\d\d-\d\d|/\d\d/\d\d))(?!\d|[-/]\d)(?:t(?P<iso_hour>\d\d:\d\d)(?::\d\d)?(?:\.\d+)?z?)?
    | (?:(?<![/.,-])|(?<=[/.]\d\d\d\d-))(?P<n_day>\d{{1,2}})(?P<mark>[ ]?[/.-][ ]?)(?P<n_month>\d{{1,2}})(?P=mark)
        (?P<n_year>(?:19|20)\d\d|\d\d){_NOT_IN_NUMBER}
    | (?<![/.,-])(?P<nm_month>0?[1-9]|1[0-2])/(?P<nm_year>(?:19|20)\d\d)(?!\d|[/.,-]\d)
    | (?<![/.,])(?<!\d\d\d-)(?:(?P<weekday>{_WEEKDAY}){_S})?{_WRITTEN}
    | (?<![/.,])(?:(?P<b_weekday>{_WEEKDAY}){_S})?(?P<b_day>{_DAY})(?={_LISTED}|{_LISTED_NUMERIC})
    | (?<![/.,-])(?P<s_day>\d{{1,2}})/(?P<s_month>\d\d){_NOT_IN_NUMBER}
    | (?P<half>premiere|1[ ]?ere|seconde|deuxieme|2[ ]?(?:eme|nde|e)|derniere)[ ]quinzaine[ ](?:du[ ]mois[ ])?
        (?:de[ ]|d')(?P<h_month>{_MONTH})\.?{_of_year("h_year")}
    | (?P<nth>premier|1[ ]?er|deuxieme|second|troisieme|quatrieme|dernier)[ ](?P<nth_day>jour|{_WEEKDAY})[ ]
        (?:du[ ]mois[ ])?(?:de[ ]|d')(?P<nth_month>{_MONTH})\.?[ ](?P<nth_year>{_YEAR})
    | (?:(?P<part>fin|debut|milieu|mi|courant){_PART_LINK})?(?:
        (?P<q_ordinal>{_ORDINAL})[ ](?P<q_unit>trimestre|trim\.|semestre){_of_year("qo_year")}
        | (?P<q_letter>[tsq])(?P<q_number>[1-4])(?:[ /-]?(?P<q_year>{_YEAR}))?(?!\w)
        | (?P<rq_year>(?:19|20)\d\d)[ -]?(?P<rq_letter>[tsq])(?P<rq_number>[1-4])(?!\w)
        | (?P<fq_number>[1-4])(?P<fq_letter>[ts])[ ]?(?P<fq_year>{_YEAR})
        | (?P<season>{_SEASON})(?:[ ](?:de[ ]l'annee[ ])?{_SEASON_YEAR})?(?![a-z])
        | (?P<m_month>{_MONTH})\.?{_of_year("m_year")}
        | (?P<ym_year>(?:19|20)\d\d)-(?P<ym_month>0[1-9]|1[0-2])(?![\d-])
        | (?P<annee>annee)(?:[ ](?P<a_year>{_YEAR}))?(?![a-z])
        | (?:(?<![/.,-])|(?<=mi-))(?P<y_year>{_YEAR})(?:[-/](?P<y_next>\d\d)(?!\d))?
            (?:(?=[-/](?:19|20)\d\d(?!\d|[-/.]\d))|(?![-/.]?\d))
        | (?<=\d\d\d\d[-/])(?P<y_last>{_YEAR})(?![-/.]?\d)
    ))""",
    re.VERBOSE,
)
_CLOCK = (
    r"(?:(?P<hour>\d{1,2}) ?(?:h|heures?)(?: ?(?P<minute>\d\d))?(?![a-z\d]| d[e']| par )"
    r"|(?P<hour2>\d{1,2}):(?P<minute2>\d\d)(?::\d\d)?(?!\d)|(?P<word>midi|minuit)(?![a-z]))"
)
HOUR_AFTER = re.compile(rf"(?: ?,? ?|\n| ?- ?)(?:(?:a|avant|jusqu'a|des|vers) )?{_CLOCK}")
HOUR_IN_BRACKETS = re.compile(rf" ?\((?:(?:a|avant|jusqu'a|des|vers) )?{_CLOCK}(?:,? heures? [^)]{{1,24}})?\)")
HOUR_BEFORE = re.compile(rf"(?<![\w:]){_CLOCK},?(?: du| le)? $")
HOUR = re.compile(rf"(?<![\w:.,]){_CLOCK}")

# A number that follows one of these names a thing, not a day.
NAMED_NUMBER = re.compile(
    r"(?:\b(?:vagues?|phases?|lots?|etapes?|axes?|domaines?|volets?|fenetres?|niveaux?|versions?|v|pages?|p|"
    r"tableaux?|annexes?|"
    r"points?|chapitres?|sections?|tranches?|paliers?|figures?|alineas?|articles?|art|numeros?|no|stands?|tel|"
    r"telephone|"
    r"fax|finess|siret|siren|insee|code|avenants?|regles?|jalons?|objectifs?|decret|loi|[a-z]\.) ?|n ?° ?|[#§] ?)$"
)
# Before a month, a year, a season or a quarter that stands without its year.
BEFORE_MONTH = re.compile(
    r"(?:\b(?:en|des|depuis|courant|ici|ici a|avant|apres|jusqu'en|jusqu'a|pour|mois de|mois d'|partir de|partir d'|"
    r"compter de|"
    r"compter d'|vers|entre|horizon)|')[ \n]$"
)
BEFORE_YEAR = re.compile(
    r"(?:\b(?:en|fin|depuis|ici|ici a|avant|apres|des|jusqu'en|jusqu'a|horizon|annees?|exercices?|campagnes?|partir de|"
    r"compter de|pour|courant|entre|de|budget|rentree)[ \n]|\()$"
)
BEFORE_SEASON = re.compile(r"(?:\b(?:au|en|ce|cet|le|des|du)[ \n]|\bl')$")  # « la saison d'été » comes every year
BEFORE_QUARTER = re.compile(r"\b(?:au|en|des|ici|ici a|fin|pour|le|du|jusqu'au|depuis|ce) ?$")
BEFORE_SLASHED = re.compile(r"\b(?:au|le|du|les|et|" + "|".join(WEEKDAYS) + r")[ \n]$")
AFTER_RELATIVE = re.compile(r" (dernier|passe|prochain)e?(?![a-z])")
PARTICIPLE = re.compile(r"\b(?:a|ont|avait|avaient|aura|auront|ayant|avoir|aurait|pas|deja|bien|toujours|n'a) $")

RANGE_OPENING = re.compile(
    r"\b(?:(?P<cue>depuis le|des le|a partir du|a partir de|a compter du|a compter de)|(?P<between>entre)(?: le|"
    r" la)?|de la|de|du|d')[ \n]?$"
)
RANGE_LINK = re.compile(
    r"(?: (?:inclus|compris))?[ \n]?(?:(?P<dash>[-/])|,? ?(?:(?P<until>jusqu'(?:au|en|a la|a))|au|a la|a l'|a)"
    r"|(?P<et>et)(?: le| la| l'| en)?)[ \n]?"
)
# « La demande d'avance du 3 au 5 mai » is no move: « avancé » is read after its verb, or with the « e » of « avancée ».
_IS = r"(?:est|sont|sera|seront|ete|etre|etait|etaient|finalement)"
_EARLIER = rf"(?:{_IS} (?:\w+ )?avancee?s?|avancees?|ramenee?s?|anticipee?s?)\b"
_LATER = (
    r"(?:(?:report|repouss|decal|prorog|prolong|deplac|reprogramm|gliss)\w*|(?:recule|retarde|renvoye)e?s?\b"
    rf"|{_IS} (?:\w+ )?(?:differ|port)ee?s?\b|differees?\b)"
)
MOVED = rf"\b(?:{_LATER}|{_EARLIER})"
_PASSES = r"(?<!se )(?<!s'est )\b(?:(?:est|sont) passee?s?|pass(?:e|ent|era|eront))"
_FROM_DAY = r"(?: \w+){0,2} (?:du|de|d')[ \n]?$"
WEEK = re.compile(rf"\bsemaine du (?:{_WEEKDAY} )?$")
MOVED_RANGE = re.compile(rf"(?:{MOVED}|(?P<passes>{_PASSES})){_FROM_DAY}")
MOVED_EARLIER = re.compile(rf"\b{_EARLIER}{_FROM_DAY}")
LIST_LINK = re.compile(r"(?: ?, ?| ?,? (?P<word>et|ou|puis) )(?:le |au |du |a |en )?")
# « 30 jours avant le 3 mars » is another day than 3 March; « six mois à compter du 1er mai » begins on that day.
_COUNTED = r"(?:apres|avant|suivant|qui suiv\w+|precedant|qui preced\w+|(?:lendemain|veille) du)"
IS_COUNTED = re.compile(rf"{_COUNTED}$")
COUNTED_FROM = re.compile(rf"(?P<link> (?:ouvres? |calendaires? |francs )?{_COUNTED})?(?: (?:le|la|l'))? ?")
RELATIVE = re.compile(
    rf"(?<!\w){AMOUNTS} (?P<unit>jours?|semaines?|mois|ans?|annees?)(?: (?:ouvres?|calendaires?|francs|ouvrables|"
    rf"maximum))? "
    r"(?:apres|avant|suivant|qui suiv\w+|plus tard|a compter d(?:e|u|es)\b|a partir d(?:e|u|es)\b)"
    rf"|(?<!\w)(?:24|36|48|72|96) ?h(?:eures)? (?:avant|apres)"
    rf"|(?<!\w)(?:sous|dans (?:un delai (?:maximal |maximum )?de|les)) {AMOUNTS} (?P<unit2>jours?|semaines?|mois|"
    rf"ans?)(?!\w)"
    r"|(?<![\w-])j ?[+-] ?\d{1,3}(?![\w,.]\d|\w)|(?<!\w)sous (?:huitaine|quinzaine)(?!\w)"
    r"|(?<!\w)(?:lendemain|veille) du(?!\w)"
    r"|(?<!\w)(?:fin|debut|issue|terme) (?:du|de la|de l'|des|de ce|de cette) ?(?P<thing>[a-z][\w'-]{2,})"
)
