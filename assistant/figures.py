"""What happened week by week: asked, answered, withheld, opinions, verified, median time."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from assistant.journal import Journal

_COLUMNS = ("semaine", "questions", "répondues", "retenues", "hors sujet", "pouces levés", "pouces baissés")
_MORE_COLUMNS = ("servies vérifiées", "réponses vérifiées", "temps médian (ms)")


@dataclass(frozen=True, slots=True)
class Week:
    """The figures of the week that begins on `monday` (UTC).

    `withheld` are `not_found` and `clarify`; `served_verified` counts the exchanges that a verified answer served,
    `verified` the answers that staff verified; `median_ms` is None when nothing was asked.
    """

    monday: date
    asked: int
    answered: int
    withheld: int
    out_of_scope: int
    ups: int
    downs: int
    served_verified: int
    verified: int
    median_ms: float | None


def weekly(journal: Journal, *, day: date, weeks: int = 12) -> tuple[Week, ...]:
    """The last weeks, oldest first, up to the one of `day`; weeks in which nothing happened are there with zeros."""
    last = _monday(day)
    mondays = [last - timedelta(weeks=back) for back in reversed(range(weeks))]
    tally = journal.tally(mondays[0])

    def week(monday: date) -> Week:
        asked = [one for one in tally.exchanges if _monday(one.asked_at) == monday]
        outcomes = [one.outcome for one in asked]
        thumbs = [one.thumb for one in tally.opinions if _monday(one.given_at) == monday]
        times = [one.total_ms for one in asked]
        return Week(
            monday,
            len(asked),
            sum(outcome in ("answered", "partial") for outcome in outcomes),
            sum(outcome in ("not_found", "clarify") for outcome in outcomes),
            outcomes.count("out_of_scope"),
            thumbs.count("up"),
            thumbs.count("down"),
            sum(one.is_verified for one in asked),
            sum(_monday(moment) == monday for moment in tally.verified),
            round(median(times), 1) if times else None,
        )

    return tuple(week(monday) for monday in mondays)


def to_csv(weeks: tuple[Week, ...]) -> str:
    """The figures as CSV, with French headings, a line for each week."""
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";", lineterminator="\r\n")
    lines.writerow((*_COLUMNS, *_MORE_COLUMNS))
    for one in weeks:
        counts = (one.asked, one.answered, one.withheld, one.out_of_scope, one.ups, one.downs)
        time = "" if one.median_ms is None else str(one.median_ms).replace(".", ",")
        lines.writerow((one.monday.isoformat(), *counts, one.served_verified, one.verified, time))
    return written.getvalue()


def _monday(moment: date | datetime) -> date:
    day = moment.date() if isinstance(moment, datetime) else moment
    return day - timedelta(days=day.weekday())
