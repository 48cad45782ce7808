"""What both sides do with a hand-off: states, clocks, who is told, and what the database refuses."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.activity.delivery import commit
from app.db import at
from app.entries.actions import remove
from app.entries.models import Entry
from app.extensions import db
from app.handoffs import actions
from app.handoffs.actions import TooLate, Unfit, accept, answer, ask_back, decline, hand_over, tell_outcome, withdraw
from app.handoffs.models import Handoff, HandoffStep
from app.handoffs.queue_actions import agree, change_queue, close_queue, open_queue
from app.handoffs.telling import told as clock_of
from app.people.models import Person
from app.reviews.actions import post_review
from tests.handoffs.conftest import THURSDAY

HOUR = timedelta(hours=1)


def steps(handoff: Handoff) -> list[str]:
    return list(db.session.scalars(select(HandoffStep.step).where(HandoffStep.handoff_id == handoff.id).order_by(
        HandoffStep.id)))


def test_it_waits_for_the_queue_and_its_owners_know(world, handoff, told):
    assert handoff.state == "waiting" and handoff.due_at == THURSDAY + 4 * HOUR
    assert told("handoff.given") == {"jon": "queue", "otto": "queue", "mei": "account"}


def test_whoever_accepts_first_has_it_and_the_other_is_told_who(world, handoff, told):
    with at(THURSDAY + HOUR):
        accept(handoff, actor=world.jon, note="On it, @lena")
    with pytest.raises(TooLate, match="Jon Park accepted"):
        accept(handoff, actor=world.otto)
    assert (handoff.state, handoff.taker, steps(handoff)) == ("accepted", world.jon, ["accepted"])
    assert handoff.answered_after == 3600
    # Five working days from Thursday eleven o'clock, in Jon's own hours, which are UTC.
    assert handoff.due_at == datetime(2026, 12, 3, 10, tzinfo=UTC)
    assert told("handoff.accepted") == {"lena": "giver", "mei": "account"}
    assert told("handoff.noted") == {"lena": "mention"}
    [said] = db.session.scalars(select(Entry).where(Entry.thread_id == handoff.id))
    assert said.body == "On it, @lena"


def test_two_who_accept_at_the_same_moment(app, world, handoff):
    key, names = handoff.id, ["jon", "otto"]
    db.session.remove()
    gate = threading.Barrier(2)

    def take(name: str) -> str:
        with app.app_context():
            mine = db.session.get(Handoff, key)
            actor = db.session.scalars(select(Person).where(Person.handle == name)).one()
            db.session.commit()
            gate.wait()
            try:
                accept(mine, actor=actor)
                commit()
                return "took it"
            except TooLate as error:
                return str(error)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(take, names))
    winner = db.session.get(Handoff, key).taker.name
    assert said == sorted(["took it", f"{winner} accepted this already."])


def test_the_clock_stands_still_while_sales_waits_for_marketing(world, handoff, told):
    with at(THURSDAY + HOUR):
        ask_back(handoff, "How many lines?", actor=world.jon)
    assert (handoff.state, handoff.due_at, handoff.remaining) == ("asked", None, 3 * 3600)
    assert told("handoff.asked") == {"lena": "giver", "mei": "account"}
    with pytest.raises(TooLate, match="marketing"):
        ask_back(handoff, "And when?", actor=world.otto)
    monday = datetime(2026, 11, 30, 8, tzinfo=UTC)
    with at(monday):
        answer(handoff, "Four", actor=world.lena)
    assert (handoff.state, handoff.due_at) == ("answered", monday + 3 * HOUR)
    assert told("handoff.answered") == {"jon": "queue", "otto": "queue", "mei": "account"}
    with at(monday + HOUR):
        ask_back(handoff, "Which plant?", actor=world.otto)
        assert handoff.remaining == 2 * 3600 and handoff.answered_after == 3600


def test_what_was_late_when_sales_asked_back_is_as_late_afterwards(world, handoff):
    with at(THURSDAY + 6 * HOUR):
        ask_back(handoff, "Which plant?", actor=world.jon)
        assert handoff.remaining == -2 * 3600
    friday = THURSDAY + timedelta(days=1)
    with at(friday):
        answer(handoff, "Porto", actor=world.lena)
        assert clock_of(handoff).is_late and "2 h" in clock_of(handoff).sentence
    assert handoff.reminded == 2


def test_declining_needs_a_reason_of_the_list(world, handoff, told):
    with pytest.raises(Unfit, match="list"):
        decline(handoff, "No idea", actor=world.jon)
    decline(handoff, "The wrong person", actor=world.jon, note="She left in May.")
    assert (handoff.state, handoff.declined_because, handoff.due_at) == ("declined", "The wrong person", None)
    assert told("handoff.declined") == {"lena": "giver", "mei": "account"}
    with pytest.raises(TooLate, match="declined"):
        withdraw(handoff, actor=world.lena)


def test_who_gave_it_takes_it_back_while_nobody_has_it(world, handoff, told):
    withdraw(handoff, actor=world.lena)
    assert handoff.state == "withdrawn" and handoff.due_at is None and set(told("handoff.withdrawn")) == {
        "jon", "otto", "mei"}
    with pytest.raises(TooLate, match="took this back"):
        accept(handoff, actor=world.jon)


def test_what_came_of_it_goes_back_to_both_sides_and_the_campaign(world, handoff, told):
    handoff.review = post_review(world.commons, "Webinars", actor=world.otto, quarter="2026-Q3")
    accept(handoff, actor=world.jon)
    tell_outcome(handoff, "meeting", actor=world.jon)
    assert handoff.due_at is None and set(told("handoff.meeting")) == {"lena", "mei", "otto"}
    with pytest.raises(TooLate):
        tell_outcome(handoff, "meeting", actor=world.jon)
    for outcome, missing in (("opportunity", "amount"), ("lost", "reason"), ("recycled", "day")):
        with pytest.raises(Unfit) as refused:
            tell_outcome(handoff, outcome, actor=world.jon)
        assert refused.value.field == missing
    tell_outcome(handoff, "opportunity", actor=world.jon, amount=Decimal(90_000), currency="EUR")
    tell_outcome(handoff, "won", actor=world.jon, amount=Decimal(120_000), currency="EUR", reason="none of its own")
    assert (handoff.outcome, handoff.amount) == ("won", 120_000) and handoff.next_outcomes == ()
    assert steps(handoff) == ["accepted", "meeting", "opportunity", "won"]
    with pytest.raises(TooLate):
        tell_outcome(handoff, "lost", actor=world.jon, reason="After all")


def test_what_is_recycled_names_a_day(world, handoff):
    accept(handoff, actor=world.jon)
    tell_outcome(handoff, "recycled", actor=world.jon, day=date(2027, 3, 1), amount=Decimal(5), currency="EUR")
    assert handoff.recycle_on == date(2027, 3, 1) and handoff.amount is None


def test_only_who_can_see_the_account_is_given_anything(world, queue):
    closed = world.space("account", "closed")
    empty = open_queue("Outside", actor=world.ada, people=[world.otto])
    for person, to in ((world.otto, None), (world.gus, None), (None, empty), (None, None), (world.jon, queue)):
        with pytest.raises(Unfit):
            hand_over(closed, "Wants a quote", actor=world.lena, person=person, queue=to)
    given = hand_over(closed, "Wants a quote", actor=world.lena, queue=queue)
    assert given.tier == closed.account.tier


def test_the_hours_are_those_of_the_person_or_of_the_queue_and_hold_from_then_on(world, handoff, queue):
    world.jon.timezone = "Asia/Shanghai"
    space = world.space("account", "open")
    with at(THURSDAY):
        agree("C", actor=world.ada, answer_minutes=60, outcome_days=1)
        change_queue(queue, actor=world.ada, opens=8 * 60, holidays=["2026-11-27"])
        to_jon = hand_over(space, "Another", actor=world.lena, person=world.jon, tier="C")
        to_queue = hand_over(space, "Another", actor=world.lena, queue=queue, tier="B")
    # Five in the afternoon in Shanghai; tomorrow is a holiday, then comes the weekend.
    assert to_jon.due_at == datetime(2026, 11, 30, 1, tzinfo=UTC)
    assert to_queue.due_at == datetime(2026, 11, 30, 8, tzinfo=UTC)
    assert handoff.due_at == THURSDAY + 4 * HOUR


def test_a_queue_in_which_something_waits_is_not_closed(world, handoff, queue):
    with pytest.raises(Unfit, match="waits"):
        close_queue(queue, actor=world.ada)
    accept(handoff, actor=world.jon)
    close_queue(queue, actor=world.ada)
    with pytest.raises(Unfit):
        hand_over(handoff.space, "More", actor=world.lena, queue=queue)
    with pytest.raises(Unfit, match="already"):
        open_queue("inside sales".capitalize(), actor=world.ada)


def test_with_a_hand_off_that_is_deleted_go_the_names_in_it(world, handoff):
    remove(handoff, actor=world.lena)
    db.session.commit()
    assert (handoff.contact_name, handoff.contact_email, handoff.state, handoff.due_at) == ("", "", "withdrawn", None)


@pytest.mark.parametrize("broken", [
    {"state": "accepted"}, {"due_at": None}, {"state": "declined", "declined_because": ""}, {"outcome": "won"},
    {"state": "asked"}, {"queue_id": None}, {"amount": 5}, {"tier": "D"}, {"outcome": "recycled"}, {"remaining": 4},
])
def test_the_database_keeps_no_state_that_cannot_be(handoff, broken):
    with pytest.raises(IntegrityError):
        db.session.execute(db.update(Handoff.__table__).where(Handoff.__table__.c.id == handoff.id).values(**broken))


def test_the_database_lets_nobody_accept_what_was_declined(world, handoff):
    decline(handoff, actions.levels.reasons()[0], actor=world.jon)
    with pytest.raises(IntegrityError):
        db.session.execute(db.insert(HandoffStep.__table__).values(
            handoff_id=handoff.id, step="accepted", by_id=world.otto.id, reason="", currency="", created_at=THURSDAY))
