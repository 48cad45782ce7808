"""Accounts: what is known of a customer; what people say of it is in its group, the space `space_id`."""

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import fields
from sqlalchemy.orm import selectinload

from app.access import fetch, visible
from app.accounts import actions
from app.accounts.models import TIERS, Account
from app.api.fields import Output, Text, Whole, Wrong, key
from app.api.operation import Answer, PlainQuery, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid
from app.api.revisions import etag, expect_unchanged, lock
from app.api.spaces import SpaceFields
from app.extensions import db
from app.people.models import Person
from app.spaces.actions import change_space
from app.spaces.models import ACCESS

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
    website = fields.String()
    employees = fields.Integer(allow_none=True)
    marketing_owner_id = fields.Integer(allow_none=True)
    sales_owner_id = fields.Integer(allow_none=True)


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
    website = Text(200, checks=[_website], metadata={"description": "http or https."})
    employees = Whole(0, MOST_EMPLOYEES, allow_none=True)
    marketing_owner_id = key(allow_none=True)
    sales_owner_id = key(allow_none=True)


class AccountIn(AccountFields):
    """A new account."""

    name = Text(120, needed=True)


class AccountQuery(PlainQuery):
    space_id = key(written=True)
    tier = Text(choices=TIERS)


def _check_owners(body: dict) -> None:
    for name in OWNERS:
        if not body.get(name):
            continue
        owner = db.session.scalar(visible(current_user, Person).where(Person.id == body[name]))
        if owner is None or not owner.is_active or owner.is_guest:
            raise Invalid({name: [_("This is not a colleague.")]})


def _shown(account: Account, status: int | None = None) -> Answer:
    location = f"/api/v1/accounts/{account.id}" if status == 201 else None
    return Answer(account, status, etag(account), location)


@operation("GET", "/accounts", query=paged_query(AccountQuery), returns=AccountSchema(), paged=True)
def list_accounts(query):
    """The accounts I may know of, the latest first."""
    accounts = visible(current_user, Account)
    for name in ("space_id", "tier"):
        if name in query:
            accounts = accounts.where(getattr(Account, name) == query.pop(name))
    return page(accounts.options(selectinload(Account.space)), Account.id, **query)


@operation("POST", "/accounts", body=AccountIn(), returns=AccountSchema(), status=201, etag=True, also=(403,))
def create_account(body):
    """Open an account and its group. Not for guests."""
    if current_user.is_guest:
        abort(403)
    _check_owners(body)
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
    space = {name: body.pop(name).strip() for name in SPACE_FIELDS if name in body}
    change_space(account.space, actor=current_user, **space)
    return _shown(actions.change_account(account, actor=current_user, **body))
