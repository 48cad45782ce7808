"""Reminders of promises, in the app and on their owner's own day: once the day before, and once when it is over."""

from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app import jobs
from app.access import can
from app.activity.delivery import end_of_sweep
from app.activity.recording import record
from app.conversations import kinds
from app.conversations.models import Conversation, Promise
from app.conversations.promises import WORDS
from app.db import now
from app.entries.markdown import beginning
from app.extensions import db
from app.people.days import today_for
from app.people.models import Person
from app.tasks.reminding import LATEST, step_of


def remind_due(moment: datetime) -> int:
    """Remind whoever has a day of a reminder behind them and was not reminded since; how many were."""
    near = moment.date()
    # A day more on either side: whose day it is depends on where they are.
    waiting = select(Promise).join(Promise.owner).join(Promise.conversation).where(
        Promise.outcome.is_(None), Conversation.deleted_at.is_(None), Person.deactivated_at.is_(None),
        Promise.due_on.between(near - LATEST - timedelta(days=1), near + timedelta(days=2)),
        or_(Promise.reminded_on.is_(None), Promise.reminded_on <= Promise.due_on),
    ).options(joinedload(Promise.conversation).joinedload(Conversation.space))
    return sum(_remind(each, today_for(each.owner, moment)) for each in db.session.scalars(waiting).all())


def _remind(promise: Promise, today: date) -> bool:
    """False when its time has not come, they were reminded, or they may not see or settle it any more."""
    day = step_of(promise.due_on, today)
    if day is None or (promise.reminded_on or date.min) >= day or not can(promise.owner, "settle", promise):
        return False
    # What was promised only just before needs no reminder of that day.
    if today_for(promise.owner, promise.conversation.created_at) >= day:
        return False
    promise.reminded_on = today
    record(kinds.PromiseDue, actor=None, entry=promise.conversation, person=promise.owner,
           what=beginning(promise.text, WORDS), due_on=promise.due_on.isoformat())
    return True


@jobs.every_minute
def remind_regularly() -> int:
    """How many were reminded."""
    return end_of_sweep(remind_due(now()))
