"""Pure: workshops and meetings about a step are no date of the step: « Atelier : préparer sa demande de solde »."""

from __future__ import annotations

import re

from index.attribution import TermReader
from index.dating_words import flatten
from index.records import Passage, Tag

_EVENT = re.compile(
    r"\b(?:ateliers?|webinaires?|web-?conferences?|visio-?conferences?|formations?|stages?|seminaires?|salons?|congres|"
    r"rencontres?|reunions?|conferences?|colloques?|permanences?|demonstrations?|tutoriels?|cafes?|"
    r"journees? d'(?:information|etudes?|echanges?))\b"
)
_OPENS = re.compile(r"\W*(?:(?:le|la|les|l'|un|une|nos|vos) ?)?(?:(?:prochaine?s?|grande?s?) )?")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")


def is_of_events(passage: Passage, reader: TermReader) -> bool:
    """Whether a row tells of a workshop: by its heading, the header of its first cell, or the word it begins with."""
    header = passage.headers[0].quote if passage.headers and passage.headers[0] else ""
    if any(_names_event(text, reader) for text in (*passage.headings[-1:], header)):
        return True
    label = passage.cells[0].quote if passage.cells else ""
    opening = _OPENS.match(flatten(label))
    event = _EVENT.match(flatten(label), opening.end() if opening else 0)
    return event is not None and not any(one.start < event.end() for one in reader.named(label))


def _names_event(text: str, reader: TermReader) -> bool:
    """Whether a heading is about events alone: it names no step, nor is the word part of a term's name."""
    event = _EVENT.search(flatten(text))
    return event is not None and not any(
        one.tag.kind == "milestone" or one.start <= event.start() < one.end for one in reader.named(text)
    )


def topics(text: str, reader: TermReader) -> frozenset[Tag]:
    """The steps that a sentence names in the title of an event only: « l'atelier « Demander son solde » »."""
    event = _EVENT.search(flatten(text))
    if event is None:
        return frozenset()
    titles = [match.span() for match in _QUOTED.finditer(text) if match.start() >= event.end()]
    named = [one for one in reader.named(text) if one.tag.kind == "milestone"]
    within = {one.tag for one in named if any(start <= one.start and one.end <= end for start, end in titles)}
    return frozenset(within - {one.tag for one in named if not any(s <= one.start and one.end <= e for s, e in titles)})
