"""What was said in the quarter before: the commitments with which the next review of a programme opens."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.access import entry_clause
from app.extensions import db
from app.people.models import Person
from app.reviews.commitment_models import Commitment
from app.reviews.models import Review

OUTCOME_NAMES = {
    "done": _l("Done"), "partly": _l("Partly done"), "carried": _l("Carried over"), "dropped": _l("Dropped"),
}
WEEKS_FROM, MONTHS_FROM = 14, 63
"""From so many days on a distance is told in weeks, in months."""


def said_before(
    person: Person, programme: str, region: str, quarter: str, *, told_in: int | None = None,
) -> list[Commitment]:
    """What the reviews before `quarter` promised for a programme, and a region when both name one, in one statement.

    That is what was said in the newest such quarter, what somebody has owed for longer, and what was settled in the
    review `told_in`; of reviews that `person` may see.
    """
    if not programme:
        return []
    before = aliased(Review)
    newest = select(func.max(before.quarter)).join(Commitment, Commitment.review_id == before.id)
    newest = newest.where(*_earlier(before, person, programme, region, quarter)).scalar_subquery()
    still_owed = Commitment.outcome.is_(None) & Commitment.owner_id.is_not(None)
    settled_here = [Commitment.told_in_id == told_in] if told_in else []
    query = select(Commitment).join(Commitment.review).where(
        *_earlier(Review, person, programme, region, quarter),
        or_(Review.quarter == newest, still_owed, *settled_here),
    )
    return list(db.session.scalars(query.order_by(Review.quarter.desc(), Review.id, Commitment.position).options(
        contains_eager(Commitment.review).joinedload(Review.space), joinedload(Commitment.owner),
        joinedload(Commitment.carried_into),
    )))


def _earlier(review, person: Person, programme: str, region: str, quarter: str) -> list:
    same_region = [or_(review.region == region, review.region == "")] if region else []
    return [review.programme == programme, review.quarter < quarter, review.deleted_at.is_(None),
            entry_clause(person, review), *same_region]


def said_for(person: Person, review: Review) -> list[Commitment]:
    """With what a review opens for this reader."""
    return said_before(person, review.programme, review.region, review.quarter, told_in=review.id)


def promised(review: Review) -> list[Commitment]:
    """The next steps of a review with their owners, in one statement."""
    query = select(Commitment).where(Commitment.review_id == review.id).order_by(Commitment.position)
    return list(db.session.scalars(query.options(
        joinedload(Commitment.owner), joinedload(Commitment.carried_from), joinedload(Commitment.carried_into),
    )))


def variance(commitment: Commitment) -> str | None:
    """How far off the day it was: "on time", "5 days late", "2 weeks early"; None when that cannot be said."""
    days = commitment.variance
    if days is None:
        return None
    if days == 0:
        return _("on time")
    distance = _distance(abs(days))
    return _("%(time)s late", time=distance) if days > 0 else _("%(time)s early", time=distance)


def _distance(days: int) -> str:
    if days < WEEKS_FROM:
        return ngettext("%(num)s day", "%(num)s days", days)
    if days < MONTHS_FROM:
        return ngettext("%(num)s week", "%(num)s weeks", round(days / 7))
    return ngettext("%(num)s month", "%(num)s months", round(days / 30.4))

