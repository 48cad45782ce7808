"""Mail that comes in by HTTP, and the originals of letters."""

import io
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields

from app.access import can, fetch
from app.accounts.models import Account
from app.api.assets import keep_sent
from app.api.fields import Output, Text, Upload
from app.api.operation import PlainQuery, operation
from app.api.problems import Invalid
from app.assets.actions import KeptFile, keep
from app.assets.sending import send_original
from app.assets.store import StoreError
from app.assets.uploads import as_http
from app.conversations import mail_imports, receiving
from app.conversations.mail.reading import Arrived, Delivery, read
from app.conversations.mail_models import Mail
from app.notifications import replying
from app.web import RAW_MAIL, looking_first


class MailIn(Upload):
    """The message, in one of the formats it is saved in: .eml, .msg, or a mailbox (.mbox) with many. In place of a
    form, the body of the request may be the message itself, of the type message/rfc822.
    """


class MailQuery(PlainQuery):
    to = Text(300, load_default="", metadata={"description":
              "The address it came for: an account's, `slug@…` or `slug+KEY@…`, or that of an answer to a mail of "
              "Quarterdeck. Left out, what the message says of itself, with its key."})


class FiledSchema(Output):
    entry_id = fields.Integer(allow_none=True, metadata={"description": "Null where an answer was none."})
    conversation_id = fields.Integer(allow_none=True, metadata={"description": "Null for an answer to a mail of ours."})
    mail_id = fields.Integer(allow_none=True)
    is_new = fields.Boolean(metadata={"description": "False: it was here already, and this is where."})


class DeliverySchema(Output):
    items = fields.List(fields.Nested(FiledSchema))
    left = fields.Integer(metadata={"description": "Messages of a mailbox that were too many; import it instead."})
    import_id = fields.Integer(allow_none=True, metadata={
        "description": "Of a mailbox that is filed in the background: read `/mail/imports/{id}`."})


@dataclass
class Sent:
    """What was sent, read, and for which account, or at which door of answers."""

    sha256: str
    delivery: Delivery
    account_id: int | None = None
    box: KeptFile | None = None
    door: replying.Door | None = None


def _account(addresses: list[str], *, said_by_caller: bool) -> Account:
    """The first account that one of these addresses names and into which the caller may write; only who calls may leave
    the key out, for a letter says what its sender likes. Raises Invalid, for one that they may not know of as for none.
    """
    for each in addresses:
        account, key = receiving.named_by(each)
        is_open = (said_by_caller or key) and account is not None and receiving.key_fits(account, key)
        if is_open and can(current_user, "see", account):
            return fetch(Account, account.id, "post")
    raise Invalid({"to": [_("No account has this address.")]})


def keep_message(query, body) -> Sent:
    """Store and read what was sent, if its sender may post there. A mailbox that takes long is not read here."""
    to = query["to"]
    door = replying.door_at([to])
    if to and not door:
        with looking_first():
            _account([to], said_by_caller=True)
    original = _kept_raw() if request.mimetype == RAW_MAIL else keep_sent()
    is_large = not door and bool(to) and mail_imports.is_large(original)
    delivery = Delivery() if is_large else read(original)
    named = [to] if to else [name for each in delivery.arrived[:1] for name in receiving.recipients(each.message)]
    if door := door or replying.door_at(named):
        return Sent(original.sha256, delivery, door=door)
    with looking_first():
        account = _account(named, said_by_caller=bool(to))
    return Sent(original.sha256, delivery, account.id, box=original if is_large else None)


def _kept_raw() -> KeptFile:
    if not request.get_data():
        raise Invalid({"body": [_("Send the message.")]})
    try:
        return keep(io.BytesIO(request.get_data()), "message.eml")
    except StoreError as error:
        raise as_http(error) from None


@operation("POST", "/mail", query=MailQuery(), body=MailIn(), prepare=keep_message, returns=DeliverySchema(),
           status=201, raw=RAW_MAIL)
def receive_mail(query, body, file):
    """File one message, or a mailbox, in the account it was sent to: for who may write there. The same twice is one.

    A mailbox of more than 100 messages or 10 MB that is sent `to` an account is filed in the background.

    An answer to a mail of Quarterdeck becomes a comment of whom that mail was for.
    """
    if file.door:
        return {"items": [_answered(file.door, file.delivery.arrived[0])], "left": 0, "import_id": None}
    account = fetch(Account, file.account_id, "post")
    if file.box:
        work = mail_imports.start_import(account, file.box, actor=current_user)
        return {"items": [], "left": 0, "import_id": work.id}
    filed = receiving.file_all(account, file.delivery, actor=current_user)
    items = [{"entry_id": each.mail.entry_id, "conversation_id": each.mail.conversation_id, "mail_id": each.mail.id,
              "is_new": each.is_new} for each in filed]
    return {"items": items, "left": file.delivery.left, "import_id": None}


def _answered(door: replying.Door, arrived: Arrived) -> dict:
    try:
        outcome = replying.take(door, arrived)
    except replying.Refused as error:
        raise Invalid({"to": [error.why]}) from None
    entry_id = outcome.comment.id if outcome.comment else None
    return {"entry_id": entry_id, "conversation_id": None, "mail_id": None, "is_new": entry_id is not None}


@operation("GET", "/mails/<key:mail_id>/original", media="application/octet-stream")
def read_original(mail_id):
    """The message byte for byte, as it came."""
    mail = fetch(Mail, mail_id)
    return send_original(mail.sha256, mail.filename, "message/rfc822", mail.bytes)
