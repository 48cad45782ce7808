"""Who may see and do what. Every list, page, hit, download, API answer and socket room asks here and nowhere else.

One rule of visibility: a person may see an entry if they may read any space it lives in, its home or one its root is
shared into. A record that is no entry names the relationship it belongs by (`lives_in`) and follows that; what only
it knows to be done to it stands in its `verbs`.
"""

from flask import abort
from flask_login import current_user
from sqlalchemy import Select, exists, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from app.entries.models import Entry, Share
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Membership, Space

LARGEST_KEY = 2**31 - 1
"""What an integer column holds; PostgreSQL refuses to compare it with more."""

# --- seeing ----------------------------------------------------------------------------------------------------------


def readable_spaces(person: Person) -> Select:
    """Ids of the spaces whose entries `person` may read."""
    mine = select(Membership.space_id).where(Membership.person_id == person.id)
    return mine if person.is_guest else select(Space.id).where(or_(Space.access == "open", Space.id.in_(mine)))


def entry_clause(person: Person, entry=Entry):
    """True, in SQL, for the entries `person` may see; `entry` may be a subclass or an alias."""
    readable = readable_spaces(person)
    share = aliased(Share)
    root_id = func.coalesce(entry.thread_id, entry.id)
    # "+ 0" keeps SQLite from trying each readable space in the index of shares instead of the entry's few shares.
    shared = exists().where(share.entry_id == root_id, (share.space_id + 0).in_(readable))
    return or_(entry.space_id.in_(readable), shared)


def space_clause(person: Person):
    """True, in SQL, for the spaces whose existence `person` may know of."""
    mine = Space.id.in_(select(Membership.space_id).where(Membership.person_id == person.id))
    return mine if person.is_guest else or_(Space.access != "secret", mine)


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
    owner = getattr(model, model.lives_in)
    owner_model = owner.property.mapper.class_
    clause = space_clause(person) if owner_model is Space else entry_clause(person, owner_model)
    return select(model).join(owner).where(clause)


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


def who_may_know(space: Space, people_ids) -> set[int]:
    """Those of `people_ids` who are active and may know of `space`: the rule of `space_clause` from the other side."""
    is_member = exists().where(Membership.space_id == space.id, Membership.person_id == Person.id).correlate(Person)
    allowed = is_member if space.access == "secret" else or_(is_member, Person.role != "guest")
    query = select(Person.id).where(Person.id.in_(people_ids), Person.deactivated_at.is_(None), allowed)
    return set(db.session.scalars(query))


# --- doing -----------------------------------------------------------------------------------------------------------


def membership(person: Person, space: Space) -> Membership | None:
    """Where `person` stands in `space`; loads all their memberships once.

    A page asks hundreds of times, so they are kept by space as long as the loaded list is the same: joining makes it
    longer, leaving expires it (`spaces.actions.remove_member`).
    """
    rows = person.memberships
    known = person.__dict__.get("_standings")
    if known is None or known[0] is not rows or len(known[1]) != len(rows):
        known = person.__dict__["_standings"] = (rows, {each.space_id: each for each in rows})
    return known[1].get(space.id)


def _reads_space(person: Person, space: Space) -> bool:
    return membership(person, space) is not None or (space.access == "open" and not person.is_guest)


def _sees_space(person: Person, space: Space) -> bool:
    return membership(person, space) is not None or (space.access != "secret" and not person.is_guest)


def _writes_in_space(person: Person, space: Space) -> bool:
    return _reads_space(person, space) and not space.is_archived


def _manages_space(person: Person, space: Space) -> bool:
    standing = membership(person, space)
    owns = standing is not None and standing.role == "owner"
    return not person.is_guest and _sees_space(person, space) and (owns or person.is_admin)


def _joins_space(person: Person, space: Space) -> bool:
    is_open = space.access == "open" and not space.is_archived
    return is_open and not person.is_guest and membership(person, space) is None


def root_of(entry: Entry) -> Entry:
    """The entry whose thread this one stands in; one that answers nothing is its own."""
    return entry if entry.thread_id is None else db.session.get(Entry, entry.thread_id)


def _spaces_of(entry: Entry):
    yield entry.space
    yield from (share.space for share in root_of(entry).shares)


def home_of(person: Person, entry: Entry) -> Space | None:
    """Where `entry` lives for this person: its home if they may know of it, else the first space they read it in."""
    if _sees_space(person, entry.space):
        return entry.space
    return next((space for space in _spaces_of(entry) if _reads_space(person, space)), None)


def _reads_entry(person: Person, entry: Entry) -> bool:
    return any(_reads_space(person, space) for space in _spaces_of(entry))


def _answers_entry(person: Person, entry: Entry) -> bool:
    return any(_writes_in_space(person, space) for space in _spaces_of(entry))


def _comments_entry(person: Person, entry: Entry) -> bool:
    return not entry.is_deleted and _answers_entry(person, entry)


def _votes_for_entry(person: Person, entry: Entry) -> bool:
    return entry.author_id != person.id and _comments_entry(person, entry)


def _accepts_answers(person: Person, entry: Entry) -> bool:
    """Who asked and whose thread it is know best what settles a question."""
    return person.id in (entry.author_id, root_of(entry).author_id) and _comments_entry(person, entry)


def _edits_entry(person: Person, entry: Entry) -> bool:
    return entry.author_id == person.id and not entry.is_deleted and _answers_entry(person, entry)


def _deletes_entry(person: Person, entry: Entry) -> bool:
    if entry.is_deleted or not _answers_entry(person, entry):
        return False
    return entry.author_id == person.id or _manages_space(person, entry.space)


def _adds_version(person: Person, entry: Entry) -> bool:
    return not entry.is_deleted and _writes_in_space(person, entry.space)


def _shares_entry(person: Person, entry: Entry) -> bool:
    return entry.thread_id is None and not entry.is_deleted and not person.is_guest and _reads_entry(person, entry)


def _ends_share(person: Person, share: Share) -> bool:
    entry = share.entry
    if not _reads_entry(person, entry) or share.space.is_archived:
        return False
    mine = person.id in (share.by_id, entry.author_id)
    return mine or _manages_space(person, share.space) or _manages_space(person, entry.space)


def _sees_person(person: Person, other: Person) -> bool:
    return db.session.scalar(select(Person.id).where(Person.id == other.id, person_clause(person))) is not None


def _is_self_or_admin(person: Person, other: Person) -> bool:
    return person.is_admin or person.id == other.id


SPACE_VERBS = {
    "see": _sees_space,
    "read": _reads_space,
    "post": _writes_in_space,
    "join": _joins_space,
    "leave": lambda person, space: membership(person, space) is not None,
    "manage": _manages_space,
}
ENTRY_VERBS = {
    "read": _reads_entry,
    "comment": _comments_entry,
    "react": _comments_entry,
    "vote": _votes_for_entry,
    "accept": _accepts_answers,
    "mark": lambda person, entry: root_of(entry).kind == "review" != entry.kind and _edits_entry(person, entry),
    "bookmark": _reads_entry,
    "share": _shares_entry,
    "edit": _edits_entry,
    "delete": _deletes_entry,
    "add_version": _adds_version,
}
SHARE_VERBS = {
    "read": lambda person, share: _reads_entry(person, share.entry),
    "end": _ends_share,
}
PERSON_VERBS = {
    "see": _sees_person,
    "read": _sees_person,
    "follow": _sees_person,
    "edit": _is_self_or_admin,
    "administer": lambda person, other: person.is_admin,
}


def can(person: Person, verb: str, thing) -> bool:
    """Whether `person` may do `verb` to a space, an entry, a share, a person, or something that lives in one.

    Raises KeyError for a verb that the thing does not know, so that a misspelt check never lets anybody in.
    """
    if isinstance(thing, Space):
        return SPACE_VERBS[verb](person, thing)
    if isinstance(thing, Entry):
        return ENTRY_VERBS[verb](person, thing)
    if isinstance(thing, Share):
        return SHARE_VERBS[verb](person, thing)
    if isinstance(thing, Person):
        return PERSON_VERBS[verb](person, thing)
    own = getattr(thing, "verbs", {}).get(verb)
    return own(person, thing) if own else can(person, verb, getattr(thing, thing.lives_in))


def writable_spaces(person: Person) -> list[Space]:
    """The spaces of `person` that they may write into: what a form offers as places."""
    mine = select(Membership).where(Membership.person_id == person.id).options(joinedload(Membership.space))
    return [each.space for each in db.session.scalars(mine) if can(person, "post", each.space)]


def fetch(model, key=None, verb: str = "read", *, options=(), **by):
    """The row of `model` with this primary key (or these column values), for the person of this request.

    Unseen: 404, as if it did not exist. Seen, but `verb` is not allowed: 403.
    """
    if isinstance(key, int) and not 0 < key <= LARGEST_KEY:
        abort(404)
    query = visible(current_user, model).options(*options)
    wanted = by or {model.__mapper__.primary_key[0].key: key}
    query = query.where(*(getattr(model, name) == value for name, value in wanted.items()))
    thing = db.session.scalar(query)
    if thing is None:
        abort(404)
    if not can(current_user, verb, thing):
        abort(403)
    return thing


def allow(verb: str, thing) -> None:
    """Stop with 403 unless the person of this request may do `verb`."""
    if not can(current_user, verb, thing):
        abort(403)

