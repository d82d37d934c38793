"""Pure: the exchanges to review as HTML: rows of the queue, claims, the proof of a citation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answers import Answer, Citation, Statement
from assistant.desk_records import Note, Opinion, QueueItem, Review
from assistant.document_view import address, page_image_of
from assistant.excerpt_markup import quotation
from assistant.excerpts import Excerpt
from assistant.markup import Html, element, join
from assistant.screens import phrasing, staff_phrasing, staff_wording, wording
from assistant.source_markup import citation_line

if TYPE_CHECKING:
    from assistant.affected import Affected


def queue_line(item: QueueItem) -> Html:
    """What stands under a question in the queue: why it comes here, then what is known of it."""
    reasons = [element("span", staff_wording.WHY[why], class_=f"badge why {why}") for why in item.why]
    facts = " · ".join(staff_phrasing.queue_facts(item))
    return element("p", *(piece for reason in reasons for piece in (reason, " ")), facts, class_="meta")


def facts(answer: Answer, review: Review, asked: str) -> Html:
    """The line under the question of one exchange."""
    said = (
        asked,
        staff_wording.OUTCOMES[answer.outcome],
        staff_phrasing.sure(answer.confidence),
        f"{staff_wording.STATE} : {staff_wording.STATE_OF[review.state]}",
        f"{staff_wording.ASSIGNEE} {review.assignee}" if review.assignee else "",
    )
    return element("p", " · ".join(part for part in said if part), class_="meta")


def claim(statement: Statement, current: int | None) -> Html:
    """One statement; it stands out when it rests on the citation that is shown."""
    values = [element("li", f"{one.value} : {one.how}") for one in statement.derived]
    derived = element("ul", *values, class_="derived-values") if values else None
    shown = "claim is-current" if current in statement.citations else "claim"
    return element("div", element("p", statement.text), derived, class_=shown)


def proof(citation: Citation, found: Excerpt | None) -> Html:
    """A citation with its quotation marked in its surroundings, and on the picture of its page where there is one."""
    image = page_image_of(citation)
    alternative = f"{citation.document.title} : {citation.span.quote}"
    number = element("span", str(citation.number), class_="number")
    link = element("a", wording.OPEN_AS_READ, href=address(citation), target="_blank", rel="noopener noreferrer")
    return element(
        "article",
        element("p", number, " ", citation.document.title, class_="title"),
        element("p", citation_line(citation), class_="meta"),
        element("div", quotation(citation, found), class_="excerpt"),
        element("img", src=image, alt=alternative, class_="page-image") if image else None,
        element("p", link, class_="links"),
        class_="source proof",
        data_citation=citation.number,
    )


def opinions(given: Sequence[Opinion]) -> Html:
    """What the person thought, of the answer and of its citations."""
    lines = [element("li", staff_phrasing.opinion(one)) for one in given]
    body = element("ul", *lines) if lines else element("p", staff_wording.NO_OPINION, class_="meta")
    return join(element("h2", staff_wording.GIVEN_OPINIONS, class_="section"), body)


def notes(review: Review) -> Html | None:
    """The notes of the team."""
    lines = [
        element(
            "li", element("span", f"{one.author}, {phrasing.day(one.written_at.date())} : ", class_="meta"), one.text
        )
        for one in review.notes
    ]
    return element("ul", *lines, class_="notes") if lines else None


def _by(one: Note) -> str:
    return f"{one.author}, {phrasing.day(one.written_at.date())}"


def touched(one: Affected) -> Html:
    """The line under a past answer that cited a document changed since."""
    badge = element("span", staff_wording.CHANGE[one.change], class_="badge replaced")
    by = f" · {wording.REPLACED_BY_DOCUMENT.format(title=one.replaced_by)}" if one.replaced_by else ""
    return element("p", badge, " ", one.title, by, " · ", phrasing.day(one.asked_at.date()), class_="meta")
