"""What happened, and who should know. Both are written in the transaction of the thing itself."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
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
    """One person should know of one activity, for a stated reason.

    Those of a thread (`thread_id`, its root entry) stand together in the inbox, else those of a space (`space_id`). One
    is there until it is done, but for the time it is snoozed; `placed_at` is where it stands.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("activity_id", "person_id"),
        CheckConstraint("thread_id IS NULL OR space_id IS NULL", name="one_subject"),
        CheckConstraint("done_at IS NULL OR snoozed_until IS NULL", name="done_or_snoozed"),
        Index("ix_notifications_person", "person_id", "id"),
        Index("ix_notifications_place", "person_id", "placed_at", "id"),
        # The thread first: else SQLite looks through all that came to the person later.
        Index("ix_notifications_thread", "thread_id", "person_id", "placed_at", "id"),
        Index("ix_notifications_space", "space_id", "person_id", "placed_at", "id",
              **only_where("space_id IS NOT NULL")),
        Index("ix_notifications_unread", "person_id", **only_where("read_at IS NULL")),
        Index("ix_notifications_unmailed", "placed_at", "person_id", **only_where("mail_id IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    space_id: Mapped[int | None] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(String(20))
    placed_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
    # The mail that carries it, or is about to.
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("notification_mails.id", ondelete="SET NULL"), index=True)

    activity: Mapped[Activity] = relationship()
    person: Mapped[Person] = relationship()


class NotificationMail(db.Model):
    """A mail with notifications of one thread, or a digest of several: on its way since `claimed_at`.

    It is over at `settled_at`, with as many notifications as it `carried`: none where there was nothing left to tell.
    """

    __tablename__ = "notification_mails"
    __table_args__ = (Index("ix_notification_mails_waiting", "claimed_at", **only_where("settled_at IS NULL")),
                      Index("ix_notification_mails_thread", "person_id", "thread_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    is_digest: Mapped[bool]
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    # What mails of the thread are headed with, whatever it is called later: programs sort by it.
    subject: Mapped[str] = mapped_column(String(200), default="")
    claimed_at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None]
    carried: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship()
