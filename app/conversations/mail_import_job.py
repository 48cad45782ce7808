"""The background job of a mailbox. It takes some letters and queues itself anew behind other jobs; killed, it goes on
with the first letter that is not filed: a letter and the place of the next one are written together.
"""

import logging
from datetime import timedelta

from sqlalchemy import select

from app import jobs
from app.activity.delivery import commit, rollback
from app.assets.store import NotStored, StoreFull
from app.conversations import mail_imports
from app.conversations.mail.reading import Arrived, CannotGoOn, read_some
from app.conversations.mail_import_models import MailImport
from app.conversations.receiving import MISTAKES
from app.db import now
from app.extensions import db

log = logging.getLogger(__name__)
SLICE_LETTERS = 200
LOST_AFTER = timedelta(minutes=10)


@jobs.job(mail_imports.JOB)
def go_on(import_id: int) -> None:
    """File some more letters. Started twice at once, each letter is filed once."""
    work = db.session.get(MailImport, import_id)
    db.session.rollback()
    if work is None or work.status != "running":
        return
    try:
        some, is_last = read_some(mail_imports.box_of(work), work.position, SLICE_LETTERS)
        for begin, arrived, end in some:
            if not _take(import_id, begin, arrived, end):
                return
        _step(import_id, "done" if is_last else None)
    except mail_imports.NotAllowed:
        _step(import_id, "stopped", "not_allowed")
    except StoreFull:
        _step(import_id, "stopped", "full")
    except NotStored:
        _step(import_id, "failed", "missing")
    except CannotGoOn:
        _step(import_id, "failed", "unreadable")


def _locked(import_id: int) -> MailImport | None:
    """The import as it is now, if it still runs; nobody else works on it until the commit."""
    return db.session.scalar(
        select(MailImport).where(MailImport.id == import_id, MailImport.status == "running")
        .with_for_update(of=MailImport).execution_options(populate_existing=True)
    )


def _take(import_id: int, begin: int, arrived: Arrived, end: int) -> bool:
    """Whether it was this letter's turn: else another job is at it, and goes on."""
    work = _locked(import_id)
    if work is None or work.position != begin:
        rollback()
        return False
    try:
        mail_imports.take(work, arrived, end)
        commit()
    except MISTAKES:
        # One letter must not keep back all that come after it.
        log.exception("a letter of import %s could not be filed as it was read", import_id)
        rollback()
        _keep_unread(import_id, begin, arrived, end)
    return True


def _keep_unread(import_id: int, begin: int, arrived: Arrived, end: int) -> None:
    try:
        if (work := _locked(import_id)) is not None and work.position == begin:
            mail_imports.take(work, arrived.bare, end)
        commit()
    except MISTAKES:
        rollback()
        if (work := _locked(import_id)) is not None and work.position == begin:
            mail_imports.note(work, arrived, "lost", end)
        commit()


def _step(import_id: int, status: str | None, reason: str | None = None) -> None:
    rollback()
    work = _locked(import_id)
    if work and status:
        mail_imports.end(work, status, reason)
        log.info("mailbox %s is %s (%s)", import_id, status, reason or "complete")
    elif work:
        jobs.request(mail_imports.JOB, import_id)
    commit()


@jobs.every_minute
def start_lost() -> int:
    """Start again what has taken nothing for long: its job was lost with a killed process."""
    lost = select(MailImport.id).where(MailImport.status == "running", MailImport.touched_at < now() - LOST_AFTER)
    ids = list(db.session.scalars(lost.limit(5)))
    db.session.rollback()
    for import_id in ids:
        if (work := _locked(import_id)) is not None:
            work.touched_at = now()
            jobs.request(mail_imports.JOB, import_id)
        commit()
    return len(ids)
