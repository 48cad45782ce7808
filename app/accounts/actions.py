"""Opening an account: its record and the group that works it."""

import re

from sqlalchemy import select

from app.accounts import kinds
from app.accounts.models import Account, AccountChange
from app.activity.recording import record as record_activity
from app.extensions import db
from app.people.models import Person
from app.spaces.actions import add_member, open_space

# With or without its scheme, which is the web's: what stands here may be opened by whoever reads it.
_WEBSITE = re.compile(r"(?:https?://)?[^\s/?#:@]+\.[^\s/?#:@]+(?::[0-9]+)?(?:[/?#]\S*)?", re.IGNORECASE)


OWNERS = {"marketing_owner_id": "marketing_owner", "sales_owner_id": "sales_owner"}


class NotAWebsite(ValueError):
    """An account's website is an address of the web, or empty."""


def check_website(text: str) -> str:
    """The address without blanks around it. Raises NotAWebsite."""
    text = text.strip()
    if text and not _WEBSITE.fullmatch(text):
        raise NotAWebsite(text)
    return text


class InCircle(ValueError):
    """A company is no part of itself."""


def _check_parent(account: Account, parent_id: int) -> None:
    """Raises InCircle when `account` is above its parent to be."""
    above, seen = parent_id, set()
    while above is not None and above not in seen:
        if above == account.id:
            raise InCircle(account.id)
        seen.add(above)
        above = db.session.scalar(select(Account.parent_id).where(Account.id == above))


def said(account: Account, name: str) -> str:
    """What a field of the record says, as its history keeps it: the name of a person, the id of another account (its
    name is not for everybody), "" where nothing is said.
    """
    if name in OWNERS:
        owner = getattr(account, OWNERS[name])
        return owner.name if owner else ""
    value = getattr(account, name)
    return "" if value is None else str(value)


def open_account(
    name: str, *, actor: Person, access: str = "open", description: str = "", **record,
) -> Account:
    """An account with its group; `record` holds tier, industry and so on, and the ids of the two owners.

    Raises NotAWebsite.
    """
    space = open_space("account", name, actor=actor, access=access, description=description)
    account = Account(space=space, **_checked(record))
    db.session.add(account)
    db.session.flush()
    return _take_owners_in(account, actor)


def change_account(account: Account, *, actor: Person, **record) -> Account:
    """Change the record; what it said before is kept. Raises NotAWebsite, InCircle."""
    record = _checked(record, account)
    before = {name: said(account, name) for name in record}
    for name, value in record.items():
        setattr(account, name, value)
    db.session.flush()
    db.session.expire(account, [*OWNERS.values(), "parent"])
    changes = [AccountChange(account=account, field=name, old=before[name], new=said(account, name), by=actor)
               for name in sorted(record) if said(account, name) != before[name]]
    if changes:
        db.session.add_all(changes)
        record_activity(kinds.RecordChanged, actor=actor, space=account.space)
    return _take_owners_in(account, actor)


def _checked(record: dict, account: Account | None = None) -> dict:
    if record.get("website"):
        record["website"] = check_website(record["website"])
    if account and record.get("parent_id"):
        _check_parent(account, record["parent_id"])
    return record


def _take_owners_in(account: Account, actor: Person) -> Account:
    """The owners, one from marketing and one from sales, belong to the group."""
    for owner in (account.marketing_owner, account.sales_owner):
        if owner and owner.id != actor.id:
            add_member(account.space, owner, actor=actor, role="owner")
    return account
