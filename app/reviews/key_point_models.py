"""The key points of a review: which comments say in a sentence what it comes to."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.entries.models import Comment
from app.extensions import db

LONGEST = 280
"""Characters, as they are typed."""


class KeyPoint(db.Model):
    """A comment of a review's thread that is a key point, perhaps of one of its slides; its id is the comment's."""

    __tablename__ = "key_points"

    lives_in = "comment"

    id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)

    comment: Mapped[Comment] = relationship(back_populates="key_point")

    @property
    def most_characters(self) -> int:
        return LONGEST
