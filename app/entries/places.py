"""Where somebody usually puts things: what a form offers first."""

from sqlalchemy import select

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
