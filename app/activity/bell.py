"""The bell: notifications of things one may still see, by one rule for the list and for every count."""

from sqlalchemy import Select, and_, func, or_, select

from app.access import entry_clause, known_by_person, seen_by_person, space_clause
from app.activity.models import Activity, Notification
from app.db import now
from app.entries.models import Entry
from app.people.models import Person
from app.spaces.models import Space


def _with_entry(query: Select) -> Select:
    return query.join(Activity, Activity.id == Notification.activity_id).outerjoin(Entry, Entry.id == Activity.entry_id)


def notifications(person: Person, *columns) -> Select:
    """A query for `person`'s notifications, or columns of them, of things they may still see."""
    query = _with_entry(select(*(columns or (Notification,))).select_from(Notification))
    known = or_(Activity.space_id.is_(None), Activity.space_id.in_(select(Space.id).where(space_clause(person))))
    shown = or_(and_(Activity.entry_id.is_(None), known), entry_clause(person))
    return query.where(Notification.person_id == person.id, shown)


def in_inbox():
    """True, in SQL, for notifications that are neither done nor snoozed."""
    return and_(Notification.done_at.is_(None),
                or_(Notification.snoozed_until.is_(None), Notification.snoozed_until <= now()))


def unread(person: Person) -> Select:
    """A query for how many of those in the inbox `person` has not read."""
    return notifications(person, func.count(Notification.id)).where(Notification.read_at.is_(None), in_inbox())


def unread_of_those(activity_ids: list[int]) -> Select:
    """A query for `(person_id, unread)` of everybody who was notified of one of these activities."""
    told = select(Notification.person_id).where(Notification.activity_id.in_(activity_ids))
    known = or_(Activity.space_id.is_(None), known_by_person(Activity.space_id, Activity))
    shown = and_(or_(and_(Activity.entry_id.is_(None), known), seen_by_person()), in_inbox())
    query = select(Notification.person_id, func.count(Notification.id).filter(shown)).select_from(Notification)
    query = _with_entry(query).join(Person, Person.id == Notification.person_id)
    # Only what is unread is looked at: what was read is many times more.
    return query.where(Notification.person_id.in_(told), Notification.read_at.is_(None)).group_by(
        Notification.person_id)
