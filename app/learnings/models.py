"""Learnings, and the ledger of who tried them elsewhere and what came of it."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assets.models import Version, anchored
from app.db import now
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

RESULTS = ("worked", "mixed", "failed")
DIMENSIONS = ("channel", "region", "segment", "stage")
"""What a learning is narrowed to; `stage` is one of the customer's experience cycle: evaluation, purchase…"""
FRESH_FOR = timedelta(days=365)
TRIAL_LASTS = timedelta(days=90)


class Learning(Entry):
    """One claim in one sentence (the title) with its evidence (the body), where it should hold and what to do.

    The counts of ended trials and the `strength` made of them (`strength.py`) stand beside it, so that the library
    can rank by them; `actions.end_trial` keeps them.
    """

    __tablename__ = "learnings"
    __table_args__ = (Index("ix_learnings_strength", "strength", "id"),)

    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "learning", "inherit_condition": id == Entry.id}
    holds_for: Mapped[str] = mapped_column(String(300), default="")
    advice: Mapped[str] = mapped_column(Text, default="")
    review_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id", ondelete="SET NULL"), index=True)
    review_by: Mapped[date | None]
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("learnings.id", ondelete="SET NULL"), index=True)
    worked: Mapped[int] = mapped_column(default=0)
    mixed: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    strength: Mapped[int] = mapped_column(default=0)

    review: Mapped["Review | None"] = relationship("Review", foreign_keys=[review_id])
    superseded_by: Mapped["Learning | None"] = relationship(foreign_keys=[superseded_by_id], remote_side=id)
    trials: Mapped[list["Trial"]] = relationship(
        back_populates="learning", cascade="all, delete-orphan", order_by="Trial.id", lazy="selectin"
    )
    scopes: Mapped[list["Scope"]] = relationship(cascade="all, delete-orphan", order_by="Scope.id")
    evidence: Mapped[list["Evidence"]] = relationship(
        back_populates="learning", cascade="all, delete-orphan", order_by="Evidence.id",
        foreign_keys="Evidence.learning_id",
    )
    vouches: Mapped[list["Vouch"]] = relationship(cascade="all, delete-orphan", order_by="Vouch.id")

    @property
    def url(self) -> str:
        return f"/learnings/{self.id}"

    @property
    def edit_url(self) -> str:
        return f"{self.url}/edit"

    @property
    def searchable(self) -> list[str]:
        return [self.body, self.holds_for, *(scope.value for scope in self.scopes), self.advice]

    @property
    def narrowed_to(self) -> dict[str, list[str]]:
        """Where it should hold: the values of each dimension; a dimension without one is not narrowed."""
        found: dict[str, list[str]] = {name: [] for name in DIMENSIONS}
        for scope in self.scopes:
            found[scope.dimension].append(scope.value)
        return found

    @property
    def is_stale(self) -> bool:
        """Whether somebody should look at it again."""
        return self.review_by is not None and self.review_by < now().date()


class Scope(db.Model):
    """A learning should hold for this channel, region, segment or stage."""

    __tablename__ = "learning_scopes"
    __table_args__ = (
        UniqueConstraint("learning_id", "dimension", "value"),
        CheckConstraint(f"dimension IN {DIMENSIONS}", name="dimension"),
        Index("ix_learning_scopes_value", "dimension", "value", "learning_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learning_id: Mapped[int] = mapped_column(ForeignKey("learnings.id", ondelete="CASCADE"))
    dimension: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(String(120))


class Evidence(db.Model):
    """What a learning rests on: a review, a slide of a deck, a figure, a comment. The one it was made from `is_origin`.

    `page` counts from 1, of the version `version_id`, and goes along to newer ones as comments do; `figure` names a
    metric or KPI of a review.
    """

    __tablename__ = "learning_evidence"
    __table_args__ = (
        UniqueConstraint("learning_id", "entry_id", "version_id", "page", "figure", name="uq_learning_evidence_ground"),
    )

    lives_in = "learning"

    id: Mapped[int] = mapped_column(primary_key=True)
    learning_id: Mapped[int] = mapped_column(ForeignKey("learnings.id", ondelete="CASCADE"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id", ondelete="SET NULL"), index=True)
    page: Mapped[int | None]
    figure: Mapped[str | None] = mapped_column(String(40))
    is_origin: Mapped[bool] = mapped_column(default=False)

    learning: Mapped[Learning] = relationship(back_populates="evidence", foreign_keys=[learning_id])
    entry: Mapped[Entry] = relationship(foreign_keys=[entry_id])
    version: Mapped[Version | None] = relationship()

    @property
    def is_of_older_version(self) -> bool:
        """Whether its page is not one of the newest version: it is gone, or not drawn yet."""
        return self.version is not None and self.version.number != self.version.asset.version_count


anchored.append(Evidence)


class Contradiction(db.Model):
    """Two learnings that cannot both hold, said once for both; `learning_id` is the smaller id."""

    __tablename__ = "learning_contradictions"
    __table_args__ = (
        UniqueConstraint("learning_id", "other_id"),
        CheckConstraint("learning_id < other_id", name="order"),
    )

    lives_in = "learning"

    id: Mapped[int] = mapped_column(primary_key=True)
    learning_id: Mapped[int] = mapped_column(ForeignKey("learnings.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("learnings.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    learning: Mapped[Learning] = relationship(foreign_keys=[learning_id])
    other: Mapped[Learning] = relationship(foreign_keys=[other_id])


class Vouch(db.Model):
    """Somebody has looked at a learning again and stands for it; that makes it fresh for another year."""

    __tablename__ = "learning_vouches"
    __table_args__ = (UniqueConstraint("learning_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    learning_id: Mapped[int] = mapped_column(ForeignKey("learnings.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship()


class Trial(db.Model):
    """Somebody applies a learning somewhere else; it ends with a result, and perhaps a lift in per cent.

    It may run in a project or another space (`space_id`); its owner is asked for the result from `due_on` on.
    """

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
    space_id: Mapped[int | None] = mapped_column(ForeignKey("spaces.id", ondelete="SET NULL"), index=True)
    due_on: Mapped[date | None]
    asked_at: Mapped[datetime | None]
    result: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    lift: Mapped[float | None]
    started_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]

    learning: Mapped[Learning] = relationship(back_populates="trials")
    person: Mapped[Person] = relationship()
    space: Mapped[Space | None] = relationship()

    @property
    def is_overdue(self) -> bool:
        """Whether its owner owes the result."""
        return self.result is None and self.due_on is not None and self.due_on < now().date()
