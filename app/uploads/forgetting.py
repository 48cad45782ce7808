"""What nothing comes of is forgotten: files that stopped coming, zips that nobody goes on with, what was dropped into
texts that were never posted. Their bytes go once nobody refers to them (`assets/clearing.py`).
"""

from datetime import timedelta

from sqlalchemy import delete, exists, select

from app import jobs
from app.activity.delivery import commit
from app.assets.actions import store
from app.db import now
from app.entries.attachments import Upload
from app.extensions import db
from app.uploads.arriving import give_up
from app.uploads.imports import end
from app.uploads.models import KEPT_FOR, Arrival, Import

BATCH = 100
DROPPED_KEPT_FOR = timedelta(days=90)
"""A text that somebody began may wait so long in their browser for its files."""


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


@jobs.every_minute
def forget_stopped() -> int:
    """Give up imports that stopped and that nobody went on with for a week."""
    late = select(Import).where(Import.status == "stopped", Import.finished_at < now() - KEPT_FOR).limit(BATCH)
    stopped = list(db.session.scalars(late))
    for work in stopped:
        end(work, "failed", "expired")
    commit()
    return len(stopped)


@jobs.every_minute
def forget_dropped() -> int:
    """Forget what was dropped into a text that nobody posted for three months."""
    arrived = exists().where(Arrival.upload_id == Upload.id)
    late = select(Upload.id).where(Upload.entry_id.is_(None), Upload.created_at < now() - DROPPED_KEPT_FOR, ~arrived)
    forgotten = db.session.execute(delete(Upload).where(Upload.id.in_(late.limit(BATCH)))).rowcount
    db.session.commit()
    return forgotten
