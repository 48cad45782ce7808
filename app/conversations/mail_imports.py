"""Importing a large mailbox: started by a person, filed letter by letter in the background, each once."""

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from app import jobs
from app.access import can, space_clause
from app.accounts.models import Account
from app.activity.recording import record
from app.assets.actions import KeptFile, remember, store
from app.conversations import kinds
from app.conversations.filing import file_arrived
from app.conversations.mail import boxes
from app.conversations.mail.reading import Arrived
from app.conversations.mail_import_models import STATES, ImportedLetter, MailImport
from app.db import now
from app.extensions import db
from app.people.models import Person

JOB = "conversations.import"
RECENT = 10
ROWS = 100
"""So many letters stand on a page of the report."""


class NotAllowed(Exception):
    """Who started the import may not write there any more."""


def is_large(original: KeptFile) -> bool:
    """Whether a stored file is a mailbox that takes longer than anybody waits for a page."""
    with store().local_path(original.sha256) as path:
        return boxes.is_large(path)


def start_import(account: Account, box: KeptFile, *, actor: Person) -> MailImport:
    """Take a mailbox that is in the store into an account. Sent again while it is taken in, it is the same import."""
    begun = select(MailImport).where(
        MailImport.person_id == actor.id, MailImport.account_id == account.id, MailImport.sha256 == box.sha256,
        MailImport.status.in_(("running", "stopped")))
    if found := db.session.scalars(begun).first():
        return found
    remember(box)
    started = MailImport(person=actor, account=account, sha256=box.sha256, box_sha256=box.sha256, bytes=box.bytes,
                         filename=box.filename)
    db.session.add(started)
    db.session.flush()
    jobs.request(JOB, started.id)
    return started


def box_of(work: MailImport) -> KeptFile:
    """The mailbox itself, while it is needed."""
    return KeptFile(work.box_sha256, work.bytes, work.filename, "application/mbox", "file")


def recent(account: Account, person: Person) -> list[MailImport]:
    """The newest imports that a person started here."""
    mine = select(MailImport).where(MailImport.account_id == account.id, MailImport.person_id == person.id)
    return list(db.session.scalars(mine.order_by(MailImport.id.desc()).limit(RECENT)))


def of(person: Person, key: int) -> MailImport | None:
    """The import with this key, with its account, if `person` started it and may still know of the account."""
    mine = select(MailImport).join(MailImport.account).join(Account.space).where(
        MailImport.id == key, MailImport.person_id == person.id, space_clause(person))
    return db.session.scalar(mine.options(contains_eager(MailImport.account).contains_eager(Account.space)))


def resume(work: MailImport) -> None:
    """Go on with what stopped, where it stopped."""
    work.status, work.reason, work.touched_at = "running", None, now()
    jobs.request(JOB, work.id)


def take(work: MailImport, arrived: Arrived, end: int) -> None:
    """File one letter, which ends at this byte. Raises NotAllowed."""
    if not work.person.is_active or not can(work.person, "post", work.account.space):
        raise NotAllowed
    filed = file_arrived(work.account, arrived, actor=work.person, announced_by=work.person, quietly=True)
    is_new = any(each.is_new for each in filed)
    state = "known" if not is_new else "unread" if arrived.message.trouble else "filed"
    note(work, arrived, state, end, mail_id=filed[0].mail.id)


def note(work: MailImport, arrived: Arrived, state: str, end: int, mail_id: int | None = None) -> None:
    """Write down what became of a letter, and that the next one begins at `end`."""
    message = arrived.message
    last = select(func.max(ImportedLetter.number)).where(ImportedLetter.import_id == work.id)
    db.session.add(ImportedLetter(
        import_id=work.id, number=(db.session.scalar(last) or 0) + 1, state=state, title=message.subject[:300],
        sender=message.sender.shown[:260], mail_id=mail_id))
    work.position, work.touched_at = end, now()
    db.session.flush()


def end(work: MailImport, status: str, reason: str | None = None) -> None:
    """It is done, stopped for a reason that can be mended, or failed for good. Told once."""
    work.status, work.reason, work.finished_at = status, reason, now()
    if status == "stopped":
        return
    work.box_sha256 = None
    record(kinds.MailboxFiled, actor=None, person=work.person, space=work.account.space, import_id=work.id,
           file=work.filename, filed=counts(work)["filed"])


def counts(work: MailImport) -> dict[str, int]:
    """How many letters are in each state."""
    query = select(ImportedLetter.state, func.count()).where(ImportedLetter.import_id == work.id)
    return dict.fromkeys(STATES, 0) | dict(db.session.execute(query.group_by(ImportedLetter.state)).all())


def stretch(work: MailImport, state: str | None, *, after: int | None) -> tuple[list[ImportedLetter], int | None]:
    """Letters in the order of the mailbox, in one state or in any, behind a number; and from where to go on."""
    query = select(ImportedLetter).where(ImportedLetter.import_id == work.id).options(joinedload(ImportedLetter.mail))
    if state:
        query = query.where(ImportedLetter.state == state)
    if after is not None:
        query = query.where(ImportedLetter.number > after)
    rows = list(db.session.scalars(query.order_by(ImportedLetter.number).limit(ROWS + 1)))
    return rows[:ROWS], rows[ROWS - 1].number if len(rows) > ROWS else None
