"""Pure: French phrases with a number, a date or a name in them, for the screens and the plain page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from assistant.answers import Answer, Citation, Wording
from assistant.records import DocumentInfo, Source
from assistant.screens import wording

CELL_SEPARATOR, CELLS_APART = " | ", " · "  # of a row as read, and as shown
_BULLET = re.compile(r"^\s*[-–—•*▪◦·]\s+")


def dues_found(ahead: int, others: int) -> str:
    """How many deadlines a filtered calendar holds."""
    return f"{ahead} à venir, {counted(others, 'passée ou remplacée', 'passées ou remplacées')}"


def period(first_year: int, last_year: int, month: int | None) -> str:
    """« Décembre 2023 », « Courant 2027 », « De 2026 à 2027 »."""
    if month is not None:
        return f"{wording.MONTHS[month - 1].capitalize()} {first_year}"
    return f"Courant {first_year}" if first_year == last_year else f"De {first_year} à {last_year}"


def page_of(number: int, total: int) -> str:
    """« Page 3 sur 12 »."""
    return wording.PAGE_OF.format(number=number, total=total)


def days_left(number: int) -> str:
    """« aujourd'hui », « demain », « dans 12 jours »."""
    return {0: "aujourd’hui", 1: "demain"}.get(number, f"dans {number} jours")


def kind_label(name: str) -> str:
    """The kind of a document, in words."""
    return wording.KINDS.get(name, name)


def ready(answer: Answer) -> str:
    """What a screen reader hears once when an answer has arrived."""
    number = len(answer.citations)
    sources = f", {counted(number, 'source', 'sources')}" if number else ""
    return f"{wording.ANSWER_OF[answer.outcome]}{sources}."


def written_by(made: Wording) -> str:
    """Who worded an answer, and how many of its sentences were dropped."""
    if not made.is_shown:
        return wording.WORDING_REFUSED.format(model=made.model)
    dropped = counted(made.dropped, "phrase non prouvée écartée", "phrases non prouvées écartées")
    return wording.WORDED_BY.format(model=made.model) + (f" {dropped[0].upper()}{dropped[1:]}." if made.dropped else "")


def derived(number: int) -> str:
    """What folds away the values of a sentence that its quotations do not hold in these words."""
    return counted(
        number, "précision déduite, non écrite telle quelle", "précisions déduites, non écrites telles quelles"
    )


def gist(quote: str) -> str:
    """A quotation on one line; the cells of a table row stand apart by « · »."""
    cells = (" ".join(cell.split()) for cell in _BULLET.sub("", quote).strip(" |").split(CELL_SEPARATOR))
    return CELLS_APART.join(cell for cell in cells if cell)


def told_apart(choices: Sequence[str]) -> list[str]:
    """What differs in questions that begin and end alike: « Solde, Officine : quelle date ? » → « Officine »."""
    split = [question.replace(",", " ,").replace(":", " :").split() for question in choices]
    if len(split) < 2 or len(set(map(tuple, split))) < len(split):
        return list(choices)
    first, last = alike(split), alike([words[::-1] for words in split])
    middles = [" ".join(words[first : len(words) - last]).strip(" ,:") for words in split]
    is_apart = first > 0 and last > 0 and split[0][first - 1] == "," and split[0][-last] == ":"
    is_worth_it = is_apart and all(middles)  # only between « , » and « : » do the words left stand for themselves
    return [f"{middle[0].upper()}{middle[1:]}" for middle in middles] if is_worth_it else list(choices)


def alike(lines: Sequence[Sequence[str]]) -> int:
    """How many first parts all lines share."""
    same = (len(set(parts)) == 1 for parts in zip(*lines, strict=False))
    return sum(1 for _ in takewhile(bool, same))


def counted(number: int, one: str, many: str) -> str:
    """« 1 source », « 3 sources »."""
    return f"{number} {one if number < 2 else many}"


def megabytes(size: int) -> str:
    """« 1,4 Mo », « 12 ko »."""
    if size < 100_000:
        return f"{max(1, round(size / 1000))}\u00a0ko"
    return f"{size / 1e6:.1f}\u00a0Mo".replace(".", ",")


def day(value: date) -> str:
    """« 1er mai 2023 », « 24 mai 2023 »; the spaces do not break."""
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number}\u00a0{wording.MONTHS[value.month - 1]}\u00a0{value.year}"


def up_to(value: date | None) -> str:
    """« Documents lus jusqu'au … »."""
    return wording.UP_TO.format(day=day(value)) if value else wording.UP_TO_UNKNOWN


def kind(source: Source) -> str:
    """The kind of a source, in words."""
    return kind_label(source.kind)


def published(source: Source) -> str:
    """The publication as precisely as it is known: day, month, year or a range; « (date estimée) » when it is."""
    if source.published is None:
        return wording.UNDATED
    words = _range(source.published.first, source.published.last)
    return f"{words} ({wording.ESTIMATED})" if source.published_on_estimated else words


def replaced(citation: Citation) -> str:
    """« remplacée par [2] »: what a source that no longer counts is marked with."""
    number = citation.replaced_by
    return wording.REPLACED if number is None else wording.REPLACED_BY.format(number=number)


def summary_notice(info: DocumentInfo) -> str | None:
    """What the card of a summary of ours says about the source it was written from; None for an original."""
    if info.summarised is None:
        return None
    source = info.summarised
    when = published(source)
    known = source.published is not None and source.published.first == source.published.last
    joined = f"du {when}" if known else when if when == wording.UNDATED else _of(when)
    return wording.SUMMARY_CARD.format(publisher=source.publisher, when=joined)


def _range(first: date, last: date) -> str:
    if first == last:
        return day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} à {last.year}"
    names = [wording.MONTHS[one.month - 1] for one in (first, last)]
    if first.year == last.year:
        return f"{names[0]} {first.year}" if names[0] == names[1] else f"{names[0]} à {names[1]} {first.year}"
    return f"{names[0]} {first.year} à {names[1]} {last.year}"


def _of(when: str) -> str:
    return f"d’{when}" if when[0] in "ao" else f"de {when}"  # « d’avril », « d’août », « d’octobre »


def shortened(text: str, characters: int = 90) -> str:
    """The text on one line, its end left out when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= characters else line[: characters - 1].rsplit(" ", 1)[0] + "…"
