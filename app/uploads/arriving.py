"""A file that comes in pieces: begun, put away once it is whole, given up, forgotten when nothing more comes."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select

from app import jobs
from app.activity.delivery import commit
from app.assets.actions import hold, plain_name, recognise, store
from app.assets.growing import SPARE_BYTES
from app.assets.store import NotStored, Stored, StoreFull
from app.db import now
from app.entries.attachments import Upload
from app.extensions import db
from app.people.models import Person
from app.uploads.models import KEPT_FOR, Arrival

BATCH = 100


def begin(filename: str, size: int, *, actor: Person) -> Arrival:
    """A file of `size` bytes is announced. Raises StoreFull before a byte is sent if it does not fit."""
    room = store().growing.room()
    if room is not None and size + SPARE_BYTES > room:
        raise StoreFull("no room for it")
    arrival = Arrival(key=secrets.token_hex(16), person_id=actor.id, filename=plain_name(filename), bytes=size)
    store().growing.begin(arrival.key)
    db.session.add(arrival)
    db.session.flush()
    return arrival


def size(arrival: Arrival) -> int:
    """How many of its bytes are here. Raises NotStored when they are gone."""
    return arrival.bytes if arrival.sha256 and store().exists(arrival.sha256) else store().growing.size(arrival.key)


def digest(arrival: Arrival) -> str:
    """What the store will call the whole file. Reads all of it: no transaction should wait for that."""
    return arrival.sha256 or store().growing.digest(arrival.key).sha256


def put_away(arrival: Arrival, sha256: str) -> Upload:
    """The file is whole: it goes into the store and is held for its owner. Two at once do it once.

    Two commits: a process that is killed between them leaves the name under which the store has it.
    """
    if arrival.sha256 is None:
        arrival.sha256 = sha256
        db.session.commit()
    try:
        store().growing.keep(arrival.key, sha256)
    except NotStored:
        if not store().exists(sha256):
            raise
    file = recognise(Stored(sha256, arrival.bytes), arrival.filename)
    db.session.refresh(arrival, with_for_update={"of": Arrival})
    if arrival.upload is None:
        arrival.upload = hold(file, actor=arrival.person)
    touch(arrival)
    commit()
    return arrival.upload


def touch(arrival: Arrival) -> None:
    """Something has come: what is still missing may take as long again."""
    arrival.expires_at = now() + KEPT_FOR


def give_up(arrival: Arrival) -> None:
    """Its owner, or nobody, wants it any more; a file that has become part of an entry stays."""
    store().growing.drop(arrival.key)
    if arrival.upload_id:
        db.session.execute(delete(Upload).where(Upload.id == arrival.upload_id, Upload.entry_id.is_(None)))
    db.session.execute(delete(Arrival).where(Arrival.id == arrival.id))


@jobs.every_minute
def forget_expired() -> int:
    """Give up what nothing more came of for a week."""
    late = select(Arrival).where(Arrival.expires_at < now()).limit(BATCH)
    arrivals = list(db.session.scalars(late))
    for arrival in arrivals:
        give_up(arrival)
    db.session.commit()
    return len(arrivals)


@jobs.every_minute
def forget_unknown_daily() -> None:
    """Once a day; only a restored backup leaves any."""
    if (now().hour, now().minute) == (3, 13):
        forget_unknown()


def forget_unknown(older_than: timedelta = KEPT_FOR) -> int:
    """Drop what came in pieces and has no row, as a restored backup leaves it; how many."""
    known = set(db.session.scalars(select(Arrival.key)))
    db.session.rollback()
    strange = [name for name, changed in store().growing.names() if name not in known and changed < now() - older_than]
    for name in strange:
        store().growing.drop(name)
    return len(strange)
