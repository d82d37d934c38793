"""What a writer reads: the passages found, the candidates among their sentences and rows, and how sure these are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.askers import sectors_of_asker
from assistant.attributes import is_of_whole, saying
from assistant.candidates import (
    SEARCHED_PASSAGES,
    Candidate,
    covers_terms,
    find_candidates,
    of_period,
    without_others,
)
from assistant.claiming import is_list_asked_for
from assistant.deciding import answer_features, confidence
from assistant.entries import is_entry_for
from assistant.excluded import excluding, lists_excluded
from assistant.fitted import Scorer, load_scorer
from assistant.quoting import answers_another
from assistant.ranks import of_rank
from assistant.reranking import reranked
from assistant.shortfalls import unseen
from assistant.understanding import Query
from assistant.units import Units
from assistant.validity import expired_last, standing
from index.records import Hit
from index.searching import Index

if TYPE_CHECKING:
    from index.encoding import Reranker

_SURE_LIST = 0.9
# About as good as the best is what scores so much of it.
_AS_GOOD = 0.8
# What a page says of itself answers nothing about the programme.
_SPEAKS_OF_ITSELF = re.compile(
    r"\b(?:cette (?:page|fiche|rubrique)|ce (?:document|guide)|ci-dessous|est ici|objet de cette|présentée?s? ici)\b",
    re.IGNORECASE,
)
# What opens the list of what is left out, where that is asked for.
_LIKELY = 0.5
# With few passages no word is rare, and confidence, fitted on hundreds, comes out lower than it should.
_ALLOWANCE = 0.25
_COMMON = 0.4
# A search within a few documents looks this deep.
_WIDEST_SEARCH = 400


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one opened index. `threshold` is the confidence from which an answer is asserted."""

    index: Index
    units: Units
    sentence_scorer: Scorer
    confidence_scorer: Scorer
    threshold: float
    reranker: Reranker | None = None

    def search(self, query: Query, documents: frozenset[str] = frozenset()) -> tuple[Hit, ...]:
        """The passages that bear on the query, best first."""
        text = self.index.vocabulary.expand(query.text)
        limit = _WIDEST_SEARCH if documents else SEARCHED_PASSAGES
        self.index.ask_ahead(query.text)  # what sentences are compared with
        hits = self.index.search(text, limit=limit, tags=frozenset(query.tags), asked=query.text, own=query.own_text)
        if documents:
            hits = tuple(hit for hit in hits if hit.passage.document_id in documents)[:SEARCHED_PASSAGES]
        ranked = reranked(query.text, hits, self.reranker)
        return (
            ranked
            if documents
            else tuple(expired_last(ranked, lambda hit: hit.passage.document_id, self.index, query.day))
        )

    def read(self, query: Query, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
        """The candidates of documents in force; all of them when what was in force before is asked."""
        found = self.read_all(query, hits)
        return found if query.wants_former else tuple(standing(found, self.index, query.day))

    def read_all(self, query: Query, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
        """The candidates, whatever the day of their documents."""
        subject = self.subject(query)
        found = find_candidates(subject, hits, self.index, self.units, self.sentence_scorer)
        found = without_others(found, query, subject, self.index.vocabulary)
        found = of_rank(found, lambda one: one.unit.text, query.text)
        return tuple(one for one in found if not answers_another(one, query, self.index))

    def fitting(self, subject: Query, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
        """The candidates that are about what is asked and hold the shape of answer wanted, best first."""
        return self.fit(subject, self.read(subject, hits))

    def fit(self, subject: Query, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Those of the candidates that are about what is asked and hold the shape of answer wanted, best first."""
        fit = [one for one in found if one.is_known or (covers_terms(subject, one) and not one.lacks_shape(subject))]
        fit = of_period(_shaped_first([one for one in fit if not is_of_whole(one, subject)], subject), subject)
        fit = excluding(saying(fit, subject, self.index), subject)
        fit = [one for one in fit if not _SPEAKS_OF_ITSELF.search(one.unit.text)] or fit
        entries = [one for one in fit if is_entry_for(one, subject, self.index)]  # nothing beside them
        return tuple(entries or sorted(fit, key=lambda one: not is_list_asked_for(one, subject, self.index)))

    def limit(self) -> float:
        """The confidence that is asked for: less in a corpus so small that every passage is looked at."""
        return self.threshold - (_ALLOWANCE if len(self.index.passages) <= SEARCHED_PASSAGES else 0.0)

    def confidence(self, query: Query, candidates: Sequence[Candidate], hits: Sequence[Hit]) -> float:
        """The calibrated probability that the best candidates answer the query."""
        rarities = self.index.rarities(query.text)
        strange = unseen(query, rarities, self.index)
        second = hits[1].score if len(hits) > 1 else 0.0
        known = max(self.index.answered_by(query.text, query.own_text).values(), default=0.0)
        features = answer_features(query, candidates, rarities, strange, second, known)
        is_new = self.index.is_unknown(candidates[0].document_id)
        sure = confidence(features, load_scorer("confidence") if is_new else self.confidence_scorer)
        is_told = is_list_asked_for(candidates[0], query, self.index) or is_entry_for(candidates[0], query, self.index)
        likely = _LIKELY if lists_excluded(candidates[0], query) else 0.0
        return max(sure, _SURE_LIST if is_told else likely)

    def subject(self, query: Query) -> Query:
        """The query with the terms that tell passages apart: not those that most of the corpus names, nor who asks."""
        many = _COMMON * len(self.index.passages)
        askers = sectors_of_asker(query, self.index.vocabulary)
        told = (one for one in query.asked if self.index.tag_count(one.tag) < many and one.tag not in askers)
        return replace(query, asked=tuple(told))


def _shaped_first(fit: list[Candidate], subject: Query) -> list[Candidate]:
    """The candidates, the first that has the shape wanted before one that is only known, when it is about as good."""
    if not fit or not fit[0].lacks_shape(subject):
        return fit
    shaped = (one for one in fit if not one.lacks_shape(subject) and one.score >= _AS_GOOD * fit[0].score)
    best = next(shaped, fit[0])
    return [best, *(one for one in fit if one is not best)]
