"""The clock of hand-offs: right over weekends, holidays, time zones and changes of the offset from UTC."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.handoffs.clock import Hours, NoWorkingTime, due, is_working, shifts, worked

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BERLIN = "Europe/Berlin"
ZONES = (BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns",
         "Africa/Casablanca", "Asia/Shanghai", "UTC", "Nowhere/At_All")
# Days on which the offset changes in one of them: a gap, a fold, half an hour, a whole day that never was.
CHANGES = (date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1), date(2026, 4, 5),
           date(2026, 10, 4), date(2011, 12, 30), date(2026, 2, 15))


@st.composite
def hours(draw) -> Hours:
    opens = draw(st.integers(0, 1439))
    closes = draw(st.integers(opens + 1, 1440))
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    around = draw(st.sampled_from(CHANGES))
    holidays = draw(st.frozensets(st.integers(-3, 3).map(lambda each: around + timedelta(days=each)), max_size=3))
    return Hours(draw(st.sampled_from(ZONES)), tuple(sorted(days)), opens, closes, holidays)


def moments():
    near = st.tuples(st.sampled_from(CHANGES), st.integers(-3 * 1440, 3 * 1440))
    return near.map(lambda each: datetime.combine(each[0], datetime.min.time(), UTC) + each[1] * MINUTE)


def amounts(least: int = 0):
    return st.integers(least, 60 * 24 * 6).map(lambda each: each * MINUTE)


@given(hours(), moments(), st.integers(0, 2 * 1440))
@settings(max_examples=120, deadline=None)
def test_working_time_is_what_the_wall_clock_says_minute_by_minute(hours, start, minutes):
    naive = sum(is_working(hours, start + each * MINUTE) for each in range(minutes))
    assert worked(hours, start, start + minutes * MINUTE) == naive * MINUTE


@given(hours(), moments(), amounts())
@settings(max_examples=300, deadline=None)
def test_as_much_has_passed_when_it_is_due_and_never_outside_of_the_hours(hours, start, amount):
    moment = due(hours, start, amount)
    assert worked(hours, start, moment) == amount
    assert is_working(hours, moment) or is_working(hours, moment - MINUTE)


@given(hours(), moments(), amounts(1), amounts(1))
@settings(max_examples=300, deadline=None)
def test_two_stretches_of_time_take_as_long_as_both_at_once(hours, start, first, second):
    assert due(hours, due(hours, start, first), second) == due(hours, start, first + second)


@given(hours(), moments(), moments(), moments(), amounts())
@settings(max_examples=300, deadline=None)
def test_what_begins_later_or_takes_longer_is_due_no_earlier(hours, one, two, three, amount):
    first, second, third = sorted((one, two, three))
    assume(third - first < timedelta(days=40))
    assert due(hours, first, amount) <= due(hours, second, amount) <= due(hours, second, amount + MINUTE)
    assert worked(hours, first, third) == worked(hours, first, second) + worked(hours, second, third)
    assert worked(hours, third, first) == -worked(hours, first, third)


@given(hours(), moments(), amounts(1))
@settings(max_examples=200, deadline=None)
def test_what_was_late_before_a_pause_is_as_late_after_it(hours, moment, late):
    ended = due(hours, moment, -late)
    assert ended <= moment and worked(hours, ended, moment) == late


def berlin(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, fold=fold, tzinfo=ZoneInfo(BERLIN))


@pytest.mark.parametrize(("start", "amount", "end"), [
    (berlin(2026, 11, 26, 15), 4 * HOUR, berlin(2026, 11, 27, 11)),         # Over night.
    (berlin(2026, 11, 27, 16), 4 * HOUR, berlin(2026, 11, 30, 12)),         # Over a weekend.
    (berlin(2026, 11, 28, 20), 4 * HOUR, berlin(2026, 11, 30, 13)),         # Begun on a Saturday evening.
    (berlin(2026, 11, 26, 9), 8 * HOUR, berlin(2026, 11, 26, 17)),          # The end of the day, not the next morning.
    (berlin(2026, 12, 24, 15), 4 * HOUR, berlin(2026, 12, 28, 11)),         # Over Christmas Day.
    (berlin(2026, 3, 27, 16), 9 * HOUR, berlin(2026, 3, 30, 17)),           # Over the change to summer time.
    (berlin(2026, 10, 23, 16), 9 * HOUR, berlin(2026, 10, 26, 17)),         # And back.
])
def test_examples_anybody_can_check(start, amount, end):
    christmas = Hours(BERLIN, holidays=frozenset({date(2026, 12, 25)}))
    assert due(christmas, start, amount) == end
    assert worked(christmas, start, end) == amount


def test_an_hour_that_is_skipped_is_no_working_time_and_one_that_comes_twice_counts_twice():
    nights = Hours(BERLIN, tuple(range(7)), 60, 4 * 60)
    days = date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25)
    assert [sum((end - start for start, end in shifts(nights, day)), timedelta()) for day in days] == [
        3 * HOUR, 2 * HOUR, 4 * HOUR]
    half = Hours(BERLIN, tuple(range(7)), 90, 150)
    assert [end - start for start, end in shifts(half, date(2026, 10, 25))] == [HOUR, HOUR / 2]
    assert shifts(Hours("Pacific/Apia", tuple(range(7))), date(2011, 12, 30)) == ()


def test_the_same_hours_elsewhere_end_at_another_moment():
    monday = datetime(2026, 11, 30, 0, tzinfo=UTC)
    ends = {zone: due(Hours(zone), monday, 8 * HOUR) for zone in ("Asia/Shanghai", BERLIN, "America/Detroit")}
    assert [each.hour for each in ends.values()] == [9, 16, 22]


def test_where_nobody_ever_works_nothing_is_due():
    with pytest.raises(NoWorkingTime):
        due(Hours(days=()), datetime(2026, 11, 30, tzinfo=UTC), HOUR)
