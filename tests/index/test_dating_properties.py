from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from index.dating import find_dates, format_interval, normalise_dates
from index.dating_calendar import Point, days_of
from index.dating_words import flatten
from index.records import DayRange, Precision

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
HOURS = st.one_of(st.none(), st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59)))
YEARS = st.integers(1950, 2090)
PARTS = st.sampled_from(["", "début", "mi", "fin"])
POINTS = st.one_of(
    st.builds(Point, st.just("month"), YEARS, st.integers(1, 12), st.just(0), PARTS),
    st.builds(Point, st.just("quarter"), YEARS, st.integers(1, 4)),
    st.builds(Point, st.just("season"), YEARS, st.integers(1, 4)),
    st.builds(Point, st.just("year"), YEARS, st.just(0), st.just(0), PARTS),
)
PIECES = st.sampled_from(
    (
        "14 décembre", "2023", "à 14h", "14/12", "fin", "avril", "du", "au", "entre", "et", "le", "1er", "juin", "T1",
        "-", "/", ", ", "automne", "l'été", "reporté", "avant", "mi-", "vague 2", "L. 1111-24", "lundi", "3", "31",
        "30 février", "\n", "n° 2019-1036", ". ", "été", "premier", "trimestre", "hiver", "2024-2025", "12:30",
        "deux mois après", "première quinzaine de", "semaine du", "le dernier jour de", "au lieu du", "est annulée",
        "sera", "s'est", "É", "ﬁ", "\u00a0",
    )
)  # fmt: skip


@settings(max_examples=150)
@given(DAYS, HOURS)
def test_a_printed_day_is_read_back(day: date, hour: str | None) -> None:
    printed = format_interval(day, day, "hour" if hour else "day", hour)
    (found,) = find_dates(f"au plus tard le {printed}.", written=None)
    assert (found.first, found.last, found.hour, found.text) == (day, day, hour, printed)


@settings(max_examples=150)
@given(POINTS)
def test_a_printed_unit_is_read_back(point: Point) -> None:
    days = days_of(point)
    assert days is not None
    precision: Precision = point.unit  # type: ignore[assignment]
    (found,) = find_dates(format_interval(days.first, days.last, precision), written=None)
    assert (found.first, found.last, found.precision) == (days.first, days.last, precision)


@settings(max_examples=200)
@given(DAYS, st.integers(1, 2000), HOURS)
def test_a_printed_range_is_read_back(first: date, length: int, hour: str | None) -> None:
    last = first + timedelta(days=length)
    (found,) = find_dates(format_interval(first, last, "range", hour), written=None)
    assert (found.first, found.last, found.precision) == (first, last, "range")


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12), st.sampled_from(["", " "]), DAYS)
def test_spans_are_exact_and_intervals_never_inverted(pieces: list[str], glue: str, day: date) -> None:
    text = glue.join(pieces)
    found = find_dates(text, written=DayRange(day, day))
    for one in found:
        assert text[one.start : one.end] == one.text
        assert (one.first is None) == (one.last is None)
        if one.first and one.last:
            assert one.first <= one.last
    for one, following in pairwise(found):
        assert one.end <= following.start


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    find_dates(text, written=None)
    normalise_dates(text)
    assert len(flatten(text)) == len(text)


@settings(max_examples=100)
@given(DAYS, st.sampled_from(["au plus tard le {}", "Il s'est tenu le {}"]), DAYS)
def test_an_inferred_year_is_the_nearest_in_the_direction(day: date, sentence: str, written: date) -> None:
    day_and_month = format_interval(day, day, "day").rsplit(" ", 1)[0]
    (found,) = find_dates(sentence.format(day_and_month), written=DayRange(written, written))
    assert found.first is not None
    assert (found.first.month, found.first.day) == (day.month, day.day)
    assert (found.first >= written) if sentence.startswith("au") else (found.first <= written)
    # 29 February may be eight years away (1900 and 2100 are no leap years).
    assert abs((found.first - written).days) <= (366 if day.strftime("%m-%d") != "02-29" else 8 * 366)


@settings(max_examples=100)
@given(DAYS)
def test_spellings_of_a_day_compare_equal(day: date) -> None:
    spellings = [format_interval(day, day, "day"), day.strftime("%d/%m/%Y"), day.strftime("%d.%m.%Y"), day.isoformat()]
    assert {normalise_dates(text) for text in spellings} == {day.isoformat()}
