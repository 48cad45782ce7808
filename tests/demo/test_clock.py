"""The clock that can be set, so that history gets its own dates."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.db import at, now

THEN = datetime(2025, 3, 4, 5, 6, tzinfo=UTC)


def test_inside_it_is_that_moment():
    with at(THEN):
        assert now() == THEN


def test_afterwards_the_clock_goes_on():
    before = datetime.now(UTC)
    with pytest.raises(RuntimeError), at(THEN):
        raise RuntimeError
    assert before <= now() <= datetime.now(UTC)


def test_the_inner_moment_counts():
    with at(THEN), at(THEN + timedelta(days=1)):
        assert now() == THEN + timedelta(days=1)


def test_it_is_told_in_utc():
    with at(THEN.astimezone(timezone(timedelta(hours=8)))):
        assert now().tzinfo is UTC


def test_a_moment_needs_a_time_zone():
    with pytest.raises(ValueError, match="time zone"), at(datetime(2025, 3, 4)):
        pass
