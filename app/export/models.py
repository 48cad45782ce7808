"""Exports that somebody asked for: how far each is, and where its archive lies."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now, only_where
from app.export.reasons import sentence
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

STATES = ("waiting", "running", "ready", "failed", "cancelled", "expired")
UNFINISHED = ("waiting", "running")
KEPT_FOR = timedelta(days=7)


class Export(db.Model):
    """One person's copy of a space: asked for, made in the background, kept for a week.

    `done` of `total` counts entries and files; `bytes` is the size of the archive so far, in the end its own. Each
    attempt to make it has a number, so that a process that was thought dead finds out. `sha256` names the archive in
    the store while it is `ready`; `reason` says why it `failed`.
    """

    __tablename__ = "exports"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("(state = 'ready') = (sha256 IS NOT NULL)", name="archive"),
        CheckConstraint("(state = 'failed') = (reason IS NOT NULL)", name="reason"),
        CheckConstraint(f"(state IN {UNFINISHED}) = (finished_at IS NULL)", name="finished"),
        # One at a time for each person.
        Index("ix_exports_unfinished", "person_id", unique=True, **only_where(f"state IN {UNFINISHED}")),
        Index("ix_exports_state", "state", "heard_at"),
    )

    lives_in = "space"
    is_inside = True

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    reason: Mapped[str | None] = mapped_column(String(20))
    sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    attempt: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    heard_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]

    space: Mapped[Space] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def url(self) -> str:
        return f"/exports/{self.id}"

    @property
    def file_url(self) -> str:
        return f"{self.url}/file"

    @property
    def filename(self) -> str:
        """What the archive is called where it is downloaded."""
        return f"{self.space.slug}-{self.created_at:%Y-%m-%d}.zip"

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def kept_until(self) -> datetime | None:
        """When its archive is removed."""
        return self.finished_at + KEPT_FOR if self.finished_at else None

    @property
    def reason_text(self):
        """Why there is no archive, and what to do, for people."""
        return sentence(self.reason) if self.reason else ""
