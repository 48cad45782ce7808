"""The background job that makes an archive, and the sweep that starts lost ones anew and removes old ones."""

import logging
import time
from datetime import timedelta

from flask import current_app
from sqlalchemy import select, update

from app import jobs
from app.access import can
from app.activity.delivery import commit, end_of_sweep, rollback
from app.assets.actions import KeptFile, store
from app.assets.store import StoreError, StoreFull
from app.db import now, only_reading
from app.export import actions
from app.export.models import KEPT_FOR, UNFINISHED, Export
from app.export.sinks import ZipSink
from app.export.writer import write
from app.extensions import db

log = logging.getLogger(__name__)
HEARD_SECONDS = 1.0
LOST_AFTER = timedelta(minutes=5)
MOST_ATTEMPTS = 3


class NotWanted(Exception):
    """It was cancelled, or another process makes it by now."""


@jobs.job("export.make")
def make(export_id: int) -> None:
    """Make an archive. Killed half-way, it is begun anew; whatever goes wrong ends in a reason."""
    attempt = _claim(export_id)
    if attempt is None:
        return
    export = db.session.get(Export, export_id)
    try:
        allowed = export.person.is_active and can(export.person, "export", export.space)
        if allowed:
            _archive(export, attempt)
        else:
            actions.fail(export, "no_access")
    except NotWanted:
        rollback()
    except Exception as error:
        rollback()
        log.exception("export %s could not be made", export_id)
        actions.fail(db.session.get(Export, export_id), _reason(error))
    commit()


def _reason(error: Exception) -> str:
    if isinstance(error, StoreFull):
        return "full"
    return "storage" if isinstance(error, StoreError) else "unexpected"


def _claim(export_id: int) -> int | None:
    """Take it upon this process; the number of the attempt, or None if there is nothing to do."""
    mine = update(Export).where(Export.id == export_id, Export.state == "waiting").values(
        state="running", attempt=Export.attempt + 1, heard_at=now(), done=0, bytes=0)
    attempt = db.session.scalar(mine.returning(Export.attempt))
    db.session.commit()
    return attempt


class _Heard:
    """Notes how far it is, once a second at most. Raises NotWanted."""

    def __init__(self, export_id: int, attempt: int) -> None:
        self.export_id, self.attempt = export_id, attempt
        self.last, self.progress = 0.0, {}
        self.sink: ZipSink | None = None

    def __call__(self, done: int, total: int) -> None:
        self.progress = {"done": done, "total": total}
        self.alive()

    def alive(self, *, at_once: bool = False) -> None:
        if not at_once and time.monotonic() - self.last < HEARD_SECONDS:
            return
        self.last = time.monotonic()
        mine = (Export.id == self.export_id, Export.attempt == self.attempt, Export.state == "running")
        size = self.sink.bytes if self.sink else 0
        # Its own unit of work: the one that reads goes on meanwhile.
        with current_app.app_context(), only_reading(False):
            noted = db.session.execute(
                update(Export).where(*mine).values(heard_at=now(), bytes=size, **self.progress)).rowcount
            db.session.commit()
        if not noted:
            raise NotWanted


def _archive(export: Export, attempt: int) -> None:
    heard, name = _Heard(export.id, attempt), export.filename.removesuffix(".zip")
    space_id, person_id, key = export.space_id, export.person_id, export.id
    rollback()
    with store().being_written() as path:
        sink = heard.sink = ZipSink(path, name, now(), heard.alive)
        try:
            write(space_id, person_id, sink, heard)
        except BaseException:
            sink.abandon()
            raise
        heard.alive(at_once=True)
        stored = store().keep(path)
    actions.finish(db.session.get(Export, key), KeptFile(
        stored.sha256, stored.bytes, f"{name}.zip", "application/zip", "archive", is_new=stored.is_new))


@jobs.every_minute
def start_lost() -> int:
    """Begin anew what was lost with a killed process; how many there were."""
    lost = (Export.state.in_(UNFINISHED), Export.heard_at < now() - LOST_AFTER)
    exports = list(db.session.scalars(select(Export).where(*lost).limit(20)))
    for export in exports:
        if export.attempt >= MOST_ATTEMPTS:
            actions.fail(export, "interrupted")
            continue
        export.state, export.heard_at = "waiting", now()
        jobs.request("export.make", export.id)
    return end_of_sweep(len(exports))


@jobs.every_minute
def remove_old() -> int:
    """Let go of archives that were kept for their time; how many. Their bytes go like all that nobody refers to."""
    old = (Export.state == "ready", Export.finished_at < now() - KEPT_FOR)
    return end_of_sweep(db.session.execute(update(Export).where(*old).values(state="expired", sha256=None)).rowcount)
