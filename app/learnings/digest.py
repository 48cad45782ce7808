"""What a quarter taught: learned, re-applied and with what effect, failed twice, and what is still owed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.access import entry_clause, readable_clause
from app.cycles.models import OwedReview, ReviewCycle
from app.db import now
from app.entries.models import Comment
from app.extensions import db
from app.learnings.models import Learning, Trial
from app.people.models import Person
from app.reviews.models import Review
from app.reviews.quarters import bounds, neighbour
from app.reviews.question_models import Question

MOST = 50
FAILED_TWICE = 2


@dataclass(frozen=True)
class Digest:
    """A quarter as `reader` may see it; every list bounded by `MOST`."""

    quarter: str
    reviews: list[Review]
    learned: list[Learning]
    reapplied: list[Trial]
    failed_twice: list[Learning]
    owed: list[Trial]
    silent: list[str]
    """Programmes that reported on the quarter before and not on this one."""
    questions: list[Comment]
    """What was asked in the quarter's reviews and has no accepted answer, what most would like to know first."""
    late: list[OwedReview]
    """Reviews that a cycle of the quarter asked for and that are overdue."""

    @property
    def is_empty(self) -> bool:
        """Whether nobody did anything that the reader may know of."""
        return not (self.reviews or self.learned or self.reapplied)


def digest(reader: Person, quarter: str) -> Digest:
    """In eight statements, besides the records of the learnings. Raises ValueError for anything but a quarter."""
    start, end = bounds(quarter)
    return Digest(
        quarter, _reviews(reader, quarter), _learned(reader, start, end), _reapplied(reader, start, end),
        _failed_twice(reader, start, end), _owed(reader), _silent(reader, quarter),
        _questions(reader, quarter), _late(reader, quarter),
    )


def _seen(reader: Person, model, *conditions):
    query = select(model).where(entry_clause(reader, model), model.deleted_at.is_(None), *conditions)
    return query.options(joinedload(model.author), joinedload(model.space)).limit(MOST)


def _reviews(reader: Person, quarter: str) -> list[Review]:
    return list(db.session.scalars(_seen(reader, Review, Review.quarter == quarter).order_by(Review.id)))


def _learned(reader: Person, start: datetime, end: datetime) -> list[Learning]:
    within = (Learning.created_at >= start, Learning.created_at < end)
    return list(db.session.scalars(_seen(reader, Learning, *within).order_by(Learning.strength.desc(), Learning.id)))


def _trials(reader: Person, *conditions):
    query = select(Trial).join(Trial.learning).where(
        entry_clause(reader, Learning), Learning.deleted_at.is_(None), *conditions
    )
    return query.options(contains_eager(Trial.learning), joinedload(Trial.person)).limit(MOST)


def _reapplied(reader: Person, start: datetime, end: datetime) -> list[Trial]:
    ended = _trials(reader, Trial.ended_at >= start, Trial.ended_at < end)
    return list(db.session.scalars(ended.order_by(Trial.learning_id, Trial.id)))


def _failed_twice(reader: Person, start: datetime, end: datetime) -> list[Learning]:
    lately = exists().where(
        Trial.learning_id == Learning.id, Trial.result == "failed", Trial.ended_at >= start, Trial.ended_at < end
    )
    failed = _seen(reader, Learning, Learning.failed >= FAILED_TWICE, lately)
    return list(db.session.scalars(failed.order_by(Learning.failed.desc(), Learning.id)))


def _owed(reader: Person) -> list[Trial]:
    overdue = _trials(reader, Trial.result.is_(None), Trial.due_on < now().date())
    return list(db.session.scalars(overdue.order_by(Trial.due_on, Trial.id)))


def _silent(reader: Person, quarter: str) -> list[str]:
    wanted = (neighbour(quarter, -1), quarter)
    reported = select(Review.programme, Review.quarter).where(
        entry_clause(reader, Review), Review.deleted_at.is_(None), Review.programme != "", Review.quarter.in_(wanted)
    )
    by_quarter: dict[str, set[str]] = {name: set() for name in wanted}
    for programme, when in db.session.execute(reported.distinct()):
        by_quarter[when].add(programme)
    before, this = (by_quarter[name] for name in wanted)
    return sorted(before - this)[:MOST]


def _questions(reader: Person, quarter: str) -> list[Comment]:
    review = aliased(Review, flat=True)
    query = select(Comment).join(Comment.question).join(review, review.id == Comment.thread_id).where(
        review.quarter == quarter, review.deleted_at.is_(None), entry_clause(reader, review),
        Question.accepted_id.is_(None), Comment.deleted_at.is_(None),
    )
    asked = query.options(joinedload(Comment.author), contains_eager(Comment.question))
    return list(db.session.scalars(asked.order_by(Question.votes.desc(), Comment.id).limit(MOST)))


def _late(reader: Person, quarter: str) -> list[OwedReview]:
    query = select(OwedReview).join(OwedReview.cycle).join(ReviewCycle.space).where(
        ReviewCycle.quarter == quarter, ReviewCycle.due_on < now().date(), OwedReview.posted_at.is_(None),
        readable_clause(reader),
    )
    owed = query.options(joinedload(OwedReview.owner), contains_eager(OwedReview.cycle))
    return list(db.session.scalars(owed.order_by(OwedReview.programme, OwedReview.region).limit(MOST)))
