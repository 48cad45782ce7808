"""The bell: notifications of things one may still see, by one rule for the list and for every count."""

from sqlalchemy import Select, and_, exists, func, or_, select

from app.access import (
    entry_clause,
    readable_clause,
    seen_by_person,
    space_clause,
    space_known_to_person,
    space_read_by_person,
)
from app.activity.kinds import REGISTRY
from app.activity.models import Activity, Notification
from app.db import when_run
from app.entries.models import Entry
from app.people.models import Person
from app.spaces.models import Space


def _with_entry(query: Select) -> Select:
    return query.join(Activity, Activity.id == Notification.activity_id).outerjoin(Entry, Entry.id == Activity.entry_id)


def notifications(person: Person, *columns) -> Select:
    """A query for `person`'s notifications, or columns of them, of things they may still see."""
    query = _with_entry(select(*(columns or (Notification,))).select_from(Notification))
    return query.where(Notification.person_id == person.id, or_(
        entry_clause(person), and_(Activity.entry_id.is_(None), _of_space(
            space_clause(person), readable_clause(person)))))


def _of_space(known, reads):
    """True, in SQL, for activities of no space, of one for which `reads` is true, and at the door of a `known` one."""
    at_the_door = Activity.kind.in_([name for name, kind in REGISTRY.items() if kind.at_the_door])
    return or_(Activity.space_id.is_(None), exists().where(
        Space.id == Activity.space_id, or_(reads, and_(at_the_door, known))).correlate(Activity, Person))


def in_inbox():
    """True, in SQL, for notifications that are neither done nor snoozed."""
    return and_(Notification.done_at.is_(None),
                or_(Notification.snoozed_until.is_(None), Notification.snoozed_until <= when_run()))


def unread(person: Person) -> Select:
    """A query for how many of those in the inbox `person` has not read."""
    return notifications(person, func.count(Notification.id)).where(Notification.read_at.is_(None), in_inbox())


def unread_of_those(activity_ids: list[int]) -> Select:
    """A query for `(person_id, unread)` of everybody who was notified of one of these activities."""
    told = select(Notification.person_id).where(Notification.activity_id.in_(activity_ids))
    shown = or_(and_(Activity.entry_id.is_(None), _of_space(
        space_known_to_person(), space_read_by_person())),
                and_(Activity.entry_id.is_not(None), seen_by_person()))
    query = select(Notification.person_id, func.count(Notification.id).filter(shown)).select_from(Notification)
    query = _with_entry(query).join(Person, Person.id == Notification.person_id)
    # Only what is unread is looked at: what was read is many times more.
    return query.where(Notification.person_id.in_(told), Notification.read_at.is_(None), in_inbox()).group_by(
        Notification.person_id)
