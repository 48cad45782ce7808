"""How far somebody has caught up with a part of what is new."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import db

PARTS = ("decision", "important", "review", "learning")
"""What is told apart before the spaces, the weightiest first: entries of a kind, or what all should have seen."""


class CatchUpMark(db.Model):
    """Of a part a person has seen everything up to an entry, wherever it stands; spaces have marks of their own."""

    __tablename__ = "catch_up_marks"
    __table_args__ = (CheckConstraint(f"part IN {PARTS}", name="part"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[str] = mapped_column(String(10), primary_key=True)
    entry_id: Mapped[int]
