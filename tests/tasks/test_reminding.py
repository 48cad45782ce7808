"""Reminders of tasks: once before, once after, on the owner's own day, and only of what they can still do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.activity.models import Activity, Notification
from app.db import at
from app.extensions import db
from app.spaces.actions import remove_member
from app.tasks.actions import add_task, change_task, move
from app.tasks.reminding import remind_due, step_of

DUE = date(2026, 12, 15)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def task(world):
    with at(noon(DUE - timedelta(days=20))):
        return add_task(world.space("project", "closed"), "Book the hall", actor=world.lena, owner=world.jon,
                        due_on=DUE)


def reminded(person) -> int:
    query = db.select(db.func.count(Notification.id)).join(Activity).where(
        Notification.person_id == person.id, Activity.kind == "task.due")
    return db.session.scalar(query)


def test_once_before_and_once_after(world, task):
    for days in range(-4, 12):
        for _time in range(2):
            remind_due(noon(DUE + timedelta(days=days)))
    assert reminded(world.jon) == 2


def test_it_is_the_owners_day_that_counts(world, task):
    world.jon.timezone = "Pacific/Auckland"
    db.session.flush()
    assert remind_due(datetime(2026, 12, 13, 10, tzinfo=UTC)) == 0
    assert remind_due(datetime(2026, 12, 13, 12, tzinfo=UTC)) == 1  # It is one in the morning of the 14th there.


def test_another_day_is_reminded_of_anew(world, task):
    assert remind_due(noon(DUE - timedelta(days=1))) == 1
    change_task(task, actor=world.lena, due_on=DUE + timedelta(days=10))
    assert remind_due(noon(DUE)) == 0 and remind_due(noon(DUE + timedelta(days=9))) == 1


def test_what_is_done_deleted_or_out_of_reach_is_not_reminded_of(world, task):
    move(task, "done", actor=world.jon)
    assert remind_due(noon(DUE - timedelta(days=1))) == 0
    move(task, "open", actor=world.jon)
    task.space.archived_at = noon(DUE)
    assert remind_due(noon(DUE - timedelta(days=1))) == 0
    task.space.archived_at = None
    remove_member(task.space, world.jon, actor=world.lena)
    assert remind_due(noon(DUE - timedelta(days=1))) == 0


def test_what_was_written_down_only_now_needs_no_reminder(world):
    with at(noon(DUE - timedelta(days=1))):
        add_task(world.commons, "Book the hall", actor=world.lena, owner=world.jon, due_on=DUE)
        assert remind_due(noon(DUE - timedelta(days=1))) == 0
    assert remind_due(noon(DUE + timedelta(days=1))) == 1


def test_the_steps():
    assert [step_of(DUE, DUE + timedelta(days=days)) for days in (-2, -1, 0, 1, 7, 8)] == [
        None, DUE - timedelta(days=1), DUE - timedelta(days=1), DUE + timedelta(days=1), DUE + timedelta(days=1), None]
