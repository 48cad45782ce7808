"""After the commit: pings to browsers, and webhooks. What could not be delivered stays in the outbox for the sweep."""

import logging
from collections.abc import Callable
from datetime import timedelta

from flask import has_request_context
from sqlalchemy import select, update

from app import jobs, realtime
from app.activity import bell
from app.activity.kinds import REGISTRY
from app.activity.models import Activity
from app.db import now, set_only_reading
from app.extensions import db

log = logging.getLogger(__name__)
SWEEP_AFTER = timedelta(seconds=20)
SWEEP_BATCH = 500


# Further ways out (webhooks, mail): called with the activities in the transaction that marks them delivered, so
# that each writes what it still has to send as rows of its own.
outlets: list[Callable[[list[Activity]], None]] = []


def commit() -> None:
    """End the unit of work: commit it, deliver what it recorded, start the jobs it asked for.

    What a web request does afterwards is to read and render, so it waits for no other writer.
    """
    db.session.commit()
    recorded = db.session.info.pop("recorded", [])
    jobs.start_requested()
    if recorded:
        deliver(recorded)
    if has_request_context():
        set_only_reading(True)


def rollback() -> None:
    """Drop the unit of work and everything it wanted delivered."""
    db.session.rollback()
    db.session.info.pop("recorded", None)
    jobs.forget_requested()


def end_of_sweep(changed: int) -> int:
    """Commit what a regular job changed, else let go: even looking took this thread's turn to write."""
    (commit if changed else rollback)()
    return changed


def deliver(activities: list[Activity]) -> int:
    """Deliver committed activities; how many went out. Never raises: the thing itself is already saved."""
    ids = [activity.id for activity in activities]
    try:
        for activity in activities:
            kind = REGISTRY[activity.kind]
            realtime.ping(kind.rooms(activity), kind.ping(activity))
        _notify(ids)
        for outlet in outlets:
            outlet(activities)
        db.session.execute(update(Activity).where(Activity.id.in_(ids)).values(delivered_at=now()))
        db.session.commit()
    except Exception:
        # Whatever is down (Redis, the queue), the activities stay undelivered and the sweep tries again.
        log.exception("delivery postponed")
        rollback()
        return 0
    jobs.start_requested()
    return len(ids)


def _notify(activity_ids: list[int]) -> None:
    """Tell each notified person's browsers their new unread count."""
    for person_id, unread in db.session.execute(bell.unread_of_those(activity_ids)):
        realtime.notify(person_id, unread)


def sweep(older_than: timedelta = timedelta(0)) -> int:
    """Deliver what was committed and never went out: after a crash, or while Redis was away. How many went out."""
    stale = select(Activity).where(Activity.delivered_at.is_(None), Activity.created_at <= now() - older_than)
    total = 0
    while batch := list(db.session.scalars(stale.order_by(Activity.id).limit(SWEEP_BATCH))):
        if not deliver(batch):
            break
        total += len(batch)
    # Even looking took this thread's turn to write.
    rollback()
    return total


@jobs.every_minute
def sweep_regularly() -> int:
    """What is younger is most likely being delivered right now by whoever committed it."""
    return sweep(SWEEP_AFTER)
