"""Opening an account: its record and the group that works it."""

from app.accounts.models import Account
from app.extensions import db
from app.people.models import Person
from app.spaces.actions import add_member, open_space


def open_account(
    name: str, *, actor: Person, access: str = "open", description: str = "", **record,
) -> Account:
    """An account with its group; `record` holds tier, industry and so on, and the ids of the two owners."""
    account = Account(space=open_space("account", name, actor=actor, access=access, description=description))
    db.session.add(account)
    return change_account(account, actor=actor, **record)


def change_account(account: Account, *, actor: Person, **record) -> Account:
    """Change the record. The owners, one from marketing and one from sales, belong to the group."""
    for name, value in record.items():
        setattr(account, name, value)
    db.session.flush()
    for owner in (account.marketing_owner, account.sales_owner):
        if owner and owner.id != actor.id:
            add_member(account.space, owner, actor=actor, role="owner")
    return account
