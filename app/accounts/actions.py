"""Opening an account: its record and the group that works it."""

import re

from app.accounts.models import Account
from app.extensions import db
from app.people.models import Person
from app.spaces.actions import add_member, open_space

# With or without its scheme, which is the web's: what stands here may be opened by whoever reads it.
_WEBSITE = re.compile(r"(?:https?://)?[^\s/?#:@]+\.[^\s/?#:@]+(?::[0-9]+)?(?:[/?#]\S*)?", re.IGNORECASE)


class NotAWebsite(ValueError):
    """An account's website is an address of the web, or empty."""


def check_website(text: str) -> str:
    """The address without blanks around it. Raises NotAWebsite."""
    text = text.strip()
    if text and not _WEBSITE.fullmatch(text):
        raise NotAWebsite(text)
    return text


def open_account(
    name: str, *, actor: Person, access: str = "open", description: str = "", **record,
) -> Account:
    """An account with its group; `record` holds tier, industry and so on, and the ids of the two owners.

    Raises NotAWebsite.
    """
    account = Account(space=open_space("account", name, actor=actor, access=access, description=description))
    db.session.add(account)
    return change_account(account, actor=actor, **record)


def change_account(account: Account, *, actor: Person, **record) -> Account:
    """Change the record. The owners, one from marketing and one from sales, belong to the group. Raises NotAWebsite."""
    if record.get("website"):
        record["website"] = check_website(record["website"])
    for name, value in record.items():
        setattr(account, name, value)
    db.session.flush()
    for owner in (account.marketing_owner, account.sales_owner):
        if owner and owner.id != actor.id:
            add_member(account.space, owner, actor=actor, role="owner")
    return account
