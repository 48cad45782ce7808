"""The outbox: what is committed goes out once, what could not go out is kept and swept."""

import pytest
from sqlalchemy import select

from app import jobs, realtime
from app.activity import delivery
from app.activity.models import Activity, Notification
from app.entries.actions import comment, post
from app.entries.models import Entry
from app.extensions import db


def undelivered() -> list[Activity]:
    return list(db.session.scalars(select(Activity).where(Activity.delivered_at.is_(None))))


@pytest.fixture
def pings(monkeypatch) -> list[dict]:
    """What would go to the sockets."""
    sent: list[dict] = []
    monkeypatch.setattr(realtime, "ping", lambda rooms, payload: sent.append(payload))
    return sent


def test_a_commit_delivers_what_was_recorded(world, pings):
    entry = post(world.commons, "Hello", actor=world.lena)
    assert pings == []
    delivery.commit()
    assert [each["id"] for each in pings] == [entry.id] and not undelivered()


def test_a_rollback_delivers_and_keeps_nothing(world, pings):
    post(world.commons, "@jon never mind", actor=world.lena)
    delivery.rollback()
    delivery.commit()
    assert pings == [] and not undelivered()
    assert not db.session.scalars(select(Entry).where(Entry.body.contains("never mind"))).all()


def test_what_could_not_go_out_is_kept_and_swept(world, monkeypatch):
    def away(_rooms, _payload):
        raise ConnectionError("Redis is away")

    with monkeypatch.context() as broken:
        broken.setattr(realtime, "ping", away)
        entry = post(world.commons, "@jon hello", actor=world.lena)
        delivery.commit()
    assert db.session.get(Entry, entry.id).body == "@jon hello", "the thing itself is saved"
    assert len(undelivered()) == 1
    sent: list[dict] = []
    monkeypatch.setattr(realtime, "ping", lambda rooms, payload: sent.append(payload))
    assert delivery.sweep() == 1 and [each["id"] for each in sent] == [entry.id]
    assert delivery.sweep() == 0 and len(sent) == 1


def test_a_sweep_gives_its_turn_to_write_back(world):
    delivery.sweep()
    assert not db.session().in_transaction()


def test_the_regular_sweep_leaves_what_is_being_delivered(world, monkeypatch):
    monkeypatch.setattr(delivery, "deliver", lambda activities: 0)
    post(world.commons, "Just now", actor=world.lena)
    delivery.commit()
    monkeypatch.undo()
    assert delivery.sweep_regularly() == 0 and len(undelivered()) == 1
    assert delivery.sweep() == 1


def test_a_job_starts_after_the_commit_and_never_after_a_rollback(app):
    ran: list[str] = []
    jobs.job("test.note")(ran.append)
    jobs.request("test.note", "rolled back")
    delivery.rollback()
    jobs.request("test.note", "committed")
    assert ran == []
    delivery.commit()
    assert ran == ["committed"]


def test_one_activity_notifies_a_person_once_for_the_strongest_reason(world):
    root = post(world.commons, "Hello", actor=world.jon)
    answer = comment(root, "@jon you, who wrote it and are named", actor=world.lena)
    reasons = select(Notification.reason).join(Notification.activity).where(Activity.entry_id == answer.id)
    assert db.session.scalars(reasons).all() == ["mention"]
