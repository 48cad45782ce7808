"""A hand-off that is passed on: whom it waits for, how its clock goes along, what its pages show."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.access import can
from app.db import at, now
from app.extensions import db
from app.handoffs import levels
from app.handoffs.actions import TooLate, Unfit, accept, ask_back, decline, hand_over, pass_on, tell_outcome
from app.handoffs.clock import Hours, due, worked
from app.handoffs.models import Handoff
from app.handoffs.reading import course, holders
from app.handoffs.waiting import waits_for
from app.reviews.actions import post_review
from tests.handoffs.conftest import THURSDAY


def test_what_waits_is_found_for_whom_it_waits_and_nobody_else(world, handoff):
    """Asked of the table of hand-offs alone, as the home feed does."""
    def waiting_for(person) -> list[int]:
        return list(db.session.scalars(select(Handoff.__table__.c.id).where(waits_for(person))))

    assert (waiting_for(world.jon), waiting_for(world.lena), waiting_for(world.mei)) == ([handoff.id], [], [])
    ask_back(handoff, "Which line?", actor=world.jon)
    assert (waiting_for(world.jon), waiting_for(world.lena), waiting_for(world.mei)) == ([], [handoff.id], [])


def test_it_is_passed_on_with_words_and_the_clock_goes_along(world, handoff, queue, told):
    """Given at ten on a Thursday in Berlin, four hours; passed on after three of them to Mei in Shanghai."""
    world.mei.timezone = "Asia/Shanghai"
    with at(THURSDAY + timedelta(hours=3)):
        pass_on(handoff, "She speaks their language", actor=world.jon, person=world.mei)
    db.session.commit()
    assert (handoff.person.handle, handoff.queue, handoff.state) == ("mei", None, "waiting")
    # In Shanghai it is evening: one hour is left of Friday morning there.
    assert handoff.due_at == datetime(2026, 11, 27, 2, tzinfo=UTC)
    assert told("handoff.passed")["mei"] == "handed"
    assert [each.handle for each in (world.jon, world.mei) if can(each, "take", handoff)] == ["mei"]
    [step] = course(handoff.id)
    assert (step.step, step.queue, step.comment_id is not None) == ("passed", queue, True)
    assert holders(handoff, [step]) == ["Inside sales", "王梅"]
    for to in ({"person": world.mei}, {"person": world.mei, "queue": queue}, {}):
        with pytest.raises(Unfit):
            pass_on(handoff, "Once more", actor=world.mei, **to)
    with pytest.raises(Unfit):
        pass_on(handoff, " ", actor=world.mei, queue=queue)


def test_passing_on_buys_no_time_and_starts_no_clock_that_stands(world, handoff, queue):
    with at(THURSDAY + timedelta(hours=5)):
        pass_on(handoff, "Late, sorry", actor=world.jon, person=world.otto)
        assert worked(handoff.hours, now(), handoff.due_at) == timedelta(hours=-1)
        ask_back(handoff, "How many?", actor=world.otto)
        left = handoff.remaining
        pass_on(handoff, "Ask Jon", actor=world.otto, person=world.jon)
        assert (handoff.state, handoff.due_at, handoff.remaining) == ("asked", None, left)
        accept(handoff, actor=world.jon)
        tell_outcome(handoff, "lost", actor=world.jon, reason="No budget")
        with pytest.raises(TooLate):
            pass_on(handoff, "Too late", actor=world.jon, queue=queue)


def test_who_accepted_it_passes_it_on_and_it_is_answered_anew(world, handoff, queue, told):
    with at(THURSDAY):
        accept(handoff, actor=world.jon)
    everybody = (world.jon, world.lena, world.otto, world.mei)
    assert [each.handle for each in everybody if can(each, "pass_on", handoff)] == ["jon", "lena"]
    with at(THURSDAY + timedelta(hours=2)):
        with pytest.raises(Unfit):
            pass_on(handoff, "To myself", actor=world.jon, person=world.jon)
        pass_on(handoff, "It is your territory now", actor=world.jon, person=world.mei)
        assert (handoff.state, handoff.taker, handoff.person) == ("waiting", None, world.mei)
        assert worked(handoff.hours, now(), handoff.due_at) == timedelta(hours=4)
        db.session.commit()
        assert {"lena", "mei"} <= set(told("handoff.passed"))
        accept(handoff, actor=world.mei)
        pass_on(handoff, "Back to all", actor=world.mei, queue=queue)
        decline(handoff, levels.reasons()[0], actor=world.otto)
    assert [each.step for each in course(handoff.id)] == ["accepted", "passed", "accepted", "passed", "declined"]
    assert holders(handoff, course(handoff.id)) == ["Inside sales", "王梅", "Inside sales"]


def test_passing_on_what_was_accepted_buys_no_time_either(world, handoff):
    accept(handoff, actor=world.jon)
    with at(handoff.due_at + timedelta(days=1)):
        late_by = worked(handoff.hours, now(), handoff.due_at)
        pass_on(handoff, "I leave", actor=world.jon, person=world.otto)
        assert handoff.due_at < now() and worked(handoff.hours, now(), handoff.due_at) == late_by
        assert handoff.reminded == 2


def test_what_came_to_something_goes_to_one_person_who_has_it_at_once(world, handoff, queue, browser_of):
    accept(handoff, actor=world.jon)
    tell_outcome(handoff, "opportunity", actor=world.jon, amount=Decimal(9000), currency="EUR")
    with pytest.raises(Unfit):
        pass_on(handoff, "I leave", actor=world.jon, queue=queue)
    db.session.commit()
    address = f"{handoff.url}/passings"
    assert "Inside sales</option>" not in browser_of(world.jon).get(f"{handoff.url}?do=passings").text
    assert browser_of(world.otto).post(address, data={"queue": "0", "person": "@otto", "note": "x"}).status_code == 403
    left = {"queue": "0", "person": "@otto", "note": "He left"}
    assert browser_of(world.lena).post(address, data=left).status_code == 303
    db.session.remove()
    passed = db.session.scalars(select(Handoff)).one()
    assert (passed.state, passed.taker, passed.outcome, passed.due_at) == ("accepted", world.otto, "opportunity", None)
    assert can(world.otto, "report", passed) and not can(world.jon, "report", passed)


def test_who_had_it_says_no_outcome_once_it_went_back_to_whom_it_was_given_to(world, handoff):
    """It says nothing in who it was given to: that they had it first, and have it again."""
    accept(handoff, actor=world.jon)
    tell_outcome(handoff, "opportunity", actor=world.jon, amount=Decimal(9000), currency="EUR")
    db.session.flush()
    db.session.execute(Handoff.__table__.update().values(taker_id=world.mei.id))
    with pytest.raises(TooLate, match=world.mei.name):
        tell_outcome(handoff, "won", actor=world.jon, amount=Decimal(9000), currency="EUR")


@given(worked_first=st.integers(0, 10 * 60), zone=st.sampled_from(["UTC", "Asia/Kolkata", "America/New_York"]),
       days=st.lists(st.integers(0, 6), min_size=1, max_size=5, unique=True), opens=st.integers(0, 12 * 60))
def test_what_is_left_is_the_same_for_whoever_has_it(worked_first, zone, days, opens):
    """Whatever hours they work: a minute of working time is a minute."""
    mine, theirs = Hours("Europe/Berlin"), Hours(zone, tuple(sorted(days)), opens, opens + 6 * 60)
    moment = THURSDAY + timedelta(minutes=worked_first)
    left = worked(mine, moment, due(mine, THURSDAY, timedelta(hours=4)))
    assert worked(theirs, moment, due(theirs, moment, left)) == left


def test_its_form_wants_one_addressee_and_words_and_its_course_tells_who_had_it(world, handoff, browser_of):
    jon, address = browser_of(world.jon), f"{handoff.url}/passings"
    assert 'id="do"' in jon.get(f"{handoff.url}?do=passings").text
    for data, words in (({"note": "Yours"}, "Give it to a queue, or to one person."),
                        ({"person": "@otto"}, "Write what you want to say."),
                        ({"person": "@gita", "note": "Yours"}, "Nobody who can see this place is called @gita.")):
        refused = jon.post(address, data={"queue": "0"} | data)
        assert refused.status_code == 422 and words in refused.text
    assert jon.post(address, data={"queue": "0", "person": "@otto", "note": "You know him"}).status_code == 303
    text = re.sub(r"<[^>]+>|\s+", " ", browser_of(world.mei).get(handoff.url).text)
    assert "handed it over to Inside sales" in text
    assert re.search("Jon Park +passed it on +to +Otto Outsider", text) and "You know him" in text
    assert browser_of(world.mei).post(address, data={"queue": "0", "person": "@mei", "note": "x"}).status_code == 403


def test_what_they_read_and_the_campaign_are_picked_among_what_one_may_see(world, browser_of):
    space, secret = world.space("project", "open"), world.space("project", "secret")
    seen = post_review(space, "Webinars of spring", actor=world.lena, quarter="2026-Q2")
    unseen = post_review(secret, "Webinars in secret", actor=world.lena, quarter="2026-Q2")
    account, seen_id = world.space("account", "open"), seen.id
    db.session.commit()
    otto = browser_of(world.otto)
    for address in (f"/pick/read?find-read=webinars&read={unseen.id}", "/handoffs/campaigns?find-review=webi"):
        found = otto.get(address, headers={"HX-Request": "true"}).text
        assert "Webinars of spring" in found and "secret" not in found
    assert 'checked' in otto.get(f"/pick/read?find-read=x&read={seen.id}", headers={"HX-Request": "true"}).text
    assert otto.get("/pick/nothing").status_code == 404
    data = {"signal": "lead", "title": "Wants a visit", "tier": "A", "queue_id": "0", "person": "@jon"}
    address = f"{account.url}/handoffs/new"
    assert otto.post(address, data=data | {"read": unseen.id, "review_id": seen.id}).status_code == 422
    assert otto.post(address, data=data | {"read": [], "review_id": unseen.id}).status_code == 404
    assert otto.post(address, data=data | {"read": seen.id, "review_id": seen.id}).status_code == 303
    db.session.remove()
    [made] = db.session.scalars(db.select(Handoff))
    assert ([each.id for each in made.reads], made.review_id) == ([seen_id], seen_id)
    assert "Webinars of spring" in otto.get(made.url).text


def test_the_page_of_an_account_tells_what_is_open_and_lists_its_hand_offs_by_state(world, handoff, browser_of):
    hand_over(world.space("account", "closed"), "Elsewhere", actor=world.lena, person=world.jon)
    for number in range(22):
        with at(THURSDAY + timedelta(minutes=number)):
            hand_over(handoff.space, f"Number {number:02}", actor=world.lena, person=world.jon, tier="A")
    accept(handoff, actor=world.jon)
    db.session.commit()
    otto = browser_of(world.otto)
    home = otto.get(handoff.space.url).text
    assert "Handed over, and open" in home and home.count('class="handoff-now-line"') == 6
    assert "All hand-offs" in home and "Elsewhere" not in home
    waiting = otto.get(f"{handoff.space.url}?tab=handoffs&state=waiting").text
    assert "Waits for sales (22)" in waiting and "Accepted (1)" in waiting
    assert waiting.count('class="handoff-row"') == 20
    [older] = re.findall(r'hx-get="([^"]*after=[^"]*)"', waiting)
    rest = otto.get(older.replace("&amp;", "&"), headers={"HX-Request": "true"}).text
    assert rest.count('class="handoff-row"') == 2 and "<html" not in rest
