"""Who is asked to approve a version, and what they said. Rows of verdicts are only ever added."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import can
from app.assets.models import Asset, Version
from app.db import now, only_where
from app.extensions import db
from app.people.models import Person, Team

VERDICTS = APPROVED, WITH_CHANGES, CHANGES = ("approved", "with_changes", "changes")


def _answers(person: Person, request: "ApprovalRequest") -> bool:
    """Who is asked, or is in a team that is, and may speak there; of the newest version, as long as it stands."""
    return request.is_current and bool(request.seats_of(person)) and can(person, "comment", request.asset)


def _withdraws(person: Person, request: "ApprovalRequest") -> bool:
    asked = request.asked_by_id == person.id or can(person, "edit", request.asset)
    return request.is_current and asked and can(person, "comment", request.asset)


class ApprovalRequest(db.Model):
    """Approval of one version is asked for, by `due_on` if that is given; one request of a version stands at a time.

    `reminded` counts the reminders that went out: one the day before, one when it is late.
    """

    __tablename__ = "approval_requests"
    __table_args__ = (
        Index("ix_approval_requests_standing", "version_id", unique=True, **only_where("withdrawn_at IS NULL")),
        Index("ix_approval_requests_due", "due_on", **only_where("withdrawn_at IS NULL AND reminded < 2")),
    )

    lives_in = "asset"
    verbs = {"answer": _answers, "withdraw": _withdraws}

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]
    reminded: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]

    asset: Mapped[Asset] = relationship()
    version: Mapped[Version] = relationship()
    asked_by: Mapped[Person] = relationship()
    approvers: Mapped[list["Approver"]] = relationship(
        back_populates="request", cascade="all, delete-orphan", passive_deletes=True, order_by="Approver.id"
    )

    @property
    def url(self) -> str:
        return f"/approvals/{self.id}"

    @property
    def is_current(self) -> bool:
        """Whether it stands, and for the newest version."""
        return self.withdrawn_at is None and self.version.number == self.asset.version_count

    def seats_of(self, person: Person) -> list["Approver"]:
        """Where this person may answer: their own place, and that of their team."""
        return [each for each in self.approvers if each.is_for(person)]

    @property
    def given(self) -> int:
        """How many have answered."""
        return sum(1 for each in self.approvers if each.verdict)

    @property
    def state(self) -> str:
        """waiting, changes (somebody asks for some first) or approved (by all)."""
        said = [each.verdict.verdict if each.verdict else None for each in self.approvers]
        if CHANGES in said:
            return "changes"
        return "waiting" if None in said else "approved"


class Approver(db.Model):
    """A person or a team that is asked; of a team whoever answers speaks for it."""

    __tablename__ = "approvers"
    __table_args__ = (
        UniqueConstraint("request_id", "person_id"), UniqueConstraint("request_id", "team_id"),
        CheckConstraint("(person_id IS NULL) <> (team_id IS NULL)", name="one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("approval_requests.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)

    request: Mapped[ApprovalRequest] = relationship(back_populates="approvers")
    person: Mapped[Person | None] = relationship()
    team: Mapped[Team | None] = relationship()
    verdicts: Mapped[list["Verdict"]] = relationship(
        back_populates="approver", cascade="all, delete-orphan", passive_deletes=True, order_by="Verdict.id"
    )

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.team.name

    def is_for(self, person: Person) -> bool:
        return self.person_id == person.id or (self.team_id is not None and self.team_id == person.team_id)

    @property
    def verdict(self) -> "Verdict | None":
        """What was said last; it counts."""
        return self.verdicts[-1] if self.verdicts else None


class Verdict(db.Model):
    """What somebody said of the version: never changed, only followed by another."""

    __tablename__ = "verdicts"
    __table_args__ = (CheckConstraint(f"verdict IN {VERDICTS}", name="verdict"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    approver_id: Mapped[int] = mapped_column(ForeignKey("approvers.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    verdict: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    approver: Mapped[Approver] = relationship(back_populates="verdicts")
    by: Mapped[Person] = relationship()
