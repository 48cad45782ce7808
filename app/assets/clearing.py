"""Clearing away files of the store that nobody refers to any more, a day after that was found.

A file may be found in the store by who uploads the same bytes at the very moment in which it is cleared. So a row of
`stored_files` stands for its bytes: whoever wants to refer to them holds the row (`actions.remember`) and then looks
whether the bytes are there; here the row is deleted first, and the bytes go before that is committed. Whoever is second
waits, and finds them gone. Files without a row, left by a process that was killed, are given one first.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from app import jobs
from app.assets.actions import store
from app.assets.models import StoredFile
from app.assets.store import NotStored
from app.db import insert_missing, now
from app.extensions import db

UNUSED_FOR = timedelta(days=1)
BATCH = 500
MINUTE_OF_HOUR = 23


def _is_unused() -> list:
    """True, in SQL, for stored files that no row of any table refers to: whoever does has a foreign key."""
    referring = [
        column for table in db.metadata.sorted_tables for column in table.columns
        if any(key.column.table is StoredFile.__table__ for key in column.foreign_keys)
    ]
    return [~exists().where(column == StoredFile.sha256) for column in referring]


def mark() -> None:
    """Note which files nobody refers to since now, and which somebody does again."""
    unmarked = (StoredFile.unused_since.is_(None), *_is_unused())
    marks = update(StoredFile).execution_options(synchronize_session=False)
    db.session.execute(marks.where(*unmarked).values(unused_since=now()))
    unused = select(StoredFile.sha256).where(*_is_unused())
    used = (StoredFile.unused_since.is_not(None), StoredFile.sha256.not_in(unused))
    db.session.execute(marks.where(*used).values(unused_since=None))
    db.session.commit()


def adopt(before: datetime) -> int:
    """Give files that came before this moment and have no row one, which nobody refers to; how many there were."""
    adopted, batch = 0, []
    for name, modified in store().names():
        if modified < before:
            batch.append({"sha256": name, "bytes": store().size(name), "unused_since": before, "created_at": modified})
        if len(batch) == BATCH:
            adopted, batch = adopted + insert_missing(db.session, StoredFile, batch), []
            db.session.commit()
    adopted += insert_missing(db.session, StoredFile, batch)
    db.session.commit()
    return adopted


def clear(before: datetime) -> int:
    """Delete the files that nobody has referred to since before this moment; how many."""
    due = select(StoredFile.sha256).where(StoredFile.unused_since <= before, *_is_unused())
    names = list(db.session.scalars(due))
    db.session.rollback()
    return sum(_clear(name, before) for name in names)


def _clear(name: str, before: datetime) -> bool:
    mine = (StoredFile.sha256 == name, StoredFile.unused_since <= before, *_is_unused())
    try:
        # The database looks once more while it deletes: whoever refers to it by now has the foreign key on their side.
        gone = db.session.execute(delete(StoredFile).where(*mine).execution_options(synchronize_session=False)).rowcount
        if gone and _is_older(name, before):
            store().delete(name)
        db.session.commit()
        return bool(gone)
    except IntegrityError:
        db.session.rollback()
        return False


def _is_older(name: str, before: datetime) -> bool:
    """Whether the bytes are there, and from before: what has come since belongs to who has just brought it."""
    try:
        return store().modified(name) <= before
    except NotStored:
        return False


def tidy(*, whole_store: bool = True) -> int:
    """Clear away what was found unused a day ago, mark what is unused now; how many files went."""
    before = now() - UNUSED_FOR
    store().sweep_temporaries(UNUSED_FOR)
    if whole_store:
        adopt(before)
    cleared = clear(before)
    mark()
    return cleared


@jobs.every_minute
def tidy_regularly() -> None:
    """Once an hour; once a day all of the store is looked through."""
    if now().minute == MINUTE_OF_HOUR:
        tidy(whole_store=now().hour == 3)
