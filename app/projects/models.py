"""What a project's space knows about the project."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import db
from app.spaces.models import Space

STATES = ("planned", "running", "done")


class Project(db.Model):
    """The goal, the brief (Markdown), the state and the dates of a project; all that people say is in its space."""

    __tablename__ = "projects"
    __table_args__ = (CheckConstraint(f"state IN {STATES}", name="state"),)

    lives_in = "space"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), unique=True)
    goal: Mapped[str] = mapped_column(Text, default="")
    brief: Mapped[str] = mapped_column(Text, default="")
    brief_html: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="running")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    space: Mapped[Space] = relationship(back_populates="project")
