"""Which decisions there are: the log of a space, those about a thread, the chain of what superseded what."""

from sqlalchemy import Select, select

from app.access import visible
from app.decisions.models import Decision
from app.entries.models import Entry
from app.entries.places import rooted_in
from app.extensions import db
from app.people.models import Person

STATES = {
    "open": Decision.choice == "",
    "holding": (Decision.choice != "") & Decision.superseded_by_id.is_(None),
    "superseded": Decision.superseded_by_id.is_not(None),
}
"""What a decision can be, as a condition."""
SHOWN = 20


def about(root: Entry, reader: Person) -> list[Decision]:
    """The newest decisions about an entry or a comment in its thread."""
    inside = select(Entry.id).where((Entry.id == root.id) | (Entry.thread_id == root.id))
    return list(db.session.scalars(_living(reader).where(Decision.about_id.in_(inside)).limit(SHOWN)))


def replaced_by(decision: Decision, reader: Person) -> list[Decision]:
    """What the decision superseded."""
    return list(db.session.scalars(_living(reader).where(Decision.superseded_by_id == decision.id).limit(SHOWN)))


def open_in(space_id: int, reader: Person) -> list[Decision]:
    """What waits for a decision in a space, the most urgent first."""
    waiting = _living(reader).where(rooted_in(space_id, Decision), STATES["open"])
    return list(db.session.scalars(waiting.order_by(None).order_by(
        Decision.needed_by.is_(None), Decision.needed_by, Decision.id).limit(SHOWN)))


def _living(reader: Person) -> Select:
    return visible(reader, Decision).where(Decision.deleted_at.is_(None)).order_by(Decision.id.desc())
