"""Learnings, and the ledger of who tried them elsewhere and what came of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person

RESULTS = ("worked", "mixed", "failed")


class Learning(Entry):
    """One claim in one sentence (the title) with its evidence (the body), where it should hold and what to do."""

    __tablename__ = "learnings"

    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "learning", "inherit_condition": id == Entry.id}
    holds_for: Mapped[str] = mapped_column(String(300), default="")
    advice: Mapped[str] = mapped_column(Text, default="")
    review_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id", ondelete="SET NULL"), index=True)

    review: Mapped["Review | None"] = relationship("Review", foreign_keys=[review_id])
    trials: Mapped[list["Trial"]] = relationship(
        back_populates="learning", cascade="all, delete-orphan", order_by="Trial.id", lazy="selectin"
    )

    @property
    def url(self) -> str:
        return f"/learnings/{self.id}"

    @property
    def searchable(self) -> list[str]:
        return [self.body, self.holds_for, self.advice]


class Trial(db.Model):
    """Somebody applies a learning somewhere else; it ends with a result, and perhaps a lift in per cent."""

    __tablename__ = "trials"
    __table_args__ = (
        CheckConstraint(f"result IN {RESULTS}", name="result"),
        CheckConstraint("(result IS NULL) = (ended_at IS NULL)", name="ended"),
    )

    lives_in = "learning"

    id: Mapped[int] = mapped_column(primary_key=True)
    learning_id: Mapped[int] = mapped_column(ForeignKey("learnings.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    place: Mapped[str] = mapped_column(String(200))
    adaptation: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    lift: Mapped[float | None]
    started_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]

    learning: Mapped[Learning] = relationship(back_populates="trials")
    person: Mapped[Person] = relationship()
