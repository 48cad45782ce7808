"""Marking notifications as read."""

from sqlalchemy import update

from app import realtime
from app.activity import bell
from app.activity.models import Notification
from app.db import now
from app.extensions import db
from app.people.models import Person


def mark_read(person: Person, ids: list[int] | None = None) -> int:
    """Read: those given, else all; how many are still unread. The person's other browsers learn the new count."""
    unread = (Notification.person_id == person.id, Notification.read_at.is_(None))
    chosen = (*unread, Notification.id.in_(ids)) if ids is not None else unread
    db.session.execute(update(Notification).where(*chosen).values(read_at=now()))
    left = db.session.scalar(bell.unread(person))
    realtime.notify(person.id, left)
    return left
