"""Who may tell what came of a commitment and where, what is carried to whom, and on which day it is late."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from app.activity.delivery import commit
from app.db import at, now
from app.extensions import db
from app.people import days
from app.reviews import commitments
from app.reviews.actions import change_review
from app.reviews.commitment_forms import TellForm
from app.reviews.commitment_models import Commitment
from app.reviews.models import Review
from app.reviews.steps import Step
from tests.reviews.test_commitments import SOON, review_in

# Half past eight in the evening in UTC: tomorrow in Shanghai, and the 12th everywhere west of there.
EVENING = datetime(2026, 10, 12, 20, 30, tzinfo=UTC)


@pytest.fixture
def review(world) -> Review:
    """Lena's, in the open project: Jon owes a translation."""
    return review_in(world.space("project", "open"), world.lena, steps=[Step("Translate the deck", world.jon.id, SOON)])


@pytest.fixture
def following(world, review) -> Review:
    """The review of the quarter after."""
    return review_in(world.space("project", "open"), world.lena, "2026-Q3")


def test_only_what_its_owner_can_see_is_carried_there(world, browser_of, review):
    secret = review_in(world.space("project", "secret"), world.lena, "2026-Q3")
    change_review(review, actor=world.lena, steps=[Step("Call Acme", world.otto.id, SOON)])
    key = review.commitments[0].id
    refused = browser_of(world.lena).post(f"/reviews/{secret.id}/said/{key}/outcome", data={
        "outcome": "carried", "day": "2031-01-31", "told": "No time yet"})
    assert refused.status_code == 422 and "Otto Outsider cannot see this review" in refused.text
    assert "No time yet</textarea>" in refused.text and 'value="2031-01-31"' in refused.text
    db.session.expire_all()
    assert review.commitments[0].is_open and secret.commitments == []


@pytest.mark.parametrize("outcome", ["done", "carried", "dropped"])
def test_nothing_is_told_of_a_review_one_may_only_read(world, browser_of, review, outcome):
    later = review_in(world.commons, world.otto, "2026-Q3")
    otto = browser_of(world.otto)
    assert "Done, carried over or dropped?" in otto.get(later.url).text
    review.space.archived_at = now()
    assert "Done, carried over or dropped?" not in otto.get(later.url).text
    path = f"/reviews/{later.id}/said/{review.commitments[0].id}/outcome"
    assert otto.post(path, data={"outcome": outcome, "told": "So"}).status_code == 403
    db.session.expire_all()
    assert review.commitments[0].is_open and later.commitments == []


@pytest.mark.parametrize("first", ["done", "partly", "dropped"])
def test_what_is_settled_is_not_told_again_in_the_next_review(world, browser_of, review, following, first):
    origin = commitments.settle(review.commitments[0], first, actor=world.jon, did="In French", reason="Enough")
    path = f"/reviews/{following.id}/said/{origin.id}/outcome"
    lena = browser_of(world.lena)
    for outcome in ("done", "carried", "dropped"):
        lena.post(path, data={"outcome": outcome, "told": "Not so"})
        assert "What came of it is told already." in lena.get(following.url).text
    db.session.expire_all()
    assert (origin.outcome, origin.did, origin.told_in_id, following.commitments) == (first, "In French", None, [])
    with pytest.raises(commitments.IsSettled):
        commitments.settle(origin, "dropped", actor=world.lena, reason="Not so", told_in=following)


def test_what_was_carried_meanwhile_is_not_carried_twice(world, review, following):
    origin = commitments.settle(review.commitments[0], "partly", actor=world.jon, did="French")
    commit()
    assert origin.carried_into is None
    # As another process would: this session knows nothing of it.
    db.session.execute(insert(Commitment.__table__).values(
        review_id=following.id, position=0, text=origin.text, did="", reason="", carried_from_id=origin.id))
    with pytest.raises(commitments.IsCarried):
        commitments.carry(origin, following, actor=world.lena)


def test_today_is_that_of_who_tells(world, browser_of, review, monkeypatch):
    monkeypatch.setattr(days, "now", lambda: EVENING)
    world.jon.timezone, path = "Asia/Shanghai", f"/commitments/{review.commitments[0].id}/outcome"
    jon, told_today = browser_of(world.jon), {"outcome": "done", "day": "2026-10-13"}
    assert browser_of(world.lena).post(path, data=told_today).status_code == 422
    assert jon.post(path, data=told_today).status_code == 303
    assert jon.post(path, data={"outcome": "partly"}).status_code == 303
    db.session.expire_all()
    assert review.commitments[0].done_on == date(2026, 10, 13)


@pytest.mark.parametrize(("zone", "due_on", "late_by"), [
    ("Asia/Shanghai", date(2026, 10, 12), 1), ("Asia/Shanghai", date(2026, 10, 13), None),
    ("UTC", date(2026, 10, 12), None), ("America/Chicago", date(2026, 10, 12), None), ("UTC", date(2026, 10, 11), 1),
    ("Nowhere/At_all", date(2026, 10, 11), 1),
])
def test_it_is_late_when_the_day_is_over_where_its_owner_works(world, zone, due_on, late_by):
    world.jon.timezone = zone
    with at(EVENING):
        owed = Commitment(due_on=due_on, owner=world.jon)
        assert (owed.variance, owed.is_late) == (late_by, late_by is not None)


def test_the_form_says_which_day_it_asks_for(app):
    with app.test_request_context():
        assert "carried over until" in str(TellForm().day.label.text)


@pytest.mark.parametrize("key", ["99999999999999999999", "3000000000", "-1"])
def test_a_place_that_no_column_holds_is_none(world, browser_of, key):
    form = {"title": "Far", "quarter": "2026-Q3", "currency": "EUR", "space_id": key, "next_steps": "Call @jon"}
    assert browser_of(world.lena).post("/reviews/new", data=form).status_code in (404, 422)
