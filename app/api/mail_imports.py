"""Mailboxes that are filed in the background, with a report of what became of each letter."""

from flask import abort
from flask_login import current_user
from marshmallow import fields
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import fetch
from app.accounts.models import Account
from app.api.assets import keep_or_take
from app.api.fields import FileOrUpload, Moment, Output, key
from app.api.operation import Answer, operation, paged_query
from app.api.paging import page
from app.conversations import mail_imports
from app.conversations.mail_import_models import STATES, STATUSES, ImportedLetter, MailImport
from app.web import looking_first


class MailImportIn(FileOrUpload):
    account_id = key(required=True, written=True)


class MailImportSchema(Output):
    """How far an import is. `stopped` can go on once its reason is mended; the others are final but for `running`."""

    id = fields.Integer()
    account_id = fields.Integer()
    filename = fields.String()
    status = fields.String(metadata={"enum": list(STATUSES)})
    reason = fields.String(allow_none=True)
    bytes = fields.Integer()
    position = fields.Integer(metadata={"description": "So many bytes of it are done."})
    filed = fields.Integer()
    known = fields.Integer(metadata={"description": "Letters that were here already."})
    unread = fields.Integer(metadata={"description": "Letters that are kept and could not be read in full."})
    lost = fields.Integer(metadata={"description": "Letters that could not be filed."})
    created_at = Moment()
    finished_at = Moment(allow_none=True)


class ImportedLetterSchema(Output):
    """What became of one letter of the mailbox."""

    id = fields.Integer()
    number = fields.Integer(metadata={"description": "Its place in the mailbox, from 1."})
    state = fields.String(metadata={"enum": list(STATES)})
    title = fields.String()
    sender = fields.String()
    mail_id = fields.Integer(allow_none=True)
    entry_id = fields.Function(lambda letter: letter.mail.entry_id if letter.mail else None,
                               metadata={"type": ["integer", "null"]})


def keep_box(body):
    """Store the mailbox, if its sender may write there."""
    with looking_first():
        fetch(Account, body["account_id"], "post")
    return keep_or_take(body)


def _mine(key: int) -> MailImport:
    return mail_imports.of(current_user, key) or abort(404)


def _told(work: MailImport) -> dict:
    own = ("id", "account_id", "filename", "status", "reason", "bytes", "position", "created_at", "finished_at")
    return {name: getattr(work, name) for name in own} | mail_imports.counts(work)


@operation("POST", "/mail/imports", body=MailImportIn(), prepare=keep_box, returns=MailImportSchema(), status=201)
def import_mailbox(body, file):
    """File each letter of a mailbox (.mbox), however large. It is done in the background: read the import to see how
    far it is. Sent again while that goes on, it is the same import.
    """
    work = mail_imports.start_import(fetch(Account, body["account_id"], "post"), file, actor=current_user)
    return Answer(_told(work), location=f"/api/v1/mail/imports/{work.id}")


@operation("GET", "/mail/imports/<key:import_id>", returns=MailImportSchema())
def read_mail_import(import_id):
    """One of my imports."""
    return _told(_mine(import_id))


@operation("GET", "/mail/imports/<key:import_id>/letters", query=paged_query(), returns=ImportedLetterSchema(),
           paged=True)
def list_imported_letters(import_id, query):
    """What became of each letter, in the order of the mailbox."""
    found = select(ImportedLetter).where(ImportedLetter.import_id == _mine(import_id).id)
    return page(found.options(joinedload(ImportedLetter.mail)), ImportedLetter.id, **query, oldest_first=True)


@operation("POST", "/mail/imports/<key:import_id>/resumption", returns=MailImportSchema())
def resume_mail_import(import_id):
    """Let an import that stopped go on where it stopped."""
    work = _mine(import_id)
    if work.status == "stopped":
        mail_imports.resume(work)
    return _told(work)
