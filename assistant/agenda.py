"""The deadlines that concern what is asked for, as screens, routes and the command line list them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date

from assistant.calendars import filter_deadlines
from assistant.cues import folded
from assistant.date_cues import ENDING, OPENING
from assistant.errors import AssistantError
from index.deadlines import standing
from index.records import Deadline
from index.vocabulary import Vocabulary


def agenda(
    deadlines: Iterable[Deadline],
    vocabulary: Vocabulary,
    filters: Mapping[str, str | None],
    *,
    first: date | None = None,
    last: date | None = None,
) -> tuple[Deadline, ...]:
    """The deadlines that nothing replaces and that pass the filters (kind → id of a term), in the order of days.

    Days of publications are left out, and bare years of no step and no part: « une piscine de 1974 ».

    Raises:
        AssistantError: a filter's id is not in the vocabulary; the nearest ids are named.
    """
    for kind, name in filters.items():
        known = [term.id for term in vocabulary.terms if term.kind == kind]
        if name and name not in known:
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.0)
            hint = f" Essayez : {', '.join(near)}." if near else ""
            raise AssistantError(f"« {name} » n'est pas un identifiant connu pour --{kind}.{hint}")
    found = filter_deadlines(standing(deadlines, vocabulary), vocabulary, first=first, last=last, **filters)
    return tuple(one for one in found if one.date_kind != "published" and not _is_bare_year(one))


def _is_bare_year(deadline: Deadline) -> bool:
    """Whether a year only tells when something was so, not when a wave began or ended."""
    if deadline.precision != "year" or deadline.date_kind != "takes_place":
        return False
    kinds = {tag.kind for tag in deadline.tags}
    said = folded(deadline.span.quote)
    begins_or_ends = OPENING.search(said) is not None or ENDING.search(said) is not None
    return not ({"milestone", "part"} & kinds or ("wave" in kinds and begins_or_ends))
