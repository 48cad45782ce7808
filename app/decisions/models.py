"""Decisions taken in any space, and questions that wait for one."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person


class Decision(Entry):
    """What was decided. Its title is the question, its body the reasons; without a choice it is still open.

    `about` is the entry it settles: a thread, an asset, a comment. `decided_on` is the day it was taken, `needed_by`
    the day by which an open one is wanted.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint("(choice = '') = (decided_on IS NULL)", name="decided"),
        CheckConstraint("superseded_by_id <> id", name="superseded"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "decision", "inherit_condition": id == Entry.id}
    choice: Mapped[str] = mapped_column(Text, default="")
    options: Mapped[list] = mapped_column(JSON, default=list)
    decided_on: Mapped[date | None]
    needed_by: Mapped[date | None]
    about_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id", ondelete="SET NULL"), index=True)
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id", ondelete="SET NULL"), index=True)

    about: Mapped[Entry | None] = relationship(foreign_keys=[about_id], remote_side="Entry.id")
    superseded_by: Mapped["Decision | None"] = relationship(foreign_keys=[superseded_by_id], remote_side=id)
    deciders: Mapped[list[Person]] = relationship(secondary="decision_makers", order_by=Person.name)

    @property
    def is_open(self) -> bool:
        return not self.choice

    @property
    def url(self) -> str:
        return f"/decisions/{self.id}"

    @property
    def edit_url(self) -> str:
        return f"{self.url}/edit"

    def is_decided_by(self, person: Person) -> bool:
        return any(each.id == person.id for each in self.deciders)

    @property
    def not_taken(self) -> list[str]:
        """The options that were considered and not chosen."""
        return [each for each in self.options if each.strip().casefold() != self.choice.strip().casefold()]

    @property
    def searchable(self) -> list[str]:
        return [self.choice, self.body, *self.options]


decision_makers = Table(
    "decision_makers", db.metadata,
    Column("decision_id", ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
)
