"""The step that the everyday words of a question name, where one milestone alone is called so: « limite de dépôt ».

These words are no alias: « déposer » is said of many things. They count only where the question names no step.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.cues import folded
from assistant.date_asked import left_over
from assistant.dated import DatedIndex
from assistant.query import AskedTag, Query
from index.records import Tag

# With more words of its own a question is about something else than the step: « le dépôt d'un brevet ».
_MOST_LEFT_OVER = 3.5
_FAMILIES = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        r"depos\w*|depots?", r"envo[iy]\w*", r"transm\w+", r"remet\w*|remis\w*", r"soumet\w*|soumis\w*|soumission\w*",
        r"inscri\w+", r"dossiers?",
    )
)  # fmt: skip
# What is sent, handed over or submitted is handed in where no step is called by that word.
_HANDED_IN = _FAMILIES[0]
_HANDING_IN = _FAMILIES[:5]


def with_step(query: Query, index: DatedIndex) -> Query:
    """The query with the milestone that its everyday words name; as it is when it names one, or they name several."""
    if query.of_kind("milestone"):
        return query
    said = [family for family in _FAMILIES if family.search(folded(query.text))]
    if not said or sum(left_over(query.text, index).values()) > _MOST_LEFT_OVER:
        return query
    labels = {term.tag: folded(term.label) for term in index.vocabulary.terms_of("milestone")}
    called = {tag: sum(bool(family.search(label)) for family in said) for tag, label in labels.items()}
    if not any(called.values()) and any(family in _HANDING_IN for family in said):
        called = {tag: int(bool(_HANDED_IN.search(label))) for tag, label in labels.items()}
    most = max(called.values(), default=0)
    best: list[Tag] = [tag for tag, count in called.items() if count == most]
    if most == 0 or len(best) > 1:
        return query
    return replace(query, asked=(*query.asked, AskedTag(best[0], is_inherited=query.is_follow_up)))
