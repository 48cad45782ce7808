"""What is at home in a space, and where somebody usually puts things."""

from sqlalchemy import and_, select

from app.access import writable_spaces
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person

COMMONS = "commons"


def usual_place(person: Person, model: type[Entry]) -> int | None:
    """The space where `person` wrote the last thing of this kind, else the Commons; as far as they may write there."""
    spaces = {space.id: space for space in writable_spaces(person)}
    mine = select(model.space_id).where(model.author_id == person.id, model.space_id.in_(spaces))
    last = db.session.scalar(mine.order_by(model.id.desc()).limit(1))
    return last or next((key for key, space in spaces.items() if space.slug == COMMONS), None)


def rooted_in(space_id: int, model: type[Entry] = Entry):
    """True, in SQL, for the root entries of a kind at home in a space, asked so that the indexes of roots answer.

    For a space alone there is none: SQLite would read all entries of the company.
    """
    kind = model.__mapper__.polymorphic_identity
    return and_(model.space_id == space_id, model.thread_id.is_(None), *([model.kind == kind] if kind else []))
