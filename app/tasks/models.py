"""What is to be done in a space, and the days by which some of it has to be there."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now, only_where
from app.entries.models import Entry
from app.extensions import db
from app.people.days import today_for
from app.people.models import Person
from app.spaces.models import Space

STATES = ("open", "doing", "done")
NAME_LENGTH = 120


class Milestone(db.Model):
    """A day by which something has to be there. It is a mark on the calendar of its space and nothing one talks about,
    so it is no entry: what is said and done for it stands in its tasks.
    """

    __tablename__ = "milestones"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        Index("ix_milestones_space", "space_id", "due_on"),
    )

    lives_in = "space"
    is_inside = True

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    due_on: Mapped[date]
    reached_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    space: Mapped[Space] = relationship()

    @property
    def is_reached(self) -> bool:
        return self.reached_at is not None

    def days_left(self, reader: Person) -> int:
        """From the reader's day to its own; below zero when it is over."""
        return (self.due_on - today_for(reader)).days


class Task(Entry):
    """Something to be done: its title says what, its body may say more.

    `about` is the thread, the asset or the comment it came from. `position` orders the cards of a column of the board,
    from the top. `reminded_on` is the owner's day on which they were reminded last.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done"),
        Index("ix_tasks_owed", "owner_id", "due_on", **only_where("state <> 'done'")),
        Index("ix_tasks_due", "due_on", **only_where("state <> 'done'")),
    )

    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "task", "inherit_condition": id == Entry.id}
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="open")
    done_at: Mapped[datetime | None]
    about_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id", ondelete="SET NULL"), index=True)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id", ondelete="SET NULL"), index=True)
    position: Mapped[float] = mapped_column(Float, default=0.0)
    reminded_on: Mapped[date | None]

    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id])
    about: Mapped[Entry | None] = relationship(foreign_keys=[about_id], remote_side="Entry.id")
    milestone: Mapped[Milestone | None] = relationship()

    @property
    def is_done(self) -> bool:
        return self.state == "done"

    @property
    def url(self) -> str:
        return f"/tasks/{self.id}"

    @property
    def edit_url(self) -> str:
        return f"{self.url}/edit"

    def is_late(self, reader: Person) -> bool:
        """Whether its day is over for the reader, and it is not done."""
        return not self.is_done and self.due_on is not None and self.due_on < today_for(reader)
