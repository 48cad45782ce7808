"""What a hand-off rests on: what the contact read and the campaign it came from, as far as somebody may see it."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from app.access import entry_clause, visible
from app.entries.models import Entry
from app.extensions import db
from app.handoffs.models import Handoff, HandoffStep, handoff_reads
from app.people.models import Person
from app.reviews.models import Review

MOST_READS = 20
REVIEWS_OFFERED = 60


def readable(person: Person, ids: Iterable[int]) -> dict[int, Entry]:
    """Those of the entries with these ids that `person` may see, by id."""
    ids = list(ids)
    if not ids:
        return {}
    query = visible(person, Entry).where(Entry.id.in_(ids), Entry.deleted_at.is_(None))
    return {each.id: each for each in db.session.scalars(query)}


def reads_of(handoff_ids: Iterable[int], reader: Person) -> dict[int, list[Entry]]:
    """What the contact of each hand-off read, as far as `reader` may see it; in one statement."""
    found: dict[int, list[Entry]] = defaultdict(list)
    ids, entry = list(handoff_ids), aliased(Entry)
    if ids:
        query = select(handoff_reads.c.handoff_id, entry).join(entry, entry.id == handoff_reads.c.entry_id).where(
            handoff_reads.c.handoff_id.in_(ids), entry.deleted_at.is_(None), entry_clause(reader, entry))
        for handoff_id, each in db.session.execute(query.order_by(entry.id)):
            found[handoff_id].append(each)
    return found


def reviews_offered(person: Person) -> list[Review]:
    """The newest campaign reviews that `person` may see: what a form offers."""
    query = visible(person, Review).where(Review.deleted_at.is_(None))
    return list(db.session.scalars(query.order_by(Review.quarter.desc(), Review.id.desc()).limit(REVIEWS_OFFERED)))


def review_of(handoff: Handoff, person: Person) -> Review | None:
    """The campaign it came from, for who may see that."""
    return db.session.scalar(visible(person, Review).where(Review.id == handoff.review_id))


def course(handoff_id: int) -> list[HandoffStep]:
    """What happened to it since it was given, in order."""
    query = select(HandoffStep).where(HandoffStep.handoff_id == handoff_id).options(
        joinedload(HandoffStep.by), joinedload(HandoffStep.person), joinedload(HandoffStep.queue))
    return list(db.session.scalars(query.order_by(HandoffStep.id)))


def holders(handoff: Handoff, steps: list[HandoffStep]) -> list[str]:
    """For whom it was, one after the other: to whom it was given first, then to whom each passing on gave it."""
    held = [each.person or each.queue for each in steps if each.step == "passed"]
    return [each.name for each in (*held, handoff.person or handoff.queue)]
