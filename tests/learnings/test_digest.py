"""What a quarter taught, as far as the reader may see it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activity.delivery import commit
from app.db import at
from app.learnings.actions import apply_learning, end_trial, state_learning
from app.learnings.digest import digest
from app.reviews.actions import post_review
from app.reviews.quarters import bounds, neighbour, quarter_of

AUGUST, NOVEMBER = datetime(2026, 8, 15, tzinfo=UTC), datetime(2026, 11, 15, tzinfo=UTC)


@pytest.fixture
def summer(world):
    """In August Lena learned two things, one of them in secret; Jon tried the open one twice and failed."""
    with at(AUGUST):
        learning = state_learning(world.commons, "Short forms win", actor=world.lena)
        hidden = state_learning(world.space("project", "secret"), "Hush", actor=world.lena)
        for tried in (learning, hidden):
            for place in ("France", "China"):
                end_trial(apply_learning(tried, place, actor=world.jon), "failed", actor=world.jon)
        apply_learning(learning, "Korea", actor=world.mei)
        post_review(world.commons, "Summer fair", actor=world.lena, quarter="2026-Q3", programme="Fairs")
        post_review(world.commons, "Spring mail", actor=world.lena, quarter="2026-Q2", programme="Mails")
        commit()
    return world


def test_the_quarter_tells_what_was_learned_tried_and_failed(summer):
    told = digest(summer.otto, "2026-Q3")
    assert [each.title for each in told.learned] == ["Short forms win"]
    assert {trial.place for trial in told.reapplied} == {"France", "China"}
    assert [each.title for each in told.failed_twice] == ["Short forms win"]
    assert [each.title for each in told.reviews] == ["Summer fair"] and told.silent == ["Mails"]


def test_the_results_still_owed_are_named(summer):
    with at(datetime(2026, 12, 1, tzinfo=UTC)):
        assert [trial.place for trial in digest(summer.otto, "2026-Q3").owed] == ["Korea"]


def test_members_also_read_what_their_spaces_learned(summer):
    assert {each.title for each in digest(summer.lena, "2026-Q3").learned} == {"Short forms win", "Hush"}


def test_another_quarter_holds_nothing_of_it(summer, browser_of):
    told = digest(summer.otto, "2026-Q1")
    assert not (told.learned or told.reapplied or told.failed_twice or told.reviews)
    assert "Nothing on record" in browser_of(summer.otto).get("/digest/2026-Q1").text


def test_the_page_names_no_secret_and_leads_on(summer, browser_of):
    with at(NOVEMBER):
        otto = browser_of(summer.otto)
        page = otto.get("/digest/2026-Q3").text
    assert "Short forms win" in page and "Hush" not in page and 'href="/digest/2026-Q2"' in page
    for nonsense in ("2026-Q5", "summer", "0000-Q1"):
        assert otto.get(f"/digest/{nonsense}").status_code == 404


@given(st.datetimes(datetime(1950, 1, 1), datetime(2900, 1, 1)))
def test_every_moment_lies_within_the_bounds_of_its_quarter(moment):
    moment = moment.replace(tzinfo=UTC)
    start, end = bounds(quarter_of(moment))
    assert start <= moment < end
    assert quarter_of(end) == neighbour(quarter_of(moment), 1)
    assert neighbour(neighbour(quarter_of(moment), -5), 5) == quarter_of(moment)
