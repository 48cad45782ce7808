"""Who works here: people, their teams, and how they get in."""

from datetime import datetime, timedelta

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now
from app.extensions import db

ROLES = ("admin", "member", "guest")
TINTS = ("marketing", "sales", "product", "other")
INVITATION_LIFETIME = timedelta(days=14)


class Team(db.Model):
    """A department. Its tint colours the avatars of its people."""

    __tablename__ = "teams"
    __table_args__ = (CheckConstraint(f"tint IN {TINTS}", name="tint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    tint: Mapped[str] = mapped_column(String(20), default="other")

    people: Mapped[list["Person"]] = relationship(back_populates="team")


class Person(UserMixin, db.Model):
    """A colleague or a guest. A profile says what somebody works on and nothing personal."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint(f"role IN {ROLES}", name="role"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    handle: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(10), default="member")
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    title: Mapped[str] = mapped_column(String(120), default="")
    region: Mapped[str] = mapped_column(String(60), default="")
    expertise: Mapped[str] = mapped_column(String(400), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    locale: Mapped[str] = mapped_column(String(12), default="en")
    timezone: Mapped[str] = mapped_column(String(60), default="UTC")
    digest_by_mail: Mapped[bool] = mapped_column(default=True)
    shows_presence: Mapped[bool] = mapped_column(default=True)
    theme: Mapped[str] = mapped_column(String(5), default="auto")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    calendar_key: Mapped[str | None] = mapped_column(String(43), unique=True, index=True)
    deactivated_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    team: Mapped[Team | None] = relationship(back_populates="people", lazy="joined")
    memberships: Mapped[list["Membership"]] = relationship("Membership", back_populates="person")
    sign_ins: Mapped[list["SignIn"]] = relationship(back_populates="person", cascade="all, delete-orphan")
    tokens: Mapped[list["ApiToken"]] = relationship(back_populates="person", cascade="all, delete-orphan")

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"

    @property
    def is_guest(self) -> bool:
        return self.role == "guest"

    @property
    def initials(self) -> str:
        """One or two letters for the avatar; the first character alone for names without spaces (王芳 → 王)."""
        words = self.name.split()
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else "?"

    @property
    def tint(self) -> str:
        return self.team.tint if self.team else "other"

    @property
    def url(self) -> str:
        return f"/people/{self.handle}"


class SignIn(db.Model):
    """A browser in which somebody is signed in. Revoking it signs that browser out."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    address: Mapped[str] = mapped_column(String(64), default="")
    browser: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(back_populates="sign_ins", lazy="joined", innerjoin=True)


class Invitation(db.Model):
    """A link that lets one e-mail address in, once, for two weeks."""

    __tablename__ = "invitations"
    __table_args__ = (CheckConstraint(f"role IN {ROLES}", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    role: Mapped[str] = mapped_column(String(10), default="member")
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    space_id: Mapped[int | None] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    accepted_at: Mapped[datetime | None]

    team: Mapped[Team | None] = relationship()
    space: Mapped["Space | None"] = relationship("Space")
    invited_by: Mapped[Person] = relationship()

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and now() < self.created_at + INVITATION_LIFETIME


class ApiToken(db.Model):
    """A script's key to the REST API. Only its SHA-256 is kept; the text is shown once."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="tokens", lazy="joined", innerjoin=True)


class Follow(db.Model):
    """Whom or what a person wants in the home feed: exactly one of a colleague, a tag, a space (an account's group)."""

    __tablename__ = "follows"
    __table_args__ = (
        CheckConstraint(
            " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in ("followed_id", "tag_id", "space_id"))
            + " = 1",
            name="one_target",
        ),
        UniqueConstraint("person_id", "followed_id"),
        UniqueConstraint("person_id", "tag_id"),
        UniqueConstraint("person_id", "space_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    followed_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    tag_id: Mapped[int | None] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), index=True)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), index=True)

    followed: Mapped[Person | None] = relationship(foreign_keys=[followed_id])


