"""What stands beside the home feed: what I owe and what ends soon, in one statement."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Date, Integer, String, case, cast, exists, func, literal, null, select, union_all

from app.access import entry_clause, readable_clause, space_clause
from app.approvals.models import ApprovalRequest, Approver, Verdict
from app.assets.models import Asset, Version
from app.cycles.models import OwedReview, ReviewCycle
from app.db import now
from app.extensions import db
from app.learnings.models import Learning, Trial
from app.people.models import Person
from app.projects.models import Project
from app.reviews.commitment_models import Commitment
from app.reviews.models import Review
from app.spaces.models import Membership, Space
from app.tasks.mine import open_of
from app.tasks.models import Task

SHOWN = 6
WORDS = 120
SOON = timedelta(days=45)


@dataclass(frozen=True)
class Due:
    """Something that asks for the person: a trial to report on (with its `place`), a project of theirs that ends, a
    review of theirs with so many open `questions`, one that they owe for a `quarter`, or what they owe `within`
    something: a next step of a review, a task of a space; or a file that waits for their approval.
    """

    title: str
    url: str
    place: str | None
    day: date | None
    questions: int | None
    within: str | None
    quarter: str | None

    @property
    def is_approval(self) -> bool:
        """Whether somebody waits for their approval."""
        return self.url.startswith("/approvals/")

    @property
    def is_late(self) -> bool:
        return self.day is not None and self.day < now().date()


def due(person: Person) -> list[Due]:
    """What waits for `person`, what has a date first."""
    ending = (
        select(Space.name, (literal("/projects/") + Space.slug).label("url"), cast(null(), String).label("place"),
               Project.ends_on, cast(null(), Integer).label("questions"), cast(null(), String).label("review"),
               cast(null(), String).label("quarter"))
        .join(Project, Project.space_id == Space.id).join(Membership, Membership.space_id == Space.id)
        .where(Membership.person_id == person.id, Space.archived_at.is_(None), Project.state == "running",
               Project.ends_on <= now().date() + SOON)
    )
    trials = (
        select(Learning.title, literal("/learnings/") + cast(Learning.id, String), Trial.place, Trial.due_on,
               cast(null(), Integer), cast(null(), String), cast(null(), String))
        .join(Learning, Learning.id == Trial.learning_id)
        .where(Trial.person_id == person.id, Trial.result.is_(None), Learning.deleted_at.is_(None),
               entry_clause(person, Learning))
    )
    asked = (
        select(Review.title, literal("/reviews/") + cast(Review.id, String) + literal("#questions"),
               cast(null(), String), cast(null(), Date), Review.asked - Review.answered, cast(null(), String),
               cast(null(), String))
        .where(Review.author_id == person.id, Review.asked > Review.answered, Review.deleted_at.is_(None),
               entry_clause(person, Review))
    )
    promised = (
        select(func.substr(Commitment.text, 1, WORDS), literal("/reviews/") + cast(Review.id, String)
               + literal("#step-") + cast(Commitment.id, String), cast(null(), String), Commitment.due_on,
               cast(null(), Integer), Review.title, cast(null(), String))
        .join(Review, Review.id == Commitment.review_id)
        .where(Commitment.owner_id == person.id, Commitment.outcome.is_(None), Review.deleted_at.is_(None),
               entry_clause(person, Review))
    )
    owing = (
        select(OwedReview.programme + case((OwedReview.region != "", literal(" · ") + OwedReview.region), else_=""),
               literal("/owed/") + cast(OwedReview.id, String), cast(null(), String), ReviewCycle.due_on,
               cast(null(), Integer), cast(null(), String), ReviewCycle.quarter)
        .join(OwedReview.cycle).join(ReviewCycle.space)
        .where(OwedReview.owner_id == person.id, OwedReview.posted_at.is_(None), Space.archived_at.is_(None),
               readable_clause(person))
    )
    given = open_of(person).where(Task.due_on.is_not(None)).with_only_columns(
        Task.title, literal("/tasks/") + cast(Task.id, String), cast(null(), String), Task.due_on,
        cast(null(), Integer), case((space_clause(person), Space.name), else_=cast(null(), String)),
        cast(null(), String))
    answered = exists().where(Verdict.approver_id == Approver.id)
    asked_for = (Approver.person_id == person.id) | (Approver.team_id == person.team_id)
    approving = (
        select(Asset.title, literal("/approvals/") + cast(ApprovalRequest.id, String), cast(null(), String),
               ApprovalRequest.due_on, cast(null(), Integer), cast(null(), String), cast(null(), String))
        .join(ApprovalRequest, ApprovalRequest.asset_id == Asset.id).join(ApprovalRequest.version)
        .join(ApprovalRequest.approvers).join(Asset.space)
        .where(asked_for, Space.archived_at.is_(None), ~answered,
               ApprovalRequest.withdrawn_at.is_(None), Version.number == Asset.version_count,
               Asset.deleted_at.is_(None), entry_clause(person, Asset))
    )
    every = union_all(ending, trials, asked, promised, owing, given, approving).subquery()
    order = every.c.ends_on.is_(None), every.c.ends_on, every.c.name
    rows = db.session.execute(select(every).order_by(*order).limit(SHOWN))
    return [Due(*row) for row in rows]
