"""Which shapes of an answer a text holds: a count, an amount, a date… Pure, by the French of the text alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.french_numbers import CARDINALS, UNITS_COUNTED

_MONTHS = "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
_NUMBER = re.compile(r"\d")
# « quatre objectifs »; no days, months or euros.
_WORDED_COUNT = re.compile(
    rf"\b(?:{'|'.join(CARDINALS)})\s+(?!(?:{'|'.join(sorted(UNITS_COUNTED))})\b)([^\W\d_]{{4,}})", re.IGNORECASE
)
# What has digits and counts nothing: days, months, years, hours, numbered things, the number of a list item.
_NO_COUNT = re.compile(
    rf"\b(?:\d{{1,2}}(?:er)?\s+)?(?:{_MONTHS})(?:\s+\d{{4}})?\b"
    r"|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b(?:19|20)\d\d\b|\b\d{1,2}\s?h(?:\s?\d\d)?\b"
    r"|\b[^\W\d_]{3,}[\s-]\d{1,2}\b(?!\s*(?:%|€|M€|millions?|milliards?|[^\W\d_]{3,}))"
    r"|\b[^\W\d_]+\d+\b|^\s*(?:-\s*)?\d+[.)]\s",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d[\d\s.,\u00a0\u202f]*(?:€|euros?\b|[MmKk]€|millions? d['’]euros|milliards?\b)", re.IGNORECASE)
_SHARE = re.compile(
    r"\d\s*%|\bpour cent\b|\bmoitié\b|\btiers\b|\bquarts?\b|\b\w+ \w+ sur (?:deux|trois|quatre|cinq|dix)\b",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"\b(?:\d+|une?|{'|'.join(CARDINALS)}|onze|douze|treize|quatorze|quinze|seize|cent|mille"
    r"|(?:dix|vingt|trente|quarante|cinquante|soixante|quatre-vingt)(?:(?:-| et )\w+)*)\s+"
    r"(?:jours?|mois|ans?|années?|semaines?|heures?|minutes)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\b(?:1[0-9]|20)\d\d\b|\b(?:{_MONTHS})\b|\b\d{{1,2}}[/.]\d{{1,2}}\b"
    r"|\b(?:printemps|automne|hiver|trimestre|semestre)\b|\bT[1-4]\b"
    r"|(?:\bl['’]|\bd['’]|\b(?:en|cet|chaque|fin|début|plein) )été\b|\bété (?=\d{4})"
    r"|\b(?:mois|semaine|année|an|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) prochaine?\b"
    r"|\b(?:d['’]ici|avant|après|à|jusqu['’]à|depuis|pour) (?:la |l['’])?"
    r"(?:Pâques|Noël|Toussaint|Pentecôte|Ascension)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;:)’'] )(?!(?:Le|La|Les|L|Un|Une|Des|En|Au|Aux)\b)[A-ZÀ-Þ][\w-]+")
_CONTACT = re.compile(
    r"https?://|\bwww\.|\b[\w-]+\.(?:fr|org|com|eu)\b|@|\b0\d(?:[ .]?\d\d){4}\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)? [A-ZÀ-Þ][a-zà-ÿ]{2,}\b|\b(?:M\.|Mme|Dr|Pr) [A-ZÀ-Þ]",
)
_CAUSE = re.compile(
    r"\b(?:car|parce qu|puisqu|en raison|faute de|afin|pour que|à cause|grâce|raisons?|s'explique|expliqu\w+|permet\w*"
    r"|vise\w*|objectif|but|doit|sinon|d'abord|avant le|en effet|jug\w+|motif)\b",
    re.IGNORECASE,
)
_MODALITY = re.compile(
    r"\b(?:ne\b.{1,40}\b(?:pas|plus|aucun\w*|jamais)|n'\w+.{0,40}\b(?:pas|plus|aucun\w*|jamais)|obligatoire\w*"
    r"|obligation|facultati\w+|volonta\w+|peut|peuvent|doit|doivent|possible\w*|seul\w*|uniquement|sans|sauf|exclu\w*"
    r"|concern\w+|éligib\w+|pris\w* en charge|compris\w*|couv\w+|condition\w*|autoris\w+|exig\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shapes:
    """What a text holds; `number` is in digits, no date and no name's; `counted` nouns follow a number in words."""

    number: bool
    counted: tuple[str, ...]
    amount: bool
    share: bool
    duration: bool
    date: bool
    name: bool
    contact: bool
    person: bool
    cause: bool
    modality: bool


def shapes_of(text: str) -> Shapes:
    """The shapes that a text holds."""
    return Shapes(
        number=bool(_NUMBER.search(_NO_COUNT.sub(" ", text))),
        counted=tuple(noun.casefold() for noun in _WORDED_COUNT.findall(text)),
        amount=bool(_AMOUNT.search(text)),
        share=bool(_SHARE.search(text)),
        duration=bool(_DURATION.search(text)),
        date=bool(_DATE.search(text)),
        name=bool(_NAME.search(text)),
        contact=bool(_CONTACT.search(text)),
        person=bool(_PERSON.search(text)),
        cause=bool(_CAUSE.search(text)),
        modality=bool(_MODALITY.search(text)),
    )
