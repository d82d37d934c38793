"""Pure: what the search found for an exchange, and what its replay changed, as HTML."""

from __future__ import annotations

from assistant.evidence import Evidence
from assistant.markup import Html, element, join
from assistant.replaying import Replay
from assistant.screens import staff_phrasing, staff_wording


def evidence(found: Evidence) -> Html:
    """What the search found, as a table: rank and score of each retriever, what was cited and what was not chosen."""
    head = [element("th", name, scope="col") for name in staff_wording.EVIDENCE_COLUMNS]
    rows = []
    for place, one in enumerate(found.found, 1):
        ranks = [staff_phrasing.rank(one.seen.get(name)) for name in ("vectors", "exact words", "known questions")]
        where = element("span", f"{one.document.title} — ", class_="meta")
        chosen = staff_wording.CITED if one.is_cited else staff_wording.NOT_CHOSEN
        cells = (
            element("td", str(place)),
            element("td", where, one.passage.text[:400]),
            element("td", f"{one.score:.2f}".replace(".", ",")),
            *(element("td", rank) for rank in ranks),
            element("td", ", ".join(one.tags)),
            element("td", chosen),
        )
        rows.append(element("tr", *cells, class_="is-quoted" if one.is_cited else None))
    table = element("table", element("thead", element("tr", *head)), element("tbody", *rows))
    return element(
        "div", table, class_="table evidence", role="group", tabindex=0, aria_label=staff_wording.VIEWS["evidence"]
    )


def replay(done: Replay) -> Html:
    """What changed between the answer then and now, side by side, and why."""
    causes = [element("li", cause.text) for cause in done.causes]
    why = join(element("h2", staff_wording.CAUSES, class_="section"), element("ul", *causes)) if causes else None
    if not done.differences:
        return join(element("p", staff_wording.SAME_ANSWER, class_="kept-to", role="status"), why)
    head = [
        element("th", name, scope="col") for name in (staff_wording.CHANGES, staff_wording.BEFORE, staff_wording.NOW)
    ]
    rows = [
        element(
            "tr",
            element("th", staff_wording.FIELDS[one.field], scope="row"),
            element("td", _said(one.field, one.before), class_="before"),
            element("td", _said(one.field, one.after), class_="after"),
        )
        for one in done.differences
    ]
    table = element("table", element("thead", element("tr", *head)), element("tbody", *rows), class_="differences")
    return join(why, element("div", table, class_="table", role="group", tabindex=0, aria_label=staff_wording.CHANGES))


def _said(field: str, text: str) -> str:
    if not text:
        return staff_wording.NOTHING_THERE
    return staff_wording.OUTCOMES.get(text, text) if field == "outcome" else text
