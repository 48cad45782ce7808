"""What stands beside the home feed: what I owe and what ends soon, in one statement."""

import functools
import operator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Date, Integer, Select, String, case, cast, exists, func, literal, null, select, union_all

from app.access import Anyone, built_once, entry_clause, readable_clause, space_clause
from app.approvals.models import ApprovalRequest, Approver, Verdict
from app.assets.models import Asset, Version
from app.conversations.models import Conversation, Promise
from app.cycles.models import OwedReview, ReviewCycle
from app.db import UTCDateTime, now, when_run
from app.decisions.models import Decision, decision_makers
from app.entries.important_models import Acknowledgement
from app.entries.markdown import beginning
from app.entries.models import Entry
from app.extensions import db
from app.handoffs.models import Handoff
from app.handoffs.waiting import living, owed_by, waits_for
from app.learnings.models import Learning, Trial
from app.people.models import Person
from app.projects.models import Project
from app.reviews.commitment_models import Commitment
from app.reviews.models import Review
from app.spaces.models import Membership, Space
from app.tasks.mine import open_of
from app.tasks.models import Task

SHOWN = 6
"""So many stand beside the feed."""
MOST = 50
WORDS = 120
MARKED = 600
"""So many characters of a text with marks are enough for its beginning without them."""
SOON = timedelta(days=45)


def _soon() -> date:
    return now().date() + SOON


@dataclass(frozen=True)
class Due:
    """Something that asks for the person: a `trial` to report on (with its `place`), a `project` of theirs that ends, a
    review of theirs with open `questions`, one that they owe for a `quarter` (`owed`), a next `step` or a `task`
    (with what it is `within`, a review or a space), a `promise` to a customer (`within` the account), a file that waits
    for their `approval`, something `important` that they have not seen, a `decision` they are asked for, or a `handoff`
    that waits for them or whose outcome they owe, until a `moment`.
    """

    kind: str
    title: str
    url: str
    place: str | None
    day: date | None
    questions: int | None
    within: str | None
    quarter: str | None
    moment: datetime | None

    @property
    def is_late(self) -> bool:
        if self.moment is not None:
            return self.moment < now()
        return self.day is not None and self.day < now().date()


def due(person: Person) -> list[Due]:
    """What waits for `person`, what has a date first; many more than are shown beside a page."""
    rows = db.session.execute(*_every(person))
    return [replace(each, title=beginning(each.title)) if each.kind == "important" else each
            for each in (Due(*row) for row in rows)]


@built_once
def _every(anyone: Anyone) -> Select:
    every = union_all(*(query(anyone) for query in (
        _ending, _trials, _asked, _promised, _owing, _given, _approving, _unseen, _handed, _said,
        _deciding))).subquery()
    return select(every).order_by(every.c.day.is_(None), every.c.day, every.c.title).limit(MOST)


def _path(*parts):
    """An address of words and columns."""
    parts = [literal(each) if isinstance(each, str) else cast(each, String) for each in parts]
    return functools.reduce(operator.add, parts)


def _row(kind: str, title, url, *, place=None, day=None, questions=None, within=None, quarter=None,
         moment=None) -> list:
    """The columns of a Due."""
    given = {"place": (place, String), "day": (day, Date), "questions": (questions, Integer),
             "within": (within, String), "quarter": (quarter, String),
             "moment": (moment, UTCDateTime)}
    return [literal(kind).label("kind"), title.label("title"), url.label("url"), *(
        (cast(null(), of) if value is None else value).label(name) for name, (value, of) in given.items())]


def _ending(person: Anyone) -> Select:
    return (
        select(*_row("project", Space.name, _path("/projects/", Space.slug), day=Project.ends_on))
        .join(Project, Project.space_id == Space.id).join(Membership, Membership.space_id == Space.id)
        .where(Membership.person_id == person.id, Space.archived_at.is_(None), Project.state == "running",
               Project.ends_on <= when_run(_soon, Date()))
    )


def _trials(person: Anyone) -> Select:
    return (
        select(*_row("trial", Learning.title, _path("/learnings/", Learning.id), place=Trial.place, day=Trial.due_on))
        .join(Learning, Learning.id == Trial.learning_id)
        .where(Trial.person_id == person.id, Trial.result.is_(None), Learning.deleted_at.is_(None),
               entry_clause(person, Learning))
    )


def _asked(person: Anyone) -> Select:
    return (
        select(*_row("questions", Review.title, _path("/reviews/", Review.id, "#questions"),
                     questions=Review.asked - Review.answered))
        .where(Review.author_id == person.id, Review.asked > Review.answered, Review.deleted_at.is_(None),
               entry_clause(person, Review))
    )


def _promised(person: Anyone) -> Select:
    return (
        select(*_row("step", func.substr(Commitment.text, 1, WORDS),
                     _path("/reviews/", Review.id, "#step-", Commitment.id), day=Commitment.due_on,
                     within=Review.title))
        .join(Review, Review.id == Commitment.review_id)
        .where(Commitment.owner_id == person.id, Commitment.outcome.is_(None), Review.deleted_at.is_(None),
               entry_clause(person, Review))
    )


def _owing(person: Anyone) -> Select:
    region = case((OwedReview.region != "", literal(" · ") + OwedReview.region), else_="")
    return (
        select(*_row("owed", OwedReview.programme + region, _path("/owed/", OwedReview.id), day=ReviewCycle.due_on,
                     quarter=ReviewCycle.quarter))
        .join(OwedReview.cycle).join(ReviewCycle.space)
        .where(OwedReview.owner_id == person.id, OwedReview.posted_at.is_(None), Space.archived_at.is_(None),
               readable_clause(person))
    )


def _given(person: Anyone) -> Select:
    space = case((space_clause(person), Space.name), else_=cast(null(), String))
    return open_of(person).where(Task.due_on.is_not(None)).with_only_columns(
        *_row("task", Task.title, _path("/tasks/", Task.id), day=Task.due_on, within=space))


def _approving(person: Anyone) -> Select:
    answered = exists().where(Verdict.approver_id == Approver.id)
    asked = (Approver.person_id == person.id) | (Approver.team_id == person.team_id)
    return (
        select(*_row("approval", Asset.title, _path("/approvals/", ApprovalRequest.id), day=ApprovalRequest.due_on))
        .join(ApprovalRequest, ApprovalRequest.asset_id == Asset.id).join(ApprovalRequest.version)
        .join(ApprovalRequest.approvers).join(Asset.space)
        .where(asked, Space.archived_at.is_(None), ~answered,
               ApprovalRequest.withdrawn_at.is_(None), Version.number == Asset.version_count,
               Asset.deleted_at.is_(None), entry_clause(person, Asset))
    )


def _unseen(person: Anyone) -> Select:
    """What everybody in a space of theirs should have seen, and they have not."""
    said = exists().where(Acknowledgement.entry_id == Entry.id, Acknowledgement.person_id == person.id)
    title = case((Entry.title != "", Entry.title), else_=func.substr(Entry.body, 1, MARKED))
    return (
        select(*_row("important", title, _path("/e/", Entry.id), within=Space.name)).join(Entry.space)
        .join(Membership, (Membership.space_id == Space.id) & (Membership.person_id == person.id))
        .where(Entry.important_at.is_not(None), Entry.deleted_at.is_(None), Entry.author_id != person.id,
               Space.archived_at.is_(None), ~said)
    )


def _handed(person: Anyone) -> Select:
    account = case((space_clause(person), Space.name), else_=cast(null(), String))
    return living(person).where(Handoff.due_at.is_not(None), waits_for(person) | owed_by(person)).with_only_columns(
        *_row("handoff", Handoff.title, _path("/handoffs/", Handoff.id), day=func.date(Handoff.due_at, type_=Date),
              within=account, moment=Handoff.due_at))


def _said(person: Anyone) -> Select:
    account = case((space_clause(person), Space.name), else_=cast(null(), String))
    return (
        select(*_row("promise", func.substr(Promise.text, 1, WORDS),
                     _path("/conversations/", Conversation.id, "#promise-", Promise.id), day=Promise.due_on,
                     within=account))
        .join(Promise.conversation).join(Space, Space.id == Conversation.space_id)
        .where(Promise.owner_id == person.id, Promise.outcome.is_(None), Conversation.deleted_at.is_(None),
               Space.archived_at.is_(None), entry_clause(person, Conversation))
    )


def _deciding(person: Anyone) -> Select:
    """What they are named to decide and nobody has decided."""
    named = select(decision_makers.c.decision_id).where(decision_makers.c.person_id == person.id)
    return (
        select(*_row("decision", Decision.title, _path("/decisions/", Decision.id), day=Decision.needed_by,
                     within=case((space_clause(person), Space.name), else_=cast(null(), String))))
        .join(Decision.space).where(Decision.id.in_(named), Decision.choice == "", Decision.deleted_at.is_(None),
                                    Space.archived_at.is_(None), entry_clause(person, Decision))
    )
