"""Mails tell only what is still to be told when they go out, once, threaded, and stop at one click."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from app.activity.delivery import commit
from app.activity.models import Notification, NotificationMail
from app.db import at, now
from app.entries.actions import comment, post, remove
from app.extensions import db
from app.notifications.actions import finish, mark_read, snooze
from app.notifications.choosing import change_settings, settings_of
from app.notifications.mailing import mail_regularly
from app.notifications.models import MAIL
from app.spaces.actions import remove_member
from tests.serving import free_port

LATER = timedelta(minutes=6)


@pytest.fixture
def thread(world, postbox):
    """Jon's, in the secret project, with Lena's answer; nothing else waits for anybody."""
    db.session.execute(db.update(Notification).values(read_at=now()))
    root = post(world.space("project", "secret"), "Which hall?", actor=world.jon)
    comment(root, "Hall **4** <b>", actor=world.lena)
    commit()
    return root


def mails(postbox, after: timedelta = LATER) -> list:
    with at(now() + after):
        mail_regularly()
    return postbox.mails


def waiting(person) -> Notification:
    query = db.select(Notification).where(Notification.person_id == person.id, Notification.read_at.is_(None))
    return db.session.scalars(query.order_by(Notification.id.desc())).first()


def test_what_belongs_together_goes_together_once_and_stays_a_thread(app, world, thread, postbox):
    comment(thread, "No, hall 5", actor=world.lena)
    commit()
    assert not mails(postbox, timedelta(minutes=4))
    [first] = mails(postbox)
    assert len(mails(postbox)) == 1
    comment(thread, "Hall 6 then", actor=world.lena)
    thread.title = "Renamed"
    commit()
    _first, second = mails(postbox)
    assert first["To"] == "jon@example.com"
    assert first["Subject"] == second["Subject"] == "Re: Which hall?"
    assert first["References"] == first["In-Reply-To"] == second["References"] != first["Message-ID"]
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Auto-Submitted"] == "auto-generated" and first["List-Id"].startswith("<space-")
    text, html = (first.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert text.index("Hall 4 <b>") < text.index("No, hall 5") and "because you take part" in text
    assert "Hall 4 &lt;b&gt;" in html and "Hall 6" in second.get_body(["plain"]).get_content()
    assert "Hall 4" not in second.get_body(["plain"]).get_content()


def revoke(world, thread):
    remove_member(thread.space, world.jon, actor=world.lena)


@pytest.mark.parametrize("meanwhile", [
    revoke, lambda world, _thread: mark_read(world.jon), lambda world, _thread: finish(waiting(world.jon)),
    lambda world, _thread: snooze(waiting(world.jon), now() + timedelta(days=1)),
    lambda world, _thread: change_settings(world.jon, mail="none"),
    lambda world, _thread: setattr(world.jon, "deactivated_at", now()),
    lambda world, thread: remove(thread, actor=world.jon) and remove(waiting(world.jon).activity.entry,
                                                                     actor=world.lena),
])
def test_what_need_not_be_told_any_more_is_not(world, thread, postbox, meanwhile):
    meanwhile(world, thread)
    commit()
    assert not mails(postbox)


def test_access_that_is_lost_while_the_server_is_away_withdraws_it(app, world, thread, postbox, monkeypatch):
    works = app.config["MAIL_URL"]
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{free_port()}")
    assert not mails(postbox)
    monkeypatch.setitem(app.config, "MAIL_URL", works)
    revoke(world, thread)
    commit()
    assert not mails(postbox, timedelta(minutes=30))
    [letter] = db.session.scalars(db.select(NotificationMail))
    assert letter.settled_at and letter.carried == 0


def test_what_could_not_go_out_goes_out_later_and_once(app, world, thread, postbox, monkeypatch):
    works = app.config["MAIL_URL"]
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{free_port()}")
    assert not mails(postbox)
    monkeypatch.setitem(app.config, "MAIL_URL", works)
    assert not mails(postbox, timedelta(minutes=7)), "it may still be on its way"
    assert len(mails(postbox, timedelta(minutes=30))) == 1
    assert len(mails(postbox, timedelta(minutes=60))) == 1


def test_what_comes_back_from_a_snooze_is_mailed(world, thread, postbox):
    snooze(waiting(world.jon), now() + timedelta(days=1))
    commit()
    assert not mails(postbox) and len(mails(postbox, timedelta(days=1, minutes=10))) == 1


@pytest.mark.parametrize(("mail", "zone", "begun", "sent"), [
    ("daily", "Europe/Berlin", datetime(2026, 10, 24, 7, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),
    ("weekly", "America/New_York", datetime(2026, 11, 26, tzinfo=UTC), datetime(2026, 12, 2, 13, tzinfo=UTC)),
])
def test_a_digest_comes_at_ones_own_hour_once(world, thread, postbox, mail, zone, begun, sent):
    world.jon.timezone = zone
    with at(begun):
        change_settings(world.jon, mail=mail, hour=8, weekday=2)
        db.session.execute(db.update(Notification).values(placed_at=begun))
        other = post(world.commons, "@jon and this", actor=world.lena)
        commit()
    with at(sent - timedelta(minutes=1)):
        mail_regularly()
    assert not postbox.mails
    with at(sent):
        mail_regularly()
        mail_regularly()
    [digest] = postbox.mails
    text = digest.get_body(["plain"]).get_content()
    assert digest["Subject"] == "2 notifications" and f"/e/{other.id}" in text and "Which hall?" in text
    assert settings_of(world.jon).next_at > sent


def test_one_click_switches_mail_off_without_signing_in(app, world, thread, postbox, client, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    [letter] = mails(postbox)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.search(r"<https?://[^/>]+(/[^>]+)>", letter["List-Unsubscribe"])[1]
    asked = client.get(path)
    assert "jon@example.com" in asked.text and settings_of(world.jon).mail == "each", "looking changes nothing"
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and "No mail of notifications" in answer.text
    db.session.expire_all()
    assert settings_of(world.jon).mail == "none" and MAIL[-1] == "none"
    assert client.post(f"{path[:-1]}{'a' if path[-1] != 'a' else 'b'}").status_code == 404


def test_no_secret_of_a_mail_is_logged(app, world, thread, postbox, caplog):
    [letter] = mails(postbox)
    token = re.search(r"/unsubscribe/(\w+)", letter["List-Unsubscribe"])[1]
    assert token not in caplog.text
