"""What somebody wants to hear of: rules for spaces and kinds of entries, and what they have muted."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import only_where
from app.entries.models import Entry
from app.extensions import db
from app.spaces.models import Space

LEVELS = ("all", "mine", "asked", "none")
"""Everything new; what concerns me; where I am named and what is asked of me; nothing."""
USUAL = "mine"
"""What holds where no rule says anything else."""


class NotificationRule(db.Model):
    """How much somebody hears of a space, of a kind of entry (`kind` "" for every kind), of a kind in a space, or at
    all: the most specific rule holds."""

    __tablename__ = "notification_rules"
    __table_args__ = (
        CheckConstraint(f"level IN {LEVELS}", name="level"),
        UniqueConstraint("person_id", "space_id", "kind"),
        # Where there is no space a unique constraint would let the same kind in twice.
        Index("ix_notification_rules_everywhere", "person_id", "kind", unique=True, **only_where("space_id IS NULL")),
        Index("ix_notification_rules_all", "space_id", "kind", **only_where("level = 'all'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    space_id: Mapped[int | None] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="")
    level: Mapped[str] = mapped_column(String(5))

    space: Mapped[Space | None] = relationship()


class Mute(db.Model):
    """Somebody wants to be told nothing of a thread or a space but where they are named, until a moment or for good."""

    __tablename__ = "mutes"
    __table_args__ = (
        CheckConstraint("(thread_id IS NULL) <> (space_id IS NULL)", name="one_subject"),
        UniqueConstraint("person_id", "thread_id"),
        UniqueConstraint("person_id", "space_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), index=True)
    until: Mapped[datetime | None]

    thread: Mapped[Entry | None] = relationship()
    space: Mapped[Space | None] = relationship()
