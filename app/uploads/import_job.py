"""The background job of an import. It takes some files and queues itself anew behind the drawing of their pages, so
that a share of thousands keeps nobody's deck waiting; killed, it goes on with the first file that waits.
"""

import logging
import time
import zipfile
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from app import jobs
from app.activity.delivery import commit, rollback
from app.assets.actions import KeptFile, keep, store
from app.assets.store import NotStored, StoreFull, TooLarge
from app.db import now
from app.extensions import db
from app.uploads import imports
from app.uploads.models import Import, ImportMember
from app.uploads.zips import UNREADABLE, Unfit, content, members, open_zip

log = logging.getLogger(__name__)
SLICE_FILES = 20
SLICE_SECONDS = 10
LOST_AFTER = timedelta(minutes=10)


@jobs.job(imports.JOB)
def go_on(import_id: int) -> None:
    """Take some more files. Started twice at once, the two take turns and each file is taken once."""
    work = db.session.get(Import, import_id)
    db.session.rollback()
    if work is None or work.status != "running":
        return
    try:
        with store().open(work.archive_sha256) as file, open_zip(file) as archive:
            if not work.listed:
                _list(import_id, archive)
            is_done = _take_some(import_id, archive)
        _step(import_id, "done" if is_done else None)
    except Unfit as problem:
        _step(import_id, "stopped" if problem.reason == "not_allowed" else "failed", problem.reason)
    except StoreFull:
        _step(import_id, "stopped", "full")
    except NotStored:
        _step(import_id, "failed", "lost")


def _locked(import_id: int) -> Import | None:
    """The import as it is now, if it still runs; nobody else works on it until the commit."""
    return db.session.scalar(
        select(Import).where(Import.id == import_id, Import.status == "running")
        .with_for_update(of=Import).execution_options(populate_existing=True)
    )


def _list(import_id: int, archive: zipfile.ZipFile) -> None:
    found = members(archive, current_app.config["UPLOAD_LIMIT"])
    work = _locked(import_id)
    if work and not work.listed:
        imports.list_members(work, found)
    db.session.commit()


def _take_some(import_id: int, archive: zipfile.ZipFile) -> bool:
    """Whether none is left."""
    waiting = select(ImportMember).where(ImportMember.import_id == import_id, ImportMember.state == "waiting")
    some = list(db.session.scalars(waiting.order_by(ImportMember.position).limit(SLICE_FILES + 1)))
    db.session.rollback()
    until = time.monotonic() + SLICE_SECONDS
    for taken, member in enumerate(some):
        if taken == SLICE_FILES or (taken and time.monotonic() > until):
            return False
        _take(import_id, member.id, *_unpack(archive, member))
    return True


def _unpack(archive: zipfile.ZipFile, member: ImportMember) -> tuple[KeptFile | None, str | None]:
    """The member's bytes in the store, or why they are not. Raises StoreFull, StoreUnavailable."""
    try:
        with content(archive, member.position) as stream:
            return keep(stream, member.path, max(member.bytes, 1)), None
    except TooLarge:
        return None, "bomb"
    except UNREADABLE:
        return None, "damaged"


def _take(import_id: int, member_id: int, file: KeptFile | None, reason: str | None) -> None:
    work = _locked(import_id)
    member = db.session.get(ImportMember, member_id, populate_existing=True)
    if work is None or member is None or member.state != "waiting":
        rollback()
        return
    if file:
        imports.take(work, member, file)
    else:
        imports.refuse(member, reason)
    work.touched_at = now()
    commit()


def _step(import_id: int, status: str | None, reason: str | None = None) -> None:
    rollback()
    work = _locked(import_id)
    if work and status:
        imports.end(work, status, reason)
        log.info("import %s is %s (%s)", import_id, status, reason or "complete")
    elif work:
        jobs.request(imports.JOB, import_id)
    commit()


@jobs.every_minute
def start_lost() -> int:
    """Start again what has taken nothing for long: its job was lost with a killed process."""
    lost = select(Import.id).where(Import.status == "running", Import.touched_at < now() - LOST_AFTER)
    ids = list(db.session.scalars(lost.limit(5)))
    db.session.rollback()
    for import_id in ids:
        go_on(import_id)
    return len(ids)
