"""Running a review cycle. Each action takes its actor, records what happened and never commits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from sqlalchemy import select

from app.access import can, entry_clause
from app.activity.recording import record
from app.cycles import kinds
from app.cycles.models import OwedReview, ReviewCycle
from app.db import now
from app.entries.actions import after_removal
from app.entries.models import Entry
from app.extensions import db
from app.people.days import today_for
from app.people.models import Person
from app.reviews.actions import after_posting
from app.reviews.draft_models import ReviewDraft
from app.reviews.drafting import start_draft
from app.reviews.models import Review
from app.reviews.quarters import neighbour
from app.spaces.models import Space

A_QUARTER = relativedelta(months=3)


class AlreadyThere(ValueError):
    """A space has one cycle for a quarter."""


@dataclass(frozen=True)
class Owed:
    """What is owed: the review of a programme, in a region or (empty) all, and by whom."""

    programme: str
    region: str
    owner: Person

    @property
    def key(self) -> tuple[str, str]:
        return self.programme, self.region


def start_cycle(
    space: Space, quarter: str, *, actor: Person, due_on: date, closes_on: date, owed: Iterable[Owed],
    reviewers: Iterable[Person] = (),
) -> ReviewCycle:
    """Ask for the reviews of a quarter; everybody who owes one hears of it. Raises AlreadyThere."""
    present = select(ReviewCycle.id).where(ReviewCycle.space_id == space.id, ReviewCycle.quarter == quarter)
    if db.session.scalar(present):
        raise AlreadyThere(quarter)
    cycle = ReviewCycle(
        space=space, quarter=quarter, due_on=due_on, closes_on=closes_on, created_by_id=actor.id,
        reviewers=list(reviewers),
        owed=[OwedReview(programme=each.programme, region=each.region, owner=each.owner) for each in owed],
    )
    db.session.add(cycle)
    db.session.flush()
    _find_posted(cycle, actor)
    record(kinds.CycleStarted, actor=actor, space=space, cycle_id=cycle.id, quarter=quarter)
    return cycle


def start_next(cycle: ReviewCycle, *, actor: Person) -> ReviewCycle:
    """The same for the quarter after, three months later. Raises AlreadyThere."""
    owed = [Owed(each.programme, each.region, each.owner) for each in cycle.owed if each.owner.is_active]
    return start_cycle(
        cycle.space, neighbour(cycle.quarter, 1), actor=actor, due_on=cycle.due_on + A_QUARTER,
        closes_on=cycle.closes_on + A_QUARTER, owed=owed,
        reviewers=[each for each in cycle.reviewers if each.is_active],
    )


def change_cycle(
    cycle: ReviewCycle, *, actor: Person, due_on: date, closes_on: date, owed: Iterable[Owed],
    reviewers: Iterable[Person],
) -> None:
    """Change its days, its reviewers and what is owed; what was drafted or posted for what stays owed stays with it."""
    present = {each.key: each for each in cycle.owed}
    before = {each.owner_id for each in cycle.owed}
    kept = []
    for each in owed:
        row = present.get(each.key) or OwedReview(programme=each.programme, region=each.region)
        row.owner = each.owner
        kept.append(row)
    cycle.due_on, cycle.closes_on = due_on, closes_on
    cycle.owed, cycle.reviewers = kept, list(reviewers)
    db.session.flush()
    _find_posted(cycle, actor)
    record(kinds.CycleChanged, actor=actor, space=cycle.space, cycle_id=cycle.id, quarter=cycle.quarter,
           new_owner_ids=sorted({each.owner_id for each in cycle.owed} - before))


def begin_review(owed: OwedReview, fields: dict[str, str], *, actor: Person) -> ReviewDraft:
    """The draft of a review that is owed, named for it; `fields` are what else its form begins with."""
    cycle = owed.cycle
    named = {"title": " ".join(filter(None, (owed.programme, owed.region))), "programme": owed.programme,
             "region": owed.region, "quarter": cycle.quarter}
    if cycle.closes_on >= today_for(actor):
        named["closes_on"] = cycle.closes_on.isoformat()
    owed.draft = start_draft(fields | named, actor=actor)
    db.session.flush()
    return owed.draft


def _find_posted(cycle: ReviewCycle, actor: Person) -> None:
    """Reviews that were there before the cycle asked for them, as far as who runs it may see them."""
    known = select(Review).where(Review.quarter == cycle.quarter, Review.deleted_at.is_(None))
    posted: dict[tuple[str, str], Review] = {}
    for review in db.session.scalars(known.where(entry_clause(actor, Review)).order_by(Review.id)):
        posted.setdefault(_key(review), review)
    for owed in cycle.owed:
        if owed.posted_at is None and (review := posted.get(_key(owed))):
            owed.review, owed.posted_at = review, review.created_at


def _key(thing: Review | OwedReview) -> tuple[str, str]:
    """By what a review and what is owed are the same. Compared here: SQLite knows capitals of ASCII only."""
    return thing.programme.casefold(), thing.region.casefold()


@after_posting
def settle(review: Review, draft: ReviewDraft | None) -> None:
    """A review settles what is owed: what its draft was begun for, and else the same programme, region and quarter."""
    query = select(OwedReview).join(OwedReview.cycle).where(OwedReview.posted_at.is_(None))
    owing = list(db.session.scalars(query.where(OwedReview.draft_id == draft.id))) if draft else []
    if not owing:
        asked_for = db.session.scalars(query.where(ReviewCycle.quarter == review.quarter))
        # A namesake in a place that has nothing to do with the cycle settles nothing there.
        owing = [each for each in asked_for if _key(each) == _key(review) and can(review.author, "read", each)]
    for owed in owing:
        owed.review, owed.posted_at, owed.draft = review, now(), None
        record(kinds.ReviewPosted, actor=review.author, entry=review, cycle_id=owed.cycle_id)


@after_removal
def owe_again(entry: Entry) -> None:
    """A review that was withdrawn is owed again."""
    if isinstance(entry, Review):
        for owed in db.session.scalars(select(OwedReview).where(OwedReview.review_id == entry.id)):
            owed.review, owed.posted_at = None, None
