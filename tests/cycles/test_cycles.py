"""Who owes a review: started in one click, settled by the review itself, seen on the board by who may see it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.cycles.actions import AlreadyThere, Owed, begin_review, start_cycle, start_next
from app.cycles.board import board, owed_by
from app.cycles.models import OwedReview, ReviewCycle
from app.db import at
from app.entries.actions import remove
from app.extensions import db
from app.feed.rail import due
from app.reviews.actions import post_review
from app.reviews.publishing import publish_draft

DUE, TODAY = date(2026, 10, 20), date(2026, 10, 10)
LATER = date(2026, 10, 21)


def cycle_of(world, space=None, quarter="2026-Q3") -> ReviewCycle:
    """Lena owes Webinars in EMEA, Jon Fairs; Mei reviews."""
    cycle = start_cycle(
        space or world.commons, quarter, actor=world.lena, due_on=DUE, closes_on=date(2026, 11, 3),
        owed=[Owed("Webinars", "EMEA", world.lena), Owed("Fairs", "", world.jon)], reviewers=[world.mei],
    )
    commit()
    return cycle


def owed(cycle, programme) -> OwedReview:
    return next(each for each in cycle.owed if each.programme == programme)


def told(kind) -> list[int]:
    return list(db.session.scalars(select(Notification.person_id).join(Activity).where(Activity.kind == kind)))


def states(person, cycle, today=TODAY) -> dict[str, str]:
    return {line.owed.programme: line.state for line in board(person, cycle, today).lines}


def test_everybody_who_owes_a_review_is_told_but_who_started_it(world):
    cycle_of(world)
    assert told("cycle.started") == [world.jon.id]


def test_the_board_says_who_owes_who_writes_who_posted_and_who_is_late(world):
    cycle = cycle_of(world)
    assert states(world.otto, cycle) == {"Webinars": "owed", "Fairs": "owed"}
    draft = begin_review(owed(cycle, "Webinars"), {}, actor=world.lena)
    assert states(world.otto, cycle) == {"Webinars": "drafted", "Fairs": "owed"}
    assert states(world.otto, cycle, DUE) == states(world.otto, cycle)
    assert states(world.otto, cycle, LATER) == {"Webinars": "late", "Fairs": "late"}
    publish_draft(draft, world.commons, "Spring", actor=world.lena, quarter="2026-Q3")
    commit()
    assert states(world.otto, cycle, LATER) == {"Webinars": "published", "Fairs": "late"}


def test_a_draft_begins_with_what_the_cycle_knows(world):
    cycle = cycle_of(world)
    with at(datetime(2026, 10, 10, tzinfo=UTC)):
        draft = begin_review(owed(cycle, "Webinars"), {"currency": "EUR"}, actor=world.lena)
    assert draft.fields == {"currency": "EUR", "title": "Webinars EMEA", "programme": "Webinars", "region": "EMEA",
                            "quarter": "2026-Q3", "closes_on": "2026-11-03"}


@pytest.mark.parametrize(("programme", "region", "quarter", "state"), [
    ("webinars", "emea", "2026-Q3", "published"), ("Webinars", "DACH", "2026-Q3", "owed"),
    ("Webinars", "EMEA", "2026-Q2", "owed"),
])
def test_a_review_settles_what_is_owed_by_programme_region_and_quarter(world, programme, region, quarter, state):
    cycle = cycle_of(world)
    post_review(world.commons, "Spring", actor=world.lena, programme=programme, region=region, quarter=quarter)
    commit()
    assert states(world.jon, cycle)["Webinars"] == state
    assert told("cycle.review_posted") == ([world.mei.id] if state == "published" else [])


def test_who_may_not_see_the_cycle_settles_nothing_in_it(world):
    cycle = cycle_of(world, world.space("project", "secret"))
    post_review(world.commons, "Mine", actor=world.otto, programme="Fairs", quarter="2026-Q3")
    commit()
    assert states(world.lena, cycle)["Fairs"] == "owed"


def test_a_review_that_was_there_before_counts(world):
    post_review(world.commons, "Early", actor=world.jon, programme="Fairs", quarter="2026-Q3")
    assert states(world.lena, cycle_of(world))["Fairs"] == "published"


def test_a_withdrawn_review_is_owed_again(world):
    cycle = cycle_of(world)
    review = post_review(world.commons, "Fair", actor=world.jon, programme="Fairs", quarter="2026-Q3")
    remove(review, actor=world.jon)
    commit()
    assert states(world.lena, cycle)["Fairs"] == "owed"


def test_the_board_names_a_review_only_to_who_may_read_it(world):
    cycle = cycle_of(world)
    post_review(world.space("project", "secret"), "Hush", actor=world.jon, programme="Fairs", quarter="2026-Q3")
    commit()
    for person, title in ((world.lena, "Hush"), (world.otto, None)):
        line = next(each for each in board(person, cycle, TODAY).lines if each.owed.programme == "Fairs")
        assert line.state == "published" and (line.review and line.review.title) == title


def test_the_next_quarter_asks_for_the_same_three_months_later(world):
    first = cycle_of(world)
    following = start_next(first, actor=world.lena)
    commit()
    assert (following.quarter, following.due_on, following.closes_on) == (
        "2026-Q4", date(2027, 1, 20), date(2027, 2, 3))
    assert [(each.name, each.owner) for each in following.owed] == [(each.name, each.owner) for each in first.owed]
    assert following.reviewers == [world.mei]
    with pytest.raises(AlreadyThere):
        start_next(first, actor=world.lena)


def test_who_left_owes_nothing_in_the_next_one(world):
    first = cycle_of(world)
    world.jon.deactivated_at = world.jon.created_at
    assert [each.programme for each in start_next(first, actor=world.lena).owed] == ["Webinars"]


def test_what_one_owes_stands_beside_the_home_feed_until_it_is_posted(world):
    cycle_of(world)
    assert [(each.title, each.quarter, each.day) for each in due(world.lena)] == [("Webinars · EMEA", "2026-Q3", DUE)]
    post_review(world.commons, "Spring", actor=world.lena, programme="Webinars", region="EMEA", quarter="2026-Q3")
    commit()
    assert due(world.lena) == []


def test_nobody_owes_anything_in_a_place_they_may_not_know_of(world):
    cycle = cycle_of(world, world.space("project", "secret"))
    owed(cycle, "Fairs").owner = world.otto
    db.session.flush()
    assert owed_by(world.otto) == [] and due(world.otto) == []


def test_a_space_has_one_cycle_for_a_quarter(world):
    cycle = cycle_of(world)
    db.session.add(ReviewCycle(space=cycle.space, quarter=cycle.quarter, due_on=DUE, closes_on=DUE, created_by_id=1))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_names_are_the_same_whatever_their_capitals_in_any_alphabet(world):
    with_umlaut = start_cycle(world.commons, "2026-Q3", actor=world.lena, due_on=DUE, closes_on=DUE,
                              owed=[Owed("Ölmessen", "Österreich", world.jon)])
    post_review(world.commons, "Messe", actor=world.jon, programme="ölmessen", region="österreich", quarter="2026-Q3")
    commit()
    assert states(world.lena, with_umlaut) == {"Ölmessen": "published"}


def test_a_review_nobody_here_may_see_is_no_answer_to_a_new_cycle(world):
    post_review(world.space("project", "secret"), "Hush", actor=world.jon, programme="Fairs", quarter="2026-Q3")
    commit()
    cycle = start_cycle(world.commons, "2026-Q3", actor=world.ada, due_on=DUE, closes_on=DUE,
                        owed=[Owed("Fairs", "", world.jon)])
    assert states(world.ada, cycle) == {"Fairs": "owed"}
