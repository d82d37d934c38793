"""Around a checked draft: the answer as a record, and the fixed sentences for what is no question. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from time import perf_counter

from assistant import phrases
from assistant.answers import Answer, Nearest, Outcome
from assistant.citations import Checked
from assistant.cues import Aside
from assistant.drafts import Draft
from assistant.understanding import Query, understood
from assistant.units import is_end_of_sentence
from index.records import Hit, Programme
from index.searching import Index

MAX_QUESTION_CHARS = 2000
_NEAREST = 3
_NEAREST_CHARS = 600
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_WORD = re.compile(r"[^\W_]{2,}")


def framed(query: Query, draft: Draft, checked: Checked, hits: Sequence[Hit], index: Index) -> Answer:
    """The answer that a checked draft makes, with what was understood and what is nearest; its timings are to come."""
    is_asking_back = draft.outcome == "clarify"
    outcome: Outcome = draft.outcome if checked.statements or is_asking_back else "not_found"
    lead = draft.lead
    if outcome == "not_found" and (draft.claims or not lead):
        lead = phrases.not_found(index.programme.contact)
    return Answer(
        question=query.question,
        query=query.text,
        understood=understood(query, index.vocabulary),
        outcome=outcome,
        lead=lead,
        statements=checked.statements,
        citations=checked.citations,
        notices=draft.notices if checked.statements else (),
        choices=draft.choices,
        nearest=_nearest(hits, checked, index) if outcome in ("not_found", "partial") else (),
        corpus_as_of=index.corpus_as_of,
        confidence=draft.confidence,
        generation=index.generation,
        written_by="quotation",
        timings_ms={},
    )


def fixed(question: str, sentence: str, index: Index, started: float) -> Answer:
    """The answer to what is no question about the programme: one fixed sentence, nothing asserted."""
    return Answer(
        question=question,
        query="",
        understood=(),
        outcome="out_of_scope",
        lead=sentence,
        statements=(),
        citations=(),
        notices=(),
        choices=index.programme.examples[:3],
        nearest=(),
        corpus_as_of=index.corpus_as_of,
        confidence=1.0,
        generation=index.generation,
        written_by="quotation",
        timings_ms={"total": 1000 * (perf_counter() - started)},
    )


def aside_sentence(aside: Aside, programme: Programme) -> str:
    """What is said to what is no question about the programme."""
    sentences = {
        "greeting": phrases.greeting(programme),
        "thanks": phrases.thanks(),
        "abilities": phrases.abilities(programme),
        "dispute": f"{phrases.ADVICE} {phrases.scope(programme)}",
        "advice": f"{phrases.ADVICE} {phrases.scope(programme)}",
        "intrusion": phrases.scope(programme),
        "opinion": f"{phrases.OPINION} {phrases.scope(programme)}",
        "other": phrases.scope(programme),
    }
    return sentences[aside]


def _nearest(hits: Sequence[Hit], checked: Checked, index: Index) -> tuple[Nearest, ...]:
    """The best passages that are not quoted already."""
    quoted = {citation.passage_id for citation in checked.citations}
    found = (hit.passage for hit in hits if hit.passage.id not in quoted)
    passages = [one for one in found if len(one.sentences) > 1 or not is_end_of_sentence(one)][:_NEAREST]
    return tuple(Nearest(one.id, index.documents[one.document_id], one.text[:_NEAREST_CHARS]) for one in passages)


def clean(text: str) -> str:
    """The text without control and direction characters, in single spaces."""
    return " ".join(_CONTROL.sub(" ", text).split())


def refusal(typed: str, question: str) -> str | None:
    """Why the text is no question that can be read; None when it is one."""
    if not typed:
        return phrases.EMPTY
    if len(question) > MAX_QUESTION_CHARS:
        return phrases.TOO_LONG.format(limit=MAX_QUESTION_CHARS)
    return None if _WORD.search(typed) else phrases.UNREADABLE
