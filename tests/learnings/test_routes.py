"""Stating a learning, applying it elsewhere, reporting what came of it."""

import pytest
from sqlalchemy import select

from app.activity.delivery import commit
from app.activity.models import Notification
from app.extensions import db
from app.learnings.actions import apply_learning, state_learning
from app.learnings.models import Learning, Trial
from app.reviews.actions import post_review


@pytest.fixture
def learning(world) -> Learning:
    stated = state_learning(world.commons, "Short subject lines win", actor=world.lena, holds_for="e-mail · EMEA")
    commit()
    return stated


def test_a_learning_is_stated_from_a_review_and_shows_there(world, browser_of):
    review = post_review(world.commons, "Spring mailing", actor=world.lena, quarter="2026-Q3")
    commit()
    data = {"claim": "Short subject lines win", "space_id": world.commons.id, "review_id": review.id,
            "evidence": "Opened **28 %** against 17 %"}
    answer = browser_of(world.lena).post("/learnings/new", data=data)
    stated = db.session.scalars(select(Learning)).one()
    assert answer.headers["Location"] == stated.url
    jon = browser_of(world.jon)
    assert "<strong>28 %</strong>" in jon.get(stated.url).text
    assert "Short subject lines win" in jon.get(review.url).text


def test_the_record_tells_where_it_worked_and_where_it_failed(world, browser_of, learning):
    jon, mei = browser_of(world.jon), browser_of(world.mei)
    jon.post(f"/learnings/{learning.id}/trials", data={"place": "DACH", "adaptation": "In German"})
    mei.post(f"/learnings/{learning.id}/trials", data={"place": "China"})
    first, second = db.session.scalars(select(Trial).order_by(Trial.id)).all()
    jon.post(f"/trials/{first.id}/result", data={"result": "worked", "lift": "12.5", "note": "As said"})
    mei.post(f"/trials/{second.id}/result", data={"result": "failed"})
    page = browser_of(world.lena).get(learning.url).text
    assert "Applied 2×: worked 1, failed 1" in page and "+12.5 %" in page
    told = select(Notification).where(Notification.person_id == world.lena.id, Notification.reason == "trial")
    assert len(db.session.scalars(told).all()) == 4, "two beginnings and two results"


def test_only_who_tries_reports(world, browser_of, learning):
    trial = apply_learning(learning, "DACH", actor=world.jon)
    commit()
    assert browser_of(world.mei).post(f"/trials/{trial.id}/result", data={"result": "worked"}).status_code == 403
    assert trial.result is None


def test_a_trial_needs_a_place(world, browser_of, learning):
    answer = browser_of(world.jon).post(f"/learnings/{learning.id}/trials", data={"place": "", "adaptation": "Kept"})
    assert answer.status_code == 422 and "Say where." in answer.text and "Kept" in answer.text


def test_a_source_one_may_not_see_is_not_named(world, browser_of):
    review = post_review(world.space("project", "secret"), "Zephyr mailing", actor=world.lena, quarter="2026-Q3")
    stated = state_learning(world.commons, "Short wins", actor=world.lena, review=review)
    commit()
    otto = browser_of(world.otto)
    assert "Zephyr" not in otto.get(stated.url).text and "Zephyr" not in otto.get("/learnings").text
    assert "Zephyr" in browser_of(world.jon).get(stated.url).text
