"""The bell, its page, and marking as read."""

from datetime import timedelta

from sqlalchemy import select

from app.accounts.actions import change_account
from app.activity.delivery import commit
from app.activity.models import Notification
from app.conversations.actions import log_conversation
from app.conversations.promises import Said
from app.conversations.reminding import remind_due
from app.db import at, now
from app.entries.actions import comment, post, remove, share
from app.extensions import db
from app.notifications.mailing import mail_regularly
from app.spaces.actions import add_member, remove_member
from app.tasks.actions import add_milestone, add_task, reach


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


def test_what_happens_inside_a_space_is_told_to_who_reads_there_alone(world, browser_of, monkeypatch):
    """Its name is known to all colleagues; what was reached in it, and that its record changed, is not."""
    told = {}
    monkeypatch.setattr("app.activity.delivery.realtime.notify", told.__setitem__)
    space, project = world.space("account", "closed"), world.space("project", "closed")
    change_account(space.account, actor=world.lena, sales_owner_id=world.otto.id)
    add_member(project, world.otto, actor=world.lena)
    commit()
    before = told[world.otto.id]
    change_account(space.account, actor=world.lena, region="DACH")
    milestone = add_milestone(project, "Squirrel day", now().date(), actor=world.lena)
    add_task(project, "Be there", actor=world.lena, owner=world.otto, milestone=milestone)
    reach(milestone, actor=world.lena)
    commit()
    otto, unread = browser_of(world.otto), told[world.otto.id]
    assert unread == before + 3 and "Squirrel" in otto.get("/notifications").text
    key = db.session.scalar(db.select(db.func.max(Notification.id)).where(Notification.person_id == world.otto.id))
    for each in (space, project):
        remove_member(each, world.otto, actor=world.lena)
    post(world.commons, "@otto hello", actor=world.lena)
    commit()
    page = otto.get("/notifications").text
    assert "Squirrel" not in page and "changed the record" not in page
    assert told[world.otto.id] == before + 1 == otto.get("/unread").json["notifications"]
    assert otto.post("/notifications/read", data={"id": key}).location == "/notifications"


def test_a_promise_that_is_due_names_no_account_that_its_owner_may_not_know_of(world, browser_of, postbox):
    """The conversation is shared where they read it; the account is a secret."""
    space = world.space("account", "secret")
    space.name = "Squirrel"
    add_member(space, world.otto, actor=world.lena)
    talk = log_conversation(space.account, "Hello", actor=world.lena, title="Talk", promised=[
        Said("ours", "Send it", world.otto, now().date())])
    talk.created_at = now() - timedelta(days=3)
    share(talk, world.commons, actor=world.lena)
    remove_member(space, world.otto, actor=world.lena)
    assert remind_due(now()) == 1
    commit()
    assert "Send it" in (page := browser_of(world.otto).get("/notifications").text) and "Squirrel" not in page
    with at(now() + timedelta(minutes=16)):
        mail_regularly()
    mails = [each for each in postbox.mails if each["To"] == world.otto.email and "Send it" in each.as_string()]
    assert mails and not any("Squirrel" in each.as_string() for each in mails)
    assert not any(f"<space-{space.id}." in each["List-Id"] for each in mails)


def test_what_is_done_is_not_counted_as_it_comes(world, browser_of, monkeypatch):
    told = {}
    monkeypatch.setattr("app.activity.delivery.realtime.notify", told.__setitem__)
    post(world.commons, "@otto hello", actor=world.lena)
    commit()
    before = told[world.otto.id]
    key = db.session.scalar(db.select(db.func.max(Notification.id)).where(Notification.person_id == world.otto.id))
    browser_of(world.otto).post(f"/notifications/{key}/done")
    post(world.commons, "@otto again", actor=world.lena)
    commit()
    assert told[world.otto.id] == before
