"""Opening an account: its record and the group that works it."""

from app.accounts.models import Account
from app.extensions import db
from app.people.models import Person
from app.spaces.actions import add_member, open_space


def open_account(
    name: str, *, actor: Person, access: str = "open", description: str = "",
    marketing_owner: Person | None = None, sales_owner: Person | None = None, **record,
) -> Account:
    """An account with its group. Both owners, one from marketing and one from sales, belong to it from the start."""
    space = open_space("account", name, actor=actor, access=access, description=description)
    account = Account(space=space, marketing_owner=marketing_owner, sales_owner=sales_owner, **record)
    db.session.add(account)
    db.session.flush()
    for owner in (marketing_owner, sales_owner):
        if owner and owner.id != actor.id:
            add_member(space, owner, actor=actor, role="owner")
    return account


def change_account(account: Account, **fields) -> Account:
    """Change the record; new owners join the group."""
    for name, value in fields.items():
        setattr(account, name, value)
    db.session.flush()
    for owner in (account.marketing_owner, account.sales_owner):
        if owner:
            add_member(account.space, owner, actor=owner, role="owner")
    return account
