"""The draft of an answer without a model: which writer serves a query, and what is said when none can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import phrases
from assistant.agreement import SECTOR_KINDS
from assistant.amended import with_amended
from assistant.asking_back import clarify, unknown_term
from assistant.attributes import words_asked
from assistant.candidates import Candidate
from assistant.claiming import claims_of, headed_first, is_list_asked_for
from assistant.comparing import compare, is_opposed
from assistant.considering import Reader
from assistant.date_pairs import write_pair
from assistant.date_refusals import is_off, lacks_date, nothing_ahead, only_other_end, undated, without_dates
from assistant.dates_writer import other_dates, write_dates
from assistant.delays import asks_when, gives_delay
from assistant.drafts import Draft
from assistant.facts_writer import with_facts, write_facts
from assistant.following import removing
from assistant.known import agreeing, with_known
from assistant.labelling import with_waves
from assistant.premises import (
    denial,
    denied,
    joining,
    names_both,
    not_given,
    refusal,
    scope_of,
    sectors_of,
    taken_for_granted,
)
from assistant.quoting import claim
from assistant.shortfalls import falls_short, open_words, unknown_qualifier, unspelled, untold
from assistant.superseded import with_what_replaced
from assistant.tables import in_table_order
from assistant.understanding import Query
from assistant.validity import expired_alone, is_expired, standing
from assistant.widening import AROUND, LIST, MOST, NEAREST, widened, within_room
from index.records import Hit

# What is asked of a sector in a wave that it is not in: whether, what, when.
_PREMISED = ("yes_no", "open", "date")
# Asked for of somebody who may get nothing.
_MEASURED = ("date", "figure")
_SUMS = ("amount", "share")
# Down to this confidence what the documents say nearest is given as such: `partial`.
_LEAST = 0.1
_LEAST_GENERAL = 0.5
# Asked for exactly: what stands around them is another one.
_EXACT = ("date", "figure", "definition")
# What is shown beside a sure answer answers at least this much as well.
_BESIDE = 0.5
_KNOWN_BESIDE = 0.1
# By how much what is past its day must answer better to be shown beside what is in force.
_SURER = 0.2


@dataclass(frozen=True, slots=True)
class Writer(Reader):
    """Writes from one opened index."""

    def write(self, query: Query, hits: Sequence[Hit], *, is_restricted: bool = False) -> Draft:
        """The draft that answers the query, or one without claims; `is_restricted` to documents: by the hits alone."""
        if query.unknown:
            return unknown_term(query, self.read(replace(query, unknown=()), hits), self.index)
        if query.lacks is not None:
            return clarify(query, self.index)
        if is_restricted:
            return self._quotations(query, hits)
        return with_known(self._drafted(query, hits), self.subject(query), self.index, self.units)

    def _drafted(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """What the first writer says that has something to say."""
        if (draft := self._denied(query)) is not None:
            return draft
        if (draft := write_pair(query, self.index, answer=self._one_date)) is not None:
            return draft
        if (draft := write_dates(query, self.index)) is not None:
            return agreeing(draft, self.subject(query), self.index, self.units)
        if (draft := write_facts(query, self.index)) is not None:
            return draft
        if lacks_date(query, self.index):
            lasting = self._quotations(replace(query, wanted="figure"), hits) if query.measure == "duration" else None
            return lasting if lasting and lasting.outcome == "answered" else self._near_miss(query, hits)
        compares = query.wanted == "comparison" or is_opposed(query, self.index.vocabulary)
        if compares and (draft := self._comparison(query)) is not None:
            return draft
        draft = self._quotations(query, hits)
        if draft.outcome != "answered" and query.measure in _SUMS and (denies := self._not_given(query, hits)):
            return denies
        if draft.claims and not is_off(draft, query, self.index):
            delay = self._delay(query, hits) if draft.outcome != "answered" else None
            return delay if delay is not None and delay.outcome == "answered" else draft
        return self._instead(query, hits, draft) or Draft("not_found", (), draft.confidence)

    def _instead(self, query: Query, hits: Sequence[Hit], draft: Draft) -> Draft | None:
        """What is said when the quotations do not answer: a delay, a denial, other dates; nothing when nothing is."""
        instead = self._delay(query, hits) or nothing_ahead(query, self.index) or self._denial(query, hits)
        instead = instead or other_dates(query, self.index)
        if instead is None and not draft.claims and query.wanted in _MEASURED:
            instead = self._refusal(query, hits)
        if instead is None and not draft.claims and query.wanted not in _EXACT:
            instead = self._said_of_all(self.subject(query), hits)
        return instead

    def _one_date(self, query: Query) -> Draft | None:
        """What is said of one date of two that are asked for."""
        return write_dates(query, self.index) or self._quotations(query, self.search(query))

    def _delay(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """What is said to follow within so many days, for a question of when that no day answers; or nothing."""
        if query.wanted != "date" or not asks_when(query.text):
            return None
        lasting = replace(query, wanted="figure", measure="duration", relative=None)
        draft = self._quoted(lasting, hits, self.read(query, hits))
        claims = sorted(draft.claims, key=lambda one: not gives_delay(one.text))
        return replace(draft, claims=tuple(claims)) if claims and gives_delay(claims[0].text) else None

    def _denied(self, query: Query) -> Draft | None:
        """A partial answer by the sentence that denies what the question begins with: « puisque … est obligatoire »."""
        granted = taken_for_granted(query.text)
        if not granted:
            return None
        named = {tag for one in self.index.vocabulary.find(granted) for tag in one.tags}
        asked = tuple(one for one in query.asked if one.tag in named)
        premise = replace(query, text=granted, asked=asked, wanted="yes_no", measure=None, list_of=None)
        return self._told_no(denied(self.read(premise, self.search(premise))), premise)

    def _refusal(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """A partial answer by the sentence that says that those asked about get nothing, for a day or a sum."""
        if not sectors_of(query, self.index.vocabulary):
            return None
        return self._told_no(refusal(self.read(query, hits)), query)

    def _not_given(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """A partial answer by the sentence that says that what a sum is asked of gets none."""
        found, subject = self.read(query, hits), self.subject(query)
        return self._told_no(not_given(subject, found, self.fit(subject, found), self.index), query)

    def _told_no(self, found: Candidate | None, query: Query) -> Draft | None:
        if found is None:
            return None
        claims = widened((claim(found, query, self.index),), (found,), query, self.index, most=AROUND)
        return Draft("partial", claims, found.score, phrases.DENIED)

    def _near_miss(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """No such date: what the documents date of the same subject instead, or say of it without a date."""
        other_end = only_other_end(query, self.index)
        draft = None if other_end is not None else other_dates(query, self.index)
        draft = draft or self._denial(query, hits) or other_end or nothing_ahead(query, self.index)
        without_date = undated(query, self.index)
        if draft is not None or without_date is None:
            return draft or Draft("not_found", (), 0.0)
        return without_dates(self._quotations(without_date, hits), query, self.index)

    def _denial(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """A partial answer by the sentence that denies what the query takes for granted."""
        vocabulary = self.index.vocabulary
        candidates = self.read(query, hits)
        found = denial(query, candidates, vocabulary)
        sectors, scope = sectors_of(query, vocabulary), scope_of(query, vocabulary)
        if found is None and scope is not None and sectors and query.wanted in _PREMISED:
            if any(names_both(one, sectors, scope, vocabulary) for one in candidates):
                return None
            without = replace(removing(query, frozenset({scope.id}), vocabulary), wanted="open")
            found = joining(query, self.read(without, self.search(without)), vocabulary)
        return self._told_no(found, query)

    def _comparison(self, query: Query) -> Draft | None:
        """Both sides of a comparison, each answered on its own."""

        def found(asked: Query) -> tuple[tuple[Candidate, ...], float]:
            subject, hits = self.subject(asked), self.search(asked)
            candidates = self.fitting(subject, hits)
            return candidates, self.confidence(subject, candidates, hits) if candidates else 0.0

        draft = compare(query, self.index, find=found, floor=self.limit())
        if draft is None or draft.outcome != "answered":
            return draft
        open_ones = open_words(query, draft.claims, self.index, around=False)
        if not open_ones:
            return draft
        return replace(draft, outcome="partial", lead=phrases.closest(untold(query, open_ones, self.index)))

    def _quotations(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """What documents in force say; else with what was replaced, then what is past its day; both marked as such."""
        found = self.read_all(query, hits)
        kept = standing(found, self.index, query.day)
        if query.wants_former or len(kept) == len(found):
            return self._quoted(query, hits, found)
        expired = expired_alone(found, self.index, query.day)
        draft = self._quoted(query, hits, kept)
        valid = [one for one in found if not is_expired(one.document_id, self.index, query.day)]
        if draft.outcome != "answered" and len(kept) < len(valid):
            draft = self._quoted(query, hits, valid)
        former = self._quoted(query, hits, expired) if draft.outcome != "answered" and expired else None
        if former is None or former.confidence < draft.confidence + _SURER:
            return draft
        if not draft.claims or query.measure or query.wanted in _EXACT:
            return former  # of two days or sums one is shown, the one that is surer, marked as past
        claims = within_room((*draft.claims, *former.claims), LIST)
        return replace(draft, claims=claims, notices=(*draft.notices, *former.notices))

    def _quoted(self, query: Query, hits: Sequence[Hit], found: Sequence[Candidate]) -> Draft:
        subject = self.subject(query)
        candidates = self.fit(subject, found)
        sure = self.confidence(subject, candidates, hits) if candidates else 0.0
        if not candidates or sure < min(_LEAST, self.limit()):
            return Draft("not_found", (), sure)
        claims = claims_of(subject, candidates, self.index)
        if unspelled(subject, claims, self.index) is not None or unknown_qualifier(subject, self.index):
            return Draft("not_found", (), sure)
        open_ones = () if candidates[0].is_known else open_words(subject, claims, self.index)
        if open_ones and not query.asked and query.wanted in _MEASURED:
            return Draft("not_found", (), sure)  # a day or a sum of something else
        is_short = bool(open_ones) or candidates[0].lacks_shape(subject)
        is_short = is_short or falls_short(query, subject, claims, candidates[0], self.index)
        is_sure = sure >= self.limit() and not is_short
        if not is_sure or query.wanted not in _EXACT:
            room = LIST if query.wanted == "list" else AROUND if is_sure else NEAREST
            to_the_point = () if open_ones else claims  # the passages found may hold the words that are open
            listed = subject.list_of if is_sure and is_list_asked_for(candidates[0], subject, self.index) else None
            worth = [
                one for one in candidates if one.score >= _BESIDE * candidates[0].score or one.known >= _KNOWN_BESIDE
            ]
            among = worth if is_sure else headed_first(found, query, self.index)
            claims = (
                widened(to_the_point, among, subject, self.index, most=room, listed=listed, is_sure=is_sure) or claims
            )
            open_ones = open_words(subject, claims, self.index) if open_ones else ()
        draft = with_what_replaced(Draft("answered", claims, sure), self.index, query)
        draft = with_amended(with_facts(draft, query, self.index), query, self.index)
        draft = replace(draft, claims=within_room(draft.claims, LIST if query.wanted == "list" else MOST))
        if query.wanted in ("list", "how"):
            draft = replace(draft, claims=in_table_order(draft.claims, self.index))
        draft = with_waves(draft, query, self.index)
        missing = untold(query, (*open_ones, *words_asked(subject, self.index)), self.index)
        return draft if is_sure else replace(draft, outcome="partial", lead=phrases.closest(missing))

    def _said_of_all(self, subject: Query, hits: Sequence[Hit]) -> Draft | None:
        """A partial answer by what is said without naming a sector: it may hold for the one asked."""
        without = replace(subject, asked=tuple(one for one in subject.asked if one.tag.kind not in SECTOR_KINDS))
        if without.asked == subject.asked or not without.asked:
            return None
        about = {one.unit.passage.id for one in self.read(subject, hits)}  # those that name another sector are not
        general = tuple(one for one in self.fit(without, self.read(without, hits)) if one.unit.passage.id in about)
        sure = self.confidence(without, general, hits) if general else 0.0
        if sure < _LEAST_GENERAL:
            return None
        claims = widened(claims_of(without, general, self.index), general, without, self.index, most=NEAREST)
        return Draft("partial", within_room(claims, MOST), sure, phrases.closest(()))
