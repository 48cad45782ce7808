"""How somebody wants to be told, and which mails were taken for answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import now, only_where
from app.extensions import db

MAIL = ("each", "daily", "weekly", "none")
"""Each event by itself, a digest every day or every week, or no mail."""
DIGESTS = ("daily", "weekly")


class NotificationSettings(db.Model):
    """When notifications are mailed, at which hour and on which weekday (0: Monday) of theirs, and whether an open tab
    tells of them on the desktop. Who has none has the defaults."""

    __tablename__ = "notification_settings"
    __table_args__ = (
        CheckConstraint(f"mail IN {MAIL}", name="mail"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("(mail IN ('daily', 'weekly')) = (next_at IS NOT NULL)", name="digest_has_a_time"),
        Index("ix_notification_settings_next", "next_at", **only_where("next_at IS NOT NULL")),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    mail: Mapped[str] = mapped_column(String(6), default="each")
    hour: Mapped[int] = mapped_column(default=8)
    weekday: Mapped[int] = mapped_column(default=0)
    on_desktop: Mapped[bool] = mapped_column(default=True)
    next_at: Mapped[datetime | None]


class MailReply(db.Model):
    """A mail became a comment: the same mail again is none."""

    __tablename__ = "mail_replies"
    __table_args__ = (UniqueConstraint("entry_id", "person_id", "message"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    # SHA-256 of its Message-ID, or of all of it where it has none.
    message: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
