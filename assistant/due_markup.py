"""Pure: the calendar as HTML: the list of what falls due, and a picture of it along time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from assistant.document_view import DOCUMENTS, Opening, parameters
from assistant.dues import Due, Period, by_period, day_of
from assistant.markup import NO_BREAK, Html, element, join
from assistant.screens import phrasing, wording
from index.dating import format_hour, format_interval
from index.records import Deadline

MAX_YEARS = 8  # labels that fit side by side on a phone
SHAPES = ("opens", "closes", "takes_place", "expected")  # told apart by shape, drawn by the style sheet


def months(entries: Sequence[Due], level: str = "h2") -> Html:
    """The entries under a heading per month; what has no month stands under its years."""
    return join(*(_period(period, dues, level) for period, dues in by_period(entries).items()))


def soonest(coming: Sequence[Due]) -> Html | None:
    """The first entry whose day is known, before everything else; it leads to its place in the list."""
    due = next((due for due in coming if due.relative.days_left is not None), None)
    if due is None:
        return None
    left = phrasing.days_left(due.relative.days_left or 0)
    return element(
        "p",
        element("span", wording.SOONEST, class_="label"),
        " ",
        element("a", when(due.deadline), href=f"#{anchor(due)}"),
        f", {left} — {wording.DATE_KINDS[due.deadline.date_kind].lower()}{NO_BREAK}: {due.title}",
        class_="soonest",
    )


def anchor(due: Due) -> str:
    """The name of an entry on its page, for links to it."""
    return f"echeance-{due.deadline.id}"


def timeline(entries: Sequence[Due], lanes: Sequence[tuple[str, Sequence[Due]]], today: date) -> Html | None:
    """A row per lane with a sign at each date; signs differ by shape, not by colour; the list below says the same."""
    if len(entries) < 2:
        return None
    days = sorted(day_of(due.deadline) for due in entries)
    first, last = date(days[0].year, 1, 1), date(days[-1].year + 1, 1, 1)
    span = (last - first).days

    def at(day: date) -> str:
        return f"left:{100 * (day - first).days / span:.2f}%"

    step = -(-(last.year - first.year) // MAX_YEARS)
    years = [
        element("span", str(year), class_="year", style=at(date(year, 1, 1)))
        for year in range(first.year, last.year, step)
    ]
    here = element("span", class_="today", style=at(today)) if first <= today < last else None
    rows = [_lane(label, dues, at, here) for label, dues in lanes if dues]
    return element(
        "figure",
        element("div", element("div", *years, class_="years"), class_="axis", aria_hidden="true"),
        element("div", *rows, class_="lanes"),
        _legend(here is not None),
        class_="timeline",
        aria_label=wording.TIMELINE,
    )


def _lane(label: str, dues: Sequence[Due], at: Callable[[date], str], here: Html | None) -> Html:
    signs = [
        element("span", _glyph(due), class_="sign", style=at(day_of(due.deadline)), title=_spoken(due)) for due in dues
    ]
    said = wording.LANE_SUMMARY.format(number=phrasing.counted(len(dues), "date", "dates"))
    return element(
        "div",
        element("p", label, element("span", f", {said}", class_="visually-hidden"), class_="lane"),
        element("div", here, *signs, class_="track", aria_hidden="true"),
        class_="row",
    )


def _legend(has_today: bool) -> Html:
    kinds = [
        element("span", _shape(kind, is_past=False), f" {wording.DATE_KINDS[kind]}", class_="key") for kind in SHAPES
    ]
    past = element("span", _shape("closes", is_past=True), f" {wording.HOLLOW}", class_="key")
    today = (
        element("span", element("b", "┃", class_="today-key"), f" {wording.TODAY}", class_="key") if has_today else None
    )
    return element("figcaption", *kinds, past, today)


def _glyph(due: Due) -> Html:
    return _shape(due.deadline.date_kind, is_past=due.relative.status not in ("today", "upcoming"))


def _shape(kind: str, *, is_past: bool) -> Html:
    named = kind if kind in SHAPES else "takes_place"
    return element("span", class_=f"shape is-{named}{' is-over' if is_past else ''}", aria_hidden="true")


def _spoken(due: Due) -> str:
    return f"{when(due.deadline)} : {due.title}"


def when(deadline: Deadline) -> str:
    """The date in French, at its precision, with its hour."""
    return format_interval(deadline.first_day, deadline.last_day, deadline.precision, deadline.hour)


def _period(period: Period, dues: Sequence[Due], level: str) -> Html:
    return element(
        "section",
        element(level, phrasing.period(period.first_year, period.last_year, period.month), class_="month"),
        element("ol", *(element("li", _entry(due)) for due in dues), class_="dues"),
    )


def _entry(due: Due) -> Html:
    deadline = due.deadline
    date_lines = [element("span", _short(deadline), class_="day")]
    if deadline.hour:
        date_lines.append(element("span", format_hour(deadline.hour), class_="hour"))
    left = due.relative.days_left
    if left is not None:
        date_lines.append(element("span", phrasing.days_left(left), class_="left"))
    return element(
        "article",
        element("div", *date_lines, class_="when"),
        element(
            "div",
            element(
                "p",
                element("span", wording.DATE_KINDS[deadline.date_kind], class_="kind"),
                " ",
                due.title,
                " ",
                *_spaced(_badges(due)),
                class_="title",
            ),
            _quotation(deadline),
            element("p", _source(due), " ", _opened(deadline), class_="meta"),
            class_="what",
        ),
        class_=f"due is-{due.relative.status}",
        id=anchor(due),
    )


def _short(deadline: Deadline) -> str:
    return format_interval(deadline.first_day, deadline.last_day, deadline.precision, None)


def status_text(due: Due) -> str:
    """What has become of the date, seen from the day; one that nothing replaces was called off."""
    is_off = due.relative.status == "replaced" and due.replaced_by is None
    return wording.CALLED_OFF if is_off else wording.STATUSES[due.relative.status]


def _badges(due: Due) -> list[Html]:
    status = due.relative.status
    is_going_on = status == "today" and due.deadline.first_day != due.deadline.last_day
    named = wording.GOING_ON if is_going_on else status_text(due)
    badges = [element("span", named, class_=f"badge {status}")] if due.replaced_by is None else []
    if due.deadline.year_inferred:
        badges.append(element("span", wording.YEAR_INFERRED, class_="badge inferred"))
    if due.replaced_by is not None:
        badges.append(
            element("span", wording.DATE_REPLACED_BY.format(when=when(due.replaced_by)), class_="badge replaced")
        )
    older = sorted({when(one) for one in due.replaces} - {when(due.deadline)})
    if older:
        badges.append(element("span", wording.REPLACES_DATE.format(when=", ".join(older)), class_="badge replaced"))
    return badges


def _quotation(deadline: Deadline) -> Html:
    """What the document says, under the headers that give a row its sense; it opens on its page."""
    path = " › ".join(" ".join(header.quote.split()) for header in deadline.headers)
    said = f"«{NO_BREAK}{phrasing.gist(deadline.span.quote)}{NO_BREAK}»"
    return element("blockquote", element("span", f"{path} › ", class_="path") if path else None, said)


def _source(due: Due) -> str:
    evidence = due.document.evidence
    page = due.deadline.span.page
    parts = [due.document.title, evidence.publisher, phrasing.published(evidence)]
    if page is not None:
        parts.append(wording.PAGE.format(number=page))
    return " · ".join(parts)


def _opened(deadline: Deadline) -> Html:
    span = deadline.span
    address = f"{DOCUMENTS}?{urlencode(parameters(Opening(deadline.document_id, span.page, span.start, span.end)))}"
    hint = element("span", f" ({wording.NEW_TAB})", class_="visually-hidden")
    return element("a", wording.OPEN_AS_READ, hint, href=address, target="_blank", rel="noopener")


def _spaced(parts: Iterable[Html]) -> list[Html | str]:
    return [piece for part in parts for piece in (part, " ")]
