"""The bell: notifications of things one may still see, by one rule for the list and for every count."""

from types import SimpleNamespace

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
    return query.where(Notification.person_id == person.id, _may_see(person, Activity, Entry))


def _may_see(person: Person, activity, entry):
    """True, in SQL, for what `person` may still see; by the columns of an activity and of its entry, if it has one."""
    return or_(entry_clause(person, entry), and_(activity.entry_id.is_(None), _of_space(
        activity, space_clause(person), readable_clause(person))))


def _of_space(activity, known, reads):
    """True, in SQL, for activities of no space, of one for which `reads` is true, and at the door of a `known` one."""
    at_the_door = activity.kind.in_([name for name, kind in REGISTRY.items() if kind.at_the_door])
    return or_(activity.space_id.is_(None), exists().where(
        Space.id == activity.space_id, or_(reads, and_(at_the_door, known))).correlate_except(Space))


def in_inbox():
    """True, in SQL, for notifications that are neither done nor snoozed."""
    return and_(Notification.done_at.is_(None),
                or_(Notification.snoozed_until.is_(None), Notification.snoozed_until <= when_run()))


def unread(person: Person) -> Select:
    """A query for how many of those in the inbox `person` has not read."""
    columns = (Activity.kind, Activity.entry_id, Activity.space_id, Entry.id.label("key"),
               Entry.space_id.label("home_id"), Entry.thread_id)
    # Cut off by the offset, which skips nothing: asked at once whether they may be seen, PostgreSQL takes looking up
    # some hundred entries for dearer than reading all there are.
    told = _with_entry(select(*columns).select_from(Notification)).where(
        Notification.person_id == person.id, Notification.read_at.is_(None), in_inbox()).offset(0).subquery()
    entry = SimpleNamespace(id=told.c.key, space_id=told.c.home_id, thread_id=told.c.thread_id)
    return select(func.count()).select_from(told).where(_may_see(person, told.c, entry))


def unread_of_those(activity_ids: list[int]) -> Select:
    """A query for `(person_id, unread)` of everybody who was notified of one of these activities."""
    told = select(Notification.person_id).where(Notification.activity_id.in_(activity_ids))
    shown = or_(and_(Activity.entry_id.is_(None), _of_space(
        Activity, space_known_to_person(), space_read_by_person())),
                and_(Activity.entry_id.is_not(None), seen_by_person()))
    query = select(Notification.person_id, func.count(Notification.id).filter(shown)).select_from(Notification)
    query = _with_entry(query).join(Person, Person.id == Notification.person_id)
    # Only what is unread is looked at: what was read is many times more.
    return query.where(Notification.person_id.in_(told), Notification.read_at.is_(None), in_inbox()).group_by(
        Notification.person_id)
