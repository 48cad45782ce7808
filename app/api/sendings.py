"""What customers were sent, and what suits them. Nothing is sent by it. Reading and editing one: `/entries`."""

from flask import abort
from flask_login import current_user
from marshmallow import fields
from sqlalchemy import select

from app.access import allow, fetch
from app.accounts.models import Account
from app.api.conversation_inputs import contacts_named
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Moment, Output, Whole
from app.api.operation import PlainQuery, operation, paged_query
from app.api.paging import MOST as MOST_ITEMS
from app.api.paging import USUAL, Cursor, page
from app.api.sending_inputs import SendingIn, refused, versions_named
from app.api.showing import one, stretch
from app.sendings import actions
from app.sendings.models import Sending
from app.sendings.shelf import Spot, suiting
from app.web import Page


class ShelfQuery(PlainQuery):
    unsent = fields.Boolean(load_default=False, metadata={"description": "Only what this account was not sent yet."})
    approved = fields.Boolean(load_default=False, metadata={"description": "Only what has an approved version."})
    limit = Whole(1, MOST_ITEMS, written=True, load_default=USUAL, metadata={"description": "At most so many items."})
    cursor = Cursor(Spot.read, load_default=None, metadata={
        "type": "string", "description": "“next” of the page before."})


class SentSchema(Output):
    sending_id = fields.Integer()
    version = fields.Integer(attribute="version.number")
    happened_at = Moment(attribute="sending.happened_at")
    author_id = fields.Integer(attribute="sending.author_id")


class ShelfSchema(Output):
    """A file that suits an account."""

    asset_id = fields.Integer(attribute="asset.id")
    title = fields.String(attribute="asset.title")
    url = fields.String(attribute="asset.url")
    version = fields.Integer(attribute="number", metadata={"description": "To send: the newest approved, else newest."})
    is_approved = fields.Function(lambda line: line.asset.approved_number is not None, metadata={"type": "boolean"})
    suits = fields.List(fields.String(), metadata={"description": "`industry`, `stage`: what it is made for."})
    sent = fields.List(fields.Nested(SentSchema), metadata={"description": "When this account was sent it."})


@operation("GET", "/accounts/<key:account_id>/shelf", query=ShelfQuery(), returns=ShelfSchema(), paged=True)
def read_shelf(account_id, query):
    """The files that suit a customer, of those I may see: made for their industry or stage, usable in their region now;
    what is approved first. For who may read the account's group."""
    account = fetch(Account, account_id, "see")
    allow("read", account.space)
    return Page(*suiting(account, current_user, unsent=query["unsent"], approved=query["approved"],
                         below=query["cursor"], limit=query["limit"]))


@operation("GET", "/accounts/<key:account_id>/sendings", query=paged_query(), returns=SCHEMAS["sending"], paged=True,
           also=(403,))
def list_sendings(account_id, query):
    """What a customer was sent, the latest recorded first."""
    account = fetch(Account, account_id, "read")
    ids = select(Sending.id).where(Sending.space_id == account.space_id, Sending.deleted_at.is_(None))
    found = page(ids, Sending.id, **query)
    return stretch(found.items, found.next)


@operation("POST", "/accounts/<key:account_id>/sendings", body=SendingIn(), returns=SCHEMAS["sending"], status=201)
def record_sending(account_id, body):
    """Write down which files in which version went to whom at a customer. Colleagues who may post in its group."""
    account = fetch(Account, account_id, "post")
    if current_user.is_guest:
        abort(403)
    versions = versions_named(body["files"], account, body["channel"])
    with refused():
        return one(actions.record_sending(
            account, versions, actor=current_user, channel=body["channel"],
            contacts=contacts_named(account.space, body["contact_ids"]), people=[(name, "") for name in body["names"]],
            happened_at=body["happened_at"], note=body["note"], reason=body["reason"]), status=201)
