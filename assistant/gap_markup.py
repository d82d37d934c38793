"""Pure: what is missing as HTML: a group of questions, and the grid of waves, lanes and milestones."""

from __future__ import annotations

from assistant.gaps import Cell, Grid, Group
from assistant.markup import Html, element, join
from assistant.screens import phrasing, staff_wording

_RISING = 0.34


def group(one: Group) -> Html:
    """How often, since when, how it goes, and the nearest document."""
    counted = element("span", staff_wording.COUNTED.format(number=one.count), class_="badge why")
    trend = staff_wording.TRENDS["up" if one.trend > _RISING else "down" if one.trend < -_RISING else "flat"]
    first, last = phrasing.day(one.first.date()), phrasing.day(one.last.date())
    period = staff_wording.FIRST_LAST.format(first=first, last=last) if first != last else first
    facts = " · ".join((period, *([trend] if one.count > 1 else []), *one.terms))
    nearest = (
        element("p", staff_wording.NEAREST_DOCUMENT.format(title=one.nearest.title), class_="meta")
        if one.nearest
        else None
    )
    return join(element("p", counted, " ", facts, class_="meta"), nearest)


def questions(one: Group) -> Html:
    """The questions of a group, each a link to what was answered, folded away."""
    links = [
        element(
            "li",
            element("a", asked.question, href=f"/verification?id={asked.exchange}", target="_self"),
            f" · {phrasing.day(asked.asked_at.date())} · {_how(asked.outcome, is_disliked=asked.is_disliked)}",
        )
        for asked in one.questions
    ]
    summary = element("summary", staff_wording.THE_QUESTIONS.format(number=one.count))
    return element("details", summary, element("ul", *links), class_="questions")


def grid(found: Grid) -> Html | None:
    """One table for each wave that is asked about or dated: lanes down, milestones across."""
    tables = [_wave(found, wave) for wave in found.waves]
    return join(*(table for table in tables if table)) if any(tables) else None


def _wave(found: Grid, wave: str) -> Html | None:
    cells = {(lane, milestone): cell for (of, lane, milestone), cell in found.cells.items() if of == wave}
    lanes = [lane for lane in found.lanes if any(_says(cells[lane, other]) for other in found.milestones)]
    milestones = [one for one in found.milestones if any(_says(cells[other, one]) for other in found.lanes)]
    if not lanes:
        return None
    head = [element("td"), *(element("th", found.milestones[one], scope="col") for one in milestones)]
    rows = [
        element(
            "tr",
            element("th", found.lanes[lane], scope="row"),
            *(_cell(cells[lane, milestone]) for milestone in milestones),
        )
        for lane in lanes
    ]
    table = element("table", element("thead", element("tr", *head)), element("tbody", *rows), class_="grid")
    label = found.waves[wave]
    return join(element("h3", label), element("div", table, class_="table", role="group", tabindex=0, aria_label=label))


def _cell(cell: Cell) -> Html:
    if not _says(cell):
        return element("td", staff_wording.NOTHING_THERE, class_="empty")
    dated = element("span", phrasing.counted(cell.deadlines, "date", "dates"))
    asked = phrasing.counted(cell.asked, "question", "questions")
    missed = (
        element("strong", staff_wording.UNANSWERED.format(number=cell.missed, asked=asked)) if cell.missed else None
    )
    quiet = element("span", asked, class_="meta") if cell.asked and not cell.missed else None
    return element("td", dated, missed, quiet, class_="is-gap" if cell.missed and not cell.deadlines else None)


def _says(cell: Cell) -> bool:
    return bool(cell.deadlines or cell.asked)


def _how(outcome: str, *, is_disliked: bool) -> str:
    said = staff_wording.OUTCOMES[outcome].lower()
    return f"{said}, {staff_wording.WHY['disliked']}" if is_disliked else said
