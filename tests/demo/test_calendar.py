"""The demo company's dates: counted back from the day it is loaded, never later."""

from datetime import UTC, date, datetime

import pytest

from app.demo.calendar import Calendar

FRIDAY = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize("day, reviewed", [
    ((2026, 11, 20), "2026-Q3"), ((2026, 10, 20), "2026-Q2"), ((2026, 10, 21), "2026-Q3"), ((2027, 1, 5), "2026-Q3"),
    ((2027, 1, 21), "2026-Q4"),
])
def test_the_newest_reviewed_quarter_has_been_over_for_three_weeks(day, reviewed):
    assert Calendar(datetime(*day, 12, tzinfo=UTC)).quarter(-1) == reviewed


def test_working_days_skip_the_weekend():
    assert Calendar(FRIDAY).moment("-5 09:30") == datetime(2026, 11, 13, 9, 30, tzinfo=UTC)


def test_days_after_a_quarter_start_at_its_end():
    calendar = Calendar(FRIDAY)
    assert calendar.last_day(-2) == date(2026, 6, 30)
    assert calendar.moment("q-2 +16 09:15") == datetime(2026, 7, 16, 9, 15, tzinfo=UTC)


def test_what_falls_on_a_weekend_waits_for_monday():
    calendar = Calendar(FRIDAY)
    assert calendar.after(datetime(2026, 11, 13, 9, tzinfo=UTC), "+1d") == datetime(2026, 11, 16, 9, tzinfo=UTC)


def test_nothing_is_later_than_the_end():
    calendar = Calendar(FRIDAY)
    assert calendar.after(FRIDAY, "+3d") == FRIDAY
    assert calendar.after(datetime(2026, 11, 20, 9, tzinfo=UTC), "+2h") == datetime(2026, 11, 20, 11, tzinfo=UTC)


def test_words_name_quarters_months_and_days():
    filled = Calendar(FRIDAY).words("{q-1}, {year-5}, {month-2}, {day+10} and {this}")
    assert filled == "Q3 2026, 2025, September, 30 November and {this}"
