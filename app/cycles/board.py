"""Reading review cycles: the board of one, all that a person sees, and what a person owes."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.access import entry_clause, readable_clause, visible
from app.cycles.models import OwedReview, ReviewCycle
from app.extensions import db
from app.people.models import Person
from app.reviews.models import Review
from app.spaces.models import Space

STATES = ("late", "owed", "drafted", "published")
CYCLES_SHOWN = 40


@dataclass(frozen=True)
class Line:
    """What is owed and how far it is; `review` is there for who may see it."""

    owed: OwedReview
    state: str
    review: Review | None

    @property
    def was_late(self) -> bool:
        posted = self.owed.posted_at
        return posted is not None and posted.date() > self.owed.cycle.due_on


@dataclass(frozen=True)
class Board:
    """A cycle by state. `open_questions` counts those in the reviews that the reader may see."""

    cycle: ReviewCycle
    lines: list[Line]

    def of(self, state: str) -> list[Line]:
        return [line for line in self.lines if line.state == state]

    @property
    def open_questions(self) -> int:
        return sum(line.review.asked - line.review.answered for line in self.lines if line.review)


def boards(reader: Person, cycles: Sequence[ReviewCycle], today: date) -> list[Board]:
    """The boards of several cycles, in two statements."""
    owed = list(db.session.scalars(
        select(OwedReview).where(OwedReview.cycle_id.in_([each.id for each in cycles]))
        .options(joinedload(OwedReview.owner)).order_by(func.lower(OwedReview.programme), func.lower(OwedReview.region))
    ))
    ids = [each.review_id for each in owed if each.review_id]
    seen = select(Review).where(Review.id.in_(ids), entry_clause(reader, Review), Review.deleted_at.is_(None))
    reviews = {each.id: each for each in db.session.scalars(seen)} if ids else {}
    lines = defaultdict(list)
    for each in owed:
        lines[each.cycle_id].append(Line(each, each.state(today), reviews.get(each.review_id)))
    return [Board(cycle, lines[cycle.id]) for cycle in cycles]


def board(reader: Person, cycle: ReviewCycle, today: date) -> Board:
    """In two statements."""
    return boards(reader, [cycle], today)[0]


def cycles_of(reader: Person) -> list[ReviewCycle]:
    """The cycles `reader` may see, the newest quarter first, with what is owed in them."""
    query = visible(reader, ReviewCycle).order_by(ReviewCycle.quarter.desc(), ReviewCycle.id.desc())
    return list(db.session.scalars(query.limit(CYCLES_SHOWN).options(
        joinedload(ReviewCycle.space), selectinload(ReviewCycle.owed)
    )))


def progress(cycle: ReviewCycle, today: date) -> Counter:
    """How many of its reviews are in each state."""
    return Counter(each.state(today) for each in cycle.owed)


def owed_by(person: Person) -> list[OwedReview]:
    """What `person` still owes in cycles they may see, the first due first."""
    query = select(OwedReview).join(OwedReview.cycle).join(ReviewCycle.space).where(
        OwedReview.owner_id == person.id, OwedReview.posted_at.is_(None), readable_clause(person),
        Space.archived_at.is_(None),
    )
    return list(db.session.scalars(query.options(joinedload(OwedReview.cycle)).order_by(ReviewCycle.due_on)))
