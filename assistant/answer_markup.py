"""Pure: what an answer says as HTML, shared by the ask screen and the plain page, so that both say the same."""

from __future__ import annotations

from assistant.answers import Answer, Derived, Statement
from assistant.markup import Html, element, join, unbroken
from assistant.screens import phrasing, wording
from assistant.source_markup import Place, anchor
from assistant.statement_links import with_links

SHARED_END = " · "  # parts what a line is about


def statements(answer: Answer, place: Place) -> Html | None:
    """The lead, then each statement with its markers; None when there is neither."""
    parts: list[Html] = []
    if answer.lead:
        parts.append(element("p", unbroken(answer.lead), class_="lead"))
    shared = _shared([statement.text for statement in answer.statements])
    if len(answer.statements) == 1:
        parts.append(element("div", _statement(answer.statements[0], answer, place), class_="statements"))
    elif answer.statements:
        items = (element("li", _statement(statement, answer, place, shared)) for statement in answer.statements)
        parts.append(element("ul", *items, class_="statements"))
    return element("div", *parts, class_=f"answer {answer.outcome}") if parts else None


def notices(answer: Answer) -> Html | None:
    """What the reader must know beside the statements: inferred dates, replaced sources."""
    if not answer.notices:
        return None
    lines = [element("p", unbroken(notice)) for notice in answer.notices]
    return element("div", *lines, class_="notices", role="note", aria_label=wording.NOTICES)


def written_by(answer: Answer) -> Html | None:
    """Who worded the answer, and what became of a model's reply; None when no model was asked."""
    if answer.wording is None:
        return None
    return element("p", phrasing.written_by(answer.wording), class_="written-by")


def _shared(texts: list[str]) -> str:
    """« Vague 2 · DRIMbox · », with which every line of a list begins: set back, so that what differs is seen."""
    lines = [text.split(SHARED_END) for text in texts]
    return "".join(part + SHARED_END for part in lines[0][: phrasing.alike(lines)]) if len(lines) > 1 else ""


def _statement(statement: Statement, answer: Answer, place: Place, shared: str = "") -> Html:
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
    cited = {citation.passage_id for citation in answer.citations if citation.number in statement.citations}
    stated = [deadline for passage in sorted(cited) for deadline in place.deadlines.get(passage, ())]
    before, key, after = statement.text.partition(statement.key) if statement.key else (statement.text, "", "")
    parts = [
        [piece if isinstance(piece, Html) else unbroken(piece) for piece in with_links(part, place.vocabulary, stated)]
        for part in (before, key, after)
    ]
    words = [*parts[0], *([element("strong", *parts[1], class_="key")] if key else []), *parts[2]]
    if shared and words[0].startswith(shared):
        words = [element("span", shared, class_="shared"), words[0].removeprefix(shared), *words[1:]]
    return join(element("p", *words, "\u00a0" if markers else None, *markers), _derived(statement.derived))


def _derived(values: tuple[Derived, ...]) -> Html | None:
    """What the quotations do not say in these words, and how it was found: folded, as it proves and does not answer."""
    if not values:
        return None
    items = [
        element("li", element("strong", value.value), f" : {value.how}" if value.how else None) for value in values
    ]
    return element(
        "details", element("summary", phrasing.derived(len(values))), element("ul", *items), class_="derived"
    )
