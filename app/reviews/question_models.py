"""The question queue of a review: which comments ask, who would like to know too, and what settled it."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.entries.models import Comment
from app.extensions import db


class Question(db.Model):
    """A comment of a review's thread that asks; its id is the comment's.

    It is open until one of the comments that answer it is accepted. `votes` counts the rows of `QuestionVote`.
    """

    __tablename__ = "questions"
    __table_args__ = (CheckConstraint("votes >= 0", name="votes"),)

    lives_in = "comment"

    id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    accepted_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id", ondelete="SET NULL"), index=True)
    votes: Mapped[int] = mapped_column(default=0)

    comment: Mapped[Comment] = relationship(back_populates="question", foreign_keys=[id])


class QuestionVote(db.Model):
    """Somebody would like to know this too."""

    __tablename__ = "question_votes"
    __table_args__ = (UniqueConstraint("question_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
