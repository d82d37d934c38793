"""The draft of an answer without a model: which writer serves a query, and what is said when none can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import phrases
from assistant.agreement import SECTOR_KINDS
from assistant.candidates import SEARCHED_PASSAGES, Candidate, find_candidates
from assistant.dated import Dated, asked_deadlines
from assistant.deciding import answer_features, confidence
from assistant.drafts import Claim, Draft
from assistant.listing import dated_draft
from assistant.quoting import choose, claim
from assistant.scoring import Logistic
from assistant.superseded import with_what_replaced
from assistant.understanding import Query
from assistant.units import Units
from index.records import Hit, Tag
from index.searching import Index

_SURE = 1.0
_COMMON = 0.4
# A search within a few documents looks this deep.
_WIDEST_SEARCH = 400
# Kinds of which two in one question are two sides to compare.
_SIDES = ("wave", "programme", "software", "lane", "profession", "part", "service", "actor")
_SUBJECT_KINDS = frozenset({"wave", "part", "service", "programme"}) | SECTOR_KINDS


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes from one opened index. `threshold` is the confidence from which an answer is asserted."""

    index: Index
    units: Units
    sentence_scorer: Logistic
    confidence_scorer: Logistic
    threshold: float

    def search(self, query: Query, documents: frozenset[str] = frozenset()) -> tuple[Hit, ...]:
        """The passages that bear on the query, best first."""
        text = self.index.vocabulary.expand(query.text)
        if not documents:
            return self.index.search(text, limit=SEARCHED_PASSAGES, tags=frozenset(query.tags))
        hits = self.index.search(text, limit=_WIDEST_SEARCH, tags=frozenset(query.tags))
        return tuple(hit for hit in hits if hit.passage.document_id in documents)[:SEARCHED_PASSAGES]

    def write(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """The draft that answers the query, or one without claims."""
        if query.unknown:
            return self._unknown_term(query)
        if query.wanted == "date" and (draft := self._dates(query)) is not None:
            return draft
        if query.wanted == "comparison" and (draft := self._comparison(query)) is not None:
            return draft
        draft = self._quotations(query, hits)
        if draft.claims or query.wanted != "date":
            return draft
        return self._near_miss(query, hits)

    def _unknown_term(self, query: Query) -> Draft:
        unknown = query.unknown[0]
        known = [term.label for term in self.index.vocabulary.terms_of(unknown.kind) if self._is_told(term.tag)]
        return Draft("not_found", (), _SURE, phrases.no_such_term(unknown.text, unknown.kind, known[:8]))

    def _is_told(self, tag: Tag) -> bool:
        return self.index.tag_count(tag) > 0

    def _dates(self, query: Query) -> Draft | None:
        """The deadlines asked for, when the query names a milestone or asks for dates of something it names."""
        subjects = query.of_kind(*_SUBJECT_KINDS)
        if not query.of_kind("milestone") and not (subjects and asks_for_deadlines(query)):
            return None
        dated = asked_deadlines(query, self.index.deadlines, self.index.documents, self.index.vocabulary)
        return dated_draft(query, dated, self.index) if dated else None

    def _near_miss(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """No such date: what the documents date of the same subject instead, or say of it without a date."""
        vocabulary = self.index.vocabulary
        subjects = query.of_kind(*_SUBJECT_KINDS)
        labels = " · ".join(vocabulary.label(tag) for tag in query.tags)
        if not subjects or not labels:
            return Draft("not_found", (), 0.0)
        if query.of_kind("milestone"):
            relaxed = replace(query, asked=tuple(a for a in query.asked if a.tag.kind != "milestone"))
            dated = asked_deadlines(relaxed, self.index.deadlines, self.index.documents, vocabulary)
            specific = tuple(one for one in dated if self._is_specific(one, query))
            if specific:
                draft = dated_draft(relaxed, specific[:6], self.index)
                return replace(draft, outcome="partial", lead=phrases.no_date(labels), choices=())
        without_date = replace(query, wanted="open", asked=tuple(a for a in query.asked if a.tag.kind != "milestone"))
        draft = self._quotations(without_date, hits)
        if not draft.claims:
            return Draft("not_found", (), draft.confidence)
        return replace(draft, outcome="partial", lead=phrases.no_date_but(labels))

    def _is_specific(self, dated: Dated, query: Query) -> bool:
        """Whether the dates are of the sector asked, not of programmes at large."""
        asked = query.of_kind(*SECTOR_KINDS)
        return not asked or any(tag.kind in SECTOR_KINDS for tag in dated.best.tags)

    def _comparison(self, query: Query) -> Draft | None:
        """Both sides of a comparison, each answered on its own."""
        sides = next((tags for kind in _SIDES if len(tags := query.of_kind(kind)) == 2), None)
        if sides is None:
            return None
        claims: list[Claim] = []
        lowest = _SURE
        for side in sides:
            other = next(tag for tag in sides if tag != side)
            asked = tuple(a for a in query.asked if a.tag != other)
            text = f"{query.text} {self.index.vocabulary.label(side)}"
            one = replace(query, asked=asked, wanted="open", text=text)
            draft = self._quotations(one, self.search(one), limit=2)
            lowest = min(lowest, draft.confidence)
            claims.extend(c for c in draft.claims if all(c.text != other_claim.text for other_claim in claims))
            if not draft.claims:
                return None
        return Draft("answered", tuple(claims), lowest)

    def _quotations(self, query: Query, hits: Sequence[Hit], limit: int | None = None) -> Draft:
        subject = self.subject(query)
        candidates = find_candidates(subject, hits, self.index, self.units, self.sentence_scorer)
        if not candidates:
            return Draft("not_found", (), 0.0)
        sure = self.confidence(subject, candidates, hits)
        if sure < self.threshold or not self._covers_terms(subject, candidates[0]):
            return Draft("not_found", (), sure)
        chosen = choose(subject, candidates, self.index)[:limit]
        claims = [claim(candidate, subject, self.index) for candidate in chosen]
        return with_what_replaced(Draft("answered", tuple(claims), sure), self.index)

    def confidence(self, query: Query, candidates: Sequence[Candidate], hits: Sequence[Hit]) -> float:
        """The calibrated probability that the best candidates answer the query."""
        rarities = self.index.rarities(query.text)
        unseen = frozenset(stem for stem in rarities if not self.index.has_stem(stem))
        second = hits[1].score if len(hits) > 1 else 0.0
        return confidence(answer_features(candidates, rarities, unseen, second), self.confidence_scorer)

    def subject(self, query: Query) -> Query:
        """The query with the terms that tell passages apart: one that most of the corpus names asks for nothing."""
        many = _COMMON * len(self.index.passages)
        return replace(query, asked=tuple(one for one in query.asked if self.index.tag_count(one.tag) < many))

    def _covers_terms(self, query: Query, best: Candidate) -> bool:
        """Whether the best candidate is about every wave, part and sector that the query names."""
        kinds = list(dict.fromkeys(tag.kind for tag in query.tags))
        return all(
            agreement != "absent"
            for kind, agreement in zip(kinds, best.agreements, strict=True)
            if kind in SECTOR_KINDS | {"wave", "part"}
        )


def asks_for_deadlines(query: Query) -> bool:
    """Whether the words ask for deadlines as such (« échéances », « calendrier », « date limite »)."""
    text = query.text.casefold()
    return query.relative is not None or any(
        word in text
        for word in (
            "échéance",
            "echeance",
            "calendrier",
            "date",
            "délai",
            "delai",
            "deadline",
            "jalon",
            "planning",
            "quand",
        )
    )
