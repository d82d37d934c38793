import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screens.app_runs import opened_at, shown
from screens.fake_assistant import DEADLINES, GUIDE, OLD, SUMMARY, VOCABULARY

from assistant import due_markup, due_table, dues
from assistant.dues import Asked, Period
from assistant.errors import AssistantError
from assistant.screens import phrasing, wording
from assistant.sheets import to_csv, to_xlsx

DOCUMENTS = {info.id: info for info in (SUMMARY, OLD, GUIDE)}
DAY = date(2024, 1, 10)


def entries(day=DAY, **asked):
    return dues.dues(DEADLINES, DOCUMENTS, VOCABULARY, Asked(asked.pop("terms", {}), **asked), day)


def test_the_next_comes_first_and_the_past_is_apart():
    found = entries()
    assert [due.deadline.id for due in dues.ahead(found)] == ["d3", "d5"]
    assert [due.deadline.id for due in dues.over(found)] == ["d2", "d1"]


def test_replaced_dates_are_shown_when_wanted_with_what_replaces_them():
    found = {due.deadline.id: due for due in entries(with_replaced=True)}
    assert found["d4"].replaced_by.id == "d2"
    assert [one.id for one in found["d2"].replaces] == ["d4"]
    assert "d4" not in {due.deadline.id for due in entries()}


def test_a_date_called_off_is_not_said_to_be_replaced():
    off = next(due for due in entries(with_replaced=True) if due.deadline.id == "d4")
    off = replace(off, deadline=replace(off.deadline, replaced_by=None), replaced_by=None)
    assert "annulée, ou laissée sans nouvelle date" in due_markup.months([off])
    assert "annulée, ou laissée sans nouvelle date" in due_table.rows([off])[0]


def test_terms_and_words_combine():
    assert [due.deadline.id for due in entries(terms={"lane": "primaires"})] == ["d2"]
    assert [due.deadline.id for due in entries(terms={"wave": "vague-1"}, words="COLLEGES")] == ["d3", "d5"]
    assert entries(terms={"wave": "vague-2"}) == ()
    with pytest.raises(AssistantError):
        entries(terms={"wave": "vague-9"})


def test_what_has_no_month_stands_under_its_years():
    from dataclasses import replace

    year = replace(DEADLINES[0], first_day=date(2027, 1, 1), last_day=date(2027, 12, 31), precision="year")
    assert dues.period_of(year) == Period(2027, 2027, None)
    assert dues.period_of(DEADLINES[1]) == Period(2023, 2023, 4)
    assert phrasing.period(2027, 2027, None) == "Courant 2027"
    assert phrasing.period(2026, 2027, None) == "De 2026 à 2027"
    assert phrasing.period(2023, 2023, 8) == "Août 2023"


def test_the_picture_has_a_row_per_lane_and_a_line_for_today():
    picture = due_markup.timeline(entries(), [("Collèges", entries(terms={"lane": "collèges"}))], DAY)
    assert picture.count('class="row"') == 1
    assert picture.count('class="sign"') == 2
    assert 'class="today"' in picture
    assert due_markup.timeline(entries()[:1], [], DAY) is None


def test_the_screen_says_what_is_due_and_lets_it_be_taken_away():
    at = opened_at("deadlines")
    page = shown(at)
    assert "30\u00a0juin\u00a02099" in page or "30 juin 2099" in page
    assert wording.YEAR_INFERRED in page
    assert wording.REPLACES_DATE.format(when="") in page
    assert 'href="/deadlines.ics"' in page
    assert {button.key for button in at.get("download_button")} >= {"csv", "xlsx"}


def test_filters_stand_in_the_address_both_ways():
    at = opened_at("deadlines", lane="primaires")
    assert "30 juin 2099" not in shown(at).replace("\u00a0", " ")
    assert 'href="/deadlines.ics?lane=primaires"' in shown(at)
    box = next(box for box in at.selectbox if box.key == "filter-lane")
    assert box.value == "primaires"
    box.set_value("collèges").run()
    assert "collèges" in at.query_params["lane"]
    assert "30 juin 2099" in shown(at).replace("\u00a0", " ")
    opened_at("deadlines", lane="nulle-part", words="rien du tout")


def test_the_table_opens_as_csv_and_as_a_workbook():
    rows = due_table.rows(entries(with_replaced=True))
    text = to_csv(due_table.HEADER, rows).decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Premier jour;Dernier jour")
    assert "2023-12-14" in text
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx("Échéances", due_table.HEADER, rows))).active
    assert sheet.title == "Échéances"
    assert sheet.max_row == 6
    assert sheet["B2"].value.date() == date(2023, 4, 28)
    assert [cell.value for cell in sheet[1]] == list(due_table.HEADER)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.text(max_size=20), st.dates(date(1900, 3, 1))), min_size=2, max_size=2),
        max_size=4,
    )
)
def test_any_cell_comes_back_as_it_was_and_is_never_a_formula(rows):
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx("x", ("a", "b"), rows))).active
    for row in sheet.iter_rows(min_row=2):
        assert all(cell.data_type in {"s", "d", "n", "inlineStr"} for cell in row)
    for line in to_csv(("a", "b"), rows).decode("utf-8-sig").splitlines()[1:]:
        assert not line.lstrip('"').startswith(("=", "+", "-", "@"))


def test_the_calendar_can_be_kept_to_days_and_let_go():
    at = opened_at("deadlines", first="2023-12-14", last="2023-12-14")
    page = shown(at)
    assert "Dates du 14\u00a0décembre\u00a02023" in page
    assert page.count('class="due is-past"') == 1
    assert "/deadlines.ics?from=2023-12-14&amp;to=2023-12-14" in page
    next(button for button in at.button if button.key == "all-dates").click().run()
    assert shown(at).count('<article class="due') == 4
    assert "Dates du" not in shown(opened_at("deadlines", first="hier", last="2023-99-99"))
