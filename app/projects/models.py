"""What a project's space knows about the project, and the decisions taken in any space."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.entries.models import Entry
from app.extensions import db
from app.spaces.models import Space

STATES = ("planned", "running", "done")


class Project(db.Model):
    """The goal, the state and the dates of a project; everything people say is in its space."""

    __tablename__ = "projects"
    __table_args__ = (CheckConstraint(f"state IN {STATES}", name="state"),)

    lives_in = "space"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), unique=True)
    goal: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="running")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    space: Mapped[Space] = relationship(back_populates="project")


class Decision(Entry):
    """What was decided. Its title is the question, its body the reasons; the thread it came from stays linked."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "decision", "inherit_condition": id == Entry.id}
    choice: Mapped[str] = mapped_column(Text)
    options: Mapped[list] = mapped_column(JSON, default=list)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id", ondelete="SET NULL"), index=True)

    about: Mapped[Entry | None] = relationship(foreign_keys=[about_id], remote_side="Entry.id")

    @property
    def url(self) -> str:
        return f"/decisions/{self.id}"

    @property
    def searchable(self) -> list[str]:
        return [self.choice, self.body, *self.options]
