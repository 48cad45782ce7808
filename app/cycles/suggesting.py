"""Whom to ask when there is no cycle to repeat: the programmes that reported on the quarter before."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import entry_clause
from app.cycles.actions import Owed
from app.extensions import db
from app.people.models import Person
from app.reviews.models import Review
from app.reviews.quarters import neighbour

MOST = 100


def reported(reader: Person, quarter: str) -> list[Owed]:
    """Each programme and region with a review of the quarter before that `reader` may see, owed by who wrote it."""
    query = select(Review).where(
        Review.quarter == neighbour(quarter, -1), Review.programme != "", Review.deleted_at.is_(None),
        entry_clause(reader, Review),
    )
    found: dict[tuple[str, str], Owed] = {}
    for review in db.session.scalars(query.options(joinedload(Review.author)).order_by(Review.id).limit(MOST)):
        if review.author.is_active and not review.author.is_guest:
            owed = Owed(review.programme, review.region, review.author)
            found.setdefault(owed.key, owed)
    return sorted(found.values(), key=lambda each: (each.programme.lower(), each.region.lower()))
