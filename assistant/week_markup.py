"""Pure: the figures of each week as a picture and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.figures import Week
from assistant.markup import Html, element, join
from assistant.screens import phrasing, staff_wording

_KINDS = ("answered", "withheld", "beside")


def weeks(figures: Sequence[Week]) -> Html:
    """The picture, then the table with the same numbers."""
    return join(_chart(figures), _table(figures))


def _chart(figures: Sequence[Week]) -> Html:
    """A bar for each week: answered, above it without answer, then beside the subject; the tallest fills the height."""
    most = max((week.asked for week in figures), default=0) or 1
    columns = []
    for week in figures:
        parts = zip((week.out_of_scope, week.withheld, week.answered), reversed(_KINDS), strict=True)
        bars = [
            element("div", class_=f"bar {kind}", style=f"height:{100 * number / most:.1f}%") for number, kind in parts
        ]
        total = element("span", str(week.asked) if week.asked else "", class_="total")
        label = element("span", f"{week.monday.day:02}/{week.monday.month:02}", class_="label")
        columns.append(element("div", element("div", total, *bars, class_="stack"), label, class_="week"))
    picture = element("div", *columns, class_="weeks", role="img", aria_label=staff_wording.WEEKS_CHART)
    keys = zip(_KINDS, staff_wording.WEEK_KEYS, strict=True)
    legend = [element("span", element("span", class_=f"swatch {kind}"), words) for kind, words in keys]
    return element("figure", picture, element("figcaption", *legend, class_="meta legend"), class_="chart")


def _bar(kind: str, share: float) -> Html:
    return element("div", class_=f"bar {kind}", style=f"height:{100 * share:.1f}%")


def _table(figures: Sequence[Week]) -> Html:
    head = [element("th", name, scope="col") for name in staff_wording.WEEK_COLUMNS]
    rows = []
    for week in reversed(figures):
        cells = (week.asked, week.answered, week.withheld, week.ups, week.downs, week.served_verified, week.verified)
        time = "" if week.median_ms is None else f"{week.median_ms:.0f}"
        values = [element("td", str(cell), class_="number-cell") for cell in cells]
        first = element("th", phrasing.day(week.monday), scope="row")
        rows.append(element("tr", first, *values, element("td", time, class_="number-cell")))
    table = element("table", element("thead", element("tr", *head)), element("tbody", *rows))
    return element("div", table, class_="table", role="group", tabindex=0, aria_label=staff_wording.WEEKS_TITLE)
