"""What is there to show: conversations of an account, whom we spoke to last, letters by their entries."""

from sqlalchemy import select

from app.access import visible
from app.contacts.models import Contact
from app.conversations.models import Conversation
from app.entries.places import rooted_in
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

OFFERED = 6
COMPLETED = 100
SHOWN = 12


def people_of(space: Space, reader: Person, most: int = COMPLETED) -> list[Contact]:
    """The people of a customer, whom we spoke to last first."""
    query = visible(reader, Contact).where(Contact.account_id == space.account.id)
    return list(db.session.scalars(query.order_by(Contact.spoken_at.is_(None), Contact.spoken_at.desc(),
                                                  Contact.name).limit(most)))


def conversation_ids(space: Space):
    """A query for the ids of a space's conversations."""
    return select(Conversation.id).where(rooted_in(space.id, Conversation), Conversation.deleted_at.is_(None))
