"""What happened, and who should know. Both are written in the transaction of the thing itself."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now, only_where
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space


class Activity(db.Model):
    """Something happened. `delivered_at` makes the table an outbox: null until pings, mails and webhooks are out."""

    __tablename__ = "activities"
    __table_args__ = (
        Index("ix_activities_outbox", "id", **only_where("delivered_at IS NULL")),
        Index("ix_activities_entry", "entry_id", "id"),
        Index("ix_activities_space", "space_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    space_id: Mapped[int | None] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    data: Mapped[dict] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)
    delivered_at: Mapped[datetime | None]

    actor: Mapped[Person | None] = relationship(foreign_keys=[actor_id])
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    entry: Mapped[Entry | None] = relationship()
    space: Mapped[Space | None] = relationship()


class Notification(db.Model):
    """One person should know of one activity, for a stated reason."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("activity_id", "person_id"),
        Index("ix_notifications_person", "person_id", "id"),
        Index("ix_notifications_unread", "person_id", **only_where("read_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(String(20))
    read_at: Mapped[datetime | None]

    activity: Mapped[Activity] = relationship()
    person: Mapped[Person] = relationship()
