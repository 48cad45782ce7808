"""A file that comes in pieces: begun, put away once it is whole, given up."""

import secrets
from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, select

from app.activity.delivery import commit
from app.assets.actions import hold, plain_name, recognise, store
from app.assets.growing import SPARE_BYTES
from app.assets.store import NotStored, Stored, StoreFull
from app.db import now
from app.entries.attachments import Upload
from app.extensions import db
from app.people.models import Person
from app.uploads.models import KEPT_FOR, Arrival

IN_TRANSIT_FOR = timedelta(hours=1)
"""So long after something of it came, what is missing of a file has its place kept on the disk."""
LIMITS_AT_ONCE = 4
"""One person may have so many files of the largest size in transit, or more smaller ones."""


class TooMuchAtOnce(Exception):
    """One person has begun more than they may have in transit."""


def begin(filename: str, size: int, *, actor: Person) -> Arrival:
    """A file of `size` bytes is announced.

    Raises before a byte is sent: StoreFull if it does not fit beside what is on its way, TooMuchAtOnce.
    """
    coming = _in_transit()
    mine = sum(each.bytes for each in coming if each.person_id == actor.id)
    if mine and mine + size > LIMITS_AT_ONCE * current_app.config["UPLOAD_LIMIT"]:
        raise TooMuchAtOnce(f"{mine} bytes are on their way")
    room = store().growing.room()
    if room is not None and size + sum(map(_missing, coming)) + SPARE_BYTES > room:
        raise StoreFull("no room for it")
    arrival = Arrival(key=secrets.token_hex(16), person_id=actor.id, filename=plain_name(filename), bytes=size)
    store().growing.begin(arrival.key)
    db.session.add(arrival)
    db.session.flush()
    return arrival


def _in_transit() -> list[Arrival]:
    lately = Arrival.expires_at > now() + KEPT_FOR - IN_TRANSIT_FOR
    return list(db.session.scalars(select(Arrival).where(lately, Arrival.upload_id.is_(None))))


def _missing(arrival: Arrival) -> int:
    try:
        return arrival.bytes - size(arrival)
    except NotStored:
        return 0


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
