"""Pinning entries to the top of their space. Actions take their actor, record what happened and never commit."""

from sqlalchemy import delete, select

from app.activity.recording import record
from app.db import insert_missing, now
from app.entries import kinds
from app.entries.actions import after_removal
from app.entries.models import Entry
from app.entries.pin_models import PinnedEntry
from app.entries.places import rooted_in
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

SHOWN = 12


def pin(entry: Entry, *, actor: Person) -> bool:
    """Keep an entry at the top of its space; False if it stands there."""
    new = insert_missing(db.session, PinnedEntry, [{"entry_id": entry.id, "by_id": actor.id, "created_at": now()}])
    if new:
        record(kinds.Pinned, actor=actor, entry=entry)
    return bool(new)


def unpin(entry: Entry, *, actor: Person) -> bool:
    """It stands in the stream alone again; False if it did."""
    gone = db.session.execute(delete(PinnedEntry).where(PinnedEntry.entry_id == entry.id)).rowcount
    if gone:
        record(kinds.Unpinned, actor=actor, entry=entry)
    return bool(gone)


def is_pinned(entry: Entry) -> bool:
    """Whether it stands at the top of its space."""
    return db.session.get(PinnedEntry, entry.id) is not None


def pinned(space: Space) -> list[Entry]:
    """What stands at the top of a space, the first pinned first; for who may read the space."""
    query = select(Entry).join(PinnedEntry, PinnedEntry.entry_id == Entry.id).where(rooted_in(space.id))
    return list(db.session.scalars(query.order_by(PinnedEntry.created_at, Entry.id).limit(SHOWN)))


@after_removal
def forget(entry: Entry) -> None:
    """What was withdrawn is not worth a newcomer's time."""
    db.session.execute(delete(PinnedEntry).where(PinnedEntry.entry_id == entry.id))
