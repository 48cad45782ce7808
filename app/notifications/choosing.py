"""What somebody wants to hear of, and how: rules, mutes, mail. Each is a verb of the person whom it is for."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import joinedload

from app.access import entry_clause, space_clause
from app.activity.rule_models import Mute, NotificationRule
from app.activity.rules import lasting
from app.db import insert_missing, now
from app.entries.models import Entry
from app.extensions import db
from app.notifications.models import DIGESTS, NotificationSettings
from app.people.days import next_time
from app.people.models import Person
from app.spaces.models import Space

MUTES = {"hour": timedelta(hours=1), "week": timedelta(weeks=1), "good": None}
"""For how long something is muted."""
OFF = "none"


def entry_kinds() -> list[str]:
    """The kinds of entries that open threads, for each of which there may be a rule."""
    return sorted(set(Entry.__mapper__.polymorphic_map) - {"comment"})


def set_rule(person: Person, level: str, *, space: Space | None = None, kind: str = "") -> NotificationRule:
    """Hear so much of a space, of a kind of entry, of both together, or of everything."""
    which = {"person_id": person.id, "space_id": space.id if space else None, "kind": kind}
    insert_missing(db.session, NotificationRule, [which | {"level": level}])
    place = NotificationRule.space_id == space.id if space else NotificationRule.space_id.is_(None)
    rule = db.session.scalars(select(NotificationRule).where(
        NotificationRule.person_id == person.id, place, NotificationRule.kind == kind)).one()
    rule.level = level
    return rule


def drop_rule(rule: NotificationRule) -> None:
    """What is more general holds again."""
    db.session.delete(rule)


def rules_of(person: Person) -> Select:
    """A query for the rules of `person` for what they may know of."""
    known = select(Space.id).where(space_clause(person))
    return select(NotificationRule).where(
        NotificationRule.person_id == person.id,
        or_(NotificationRule.space_id.is_(None), NotificationRule.space_id.in_(known)),
    ).options(joinedload(NotificationRule.space))


def mute(person: Person, length: str, *, thread: Entry | None = None, space: Space | None = None) -> Mute:
    """Be told nothing of a thread or a space but where one is named, for a length of `MUTES` from now."""
    column, thing = ("thread_id", thread) if thread else ("space_id", space)
    insert_missing(db.session, Mute, [{"person_id": person.id, column: thing.id}])
    found = db.session.scalars(select(Mute).where(Mute.person_id == person.id, getattr(Mute, column) == thing.id)).one()
    distance = MUTES[length]
    found.until = now() + distance if distance else None
    return found


def unmute(person: Person, *, thread: Entry | None = None, space: Space | None = None) -> None:
    """Hear of it again."""
    about = Mute.thread_id == thread.id if thread else Mute.space_id == space.id
    db.session.execute(delete(Mute).where(Mute.person_id == person.id, about))


def mutes_of(person: Person) -> Select:
    """A query for what `person` has muted now, of what they may still see."""
    known = select(Space.id).where(space_clause(person))
    return select(Mute).outerjoin(Entry, Entry.id == Mute.thread_id).where(
        Mute.person_id == person.id, lasting(), or_(Mute.space_id.in_(known), entry_clause(person)),
    ).options(joinedload(Mute.space), joinedload(Mute.thread).joinedload(Entry.space))


def settings_of(person: Person) -> NotificationSettings:
    """How `person` is told; the defaults where they never said."""
    return db.session.get(NotificationSettings, person.id) or NotificationSettings(
        person_id=person.id, mail="each", hour=8, weekday=0, on_desktop=True)


def change_settings(person: Person, **given) -> NotificationSettings:
    """Change how one is told: `mail`, `hour`, `weekday`, `on_desktop`. What is left out stays."""
    settings = settings_of(person)
    for name, value in given.items():
        setattr(settings, name, value)
    settings.next_at = next_digest(person, settings)
    db.session.add(settings)
    db.session.flush()
    return settings


def next_digest(person: Person, settings: NotificationSettings, after: datetime | None = None) -> datetime | None:
    """When the next digest goes out, by the clock where `person` works; None for who wants none."""
    if settings.mail not in DIGESTS:
        return None
    return next_time(person, settings.hour, settings.weekday if settings.mail == "weekly" else None, after)
