"""Entries that everybody in a space should have seen: marked, acknowledged, counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, case, delete, func, select

from app.access import can
from app.activity.recording import record
from app.db import insert_missing, now
from app.entries import kinds
from app.entries.actions import after_removal
from app.entries.important_models import Acknowledgement
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Membership


@dataclass(frozen=True)
class Seen:
    """How many of those who are asked have seen an important entry, and whether the reader has."""

    count: int
    asked: int
    is_mine: bool


def mark_important(entry: Entry, *, actor: Person) -> bool:
    """Ask everybody in its space to say that they have seen it; False if they are asked."""
    if entry.important_at:
        return False
    entry.important_at = now()
    record(kinds.MarkedImportant, actor=actor, entry=entry)
    return True


def unmark(entry: Entry, *, actor: Person) -> bool:
    """Nobody is asked any more; False if nobody was. Who has seen it stays on record."""
    if not entry.important_at:
        return False
    entry.important_at = None
    record(kinds.UnmarkedImportant, actor=actor, entry=entry)
    return True


def acknowledge(entry: Entry, *, actor: Person) -> bool:
    """Say that one has seen it; False if one said so."""
    new = insert_missing(db.session, Acknowledgement, [
        {"entry_id": entry.id, "person_id": actor.id, "created_at": now()}])
    if new:
        record(kinds.Acknowledged, actor=actor, entry=entry)
    return bool(new)


def asked(entry: Entry):
    """A query for the people who are asked: whoever belongs to the space, without its author."""
    return select(Person).join(Membership, Membership.person_id == Person.id).where(
        Membership.space_id == entry.space_id, Person.deactivated_at.is_(None), Person.id != entry.author_id)


def who_has_seen(entry: Entry) -> tuple[list[Acknowledgement], list[Person]]:
    """Who has seen it, in their order, and who is asked and has not."""
    seen = select(Acknowledgement).join(Acknowledgement.person).where(Acknowledgement.entry_id == entry.id)
    done = list(db.session.scalars(seen.order_by(Acknowledgement.created_at)))
    have = [each.person_id for each in done]
    return done, list(db.session.scalars(asked(entry).where(Person.id.not_in(have)).order_by(Person.name)))


def seen(entries: Iterable[Entry], reader: Person) -> dict[int, Seen]:
    """Of the important ones among these, how many have seen them: one statement, none where there are none. Who
    belongs to a space is known to who reads in it: what is shared out of it asks nobody else, and tells nobody else.
    """
    ids = [each.id for each in entries if each.important_at and can(reader, "read", each.space)]
    if not ids:
        return {}

    said = and_(Acknowledgement.entry_id == Entry.id, Acknowledgement.person_id == Membership.person_id)
    query = select(
        Entry.id, func.count(Acknowledgement.person_id), func.count(Membership.person_id),
        func.max(case((Acknowledgement.person_id == reader.id, 1), else_=0)),
    ).select_from(Entry).join(Membership, Membership.space_id == Entry.space_id).join(
        Person, Person.id == Membership.person_id).outerjoin(Acknowledgement, said)
    query = query.where(Entry.id.in_(ids), Person.deactivated_at.is_(None), Person.id != Entry.author_id)
    found = {key: Seen(count, wanted, bool(is_mine))
             for key, count, wanted, is_mine in db.session.execute(query.group_by(Entry.id))}
    return dict.fromkeys(ids, Seen(0, 0, False)) | found


@after_removal
def forget(entry: Entry) -> None:
    """What was withdrawn asks nobody."""
    entry.important_at = None
    db.session.execute(delete(Acknowledgement).where(Acknowledgement.entry_id == entry.id))
