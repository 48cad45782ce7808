"""A review cycle and what is owed in it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now
from app.extensions import db
from app.people.models import Person
from app.reviews.draft_models import ReviewDraft
from app.reviews.models import Review
from app.spaces.models import Space

reviewers = Table(
    "cycle_reviewers", db.metadata,
    Column("cycle_id", ForeignKey("review_cycles.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
)
"""Who reads and asks: each hears of every review that is posted in the cycle."""


class ReviewCycle(db.Model):
    """The reviews of one quarter ("2026-Q3"), due on a day and open for questions until another.

    It belongs to a space: who reads that sees the board, who manages it runs the cycle.
    """

    __tablename__ = "review_cycles"
    __table_args__ = (
        UniqueConstraint("space_id", "quarter"),
        CheckConstraint("length(quarter) = 7", name="quarter"),
        CheckConstraint("closes_on >= due_on", name="closes"),
    )

    lives_in = "space"
    is_inside = True

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    quarter: Mapped[str] = mapped_column(String(7))
    due_on: Mapped[date]
    closes_on: Mapped[date]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    space: Mapped[Space] = relationship()
    owed: Mapped[list["OwedReview"]] = relationship(
        back_populates="cycle", cascade="all, delete-orphan", order_by="OwedReview.programme, OwedReview.region"
    )
    reviewers: Mapped[list[Person]] = relationship(secondary=reviewers, order_by=Person.name)

    @property
    def url(self) -> str:
        return f"/reviews/cycles/{self.id}"


class OwedReview(db.Model):
    """One programme, perhaps in one region, whose review somebody owes.

    `reminded_on` is the day of the last reminder; once its mail is out too, `mailed_on` is the same. Since `claimed_at`
    that mail is on its way.
    """

    __tablename__ = "owed_reviews"
    __table_args__ = (UniqueConstraint("cycle_id", "programme", "region"),)

    lives_in = "cycle"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("review_cycles.id", ondelete="CASCADE"))
    programme: Mapped[str] = mapped_column(String(120))
    region: Mapped[str] = mapped_column(String(60), default="")
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("review_drafts.id", ondelete="SET NULL"), index=True)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id", ondelete="SET NULL"), index=True)
    posted_at: Mapped[datetime | None]
    reminded_on: Mapped[date | None]
    mailed_on: Mapped[date | None]
    claimed_at: Mapped[datetime | None]

    cycle: Mapped[ReviewCycle] = relationship(back_populates="owed")
    owner: Mapped[Person] = relationship()
    draft: Mapped[ReviewDraft | None] = relationship()
    review: Mapped[Review | None] = relationship()

    @property
    def name(self) -> str:
        """ "Webinars · EMEA"."""
        return " · ".join(filter(None, (self.programme, self.region)))

    @property
    def key(self) -> tuple[str, str]:
        return self.programme, self.region

    def state(self, today: date) -> str:
        """published, late, drafted or owed: the strongest of what is true on this day."""
        if self.posted_at is not None:
            return "published"
        if self.cycle.due_on < today:
            return "late"
        return "drafted" if self.draft_id else "owed"
