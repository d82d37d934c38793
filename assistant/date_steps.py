"""The step that the everyday words of a question name, where one milestone alone is called so: « limite de dépôt ».

These words are no alias: « déposer » is said of many things. They count only where the question names no step.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.cues import folded
from assistant.date_asked import left_over
from assistant.date_cues import ENROLLING, HANDING_IN
from assistant.dated import DatedIndex
from assistant.query import AskedTag, Query
from index.records import Deadline, Tag

# With more words of its own a question is about something else than the step: « le dépôt d'un brevet ».
_MOST_LEFT_OVER = 3.5
_DOSSIER = re.compile(r"\bdossiers?\b")


def with_step(query: Query, index: DatedIndex) -> Query:
    """The query with the milestone that its everyday words name; as it is when it names one, or they name several."""
    if query.of_kind("milestone"):
        return query
    text = folded(query.text)
    said = [family for family in (*HANDING_IN, ENROLLING, _DOSSIER) if family.search(text)]
    if not said or sum(left_over(query.text, index).values()) > _MOST_LEFT_OVER:
        return query
    labels = {term.tag: folded(term.label) for term in index.vocabulary.terms_of("milestone")}
    called = {tag: sum(bool(family.search(label)) for family in said) for tag, label in labels.items()}
    # What is sent, handed over or submitted is handed in where no step is called by that word.
    if not any(called.values()) and any(family in HANDING_IN for family in said):
        called = {tag: int(bool(HANDING_IN[0].search(label))) for tag, label in labels.items()}
    most = max(called.values(), default=0)
    best: list[Tag] = [tag for tag, count in called.items() if count == most]
    if most == 0 or len(best) > 1:
        return query
    return replace(query, asked=(*query.asked, AskedTag(best[0], is_inherited=query.is_follow_up)))


def called_so(deadlines: Sequence[Deadline], text: str) -> list[Deadline]:
    """Those whose sentence, row or headers say what the text says is done: « Clôture du dépôt » for « déposer »."""
    asked = [family for family in (*HANDING_IN, ENROLLING) if family.search(folded(text))]
    told = {
        one.id: folded(" ; ".join((one.span.quote, *(header.quote for header in one.headers)))) for one in deadlines
    }
    found = [one for one in deadlines if any(family.search(told[one.id]) for family in asked)]
    if found or not any(family in HANDING_IN for family in asked):
        return found
    return [one for one in deadlines if HANDING_IN[0].search(told[one.id])]
