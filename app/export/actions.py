"""Asking for an export, stopping one, and what becomes of it. Each action records what happened and never commits."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app import jobs
from app.activity.recording import record
from app.assets.actions import KeptFile, remember
from app.db import now
from app.export import kinds
from app.export.models import UNFINISHED, Export
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space


class StillRunning(ValueError):
    """One export at a time for each person; `export` is the one that is being made."""

    def __init__(self, export: Export) -> None:
        super().__init__(export.id)
        self.export = export


def running(person: Person) -> Export | None:
    """The export that is being made for this person."""
    return db.session.scalar(select(Export).where(Export.person_id == person.id, Export.state.in_(UNFINISHED)))


def ask_for(space: Space, *, actor: Person) -> Export:
    """Have a copy of the space made in the background. Raises StillRunning."""
    if present := running(actor):
        raise StillRunning(present)
    asked = Export(space=space, person_id=actor.id)
    try:
        with db.session.begin_nested():
            db.session.add(asked)
    except IntegrityError:
        # Two requests at once: the other one was first.
        raise StillRunning(running(actor)) from None
    record(kinds.ExportAsked, actor=actor, space=space)
    jobs.request("export.make", asked.id)
    return asked


def cancel(export: Export) -> bool:
    """Stop it: whoever makes it finds out and leaves nothing behind. False if it was over."""
    return _end(export.id, "cancelled")


def finish(export: Export, archive: KeptFile) -> bool:
    """The archive is in the store; False if nobody wants it any more. Raises StoreUnavailable as `remember` does."""
    remember(archive)
    if not _end(export.id, "ready", sha256=archive.sha256, bytes=archive.bytes, done=Export.total):
        return False
    record(kinds.ExportReady, actor=None, space=export.space, person=export.person, export_id=export.id)
    return True


def fail(export: Export, reason: str) -> bool:
    """There will be no archive, for a reason of `reasons.py`; False if it was over."""
    if not _end(export.id, "failed", reason=reason):
        return False
    record(kinds.ExportFailed, actor=None, space=export.space, person=export.person, export_id=export.id)
    return True


def _end(key: int, state: str, **values) -> bool:
    unfinished = (Export.id == key, Export.state.in_(UNFINISHED))
    ended = update(Export).where(*unfinished).values(state=state, finished_at=now(), **values)
    return bool(db.session.execute(ended.execution_options(synchronize_session="fetch")).rowcount)
