"""What a profile shows besides the person's own words: their campaigns and the accounts they work."""

from sqlalchemy import select

from app.access import space_clause, visible
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Membership, Space

CAMPAIGNS_SHOWN = 12


def campaigns_of(person: Person, reader: Person) -> list[Entry]:
    """The newest campaign reviews by `person` that `reader` may see."""
    query = visible(reader, Entry).where(
        Entry.author_id == person.id, Entry.kind == "review", Entry.deleted_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(Entry.id.desc()).limit(CAMPAIGNS_SHOWN)))


def accounts_of(person: Person, reader: Person) -> list[Space]:
    """The account groups `person` belongs to, as far as `reader` may know of them."""
    query = select(Space).join(Membership).where(
        Space.kind == "account", Membership.person_id == person.id, space_clause(reader)
    )
    return list(db.session.scalars(query.order_by(Space.name)))
