"""What everybody in a space should have seen: asked of all who belong, said once, counted, beside the home feed."""

import pytest

from app.access import can
from app.activity.models import Activity, Notification
from app.entries.actions import post, remove
from app.entries.important import acknowledge, mark_important, seen, unmark
from app.entries.important_models import Acknowledgement
from app.extensions import db
from app.feed.rail import due


@pytest.fixture
def notice(world):
    """Lena's, in the closed project that Jon belongs to."""
    return post(world.space("project", "closed"), "The stand has moved to hall 4", actor=world.lena)


def told(person) -> list[str]:
    query = db.select(Notification.reason).join(Activity).where(
        Notification.person_id == person.id, Activity.kind == "entry.marked_important")
    return list(db.session.scalars(query))


def test_all_who_belong_are_asked_and_say_so_once(world, notice, browser_of):
    lena, jon = browser_of(world.lena), browser_of(world.jon)
    db.session.commit()
    assert "Ask all to have seen it" in lena.get(f"/e/{notice.id}/more").text
    lena.post(f"/e/{notice.id}/importance")
    assert told(world.jon) == ["important"] and not told(world.lena) and not told(world.otto)
    page = jon.get(notice.space.url).text
    assert "seen by 0 of 1" in page and "I have seen this" in page
    answer = jon.post(f"/e/{notice.id}/acknowledgement", headers={"HX-Request": "true"}).text
    assert "seen by 1 of 1" in answer and "you have seen it" in answer and "<html" not in answer
    jon.post(f"/e/{notice.id}/acknowledgement")
    assert len(db.session.scalars(db.select(Acknowledgement)).all()) == 1
    who = lena.get(f"/e/{notice.id}/acknowledgements").text
    assert "1 has seen it" in who and "Jon Park" in who


def test_it_waits_beside_the_home_feed_until_it_is_seen(world, notice):
    mark_important(notice, actor=world.lena)
    db.session.flush()
    assert [(each.kind, each.title) for each in due(world.jon)] == [("important", "The stand has moved to hall 4")]
    assert not due(world.otto) and not due(world.lena)
    acknowledge(notice, actor=world.jon)
    assert not due(world.jon)


def test_what_waits_is_named_without_the_marks_of_its_text(world):
    notice = post(world.space("project", "open"), "Only the **March** list counts", actor=world.lena)
    mark_important(notice, actor=world.lena)
    db.session.flush()
    assert [each.title for each in due(world.jon)] == ["Only the March list counts"]


def test_who_left_and_who_came_are_counted_as_they_stand_now(world, notice):
    mark_important(notice, actor=world.lena)
    acknowledge(notice, actor=world.jon)
    world.jon.deactivated_at = notice.created_at
    db.session.flush()
    assert (seen([notice], world.lena)[notice.id].count, seen([notice], world.lena)[notice.id].asked) == (0, 0)


def test_who_may_ask_and_who_may_say(world, notice):
    assert not can(world.jon, "acknowledge", notice) and not can(world.jon, "mark_important", notice)
    mark_important(notice, actor=world.lena)
    assert can(world.jon, "acknowledge", notice) and not can(world.lena, "acknowledge", notice)
    assert not can(world.otto, "acknowledge", notice)
    unmark(notice, actor=world.lena)
    assert not can(world.jon, "acknowledge", notice)


def test_what_is_withdrawn_asks_nobody(world, notice):
    mark_important(notice, actor=world.lena)
    acknowledge(notice, actor=world.jon)
    remove(notice, actor=world.lena)
    assert notice.important_at is None and not db.session.scalars(db.select(Acknowledgement)).all()


def test_a_thread_is_heard_of_or_not(world, notice, browser_of):
    jon = browser_of(world.jon)
    db.session.commit()
    assert "Hear of every answer" in jon.get(f"/e/{notice.id}/more").text
    jon.post(f"/e/{notice.id}/watch")
    assert "Hear of answers no longer" in jon.get(f"/e/{notice.id}/more").text
    jon.post(f"/e/{notice.id}/watch/end")
    assert "Hear of every answer" in jon.get(f"/e/{notice.id}/more").text
    assert browser_of(world.otto).post(f"/e/{notice.id}/watch").status_code == 404
