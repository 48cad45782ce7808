"""The next steps of reviews as commitments: who said they would do what until when, and what came of it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import can
from app.db import now, only_where
from app.entries.lines import Line, write_line
from app.extensions import db
from app.people.days import today_for
from app.people.models import Person
from app.reviews.steps import Step, alike

OUTCOMES = ("done", "partly", "carried", "dropped")


def _settles(person: Person, commitment: "Commitment") -> bool:
    """Who owes it and may write in its review, and who may change that, tell what came of it."""
    verb = "comment" if person.id == commitment.owner_id else "edit"
    return can(person, verb, commitment.review)


class Commitment(db.Model):
    """A next step of a review; open until it has an outcome.

    `done_on` is the day on which it was done, wholly or partly; `settled_at` when that was said, `told_in_id` in which
    later review, if in one. What is carried lives on as a row of that review whose `carried_from_id` points here.
    """

    __tablename__ = "commitments"
    __table_args__ = (
        UniqueConstraint("carried_from_id"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled"),
        CheckConstraint("(done_on IS NULL) = (outcome IS NULL OR outcome IN ('carried', 'dropped'))", name="done"),
        CheckConstraint("outcome IS NULL OR outcome <> 'dropped' OR reason <> ''", name="reason"),
        Index("ix_commitments_review", "review_id", "position"),
        Index("ix_commitments_owed", "owner_id", "due_on", **only_where("outcome IS NULL")),
    )

    lives_in = "review"
    verbs = {"settle": _settles}

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    due_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(String(10))
    did: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    done_on: Mapped[date | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    told_in_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id", ondelete="SET NULL"), index=True)
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id", ondelete="SET NULL"))

    review: Mapped["Review"] = relationship("Review", back_populates="commitments", foreign_keys=[review_id])
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id])
    settled_by: Mapped[Person | None] = relationship(foreign_keys=[settled_by_id])
    carried_from: Mapped["Commitment | None"] = relationship(foreign_keys=[carried_from_id], remote_side=id)
    carried_into: Mapped["Commitment | None"] = relationship(foreign_keys=[carried_from_id], viewonly=True)

    @property
    def step(self) -> Step:
        return Step(self.text, self.owner_id, self.due_on)

    @property
    def line(self) -> str:
        """How it is written in a form."""
        return write_line(Line(self.text, self.owner.handle if self.owner else None, self.due_on), now().date())

    @property
    def is_open(self) -> bool:
        return self.outcome is None

    @property
    def is_late(self) -> bool:
        """Whether the day it is due is over where its owner works; in UTC where nobody owes it."""
        # No place is a day ahead of UTC or more: what is due later than today there needs no owner loaded.
        if not self.is_open or self.due_on is None or self.due_on > now().date():
            return False
        return self.due_on < self._today

    @property
    def _today(self) -> date:
        return today_for(self.owner) if self.owner else now().date()

    @property
    def variance(self) -> int | None:
        """Days from when it was due to when it was done, or to today while it is late; negative is early."""
        until = self.done_on or (self._today if self.is_late else None)
        return (until - self.due_on).days if until and self.due_on else None

    def reopen(self) -> None:
        """Nothing came of it so far."""
        self.outcome = self.done_on = self.settled_at = self.settled_by_id = self.told_in_id = None
        self.did = self.reason = ""

    def let_go(self) -> None:
        """It is said no more: what was carried into it is open again where it was said first."""
        if self.carried_from and self.carried_from.outcome == "carried":
            self.carried_from.reopen()


def kept(present: Sequence[Commitment], steps: Sequence[Step]) -> list[Commitment]:
    """A row for each step: that which read the same, else one that read alike, else a new one.

    So a changed line keeps what came of it, and the lines around it their owners, days and outcomes. But what came of
    one person's promise is not said of another's: once settled, a row is no one else's.
    """
    left, rows = list(present), [None] * len(steps)
    sameness: tuple[Callable[[Commitment, Step], bool], ...] = (
        lambda row, step: row.step == step,
        lambda row, step: row.text == step.text and (row.is_open or step.owner_id in (None, row.owner_id)),
        lambda row, step: alike(row.text, step.text) and (row.is_open or step.owner_id == row.owner_id),
    )
    for same in sameness:
        for place, step in enumerate(steps):
            if rows[place] is None and (found := next((row for row in left if same(row, step)), None)):
                rows[place] = found
                left.remove(found)
    for row in left:
        row.let_go()
    rows = [row or Commitment() for row in rows]
    for position, (row, step) in enumerate(zip(rows, steps, strict=True)):
        row.position, row.text, row.owner_id, row.due_on = position, step.text, step.owner_id, step.due_on
    return rows
