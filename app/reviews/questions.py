"""Asking in a review, voting for a question, accepting an answer. Each action takes its actor and never commits."""

from sqlalchemy import delete, func, select, update

from app.activity.recording import record
from app.db import insert_missing
from app.entries.actions import after_removal, comment
from app.entries.anchors import spoken_of
from app.entries.models import Comment, Entry
from app.extensions import db
from app.people.models import Person
from app.reviews import kinds
from app.reviews.models import Review
from app.reviews.question_models import Question, QuestionVote


class NotAnAnswer(ValueError):
    """Only a comment that answers the question itself can settle it."""


def ask(
    review: Review, body: str, *, actor: Person, page: int | None = None, version_id: int | None = None,
    region: dict | None = None,
) -> Question:
    """Ask about the whole review, or about one slide of its deck (from 1), in the version that the asker looks at.

    Raises CannotAnswer for no such slide.
    """
    about = spoken_of(review, page=page, version_id=version_id, region=region)
    asking = comment(review, body, actor=actor, kind=kinds.QuestionAsked, **about)
    asking.question = Question(votes=0)
    _count(review.id)
    return asking.question


def vote(question: Question, *, actor: Person) -> bool:
    """Say that `actor` would like to know too; False if they had said so."""
    new = insert_missing(db.session, QuestionVote, [{"question_id": question.id, "person_id": actor.id}])
    if new:
        _add_votes(question, 1)
        record(kinds.QuestionVoted, actor=actor, entry=question.comment)
    return bool(new)


def withdraw_vote(question: Question, *, actor: Person) -> bool:
    """Take a vote back; False if there was none."""
    gone = db.session.execute(delete(QuestionVote).where(
        QuestionVote.question_id == question.id, QuestionVote.person_id == actor.id
    )).rowcount
    if gone:
        _add_votes(question, -1)
        record(kinds.VoteWithdrawn, actor=actor, entry=question.comment)
    return bool(gone)


def _add_votes(question: Question, change: int) -> None:
    """The database adds, so that two voters at once both count."""
    db.session.execute(update(Question).where(Question.id == question.id).values(votes=Question.votes + change))
    db.session.refresh(question, ["votes"])


def accept(question: Question, answer: Entry, *, actor: Person) -> bool:
    """Settle a question by one of its answers; False if that one had settled it. Raises NotAnAnswer."""
    if not isinstance(answer, Comment) or answer.parent_id != question.id or answer.is_deleted:
        raise NotAnAnswer
    if question.accepted_id == answer.id:
        return False
    question.accepted_id = answer.id
    _count(question.comment.root_id)
    record(kinds.AnswerAccepted, actor=actor, entry=answer)
    return True


def unaccept(question: Question, *, actor: Person) -> bool:
    """Open a question again; False if it was open."""
    if question.accepted_id is None:
        return False
    answer = db.session.get(Comment, question.accepted_id)
    question.accepted_id = None
    _count(question.comment.root_id)
    record(kinds.AcceptanceWithdrawn, actor=actor, entry=answer)
    return True


@after_removal
def drop_out(entry: Entry) -> None:
    """A question that was withdrawn is none any more; without its accepted answer a question is open again."""
    if not isinstance(entry, Comment):
        return
    settled = db.session.scalar(select(Question).where(Question.accepted_id == entry.id))
    if settled is not None:
        settled.accepted_id = None
    if entry.question is not None:
        entry.question = None
    elif settled is None:
        return
    _count(entry.root_id)


def _count(review_id: int) -> None:
    """Keep the numbers beside the review; the row is locked, so that two who ask at once both count."""
    db.session.flush()
    db.session.execute(select(Review.id).where(Review.id == review_id).with_for_update())
    counts = select(func.count(), func.count(Question.accepted_id)).select_from(Question).join(Question.comment)
    asked, answered = db.session.execute(counts.where(Comment.thread_id == review_id)).one()
    db.session.execute(update(Review.__table__).where(Review.__table__.c.id == review_id).values(
        asked=asked, answered=answered
    ))
    db.session.expire(db.session.get(Review, review_id), ["asked", "answered"])
