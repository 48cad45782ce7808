"""Reminders of clocks that run, in the app: once while a quarter of the time is left, and once when it is over."""

from datetime import datetime

from sqlalchemy import select, update

from app import jobs
from app.activity.delivery import end_of_sweep
from app.activity.recording import record
from app.db import now
from app.extensions import db
from app.handoffs import kinds
from app.handoffs.models import Handoff
from app.spaces.models import Space

BATCH = 200


def remind_due(moment: datetime) -> int:
    """Remind of every clock of which a step has come that nobody was reminded of; how many were."""
    waiting = select(Handoff).join(Space, Space.id == Handoff.space_id).where(
        Handoff.warn_at <= moment, Handoff.reminded < 2, (Handoff.reminded < 1) | (Handoff.due_at <= moment),
        Handoff.deleted_at.is_(None), Space.archived_at.is_(None)).order_by(Handoff.warn_at).limit(BATCH)
    return sum(_remind(each, moment) for each in db.session.scalars(waiting).all())


def _remind(handoff: Handoff, moment: datetime) -> bool:
    """False when another one has claimed this step, or the clock no longer runs like that."""
    step = 2 if handoff.due_at <= moment else 1
    table = Handoff.__table__
    claimed = db.session.execute(update(table).where(
        table.c.id == handoff.id, table.c.reminded < step, table.c.due_at == handoff.due_at).values(reminded=step))
    if not claimed.rowcount:
        return False
    record(kinds.HandoffDue, actor=None, entry=handoff, late=step == 2, outcome=handoff.state == "accepted")
    return True


@jobs.every_minute
def remind_regularly() -> int:
    """How many were reminded."""
    return end_of_sweep(remind_due(now()))
