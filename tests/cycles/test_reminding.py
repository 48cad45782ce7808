"""Reminders come before and after the day, once for each step, in the app and by mail, by the owner's own clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select

from app.activity.delivery import commit
from app.activity.kinds import describe
from app.activity.models import Activity
from app.cycles.actions import Owed, start_cycle
from app.cycles.models import OwedReview
from app.cycles.reminding import STEPS, mail_what_is_left, remind_due, step_of
from app.db import at
from app.extensions import db
from app.reviews.actions import post_review
from tests.serving import free_port

DUE = date(2026, 10, 20)
BEGUN = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def owed(world) -> OwedReview:
    """Jon owes the review of Fairs."""
    with at(BEGUN):
        cycle = start_cycle(world.commons, "2026-Q3", actor=world.lena, due_on=DUE, closes_on=DUE,
                            owed=[Owed("Fairs", "", world.jon)])
        commit()
    return cycle.owed[0]


def day(number: int, hour: int = 12) -> datetime:
    """So many days after the day it is due."""
    return datetime(2026, 10, 20, hour, tzinfo=UTC) + timedelta(days=number)


def run(moment: datetime) -> int:
    with at(moment):
        count = remind_due(moment)
        commit()
    return count


def test_each_step_reminds_once_even_when_the_server_slept_through_its_day(owed, postbox):
    reminded = [number for number in range(-15, 40) if number != 7 and run(day(number)) + run(day(number))]
    assert reminded == [-7, -1, 1, 8, 14]
    assert len(postbox.mails) == 5 and postbox.mails[0]["To"] == owed.owner.email


def test_it_says_what_is_due_when_and_leads_there(app, owed, world, browser_of, postbox, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "http://quarterdeck.example")
    run(day(-7))
    told = db.session.scalars(select(Activity).where(Activity.kind == "cycle.review_due")).one()
    assert describe(told, owed.owner) == "The review of Fairs for Q3 2026 is due on 20 October"
    mail = postbox.mails[0]
    assert mail["Subject"] == "Due on 20 October 2026: the review of Fairs for Q3 2026"
    assert f"http://quarterdeck.example/owed/{owed.id}" in mail.get_content()
    assert owed.cycle.url in browser_of(world.jon).get(f"/owed/{owed.id}").headers["Location"]
    run(day(1))
    assert postbox.mails[1]["Subject"].startswith("Late:")


def test_the_day_is_that_of_who_owes(owed, world):
    world.jon.timezone = "Pacific/Auckland"
    db.session.commit()
    assert run(day(-8, hour=10)) == 0
    assert run(day(-8, hour=12)) == 1


def test_who_has_posted_left_or_may_not_look_any_more_is_left_alone(owed, world):
    post_review(world.commons, "Fair", actor=world.jon, programme="Fairs", quarter="2026-Q3")
    commit()
    assert run(day(1)) == 0


def test_a_cycle_that_begins_late_does_not_remind_on_its_first_day(world):
    with at(day(-1)):
        start_cycle(world.commons, "2026-Q3", actor=world.lena, due_on=DUE, closes_on=DUE,
                    owed=[Owed("Fairs", "", world.jon)])
        commit()
    assert run(day(-1, hour=13)) == 0 and run(day(1)) == 1


def test_a_mail_that_could_not_go_out_is_tried_again_and_goes_out_once(app, owed, postbox, monkeypatch):
    works = app.config["MAIL_URL"]
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{free_port()}")
    assert run(day(-7)) == 1 and not postbox.mails and owed.mailed_on is None
    monkeypatch.setitem(app.config, "MAIL_URL", works)
    assert [mail_what_is_left(), mail_what_is_left()] == [1, 0]
    assert len(postbox.mails) == 1


@given(some.dates(date(2000, 1, 1), date(2100, 1, 1)), some.integers(-40, 40))
def test_a_step_is_never_in_the_future_and_the_last_that_came(due_on, days):
    today = due_on + timedelta(days=days)
    found = step_of(due_on, today)
    come = [step for step in STEPS if step <= days]
    assert found == (due_on + timedelta(days=come[-1]) if come and days <= 21 else None)
