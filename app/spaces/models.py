"""Where people talk: spaces and who belongs to them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now, only_where
from app.extensions import db
from app.people.models import Person

KINDS = ("project", "account", "community")
"""The kinds of space that people open, list and join."""
ROOM = "draft"
"""The kind of a room in which a review is drafted: its authors are its members, and no list shows it."""
COMMONS = "commons"
"""The slug of the company-wide community, which everybody but guests belongs to."""
ACCESS = ("open", "closed", "secret")
DUTY_LENGTH = 60
MEMBER_ROLES = ("owner", "member")
FOLDERS = {"project": "projects", "account": "accounts", "community": "communities", ROOM: "reviews/drafts"}


class Space(db.Model):
    """A project, an account's group, or a community. `access` says who may look in:

    open: everyone but guests reads and joins; closed: everyone but guests sees that it exists, members read;
    secret: members only, nobody else learns that it exists.
    """

    __tablename__ = "spaces"
    __table_args__ = (
        CheckConstraint(f"kind IN {(*KINDS, ROOM)}", name="kind"),
        CheckConstraint(f"access IN {ACCESS}", name="access"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), index=True)
    name: Mapped[str] = mapped_column(String(120))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    access: Mapped[str] = mapped_column(String(6), default="open")
    description: Mapped[str] = mapped_column(Text, default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    archived_at: Mapped[datetime | None]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="space", cascade="all, delete-orphan")
    account: Mapped["Account | None"] = relationship("Account", back_populates="space", uselist=False)
    project: Mapped["Project | None"] = relationship("Project", back_populates="space", uselist=False)

    @property
    def url(self) -> str:
        return f"/{FOLDERS[self.kind]}/{self.id if self.is_room else self.slug}"

    @property
    def is_room(self) -> bool:
        return self.kind == ROOM

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class Membership(db.Model):
    """A person's place in a space, what they do there ("Design"), and how far they have read."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("space_id", "person_id"),
        CheckConstraint(f"role IN {MEMBER_ROLES}", name="role"),
    )

    lives_in = "space"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(10), default="member")
    duty: Mapped[str] = mapped_column(String(DUTY_LENGTH), default="")
    joined_at: Mapped[datetime] = mapped_column(default=now)
    read_entry_id: Mapped[int] = mapped_column(default=0)

    space: Mapped[Space] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship(back_populates="memberships")


class JoinRequest(db.Model):
    """Somebody asks to be taken into a closed space; `accepted` is null until one of its owners answers."""

    __tablename__ = "join_requests"
    __table_args__ = (
        Index("ix_join_requests_waiting", "space_id", "person_id", unique=True, **only_where("accepted IS NULL")),
        CheckConstraint("(accepted IS NULL) = (answered_at IS NULL)", name="answered"),
    )

    lives_in = "space"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    accepted: Mapped[bool | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    space: Mapped[Space] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
