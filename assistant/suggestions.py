"""Questions beside the one that was answered: each is asked first, and shown only when the documents answer it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant import phrases
from assistant.answers import Answer
from assistant.statement_links import is_acronym
from index.records import Tag
from index.vocabulary import Vocabulary

if TYPE_CHECKING:
    from assistant.answering import Assistant

MOST_SHOWN, MOST_ASKED = 3, 6
_SUBJECTS = ("software", "programme", "service", "milestone", "lane", "profession")
_EXPLAINED = ("software", "programme", "service")


def suggestions(assistant: Assistant, answer: Answer, documents: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Up to three questions that have an answer of their own; none beside an answer that asks to be narrowed.

    `documents` are those that the conversation is kept to.
    """
    if answer.choices or not answer.citations:
        return ()
    shown = {citation.passage_id for citation in answer.citations}
    kept: list[str] = []
    for place, question in enumerate(_candidates(answer, assistant.vocabulary)):
        if len(kept) == MOST_SHOWN or place == MOST_ASKED:
            break
        other = assistant.answer(question, documents=documents)
        quoted = {citation.passage_id for citation in other.citations}
        if other.outcome == "answered" and not quoted <= shown:
            kept.append(question)
            shown |= quoted
    return tuple(kept)


def _candidates(answer: Answer, vocabulary: Vocabulary) -> Iterator[str]:
    """What the subject is, when its dates fall, whom it concerns; then what else the quotations name."""
    understood = [Tag(term.kind, term.id) for term in answer.understood]  # type: ignore[arg-type]
    named = list(dict.fromkeys(_named(answer, vocabulary)))
    subjects = [tag for tag in (*understood, *named) if tag.kind in _SUBJECTS]
    waves = [tag for tag in (*understood, *named) if tag.kind == "wave"]
    asked: set[str] = set()
    for question in _questions(understood, named, subjects, waves, vocabulary):
        if question not in asked:
            asked.add(question)
            yield question


def _questions(
    understood: list[Tag], named: list[Tag], subjects: list[Tag], waves: list[Tag], vocabulary: Vocabulary
) -> Iterator[str]:
    label = vocabulary.label
    about = [*subjects[:1], *waves[:1]]
    if about:
        yield phrases.WHICH_DATES.format(terms=", ".join(label(tag) for tag in about))
    signs = [tag for tag in (*named, *understood) if tag.kind in _EXPLAINED and is_acronym(label(tag))]
    for tag in signs[:3]:
        yield phrases.WHAT_IS.format(term=label(tag))
    for tag in waves[:1]:
        yield phrases.WHO_IS_CONCERNED.format(term=label(tag))
    for tag in [tag for tag in named if tag.kind in _SUBJECTS and tag not in understood][:3]:
        yield phrases.WHICH_DATES.format(terms=", ".join(label(one) for one in (tag, *waves[:1])))


def _named(answer: Answer, vocabulary: Vocabulary) -> Iterator[Tag]:
    """The terms that the quotations name beyond doubt and the question did not."""
    known = {(term.kind, term.id) for term in answer.understood}
    for citation in answer.citations:
        for mention in vocabulary.find(citation.span.quote):
            if len(mention.tags) == 1 and (mention.tags[0].kind, mention.tags[0].id) not in known:
                yield mention.tags[0]
