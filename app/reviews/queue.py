"""Reading the question queue: what a page or an answer of the API shows of each question."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.entries.cards import cards
from app.entries.models import Comment
from app.extensions import db
from app.people.models import Person
from app.reviews.question_models import Question, QuestionVote


@dataclass(frozen=True)
class Asked:
    """A question with the number of comments that answer it, and whether the reader voted for it.

    `accepted` is the comment that settled it, where the whole thread is at hand.
    """

    comment: Comment
    answers: int
    voted: bool
    accepted: Comment | None = None

    @property
    def question(self) -> Question:
        return self.comment.question


def voted(ids: Iterable[int], reader: Person) -> set[int]:
    """Those of the questions that `reader` voted for."""
    ids = list(ids)
    mine = select(QuestionVote.question_id).where(
        QuestionVote.person_id == reader.id, QuestionVote.question_id.in_(ids)
    )
    return set(db.session.scalars(mine)) if ids else set()


def queue(comments: list[Comment], reader: Person) -> list[Asked]:
    """The questions in a thread: the open ones first, then those with the most votes, then the oldest."""
    living = {each.id: each for each in comments if not each.is_deleted}
    answers = Counter(each.parent_id for each in living.values())
    asking = [each for each in living.values() if each.question]
    mine = voted((each.id for each in asking), reader)
    found = [
        Asked(each, answers[each.id], each.id in mine, living.get(each.question.accepted_id)) for each in asking
    ]
    return sorted(found, key=lambda each: (each.accepted is not None, -each.question.votes, each.comment.id))


def asked(ids: list[int], reader: Person) -> list[Asked]:
    """The questions with these ids in this order, without their threads."""
    mine = voted(ids, reader)
    counts = select(Comment.parent_id, func.count()).where(Comment.parent_id.in_(ids), Comment.deleted_at.is_(None))
    answers = dict(db.session.execute(counts.group_by(Comment.parent_id)).all()) if ids else {}
    return [Asked(each, answers.get(each.id, 0), each.id in mine) for each in cards(ids, reader)]
