"""What the search box offers while somebody types: places and people by their names, entries by their titles."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from app.access import entry_clause, person_clause, space_clause
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.search.language import clean
from app.spaces.models import Space

EACH = 4
RECENT = 500
"""Titles are looked for among so many of the newest visible threads."""


@dataclass(frozen=True)
class Offer:
    """`kind` is "space", "person", or the kind of an entry."""

    kind: str
    label: str
    url: str


def complete(person: Person, prefix: str) -> list[Offer]:
    """Up to twelve things `person` may see one of whose words begins with `prefix`; none for an empty one."""
    prefix = " ".join(clean(prefix).lower().split())[:60]
    if not prefix:
        return []
    spaces = select(Space).where(space_clause(person), _begins(Space.name, prefix)).order_by(Space.name).limit(EACH)
    people = select(Person).where(
        person_clause(person),
        Person.deactivated_at.is_(None),
        or_(_begins(Person.name, prefix), func.lower(Person.handle).startswith(prefix, autoescape=True)),
    )
    recent = select(Entry.id, Entry.title).where(
        entry_clause(person), Entry.deleted_at.is_(None), Entry.thread_id.is_(None), Entry.title != ""
    )
    recent = recent.order_by(Entry.id.desc()).limit(RECENT).subquery()
    titled = select(Entry).join(recent, recent.c.id == Entry.id).where(_begins(recent.c.title, prefix))
    return [
        *(Offer("space", space.name, space.url) for space in db.session.scalars(spaces)),
        *(
            Offer("person", each.name, each.url)
            for each in db.session.scalars(people.order_by(Person.name).limit(EACH))
        ),
        *(
            Offer(entry.kind, entry.title, entry.url)
            for entry in db.session.scalars(titled.order_by(Entry.id.desc()).limit(EACH))
        ),
    ]


def _begins(name, prefix: str):
    """Whether a word of the name begins so, whatever the case."""
    lower = func.lower(name)
    return or_(lower.startswith(prefix, autoescape=True), lower.contains(f" {prefix}", autoescape=True))
