"""The inbox: what waits for a person, thread by thread, the latest first; what is snoozed, and what is done."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, case, exists, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from app.access import LARGEST_KEY
from app.activity import bell
from app.activity.models import Activity, Notification
from app.db import now
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.web import PAGE_SIZE

VIEWS = ("inbox", "snoozed", "done")
SHOWN = 10
"""So many events of one thread are told; of more, that there are more."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Topic:
    """What there is to say of one thread (or of a space, or one event that belongs to neither), the newest first."""

    events: list[Notification]
    count: int

    @property
    def newest(self) -> Notification:
        return self.events[0]

    @property
    def is_unread(self) -> bool:
        return any(each.read_at is None for each in self.events)


@dataclass(frozen=True)
class Place:
    """Where in the list to go on: below this moment and this key."""

    at: datetime
    key: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.key}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place that was written like this; None for anything else."""
        moment, _, key = text.partition("-")
        if not (moment.isascii() and moment.isdigit() and key.isascii() and key.isdigit()) or len(text) > 40:
            return None
        try:
            at = EPOCH + timedelta(microseconds=int(moment))
        except OverflowError:
            return None
        return cls(at, int(key)) if int(key) <= LARGEST_KEY else None


def in_view(view: str, row=Notification) -> tuple:
    """True, in SQL, for notifications of a view; `row` may be an alias."""
    if view == "done":
        return (row.done_at.is_not(None),)
    snoozed = row.snoozed_until > now()
    return (row.done_at.is_(None), snoozed if view == "snoozed" else or_(row.snoozed_until.is_(None), ~snoozed))


def whole() -> tuple:
    """Loads all that a line says."""
    activity = joinedload(Notification.activity)
    return (activity.joinedload(Activity.actor), activity.joinedload(Activity.entry).joinedload(Entry.space),
            activity.joinedload(Activity.space), activity.joinedload(Activity.person))


def _heads(person: Person, view: str) -> Select:
    """The newest notification of each topic in a view."""
    newer = aliased(Notification)

    def later_in(column: str):
        same = getattr(newer, column) == getattr(Notification, column)
        later = tuple_(newer.placed_at, newer.id) > tuple_(Notification.placed_at, Notification.id)
        return exists().where(newer.person_id == person.id, same, later, *in_view(view, newer))

    # Two questions, each with an index of its own; whoever may see one entry of a thread sees all of it.
    row = Notification
    return bell.notifications(person, row.id, row.placed_at, row.thread_id, row.space_id).where(
        *in_view(view), ~later_in("thread_id"), ~later_in("space_id"))


def topics(person: Person, view: str, before: Place | None = None, limit: int = PAGE_SIZE) -> tuple:
    """The topics of a view, and the Place of the next older page if there is one: two statements."""
    heads = _heads(person, view)
    if before:
        heads = heads.where(tuple_(Notification.placed_at, Notification.id) < tuple_(
            literal(before.at, Notification.placed_at.type), literal(before.key)))
    rows = db.session.execute(
        heads.order_by(Notification.placed_at.desc(), Notification.id.desc()).limit(limit + 1)).all()
    shown = rows[:limit]
    further = Place(shown[-1].placed_at, shown[-1].id) if len(rows) > limit else None
    return _told(person, view, shown), further


def _subject(row) -> tuple:
    """What notifications of one topic have in common; of one that belongs to nothing, its key."""
    return row.thread_id, row.space_id, None if row.thread_id or row.space_id else row.id


def _told(person: Person, view: str, heads: list) -> list[Topic]:
    """What is told under each of these, in their order."""
    row = Notification
    columns = (row.thread_id, row.space_id, row.id)
    wanted = [{subject[place] for subject in map(_subject, heads)} - {None} for place in range(3)]
    same = [column.in_(keys) for column, keys in zip(columns, wanted, strict=True) if keys]
    if not same:
        return []
    together = (row.thread_id, row.space_id, case((func.coalesce(row.thread_id, row.space_id).is_(None), row.id)))
    latest_first = (row.placed_at.desc(), row.id.desc())
    ranked = select(
        row.id.label("id"), func.count().over(partition_by=together).label("count"),
        func.row_number().over(partition_by=together, order_by=latest_first).label("rank"),
    ).where(row.person_id == person.id, or_(*same), *in_view(view)).subquery()
    query = select(row, ranked.c.count).join(ranked, ranked.c.id == row.id).where(ranked.c.rank <= SHOWN)
    found: dict[tuple, Topic] = {}
    for event, count in db.session.execute(query.order_by(*latest_first).options(*whole())):
        found.setdefault(_subject(event), Topic([], count)).events.append(event)
    return [found[_subject(each)] for each in heads]


def of_topic(notification: Notification):
    """True, in SQL, for what stands in one topic with a notification, that one included."""
    row = Notification
    if notification.thread_id:
        return (row.person_id == notification.person_id) & (row.thread_id == notification.thread_id)
    if notification.space_id:
        return (row.person_id == notification.person_id) & (row.space_id == notification.space_id)
    return row.id == notification.id
