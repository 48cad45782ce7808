"""What somebody may see, as conditions in SQL: for one person over many things, and for one thing over many people."""

from functools import lru_cache

from sqlalchemy import Select, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from app.entries.models import Entry, Share
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Membership, Space


def readable_spaces(person: Person) -> Select:
    """Ids of the spaces whose entries `person` may read."""
    return _readable(person.id, is_guest=person.is_guest)


def _readable(person_id, *, is_guest: bool) -> Select:
    mine = select(Membership.space_id).where(Membership.person_id == person_id)
    return mine if is_guest else select(Space.id).where(or_(Space.access == "open", Space.id.in_(mine)))


def entry_clause(person: Person, entry=Entry):
    """True, in SQL, for the entries `person` may see; `entry` may be a subclass or an alias."""
    if not isinstance(entry, type) or not isinstance(person.id, int):
        return _lives_where(readable_spaces(person), entry)
    return _kept_clause(person.id, person.is_guest, entry)


@lru_cache(maxsize=1000)
def _kept_clause(person_id: int, is_guest: bool, entry: type[Entry]):
    """A page says it several times, and it depends on nothing but these."""
    return _lives_where(_readable(person_id, is_guest=is_guest), entry)


def _lives_where(readable: Select, entry):
    share = aliased(Share)
    root_id = func.coalesce(entry.thread_id, entry.id)
    # "+ 0" keeps SQLite from trying each readable space in the index of shares instead of the entry's few shares.
    shared = exists().where(share.entry_id == root_id, (share.space_id + 0).in_(readable))
    return or_(entry.space_id.in_(readable), shared)


def space_clause(person: Person):
    """True, in SQL, for the spaces whose existence `person` may know of."""
    mine = Space.id.in_(select(Membership.space_id).where(Membership.person_id == person.id))
    return mine if person.is_guest else or_(Space.access != "secret", mine)


def readable_clause(person: Person):
    """True, in SQL, for the spaces whose entries `person` may read."""
    return Space.id.in_(readable_spaces(person))


def person_clause(person: Person):
    """True, in SQL, for the people `person` may know of: all colleagues; for a guest, those who share a space."""
    if not person.is_guest:
        return true()
    mine = select(Membership.space_id).where(Membership.person_id == person.id)
    return or_(
        Person.id == person.id, Person.id.in_(select(Membership.person_id).where(Membership.space_id.in_(mine)))
    )


def visible(person: Person, model) -> Select:
    """A query for the rows of `model` that `person` may see."""
    if issubclass(model, Entry):
        return select(model).where(entry_clause(person, model))
    if model is Space:
        return select(Space).where(space_clause(person))
    if model is Person:
        return select(Person).where(person_clause(person))
    if hasattr(model, "seen_by"):
        # What belongs to the whole company and to no space says itself who knows of it.
        return select(model).where(model.seen_by(person))
    query, is_inside = select(model), False
    while not issubclass(model, (Entry, Space)):
        owner, is_inside = getattr(model, model.lives_in), is_inside or getattr(model, "is_inside", False)
        query, model = query.join(owner), owner.property.mapper.class_
    if model is Space:
        # What is kept inside a space is for who reads there; a project or an account is its door, for who knows of it.
        return query.where(readable_clause(person) if is_inside else space_clause(person))
    return query.where(entry_clause(person, model))


def _reads_there(space_id, *around):
    """True, in SQL, where the person of the row may read the space with this id; `around` are the tables outside."""
    space = aliased(Space)
    member = exists().where(Membership.space_id == space_id, Membership.person_id == Person.id)
    is_open = exists().where(space.id == space_id, space.access == "open")
    return or_(member.correlate(Person, *around), (Person.role != "guest") & is_open.correlate(*around))


def seen_by_person():
    """True, in SQL, where the `Person` of the row may see the `Entry` of the row: the rule for many people at once."""
    share = aliased(Share)
    shared = exists().where(
        share.entry_id == func.coalesce(Entry.thread_id, Entry.id), _reads_there(share.space_id, share)
    )
    return or_(_reads_there(Entry.space_id, Entry), shared.correlate(Entry, Person))


def _member_or(condition):
    member = exists().where(Membership.space_id == Space.id, Membership.person_id == Person.id)
    return or_(member.correlate(Person, Space), (Person.role != "guest") & condition)


def space_known_to_person():
    """True, in SQL, where the `Person` of the row may know of the `Space` of the row: for many people at once."""
    return _member_or(Space.access != "secret")


def space_read_by_person():
    """True, in SQL, where the `Person` of the row may read what is in the `Space` of the row."""
    return _member_or(Space.access == "open")


def who_may_see(entry: Entry, people_ids) -> set[int]:
    """Those of `people_ids` who are active and may see `entry`: the same rule, asked from the other side."""
    homes = select(Share.space_id).where(Share.entry_id == entry.root_id)
    lives_in = or_(Space.id == entry.space_id, Space.id.in_(homes))
    is_open = exists().where(lives_in, Space.access == "open")
    is_member = exists().where(
        lives_in, Membership.space_id == Space.id, Membership.person_id == Person.id
    ).correlate(Person)
    allowed = select(Person.id).where(
        Person.id.in_(people_ids), Person.deactivated_at.is_(None), or_(is_member, (Person.role != "guest") & is_open)
    )
    return set(db.session.scalars(allowed))


def _in_space(space: Space, people_ids, *, colleagues_too: bool) -> set[int]:
    """Those of `people_ids` who are active and members of `space`, or where `colleagues_too` no guests."""
    is_member = exists().where(Membership.space_id == space.id, Membership.person_id == Person.id).correlate(Person)
    allowed = or_(is_member, Person.role != "guest") if colleagues_too else is_member
    query = select(Person.id).where(Person.id.in_(people_ids), Person.deactivated_at.is_(None), allowed)
    return set(db.session.scalars(query))


def who_may_know(space: Space, people_ids) -> set[int]:
    """Those of `people_ids` who are active and may know of `space`: the rule of `space_clause` from the other side."""
    return _in_space(space, people_ids, colleagues_too=space.access != "secret")


def who_may_read(space: Space, people_ids) -> set[int]:
    """Those who are active and may read what is in `space`: the rule of `readable_clause` from the other side."""
    return _in_space(space, people_ids, colleagues_too=space.access == "open")
