"""A review takes questions until it closes; then it is a record, and its thread takes follow-ups."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import jobs
from app.activity.delivery import end_of_sweep
from app.activity.recording import record
from app.db import now
from app.extensions import db
from app.people.days import today_for
from app.people.models import Person
from app.reviews import kinds
from app.reviews.models import Review


def close(review: Review, *, actor: Person | None) -> bool:
    """No more questions; False if it was closed. Without an actor its day has come."""
    if review.closed_at is not None:
        return False
    review.closed_at = now()
    record(kinds.Closed, actor=actor, entry=review)
    return True


def reopen(review: Review, until: date | None, *, actor: Person) -> bool:
    """Questions again, until the end of a day or until somebody closes it; False if it was open till then."""
    if review.closed_at is None and review.closes_on == until:
        return False
    review.closed_at, review.closes_on = None, until
    record(kinds.Reopened, actor=actor, entry=review)
    return True


def close_due(moment: datetime) -> int:
    """Close the reviews whose last day is over where their author works; how many there were."""
    near = select(Review).where(
        Review.closed_at.is_(None), Review.closes_on <= moment.date() + timedelta(days=1), Review.deleted_at.is_(None)
    )
    reviews = db.session.scalars(near.options(joinedload(Review.author))).all()
    return sum(close(each, actor=None) for each in reviews if each.closes_on < today_for(each.author, moment))


@jobs.every_minute
def close_regularly() -> int:
    """How many closed."""
    return end_of_sweep(close_due(now()))
