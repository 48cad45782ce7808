"""A review takes questions until it closes; then it is a record that takes follow-ups."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from app.access import can
from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.db import at
from app.entries.actions import comment
from app.extensions import db
from app.reviews.actions import post_review
from app.reviews.closing import close_due, close_regularly
from app.reviews.models import Review

LAST_DAY = date(2026, 10, 20)


def review_of(world, **fields) -> Review:
    review = post_review(world.commons, "Webinars", actor=world.lena, quarter="2026-Q3", **fields)
    commit()
    return review


def test_it_closes_when_its_last_day_is_over_and_not_before(world):
    review, endless = review_of(world, closes_on=LAST_DAY), review_of(world)
    evening = datetime(2026, 10, 20, 23, 59, tzinfo=UTC)
    assert close_due(evening) == 0
    assert close_due(evening + timedelta(minutes=1)) == 1
    assert review.closed_at is not None and endless.closed_at is None
    assert close_due(evening + timedelta(days=2)) == 0


def test_the_day_is_over_when_it_is_over_for_its_author(world):
    world.lena.timezone = "America/Los_Angeles"
    review_of(world, closes_on=LAST_DAY)
    assert close_due(datetime(2026, 10, 21, 6, 59, tzinfo=UTC)) == 0
    assert close_due(datetime(2026, 10, 21, 7, 1, tzinfo=UTC)) == 1


def test_its_author_is_told_by_the_clock(world):
    review_of(world, closes_on=LAST_DAY)
    with at(datetime(2026, 10, 21, 0, 1, tzinfo=UTC)):
        assert close_regularly() == 1
    told = select(Notification.person_id).join(Activity).where(Activity.kind == "review.closed")
    assert db.session.scalars(told).all() == [world.lena.id]


def test_a_closed_one_takes_no_question_but_a_follow_up(world, browser_of):
    review = review_of(world)
    before = comment(review, "In time", actor=world.jon)
    commit()
    browser_of(world.lena).post(f"{review.url}/closing")
    jon = browser_of(world.jon)
    assert jon.post(f"{review.url}/questions", data={"body": "Too late?"}).status_code == 403
    with at(review.closed_at + timedelta(hours=1)):
        assert jon.post(f"/e/{review.id}/comments", data={"body": "One year on: it held"}).status_code == 303
    page = jon.get(review.url).text
    marked = page.index("Follow-up")
    assert page.index(before.body) < marked < page.index("One year on")
    assert "data-ask" not in page


def test_it_can_be_opened_again_until_a_day(world, browser_of):
    review = review_of(world)
    lena = browser_of(world.lena)
    lena.post(f"{review.url}/closing")
    lena.post(f"{review.url}/closing/end", data={"closes_on": "2027-01-15"})
    assert review.closed_at is None and review.closes_on == date(2027, 1, 15)
    assert can(world.jon, "ask", review)


def test_only_who_wrote_it_closes_it(world, browser_of):
    review = review_of(world)
    assert browser_of(world.jon).post(f"{review.url}/closing").status_code == 403
    assert review.closed_at is None
