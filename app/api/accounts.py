"""Accounts: what is known of a customer; what people say of it is in its group, the space `space_id`."""

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import fields

from app.access import allow, can, fetch, visible
from app.accounts import actions
from app.accounts.family import parts_of
from app.accounts.models import STAGES, TIERS, Account
from app.accounts.record_forms import RECORD_FIELDS
from app.accounts.timeline import KINDS, Spot, timeline
from app.api.fields import Moment, Output, Text, Whole, Wrong, key
from app.api.operation import Answer, PlainQuery, operation
from app.api.paging import MOST, USUAL, Cursor
from app.api.problems import Invalid
from app.api.revisions import etag, expect_unchanged, lock
from app.api.spaces import SpaceFields
from app.extensions import db
from app.people.models import Person
from app.spaces.actions import change_space
from app.spaces.models import ACCESS
from app.web import Page

MOST_EMPLOYEES = 2**31 - 1
SPACE_FIELDS = ("name", "description", "access")
OWNERS = ("marketing_owner_id", "sales_owner_id")


class AccountSchema(Output):
    id = fields.Integer()
    space_id = fields.Integer(metadata={"description": "Its group."})
    name = fields.String(attribute="space.name")
    slug = fields.String(attribute="space.slug")
    access = fields.String(attribute="space.access", metadata={"enum": list(ACCESS)})
    description = fields.String(attribute="space.description")
    url = fields.String()
    tier = fields.String(metadata={"enum": list(TIERS)})
    industry = fields.String()
    region = fields.String()
    stage = fields.String(metadata={"enum": ["", *STAGES], "description": "Empty: nobody said it yet."})
    website = fields.String()
    employees = fields.Integer(allow_none=True)
    marketing_owner_id = fields.Integer(allow_none=True)
    sales_owner_id = fields.Integer(allow_none=True)
    parent_id = fields.Method("parent_for_caller", metadata={
        "type": ["integer", "null"], "description": "The account it is part of, if I may know of it."})

    def parent_for_caller(self, account: Account) -> int | None:
        return account.parent_id if account.parent and can(current_user, "see", account.parent.space) else None


class TouchSchema(Output):
    """A line of a timeline: an entry, or a change of the record."""

    at = Moment(metadata={"description": "When it happened."})
    kind = fields.String(metadata={"description": "Of the entry, or `record`."})
    person_id = fields.Integer(attribute="person.id")
    entry_id = fields.Integer(attribute="entry.id", dump_default=None, allow_none=True)
    space_id = fields.Integer(attribute="entry.space_id", dump_default=None, allow_none=True)
    account_id = fields.Integer(attribute="change.account_id", dump_default=None, allow_none=True, metadata={
        "description": "Whose record changed."})
    title = fields.String(attribute="entry.headline", dump_default=None, allow_none=True)
    url = fields.String(attribute="entry.url", dump_default=None, allow_none=True)
    field = fields.String(attribute="change.field", dump_default=None, allow_none=True, metadata={
        "enum": [*RECORD_FIELDS, None], "description": "What changed in the record."})
    was = fields.String()
    now = fields.String()


class TimelineQuery(PlainQuery):
    kind = Text(choices=KINDS, load_default="")
    person_id = key(written=True)
    parts = fields.Boolean(load_default=False, metadata={
        "description": "With what touched the parts of the company, of those I may read."})
    limit = Whole(1, MOST, written=True, load_default=USUAL, metadata={"description": "At most so many items."})
    cursor = Cursor(Spot.read, load_default=None, metadata={
        "type": "string", "description": "“next” of the page before."})


def _website(value: str) -> None:
    try:
        actions.check_website(value)
    except actions.NotAWebsite:
        raise Wrong(_l("This is not the address of a website.")) from None


class AccountFields(SpaceFields):
    """What of an account can be changed. Its two owners, who are colleagues, belong to its group."""

    tier = Text(choices=TIERS)
    industry = Text(80)
    region = Text(60)
    stage = Text(choices=("", *STAGES))
    website = Text(200, checks=[_website], metadata={"description": "http or https."})
    employees = Whole(0, MOST_EMPLOYEES, allow_none=True)
    marketing_owner_id = key(allow_none=True)
    sales_owner_id = key(allow_none=True)
    parent_id = key(allow_none=True)


class AccountIn(AccountFields):
    """A new account."""

    name = Text(120, needed=True)


def _check_owners(body: dict) -> None:
    for name in OWNERS:
        if not body.get(name):
            continue
        owner = db.session.scalar(visible(current_user, Person).where(Person.id == body[name]))
        if owner is None or not owner.is_active or owner.is_guest:
            raise Invalid({name: [_("This is not a colleague.")]})


def _check_parent(body: dict) -> None:
    if body.get("parent_id") and db.session.scalar(visible(current_user, Account).where(
            Account.id == body["parent_id"])) is None:
        raise Invalid({"parent_id": [_("There is no such account.")]})


def _shown(account: Account, status: int | None = None) -> Answer:
    location = f"/api/v1/accounts/{account.id}" if status == 201 else None
    return Answer(account, status, etag(account), location)


@operation("POST", "/accounts", body=AccountIn(), returns=AccountSchema(), status=201, etag=True, also=(403,))
def create_account(body):
    """Open an account and its group. Not for guests."""
    if current_user.is_guest:
        abort(403)
    _check_owners(body)
    _check_parent(body)
    return _shown(actions.open_account(body.pop("name"), actor=current_user, **body), 201)


@operation("GET", "/accounts/<key:account_id>", returns=AccountSchema(), etag=True)
def read_account(account_id):
    """One account that I may know of."""
    return _shown(fetch(Account, account_id, "see"))


@operation("PATCH", "/accounts/<key:account_id>", body=AccountFields(), returns=AccountSchema(), etag=True)
def edit_account(account_id, body):
    """Change an account's record, and the name and access of its group. The owners of the group do."""
    lock(Account, account_id)
    account = fetch(Account, account_id, "manage")
    expect_unchanged(account)
    _check_owners(body)
    _check_parent(body)
    space = {name: body.pop(name).strip() for name in SPACE_FIELDS if name in body}
    change_space(account.space, actor=current_user, **space)
    try:
        return _shown(actions.change_account(account, actor=current_user, **body))
    except actions.InCircle:
        raise Invalid({"parent_id": [_("It is a part of this account itself.")]}) from None


@operation("GET", "/accounts/<key:account_id>/timeline", query=TimelineQuery(), returns=TouchSchema(), paged=True)
def list_touches(account_id, query):
    """Everything that touched a customer, the latest first: what is said of them here and, where I may read it, in
    other places, and what changed in the record. For who may read the account's group."""
    account = fetch(Account, account_id, "see")
    allow("read", account.space)
    person = fetch(Person, query["person_id"]) if "person_id" in query else None
    parts = parts_of(account, current_user) if query["parts"] else ()
    return Page(*timeline(account, current_user, parts=parts, kind=query["kind"], person=person, below=query["cursor"],
                          limit=query["limit"]))
