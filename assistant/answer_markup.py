"""Pure: what an answer says as HTML, shared by the ask screen and the plain page, so that both say the same."""

from __future__ import annotations

from assistant.answers import Answer, Statement
from assistant.markup import Html, element, join
from assistant.screens import phrasing, wording
from assistant.source_markup import Place, anchor
from assistant.statement_links import with_links


def statements(answer: Answer, place: Place) -> Html | None:
    """The lead, then each statement with its markers; None when there is neither."""
    parts: list[Html] = []
    if answer.lead:
        parts.append(element("p", answer.lead, class_="lead"))
    if len(answer.statements) == 1:
        parts.append(element("div", _statement(answer.statements[0], answer, place), class_="statements"))
    elif answer.statements:
        items = (element("li", _statement(statement, answer, place)) for statement in answer.statements)
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


def _statement(statement: Statement, answer: Answer, place: Place) -> Html:
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
    cited = {citation.passage_id for citation in answer.citations if citation.number in statement.citations}
    stated = [deadline for passage in sorted(cited) for deadline in place.deadlines.get(passage, ())]
    words = with_links(statement.text, place.vocabulary, stated)
    return join(element("p", *words, "\u00a0" if markers else None, *markers), shown_apart)
