"""Reading notifications, being done with them, putting them off."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import update

from app import realtime
from app.activity import bell
from app.activity.models import Notification
from app.db import now
from app.extensions import db
from app.notifications.inbox import in_view, of_topic
from app.people.days import next_time
from app.people.models import Person

MORNING = 9
SNOOZES: dict[str, Callable[[Person], datetime]] = {
    "hour": lambda _person: now() + timedelta(hours=1),
    "tomorrow": lambda person: tomorrow(person),
    "monday": lambda person: next_time(person, MORNING, weekday=0),
}
"""For how long something is put off: an hour, until tomorrow morning, until Monday morning."""


def tomorrow(person: Person) -> datetime:
    """Nine o'clock of the day after this one where `person` works."""
    midnight = next_time(person, 0)
    return next_time(person, MORNING, moment=midnight)


def mark_read(person: Person, ids: list[int] | None = None) -> int:
    """Read: those given, else all; how many are still unread. The person's other browsers learn the new count."""
    unread = (Notification.person_id == person.id, Notification.read_at.is_(None))
    chosen = (*unread, Notification.id.in_(ids)) if ids is not None else unread
    db.session.execute(update(Notification).where(*chosen).values(read_at=now()))
    return _tell(person)


def read_topic(notification: Notification) -> None:
    """All that the inbox tells of its thread is read."""
    _change(notification, Notification.read_at.is_(None), *in_view("inbox"), read_at=now())


def finish(notification: Notification) -> bool:
    """Done with what the inbox tells of its thread; False if it is. What happens there later comes up again."""
    if notification.done_at:
        return False
    _change(notification, Notification.done_at.is_(None), done_at=now(), snoozed_until=None)
    return True


def take_up(notification: Notification) -> bool:
    """It is not done after all, nor what was done together with it; False if it is not."""
    if not notification.done_at:
        return False
    _change(notification, Notification.done_at == notification.done_at, done_at=None)
    return True


def snooze(notification: Notification, until: datetime) -> None:
    """Out of the inbox until a moment, with what else it tells of the thread; then it is there again, as new."""
    _change(notification, Notification.done_at == notification.done_at if notification.done_at
            else Notification.done_at.is_(None), done_at=None, snoozed_until=until, placed_at=until, read_at=None)


def wake(notification: Notification) -> bool:
    """Back into the inbox now; False if it is there."""
    if not notification.snoozed_until or notification.snoozed_until <= now():
        return False
    _change(notification, Notification.snoozed_until == notification.snoozed_until, snoozed_until=None,
            placed_at=now())
    return True


def _change(notification: Notification, *which, **values) -> None:
    """Change those of its thread that `which` says."""
    db.session.execute(update(Notification).where(of_topic(notification), *which).values(values))
    db.session.refresh(notification)
    _tell(notification.person)


def _tell(person: Person) -> int:
    """The person's browsers learn how many are unread."""
    left = db.session.scalar(bell.unread(person))
    realtime.notify(person.id, left)
    return left
