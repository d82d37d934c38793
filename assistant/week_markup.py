"""Pure: the figures of each week as a picture and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.figures import Week
from assistant.markup import Html, element, join
from assistant.screens import phrasing, staff_wording

WIDTH, HEIGHT, BOTTOM = 720, 180, 24


def weeks(figures: Sequence[Week]) -> Html:
    """The picture, then the table with the same numbers."""
    return join(_chart(figures), _table(figures))


def _chart(figures: Sequence[Week]) -> Html:
    """A bar for each week: answered below, then withheld, then the rest; the tallest fills the height."""
    most = max((week.asked for week in figures), default=0) or 1
    step = WIDTH / max(len(figures), 1)
    bars: list[Html] = []
    for place, week in enumerate(figures):
        foot, x = float(HEIGHT), place * step + step * 0.2
        for number, name in ((week.answered, "answered"), (week.withheld, "withheld"), (week.out_of_scope, "beside")):
            height = (HEIGHT - 16) * number / most
            foot -= height
            if number:
                bars.append(_rect(x, foot, step * 0.6, height, name))
        label = f"{week.monday.day:02}/{week.monday.month:02}"
        bars.append(_text(label, x + step * 0.3, HEIGHT + 17, "week-label"))
        if week.asked:
            bars.append(_text(str(week.asked), x + step * 0.3, foot - 4, "week-label"))
    picture = element(
        "svg",
        *bars,
        viewBox=f"0 0 {WIDTH} {HEIGHT + BOTTOM}",
        role="img",
        aria_label=staff_wording.WEEKS_CHART,
        class_="weeks",
    )
    keys = (
        ("answered", staff_wording.WEEK_KEYS[0]),
        ("withheld", staff_wording.WEEK_KEYS[1]),
        ("beside", staff_wording.WEEK_KEYS[2]),
    )
    legend = [element("span", element("span", class_=f"swatch {name}"), words) for name, words in keys]
    return element("figure", picture, element("figcaption", *legend, class_="meta legend"), class_="chart")


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


def _rect(x: float, y: float, width: float, height: float, name: str) -> Html:
    return element(
        "rect", x=f"{x:.1f}", y=f"{y:.1f}", width=f"{width:.1f}", height=f"{height:.1f}", class_=f"bar {name}"
    )


def _text(words: str, x: float, y: float, name: str) -> Html:
    return element("text", words, x=f"{x:.1f}", y=f"{y:.1f}", class_=name, text_anchor="middle")
