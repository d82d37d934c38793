"""The answer in a model's words where they are proven, else the answer as it was, with what became of the reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from assistant import phrases
from assistant.answers import Answer, Wording
from assistant.citations import check, values
from assistant.composing import Composing, compose, prove, read_points
from assistant.drafts import Written
from assistant.errors import LanguageModelFailed
from assistant.new_words import new_words
from assistant.prompting import standalone_prompt
from assistant.replies import sentences
from assistant.rules import rules_of
from assistant.units import Units
from index.searching import Index

_LONGEST_SUGGESTION = 300


def worded(written: Written, composing: Composing, index: Index, units: Units) -> Answer:
    """The answer of `written` in the model's words, as far as they are proven and answer as well; else as it was."""
    query, draft, answer = written.query, written.draft, written.answer
    if query is None or draft is None or not answer.statements:
        return answer
    passages = composing.shown(draft, written.hits, index)
    started = perf_counter()
    try:
        reply = composing.ask(query.text, passages, index)
    except LanguageModelFailed as error:
        return replace(answer, notices=(*answer.notices, phrases.model_failed(str(error))))
    claims, sentences_checked = prove(read_points(reply.text, composing.strategy), passages, index, units)
    new_draft = compose(claims, draft, query, index)
    checked = check(new_draft.claims, index.documents, index.document_pages) if new_draft is not None else None
    is_shown = checked is not None and bool(checked.statements) and not checked.dropped
    wording = Wording(
        composing.model.name, composing.strategy, is_shown, sentences_checked, reply.first_token_ms, reply.total_ms,
        reply.input_tokens, reply.output_tokens,
    )  # fmt: skip
    timings = {**answer.timings_ms, "wording": 1000 * (perf_counter() - started)}
    if new_draft is None or checked is None or not is_shown:
        return replace(answer, wording=wording, timings_ms=timings)
    return replace(
        answer,
        lead=new_draft.lead,
        statements=checked.statements,
        citations=checked.citations,
        notices=new_draft.notices,
        written_by=composing.model.name,
        wording=wording,
        timings_ms=timings,
    )


def suggested(question: str, after: Sequence[str], composing: Composing, index: Index) -> str | None:
    """The question as the model says it stands alone; None when it fails or says what the conversation did not hold."""
    outward = [composing.outward(one, index) for one in (*after, question)]
    try:
        reply = composing.model.reply(standalone_prompt(outward[-1], outward[:-1]))
    except LanguageModelFailed:
        return None
    lines = sentences(reply.text)
    suggestion = lines[0] if len(lines) == 1 and len(lines[0]) <= _LONGEST_SUGGESTION else ""
    return suggestion if suggestion and adds_nothing(suggestion, (*after, question), index) else None


def adds_nothing(suggestion: str, conversation: Sequence[str], index: Index) -> bool:
    """Whether every term, number and word of the suggestion was said in the conversation."""
    said = " \n ".join(conversation)
    terms = {tag for mention in index.vocabulary.find(said, typing_errors=True) for tag in mention.tags}
    mine = {tag for mention in index.vocabulary.find(suggestion) for tag in mention.tags}
    has_new_words = new_words(suggestion, f"{said} {index.vocabulary.correct(said)}", rules_of(index))
    return mine <= terms and values(suggestion) <= values(said) and not has_new_words
