"""How often a site is asked: as it wishes, between half an hour and a day."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voices.cadence import LONGEST, SHORTEST, after_failure, after_success

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("cache", "minutes", "expected"), [
    ("", None, 60), ("max-age=7200", None, 120), ("public, max-age=60", None, 30), ("", 90, 90), ("", 1, 30),
    ("max-age=5400", 240, 240), ("no-cache, max-age=99999", None, 60), ("max-age=9999999", None, 1440),
    ("s-maxage=9", 10**9, 1440), ("max-age=x", 0, 60),
])
def test_a_site_is_asked_as_often_as_it_says(cache, minutes, expected):
    assert after_success({"cache-control": cache}, minutes, 0) == expected * MINUTE


@pytest.mark.parametrize(("failures", "told", "expected"), [
    (1, "", 30), (2, "", 60), (4, "", 240), (99, "", 1440), (1, "7200", 120), (1, "999999999", 1440),
    (3, "Thu, 26 Nov 2026 15:00:00 GMT", 180), (1, "Thu, 26 Nov 1900 15:00:00 GMT", 30), (1, "soon", 30),
])
def test_a_site_that_fails_is_asked_less_and_less(failures, told, expected):
    assert after_failure(failures, {"retry-after": told}, 0, NOW) == expected * MINUTE


@given(st.text(max_size=40), st.none() | st.integers(0, 10**9), st.integers(0, 10**6), st.floats(0, 1))
def test_no_answer_makes_it_too_often_or_too_seldom(told, minutes, failures, spread):
    for span in (after_success({"cache-control": told}, minutes, spread),
                 after_failure(failures, {"retry-after": told}, spread, NOW)):
        assert SHORTEST <= span <= LONGEST
