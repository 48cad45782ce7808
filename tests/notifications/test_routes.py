"""The bell, its page, and marking as read."""

from sqlalchemy import select

from app.activity.delivery import commit
from app.activity.models import Notification
from app.entries.actions import comment, post, remove
from app.extensions import db
from app.spaces.actions import add_member, remove_member


def unread(browser) -> int:
    return browser.get("/unread").json["notifications"]


def test_a_mention_stands_on_the_page_with_its_reason(world, browser_of):
    post(world.commons, "@jon the hall is booked", actor=world.lena)
    commit()
    jon = browser_of(world.jon)
    before = unread(jon)
    page = jon.get("/notifications").text
    assert "Lena Fischer posted" in page and "the hall is booked" in page and "you are named" in page
    jon.post("/notifications/read")
    assert (before > 0, unread(jon)) == (True, 0)


def test_opening_one_marks_it_and_leads_there(world, browser_of):
    entry = post(world.commons, "@jon look", actor=world.lena)
    commit()
    key = db.session.scalars(select(Notification.id).order_by(Notification.id.desc())).first()
    jon = browser_of(world.jon)
    before = unread(jon)
    answer = jon.post("/notifications/read", data={"id": key})
    assert answer.headers["Location"] == f"/e/{entry.id}" and unread(jon) == before - 1


def test_nobody_marks_what_is_somebody_elses(world, browser_of):
    post(world.commons, "@jon look", actor=world.lena)
    commit()
    key = db.session.scalars(select(Notification.id).order_by(Notification.id.desc())).first()
    answer = browser_of(world.otto).post("/notifications/read", data={"id": key})
    assert answer.headers["Location"] == "/notifications"
    assert db.session.get(Notification, key).read_at is None


def test_an_invitation_into_a_space_is_told(world, browser_of):
    add_member(world.space("project", "secret"), world.otto, actor=world.lena)
    commit()
    assert "invited" in browser_of(world.otto).get("/notifications").text


def test_lost_access_takes_the_notification_along(world, browser_of):
    secret = world.space("project", "secret")
    comment(world.first_post(secret), "@jon our Zephyr plan", actor=world.lena)
    commit()
    jon = browser_of(world.jon)
    assert "Zephyr" in jon.get("/notifications").text
    remove_member(secret, world.jon, actor=world.lena)
    commit()
    assert "Zephyr" not in jon.get("/notifications").text


def test_a_guest_is_counted_as_a_guest(world, monkeypatch):
    told = {}
    monkeypatch.setattr("app.activity.delivery.realtime.notify", told.__setitem__)
    space = world.space("project", "open")
    post(space, "@gus @otto come and see", actor=world.lena)
    commit()
    before = dict(told)
    remove_member(space, world.gus, actor=world.lena)
    for person in (world.gus, world.otto):
        add_member(world.space("project", "closed"), person, actor=world.lena)
    commit()
    assert told[world.otto.id] == before[world.otto.id] + 1, "an open space is open to colleagues"
    assert told[world.gus.id] == before[world.gus.id] - 1, \
        "one more; out of sight are what he was named in and the invitation to where that stood"


def test_a_deleted_entry_leaves_no_words(world, browser_of):
    entry = post(world.commons, "@jon regrettable", actor=world.lena)
    commit()
    remove(entry, actor=world.lena)
    commit()
    assert "regrettable" not in browser_of(world.jon).get("/notifications").text


def test_who_was_taken_out_hears_no_name_of_what_is_secret(world, browser_of):
    space = world.space("project", "secret")
    add_member(space, world.otto, actor=world.lena)
    commit()
    otto = browser_of(world.otto)
    assert "project-secret" in otto.get("/notifications").text
    remove_member(space, world.otto, actor=world.lena)
    space.name = "Squirrel"
    commit()
    page = otto.get("/notifications").text
    assert "Squirrel" not in page and "project-secret" not in page
