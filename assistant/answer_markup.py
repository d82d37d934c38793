"""Pure: what an answer says as HTML, shared by the ask screen and the plain page, so that both say the same."""

from __future__ import annotations

import re

from assistant.answers import Answer, Statement
from assistant.markup import Html, element, join
from assistant.screens import phrasing, wording
from assistant.source_markup import Place, anchor
from index.terms import TermMention
from index.vocabulary import Vocabulary

_ACRONYM = re.compile(r"[^\W\d_]?[A-ZÉ][A-ZÉ0-9'’-]+")


def statements(answer: Answer, place: Place) -> Html | None:
    """The lead, then each statement with its markers; None when there is neither."""
    parts: list[Html] = []
    if answer.lead:
        parts.append(element("p", answer.lead, class_="lead"))
    if len(answer.statements) == 1:
        parts.append(element("div", _statement(answer.statements[0], place), class_="statements"))
    elif answer.statements:
        items = (element("li", _statement(statement, place)) for statement in answer.statements)
        parts.append(element("ul", *items, class_="statements"))
    return element("div", *parts, class_=f"answer {answer.outcome}") if parts else None


def notices(answer: Answer) -> Html | None:
    """What the reader must know beside the statements: inferred dates, replaced sources."""
    if not answer.notices:
        return None
    lines = [element("p", notice) for notice in answer.notices]
    return element("div", *lines, class_="notices", role="note", aria_label=wording.NOTICES)


def written_by(answer: Answer) -> Html | None:
    """Who worded the answer, and what became of a model's reply; None when no model was asked."""
    if answer.wording is None:
        return None
    return element("p", phrasing.written_by(answer.wording), class_="written-by")


def _statement(statement: Statement, place: Place) -> Html:
    markers = [
        element(
            "a",
            str(number),
            href=f"#{anchor(place, number)}-quotation",
            class_="marker",
            aria_label=f"{wording.SOURCE} {number}",
        )
        for number in statement.citations
    ]
    derived = [
        element("li", element("strong", value.value), f" : {value.how}" if value.how else None)
        for value in statement.derived
    ]
    shown_apart = (
        element("div", element("span", wording.DERIVED), element("ul", *derived), class_="derived") if derived else None
    )
    words = _with_definitions(statement.text, place.vocabulary)
    return join(element("p", *words, "\u00a0" if markers else None, *markers), shown_apart)


def _with_definitions(text: str, vocabulary: Vocabulary) -> list[str]:
    """The text with its acronyms explained, each the first time, where the vocabulary has a definition."""
    pieces: list[str] = []
    end, explained = 0, set()
    for mention in vocabulary.find(text):
        hint = _definition(mention, vocabulary)
        if hint and mention.start >= end and mention.tags not in explained:
            pieces += [text[end : mention.start], element("abbr", mention.text, title=hint)]
            end = mention.end
            explained.add(mention.tags)
    return [*pieces, text[end:]]


def _definition(mention: TermMention, vocabulary: Vocabulary) -> str | None:
    if len(mention.tags) != 1 or not mention.is_exact or not _ACRONYM.fullmatch(mention.text):
        return None
    return vocabulary.term(mention.tags[0]).definition
