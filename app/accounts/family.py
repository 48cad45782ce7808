"""A company and its parts, as far as the reader knows of them."""

from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager

from app.access import readable_spaces, space_clause
from app.accounts.models import Account
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

CHILDREN_SHOWN = 12
MOST_PARTS = 50
"""So many parts of a company stand on its timeline at most, by name."""


def family(account: Account, reader: Person) -> tuple[Account | None, list[Account]]:
    """The company it is part of and its own parts, of those that `reader` may know of."""
    related = (Account.id == account.parent_id) | (Account.parent_id == account.id)
    query = select(Account).join(Account.space).options(contains_eager(Account.space))
    known = query.where(related, space_clause(reader)).order_by(Account.id != account.parent_id, Space.name).limit(
        CHILDREN_SHOWN + 1)
    found = list(db.session.scalars(known))
    parent = next((each for each in found if each.id == account.parent_id), None)
    return parent, [each for each in found if each.parent_id == account.id]


def parts_of(account: Account, reader: Person) -> list[Account]:
    """The parts of a company whose groups `reader` may read, and their parts, as long as each between is readable."""
    parts = select(Account.id).where(
        Account.parent_id == account.id, Account.space_id.in_(readable_spaces(reader))).cte(recursive=True)
    below = aliased(Account)
    deeper = select(below.id).join(parts, below.parent_id == parts.c.id).where(
        below.space_id.in_(readable_spaces(reader)))
    known = select(parts.union(deeper).c.id)
    query = select(Account).join(Account.space).options(contains_eager(Account.space)).where(
        Account.id.in_(known), Account.id != account.id)
    return list(db.session.scalars(query.order_by(Space.name, Account.id).limit(MOST_PARTS)))
