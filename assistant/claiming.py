"""The claims of the best candidates: their sentences or rows, or the whole list or table that was asked for. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.candidates import Candidate, without_terms
from assistant.drafts import Claim
from assistant.excluded import asks_excluded, is_not_excluding
from assistant.quoting import choose, claim, opens_items, without_repeats
from assistant.scoring import SENTENCE_FEATURES, listed_terms
from assistant.tables import FEW_ROWS, table_around, table_claims
from assistant.understanding import Query
from assistant.verdicts import held
from index.searching import Index

# « Article 4 – » before the words of a heading.
_NUMBERED = re.compile(
    r"^(?:(?:article|chapitre|section|titre|partie|annexe)\s+)?[\dIVX]+(?:er|e)?\s*[.)–—:-]\s*", re.IGNORECASE
)
# A heading is nearly the question when the question holds this share of its words, and it this share of the question's.
_HEADED = 0.6
_ANSWERED = 0.4
_LOOKED_AT = 8
_REST_COVER = SENTENCE_FEATURES.index("rest_cover")


def claims_of(subject: Query, candidates: Sequence[Candidate], index: Index) -> tuple[Claim, ...]:
    """What the best candidates say, or the rows of the table asked for."""
    chosen = choose(subject, candidates)
    if subject.list_of is None and is_list_asked_for(candidates[0], subject, index):
        chosen = chosen[:1]  # the list itself: nothing beside it
    claims = table_claims(candidates[0].unit, subject, index)
    if claims and candidates[0].unit.passage.kind != "row":
        claims = (claim(candidates[0], subject, index), *claims)
    if not claims and subject.wanted in ("list", "how") and not is_list_asked_for(candidates[0], subject, index):
        claims = _table_found(candidates, subject, index)
    if not claims:
        quoted = [(claim(one, subject, index), _rows(one, subject, index)) for one in chosen]
        claims = without_repeats(each for one, rows in quoted for each in (one, *rows))
    return tuple(one for one in claims if not one.text.endswith(":")) or claims


def _rows(candidate: Candidate, subject: Query, index: Index) -> tuple[Claim, ...]:
    """The rows of the table that a sentence opens."""
    if candidate.unit.passage.kind == "row":
        return ()
    return table_claims(candidate.unit, subject, index)


def _table_found(candidates: Sequence[Candidate], query: Query, index: Index) -> tuple[Claim, ...]:
    """All rows of the small table of which most rows are among the best candidates, with what opens it; or nothing."""
    rows = [one.unit for one in candidates[:_LOOKED_AT] if one.unit.passage.kind == "row"]
    for one in rows:
        claims = table_claims(one, replace(query, wanted="list"), index)
        table = table_around(one.passage, index)
        if len(claims) > FEW_ROWS and 2 * sum(other.passage in table for other in rows) >= len(claims):
            return without_repeats((claim(candidates[0], query, index), *claims))
    return ()


def is_list_asked_for(candidate: Candidate, query: Query, index: Index) -> bool:
    """Whether the candidate is a whole list, or announces one in all the words that the question has."""
    if query.wanted != "list" or "absent" in candidate.agreements or is_not_excluding(candidate, query):
        return False
    if listed_terms(candidate.unit, query.list_of) == 1.0 and not asks_excluded(query):
        return True
    says_all = candidate.features[_REST_COVER] == 1.0 and query.list_of is None
    return says_all and opens_items(candidate.unit, index)


def headed_first(found: Sequence[Candidate], query: Query, index: Index) -> list[Candidate]:
    """The candidates, those under a heading that is nearly the question before the others."""
    asked = without_terms(query.text, index.vocabulary)

    def is_headed(one: Candidate) -> bool:
        heading = without_terms(_NUMBERED.sub("", one.unit.passage.headings[-1]), index.vocabulary)
        is_title = len(one.unit.passage.headings) == 1 or not index.rarities(heading)
        return not is_title and held(heading, asked, index) >= _HEADED and held(asked, heading, index) >= _ANSWERED

    return sorted(found, key=lambda one: not is_headed(one))
