"""Pure: French text → the words it is searched by, before stemming; the same spellings for passages and questions.

Case and accents fold; « 2 307 », « 2.307 » and « 2307 » meet in one word, so do « SUN-ES », « SUN ES » and « sunes »,
and a day meets itself in every spelling ("30/11/2022", "30 novembre 2022").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

_MONTHS = (
    ("janvier", "janv"),
    ("fevrier", "fevr"),
    ("mars",),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("aout",),
    ("septembre", "sept"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("decembre", "dec"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_WRITTEN_MONTH = re.compile(
    r"\b(" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?(?:\s+((?:20|19)\d\d)\b)?"
)
_OPENINGS = tuple(dict.fromkeys(name[:3] for name in _MONTH_NUMBERS))
_DIGIT = re.compile(r"\d")
_DAY_BEFORE = re.compile(r"(?<!\d)(\d{1,2})(?:er)?\s+$")
_NUMERIC_DAY = re.compile(
    r"(?<![\d/.-])(?:(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?:(?P=mark)(?P<year>(?:20|19)?\d\d)|(?<=/\d)|(?<=/\d\d))"
    r"|(?P<iso_year>(?:20|19)\d\d)-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2}))(?![\d/-]|[.,]\d)"
)
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ .']\d{3})+(?![\d]|[.,']\d)")
_DECIMAL = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![\d,])")
# Words of one piece, or pieces held together by a hyphen, an apostrophe, a point or the like: « SUN-ES », « Hop'en ».
_COMPOUND = re.compile(r"[^\W_]+(?:[-'./&_+][^\W_]+)*")
_PIECE = re.compile(r"[^\W_]+")
# Where a word changes from letters to digits or from lower to upper case: « vague2 », « HospiConnect ».
_SEAM = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|(?<=[a-z])(?=[A-Z])")
_ELISION = re.compile(r"\b(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)'(?=\w)", re.IGNORECASE)
_ACCENTED = {
    chr(code): base
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if (base := unicodedata.normalize("NFKD", chr(code))[0]).isascii()
}
_FOLDED = str.maketrans(
    _ACCENTED
    | {
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "ø": "o",
        "Ø": "O",
        "ß": "ss",
        "’": "'",
        "ʼ": "'",
        "‘": "'",
        "`": "'",
    }
    | dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys("\u00a0\u202f\u2007\u2009", " ")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff")
)
# Words that say nothing of the subject, folded; acronyms in capitals (« MES », « ES ») are never among them.
STOP_WORDS = frozenset(
    """
    a ai aie ainsi alors apres as au aucun aucune aussi autre autres aux avaient avais avait avant avec avez avoir
    avons ayant bien c ca car ce ceci cela celle celles celui cet cette ceux chaque chez comme d dans de deja depuis
    des donc dont du elle elles en encore entre es est et etaient etais etait etant ete etes etre eu eut eux fait
    faire faut font furent fut il ils j je jusque l la le les leur leurs lors lorsque lui m ma mais me meme memes
    mes moi moins mon n ne ni non nos notre nous on ont or ou par parmi pas pendant peu peut peuvent plus plusieurs
    pour pouvait pouvoir puis puisque qu quand que s sa sans se selon sera seraient serait seront ses si sinon soi
    soient soit sommes son sont sous suis sur t ta tandis te tel telle telles tels tes toi ton tous tout toute
    toutes tres tu un une va vers vont vos votre vous y
    """.split()  # noqa: SIM905
)
# What only a question says: they ask and name nothing.
QUESTION_WORDS = frozenset(
    """
    combien comment lequel laquelle lesquels lesquelles ou pourquoi quel quelle quels quelles qui quoi dire dis
    dites donne donner donnez existe indique indiquer indiquez savoir sais veux voudrais peux pourriez pouvez
    appelle appele appelait nomme bonjour bonsoir merci svp
    """.split()  # noqa: SIM905
)
_UNASKED = STOP_WORDS | QUESTION_WORDS


def fold(text: str) -> str:
    """The text without accents, with plain apostrophes, hyphens and spaces; case is kept, offsets are not."""
    folded = text.translate(_FOLDED)
    if folded.isascii() or unicodedata.is_normalized("NFKD", folded):
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_FOLDED)


def passage_words(text: str) -> list[str]:
    """The words a passage is found by, with repetitions, folded; function words are left out.

    A compound gives its pieces and itself in one piece; neighbours that both begin with a capital give one piece too.
    """
    folded = _folded_for_words(text)
    words = [*_days(folded), *_numbers(folded)]
    previous = ""
    for compound in _COMPOUND.findall(_ELISION.sub(" ", folded)):
        if compound.islower() and compound.isalpha():
            if compound not in STOP_WORDS:
                words.append(compound)
            previous = ""
            continue
        pieces = _pieces(compound)
        words.extend(_said(compound, pieces, STOP_WORDS))
        if previous[:1].isupper() and (compound[0].isupper() or compound[0].isdigit()):
            words.append((previous + compound).casefold())
        previous = compound if len(pieces) == 1 else ""
    return words


def query_words(text: str) -> list[str]:
    """The words a question is searched by, each once: pieces, compounds, and every two neighbours in one piece."""
    folded = _folded_for_words(text)
    words = [*_days(folded), *_numbers(folded)]
    neighbours: list[str] = []
    for compound in _COMPOUND.findall(_ELISION.sub(" ", folded)):
        pieces = _pieces(compound)
        words.extend(_said(compound, pieces, _UNASKED))
        neighbours.extend(pieces)
    words.extend((first + second).casefold() for first, second in pairwise(neighbours))
    return list(dict.fromkeys(words))


def content_words(text: str) -> list[str]:
    """The single words of a question that name something, each once, in order."""
    folded = _folded_for_words(text)
    words = (
        word
        for compound in _COMPOUND.findall(_ELISION.sub(" ", folded))
        for piece in _pieces(compound)
        for word in _said(piece, [piece], _UNASKED)
    )
    return list(dict.fromkeys(words))


def _folded_for_words(text: str) -> str:
    """The folded text; a text all in capitals tells no acronyms apart and is read in lower case."""
    folded = fold(text)
    return folded.casefold() if folded.isupper() else folded


def _pieces(compound: str) -> list[str]:
    """What a word is made of: itself when it is of one piece."""
    return [piece for part in _PIECE.findall(compound) for piece in _SEAM.split(part)]


def _said(compound: str, pieces: list[str], stop_words: frozenset[str]) -> Iterator[str]:
    """The pieces that are not stop words (an acronym in capitals is none), then the compound in one piece."""
    for piece in pieces:
        word = piece.casefold()
        if word not in stop_words or (len(piece) > 1 and piece.isupper()):
            yield word
    if len(pieces) > 1 and not compound[0].isdigit():
        yield "".join(pieces).casefold()


def _numbers(folded: str) -> Iterator[str]:
    """Numbers in one spelling: thousands without separator, decimals with a point."""
    if _DIGIT.search(folded) is None:
        return
    for match in _THOUSANDS.finditer(folded):
        yield re.sub(r"\D", "", match.group())
    for match in _DECIMAL.finditer(folded):
        yield f"{match.group(1)}.{match.group(2)}"


def _days(folded: str) -> Iterator[str]:
    """One word for each day, month of a year and day of a month that the text names, whatever the spelling."""
    lower = folded.casefold()
    names_month = any(opening in lower for opening in _OPENINGS)  # looked for one by one: ten times as fast
    for match in _WRITTEN_MONTH.finditer(lower) if names_month else ():
        before = _DAY_BEFORE.search(lower, max(0, match.start() - 6), match.start())
        yield from _day_words(match[2], _MONTH_NUMBERS[match[1]], before[1] if before else None)
    for match in _NUMERIC_DAY.finditer(folded) if _DIGIT.search(folded) else ():
        year = match["iso_year"] or match["year"]
        month, day = int(match["iso_month"] or match["month"]), match["iso_day"] or match["day"]
        if 1 <= month <= 12 and 1 <= int(day) <= 31:
            yield _MONTHS[month - 1][0]
            yield from _day_words(f"20{year}" if year and len(year) == 2 else year, month, day)


def _day_words(year: str | None, month: int, day: str | None) -> Iterator[str]:
    if day:
        yield f"{month:02d}-{int(day):02d}"
    if year:
        yield f"{year}-{month:02d}"
    if year and day:
        yield f"{year}-{month:02d}-{int(day):02d}"
