"""Reminders of tasks, in the app and on their owner's own day: once the day before, and once when it is over."""

from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app import jobs
from app.access import can
from app.activity.delivery import end_of_sweep
from app.activity.recording import record
from app.db import now
from app.extensions import db
from app.people.days import today_for
from app.people.models import Person
from app.tasks import kinds
from app.tasks.models import Task

STEPS = (-1, 1)
"""Days after (negative: before) its day on which a task is reminded of."""
LATEST = timedelta(days=7)
"""What has been over for longer is no news any more."""


def step_of(due_on: date, today: date) -> date | None:
    """The last day of a reminder that has come; None before the first, or long after the last."""
    come = [due_on + timedelta(days=step) for step in STEPS if due_on + timedelta(days=step) <= today]
    return come[-1] if come and today <= due_on + LATEST else None


def remind_due(moment: datetime) -> int:
    """Remind whoever has a day of a reminder behind them and was not reminded since; how many were."""
    near = moment.date()
    # A day more on either side: whose day it is depends on where they are.
    waiting = select(Task).join(Task.owner).where(
        Task.state != "done", Task.deleted_at.is_(None), Person.deactivated_at.is_(None),
        Task.due_on.between(near - LATEST - timedelta(days=1), near + timedelta(days=2)),
        or_(Task.reminded_on.is_(None), Task.reminded_on <= Task.due_on),
    ).options(joinedload(Task.owner), joinedload(Task.space))
    return sum(_remind(task, today_for(task.owner, moment)) for task in db.session.scalars(waiting).all())


def _remind(task: Task, today: date) -> bool:
    """False when its time has not come, they were reminded, or they may not see or do it any more."""
    day = step_of(task.due_on, today)
    if day is None or (task.reminded_on or date.min) >= day or not can(task.owner, "do", task):
        return False
    # What was written down only just before needs no reminder of that day.
    if today_for(task.owner, task.created_at) >= day:
        return False
    task.reminded_on = today
    record(kinds.TaskDue, actor=None, entry=task, person=task.owner, due_on=task.due_on.isoformat())
    return True


@jobs.every_minute
def remind_regularly() -> int:
    """How many were reminded."""
    return end_of_sweep(remind_due(now()))
