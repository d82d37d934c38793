"""Pure: personal numbers, and names said to be names, are masked in what people type before anything is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.answers import Answer
from assistant.desk_records import Exchange

# Between the digits of one number: nothing, a space of any kind, a dot, a hyphen, a slash.
_S = r"[\s.\-/\u2010-\u2015_]?"
_WIDE = r"[\s.\-/\u2010-\u2015_]{0,3}"
# Days, months and years look like long numbers: « 14/12/2023 », « 2023-12-14 », « 12/2023 », « 2023, 2024 et 2025 ».
_YEAR = r"(?:19|20)\d\d"
_DATES = re.compile(
    rf"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[\s./\-](?:0?[1-9]|1[0-2])[\s./\-]{_YEAR}"
    rf"|{_YEAR}[\s./\-](?:0?[1-9]|1[0-2])[\s./\-](?:0?[1-9]|[12]\d|3[01])"
    rf"|(?:0?[1-9]|1[0-2])[/.\-]{_YEAR}|{_YEAR}(?:\s?[/,\-–]?\s?{_YEAR})+)(?!\d)"
)
# So do amounts and round counts: « 1 500 000 000 € », « 12 000 000 dossiers ».
_AMOUNTS = re.compile(
    r"(?<!\d)\d[\d\s.,]{0,24}\d\s{0,3}(?:€|%|euros?\b|[kKM]€|millions?\b|milliards?\b)"
    r"|(?<!\d)[1-9]\d{0,2}(?:[\s.]000){2,6}(?!\d)",
    re.IGNORECASE,
)
_NAMED = r"[^\W\d_a-zà-ÿ][\w'’-]{0,60}"
# In this order: what one pattern takes is not looked at again. Each is bounded: a question may be long and hostile.
_PERSONAL = (
    (
        re.compile(
            r"(?<![\w.+%\-])[\w.+%\-]{1,200}\s{0,2}(?:@|[(\[]\s?(?:at|arobase|a)\s?[)\]]|\barobase\b)\s{0,2}[\w\-]{1,63}"
            r"(?:(?:\.|\s?[(\[]?\bpoint\b[)\]]?\s?)[\w\-]{1,63}){1,8}",
            re.IGNORECASE,
        ),
        "[courriel masqué]",
    ),
    (re.compile(r"\b[A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,4})?\b"), "[IBAN masqué]"),
    (re.compile(r"\b[a-z]{2}\d{2}(?:\s?[a-z0-9]{4}){3,7}(?:\s?[a-z0-9]{1,4})?\b"), "[IBAN masqué]"),
    # Social security: sex, year, month, department (2A and 2B too), commune, order, with or without its key.
    (
        re.compile(
            rf"(?<!\d)[1-478]{_WIDE}\d\d{_WIDE}\d\d{_WIDE}(?:\d\d|2[AB]){_WIDE}\d{{3}}{_WIDE}\d{{3}}(?:{_WIDE}\d\d)?(?!\d)",
            re.IGNORECASE,
        ),
        "[numéro de sécurité sociale masqué]",
    ),
    (
        re.compile(rf"(?<!\d)(?:(?:\+|00)\s?\d{{2,3}}{_WIDE}(?:\(0\){_WIDE})?|0)[1-9](?:{_WIDE}\d\d){{4}}(?!\d)"),
        "[téléphone masqué]",
    ),
    # Professionals and establishments: RPPS (11 digits), ADELI, FINESS, SIREN (9), SIRET (14), and any other number of
    # eight digits or more, in one piece or in groups.
    (
        re.compile(rf"(?<!\d)(?:2[AB]|\d)(?:(?:{_S}\d){{7,40}}|(?:{_WIDE}\d){{9,40}})(?!\d)", re.IGNORECASE),
        "[numéro masqué]",
    ),
    # Names that a title or « je m'appelle » announces; the mark takes the place of the group alone.
    (
        re.compile(
            rf"\b(?:[Mm]me|MME|[Mm]lle|M\.|[Mm]r|[Mm]onsieur|[Mm]adame|[Dd]r|[Dd]octeure?|[Pp]r|Me)\.?\s"
            rf"(?P<name>{_NAMED}(?:\s{_NAMED}){{0,3}})"
        ),
        "[nom masqué]",
    ),
    (
        re.compile(
            rf"\b(?i:je\s+m['’]appelle|mon\s+nom\s+est)\s(?P<name>[^\W\d_][\w'’-]{{0,60}}(?:\s{_NAMED}){{0,3}})"
        ),
        "[nom masqué]",
    ),
)


def mask(text: str) -> str:
    """The text with e-mail addresses, names, bank, social security, telephone and registration numbers masked."""
    for start, end, mark in sorted(_found(text), reverse=True):
        text = text[:start] + mark + text[end:]
    return text


def masked(exchange: Exchange) -> Exchange:
    """The exchange as it may be stored.

    What is masked in the questions is masked wherever the answer repeats it; quotations are the documents' own text and
    stay as they are.
    """
    numbers = _numbers((exchange.question, *exchange.after, exchange.answer.query))
    if not numbers:
        return exchange

    def hidden(text: str) -> str:
        for number, mark in numbers:
            text = text.replace(number, mark)
        return text

    return replace(
        exchange,
        question=mask(exchange.question),
        after=tuple(mask(text) for text in exchange.after),
        answer=_masked_answer(exchange.answer, hidden),
    )


def _masked_answer(answer: Answer, hidden: Callable[[str], str]) -> Answer:
    return replace(
        answer,
        question=mask(answer.question),
        query=mask(hidden(answer.query)),
        lead=hidden(answer.lead),
        statements=tuple(replace(one, text=hidden(one.text)) for one in answer.statements),
        notices=tuple(hidden(text) for text in answer.notices),
        choices=tuple(hidden(text) for text in answer.choices),
    )


def _numbers(texts: Iterable[str]) -> list[tuple[str, str]]:
    """What is to be masked in the texts, as typed, the longest first."""
    found = {text[start:end]: mark for text in texts for start, end, mark in _found(text)}
    return sorted(found.items(), key=lambda pair: -len(pair[0]))


def _found(text: str) -> list[tuple[int, int, str]]:
    """Where personal numbers and names stand, with what masks each."""
    left = _AMOUNTS.sub(_bar, _DATES.sub(_bar, text))
    found = []
    for pattern, mark in _PERSONAL:
        part = "name" if "name" in pattern.groupindex else 0
        found += [(match.start(part), match.end(part), mark) for match in pattern.finditer(left)]
        left = pattern.sub(_bar, left)
    return found


def _bar(match: re.Match[str]) -> str:
    return "|" * len(match.group())
