"""What the industries of accounts are called."""

from sqlalchemy import select

from app.access import space_clause
from app.accounts.models import Account
from app.extensions import db
from app.people.models import Person

OFFERED = 200


def industries(person: Person) -> list[str]:
    """Those of the accounts that `person` may know of: what a form offers."""
    query = select(Account.industry).join(Account.space).where(Account.industry != "", space_clause(person))
    return list(db.session.scalars(query.distinct().order_by(Account.industry).limit(OFFERED)))
